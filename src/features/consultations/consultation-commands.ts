import type { Button, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { maySee, personOf } from './access.ts'
import { textCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { readConsultation } from './records.ts'
import { type Looker, showList, showOpened, showStanding } from './show-consultation.ts'

const numbered = /^(?:征询|consultation)?\s*(ZX-\d{4}-\d{4,})$/i

/** What is typed about consultations. */
export function consultationCommands(context: ConsultationsContext): Command[] {
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) => {
        const { language, message } = turn
        const looker = { person: await personOf(trx, message.account), now, language }
        return make(trx, looker, turn)
      })
  return [
    {
      words: {
        'zh-CN': ['发起征询', '新征询', '征询意见', '征求意见'],
        en: ['consult', 'new consultation', 'start consultation'],
      },
      run: answer(async (trx, looker) => {
        const { language } = looker
        if (!(await mayMakeAny(trx, looker))) {
          return textCard(translate(language, 'consultations:not-for-you'))
        }
        return textCard(translate(language, 'consultations:list.make-hint'), [makeButton(language)])
      }),
    },
    {
      words: { 'zh-CN': ['征询', '征询列表', '征询情况'], en: ['consultations'] },
      run: answer(async (trx, looker, { message }) => {
        const { language } = looker
        const made = await showList(trx, context, 'made', 0, looker)
        const makes = await mayMakeAny(trx, looker)
        // Whoever makes and decides none means those on which they are asked.
        if (!made && !makes) return listed(await showList(trx, context, 'mine', 0, looker), language)
        const card = made ?? textCard(translate(language, 'consultations:list.none-made'))
        const link = makes ? await context.consoleLink?.(trx, message.account) : null
        const label = translate(language, 'consultations:list.console')
        return {
          ...card,
          blocks: [
            ...card.blocks,
            ...(makes ? [{ type: 'buttons' as const, buttons: [makeButton(language)] }] : []),
            ...(link ? [{ type: 'link' as const, label, url: link }] : []),
          ],
        }
      }),
    },
    {
      words: { 'zh-CN': ['我的征询', '待答征询'], en: ['my consultations'] },
      run: answer(async (trx, looker) =>
        listed(await showList(trx, context, 'mine', 0, looker), looker.language),
      ),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numbered,
      run: answer(async (trx, looker, { message }) => {
        const [, number = ''] = numbered.exec(message.text.normalize('NFKC').trim()) ?? []
        const consultation = await readConsultation(trx, number)
        const sees = await maySee(trx, looker.person, consultation.row, looker.now)
        return sees
          ? showStanding(trx, context, consultation, looker)
          : showOpened(trx, context, number, looker)
      }),
    },
  ]
}

async function mayMakeAny(trx: Trx, { person, now }: Looker): Promise<boolean> {
  const { organisations } = await reachOfPerson(trx, person, ['consultation.make'], dayInChina(now))
  return organisations.length > 0
}

const listed = (card: Card | null, language: Language) =>
  card ?? textCard(translate(language, 'consultations:list.none'))

function makeButton(language: Language): Button {
  const label = translate(language, 'consultations:list.make')
  return { label, action: 'consultations.make', value: {}, opens: 'beside', style: 'primary' }
}
