import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { PlanningContext } from '../context.ts'
import { learningOf, meetingsOf } from './duty-actions.ts'
import { textCard } from './duty-cards.ts'

interface Who {
  person: string
  now: Date
  language: Language
}

/** What is typed about reports to leaders, learning, and rules. */
export function dutyCommands({ store }: Pick<PlanningContext, 'store'>): Command[] {
  const answer =
    (make: (db: Reads, who: Who) => Promise<Card>): Command['run'] =>
    (turn) =>
      turn.commit(async (trx, say) => {
        const person = await findPersonByAccount(trx, turn.message.account)
        const { language } = turn
        const card = person
          ? await make(trx, { person: person.id, now: await store.now(trx), language })
          : textCard(translate(language, 'planning:duty.sign-in'))
        await sayAlone(turn, say, card)
      })
  return [
    {
      words: {
        'zh-CN': ['汇报会', '安排汇报会', '听取汇报', '工作汇报会', '科协工作汇报'],
        en: ['report meetings'],
      },
      run: answer((db, who) => meetingsOf(db, { ...who, from: 0 })),
    },
    {
      words: { 'zh-CN': ['我的学习', '学习计划', '我的学习计划', '记学时'], en: ['my learning'] },
      run: answer((db, { person, now, language }) => learningOf(db, person, now, language)),
    },
    {
      words: { 'zh-CN': ['制度检查', '制度机构检查', '检查制度'], en: ['review rules'] },
      run: answer(offerReview),
    },
  ]
}

async function offerReview(db: Reads, { person, now, language }: Who): Promise<Card> {
  const { organisations } = await reachOfPerson(db, person, ['plan.edit'], dayInChina(now))
  if (organisations.length === 0) return textCard(translate(language, 'planning:duty.not-for-you'))
  return textCard(translate(language, 'planning:duty.list.review-hint'), [
    {
      ...{ label: translate(language, 'planning:duty.list.review'), action: 'planning.rules-review' },
      ...{ value: {}, opens: 'beside', style: 'primary' },
    },
  ])
}
