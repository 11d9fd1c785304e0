import type { Card } from '../../chat/card.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { handOver } from '../../delivery/handed-files.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { personOf } from './access.ts'
import { textCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { exportHonours, type Honour, honouringPlaces, honoursIn, printHonours } from './honours.ts'
import { honoursCard } from './honours-card.ts'
import {
  asksForHonours,
  type HonoursSpan,
  honoursPattern,
  honoursTitle,
  readHonoursSpan,
} from './honours-span.ts'
import { ownCard } from './list-cards.ts'
import { brought } from './make-form.ts'
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
      run: answer(async (trx, { person, now, language }, { message }) => {
        const { organisations } = await reachOfPerson(trx, person, ['assessment.make'], dayInChina(now))
        if (organisations.length === 0) return textCard(translate(language, 'assessment:not-for-you'))
        const [file] = message.files ?? []
        if (file) {
          const { title } = await brought(trx, context, file, language)
          const next = translate(language, 'assessment:bring.go-on')
          const value = { file: file.blob }
          return textCard(translate(language, 'assessment:bring.taken', { title: title[language] }), [
            { label: next, action: 'assessment.make', value, opens: 'beside', style: 'primary' },
          ])
        }
        const label = translate(language, 'assessment:list.make')
        return textCard(translate(language, 'assessment:list.make-hint'), [
          { label, action: 'assessment.make', value: {}, opens: 'beside', style: 'primary' },
        ])
      }),
    },
    {
      words: { 'zh-CN': ['荣誉名单', '表彰总名单', '表彰汇总'], en: ['honours'] },
      pattern: honoursPattern,
      fits: async ({ message }) => asksForHonours(message.text),
      run: answer(async (trx, { person, language, now }, { message }) => {
        const places = await honouringPlaces(trx, person, now)
        const span = readHonoursSpan(message.text, dayInChina(now))
        const found = await honoursIn(trx, context, places, span, language)
        const files =
          found.length === 0 ? [] : await honourFiles(trx, context, found, { span, language, now })
        return honoursCard(found, { span, files }, language)
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

/** All of them as XLSX and as PDF, to take along. */
async function honourFiles(
  trx: Trx,
  context: AssessmentContext,
  found: readonly Honour[],
  { span, language, now }: { span: HonoursSpan; language: Looker['language']; now: Date },
) {
  const { type: mediaType, pieces } = exportHonours(found, span, language)
  const name = honoursTitle(span, language)
  const bytes = Buffer.concat(await Array.fromAsync(pieces))
  const printed = {
    ...{ name: `${name}.pdf`, mediaType: 'application/pdf' },
    bytes: await printHonours(found, span, language, now),
  }
  return [
    await handOver(trx, context, { name: `${name}.xlsx`, mediaType, bytes }, now),
    await handOver(trx, context, printed, now),
  ]
}
