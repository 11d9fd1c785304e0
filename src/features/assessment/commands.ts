import type { Card } from '../../chat/card.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { personOf } from './access.ts'
import { textCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { ownCard } from './list-cards.ts'
import { showOfCampaign } from './of-campaign.ts'
import { type Looker, ownSubjects, showAssessment, showList } from './show.ts'

const ofCampaign = /^(?:活动考核|考核评估|考核|assessment|assess)\s*(JB-\d{4}-\d{4,6})$/i
const assessmentNumber = /^(?:考核|assessment)?\s*(KH-\d{4}-\d{4,})$/i

/** What is typed about assessments. */
export function assessmentCommands(context: AssessmentContext): Command[] {
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) => {
        const { language, message } = turn
        return make(trx, { person: await personOf(trx, message.account), now, language }, turn)
      })
  const own = async (trx: Trx, { person, now, language }: Looker) =>
    ownCard(await ownSubjects(trx, person, now), language)
  return [
    {
      words: { 'zh-CN': ['考核', '考核列表', '考核评估', '考核情况'], en: ['assessments', 'assessment'] },
      // Whoever sees none by their office means their own.
      run: answer(async (trx, looker) => (await showList(trx, 0, looker)) ?? own(trx, looker)),
    },
    {
      words: { 'zh-CN': ['我的考核', '考核自评', '自评'], en: ['my assessments', 'my assessment'] },
      run: answer(own),
    },
    {
      words: { 'zh-CN': ['发起考核', '新考核', '新建考核'], en: ['new assessment', 'start assessment'] },
      run: answer(async (trx, { person, now, language }) => {
        const { organisations } = await reachOfPerson(trx, person, ['assessment.make'], dayInChina(now))
        if (organisations.length === 0) return textCard(translate(language, 'assessment:not-for-you'))
        const label = translate(language, 'assessment:list.make')
        return textCard(translate(language, 'assessment:list.make-hint'), [
          { label, action: 'assessment.make', value: {}, opens: 'beside', style: 'primary' },
        ])
      }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: ofCampaign,
      run: answer((trx, looker, { message }) => {
        const [, number = ''] = ofCampaign.exec(message.text.normalize('NFKC').trim()) ?? []
        return showOfCampaign(trx, number, looker)
      }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: assessmentNumber,
      run: answer((trx, looker, { message }) => {
        const [, number = ''] = assessmentNumber.exec(message.text.normalize('NFKC').trim()) ?? []
        return showAssessment(trx, number, 0, looker)
      }),
    },
  ]
}
