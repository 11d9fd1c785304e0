import type { Button, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Command } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import { carriersCard, textCard } from './carrier-cards.ts'
import type { CarriersContext } from './context.ts'
import { figuresOf, overviewOf } from './overview.ts'

/** What is typed about carriers. */
export function carrierCommands(context: CarriersContext): Command[] {
  const answer =
    (
      make: (db: Reads, who: { person: string; today: string; language: Language }) => Promise<Card>,
    ): Command['run'] =>
    (turn) =>
      turn.commit(async (trx, say) => {
        const person = await findPersonByAccount(trx, turn.message.account)
        const today = dayInChina(await context.store.now(trx))
        const { language } = turn
        const card = person
          ? await make(trx, { person: person.id, today, language })
          : textCard(translate(language, 'carriers:sign-in'))
        const link = person && (await context.consoleLink?.(trx, turn.message.account))
        const label = translate(language, 'carriers:list.console')
        await sayAlone(
          turn,
          say,
          link ? { ...card, blocks: [...card.blocks, { type: 'link', label, url: link }] } : card,
        )
      })
  return [
    {
      words: { 'zh-CN': ['载体情况', '服务载体', '载体', '查载体'], en: ['carriers'] },
      run: answer((db, who) => answerList(db, context, 'all', who)),
    },
    {
      words: {
        'zh-CN': ['到期载体', '载体到期', '即将到期的载体', '快到期的载体', '到期的载体', '闲置载体'],
        en: ['expiring carriers'],
      },
      run: answer((db, who) => answerList(db, context, 'pressing', who)),
    },
    {
      words: { 'zh-CN': ['登记载体', '新增载体', '载体登记'], en: ['enter a carrier'] },
      run: answer(offerForm),
    },
  ]
}

async function answerList(
  db: Reads,
  { rules }: CarriersContext,
  list: 'all' | 'pressing',
  { person, today, language }: { person: string; today: string; language: Language },
): Promise<Card> {
  const { organisations, all } = await reachOfPerson(db, person, ['carrier.view'], today)
  if (organisations.length === 0) return textCard(translate(language, 'carriers:not-for-you'))
  const found = await overviewOf(db, rules, all ? null : organisations, today)
  const carriers = list === 'all' ? found : found.filter(({ standing }) => standing.length > 0)
  if (carriers.length === 0) {
    const text = translate(language, list === 'all' ? 'carriers:list.none' : 'carriers:list.none-pressing')
    return textCard(text, list === 'all' ? [enterButton(language)] : [])
  }
  return carriersCard({ list, carriers, from: 0, figures: figuresOf(found) }, language)
}

async function offerForm(
  db: Reads,
  { person, today, language }: { person: string; today: string; language: Language },
): Promise<Card> {
  const { organisations } = await reachOfPerson(db, person, ['carrier.edit'], today)
  if (organisations.length === 0) return textCard(translate(language, 'carriers:not-for-you'))
  return textCard(translate(language, 'carriers:list.enter-hint'), [enterButton(language)])
}

function enterButton(language: Language): Button {
  return {
    label: translate(language, 'carriers:list.enter'),
    ...{ action: 'carriers.enter', value: {}, opens: 'beside', style: 'primary' },
  }
}
