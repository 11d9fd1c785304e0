import type { Button, Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { mayMake, personOf } from './access.ts'
import type { NoticesContext } from './context.ts'
import { textCard } from './notice-cards.ts'
import { readNotice } from './records.ts'
import { createNoticeCards, type Looker } from './show-notice.ts'

const noticeNumber = /^(?:通知|notice)?\s*(TZ-\d{4}-\d{4,})$/i

/** What is typed about notices. */
export function noticeCommands(context: NoticesContext): Command[] {
  const cards = createNoticeCards(context)
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) => {
        const { language, message } = turn
        const looker = { person: await personOf(trx, message.account), now, language }
        const card = await make(trx, looker, turn)
        const link = await context.consoleLink?.(trx, message.account)
        const label = translate(language, 'notices:list.console')
        return link ? { ...card, blocks: [...card.blocks, { type: 'link', label, url: link }] } : card
      })
  return [
    {
      words: {
        'zh-CN': ['发通知', '新通知', '发布通知', '写通知'],
        en: ['notice', 'new notice', 'send notice'],
      },
      run: answer(async (trx, looker) => offer(await mayMakeAny(trx, looker), looker.language)),
    },
    {
      words: { 'zh-CN': ['通知', '通知列表', '发出的通知', '通知情况'], en: ['notices', 'sent notices'] },
      run: answer(async (trx, looker) => {
        const { language } = looker
        // Whoever makes none means those that they got.
        if (!(await mayMakeAny(trx, looker)))
          return listed(await cards.list(trx, 'mine', 0, looker), language)
        const made = await cards.list(trx, 'made', 0, looker)
        return made ?? textCard(translate(language, 'notices:list.none-made'), [makeButton(language)])
      }),
    },
    {
      words: { 'zh-CN': ['我的通知', '收到的通知', '未读通知'], en: ['my notices'] },
      run: answer(async (trx, looker) => listed(await cards.list(trx, 'mine', 0, looker), looker.language)),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: noticeNumber,
      run: answer(async (trx, looker, { message }) => {
        const [, number = ''] = noticeNumber.exec(message.text.normalize('NFKC').trim()) ?? []
        const notice = await readNotice(trx, number)
        const makes = await mayMake(trx, looker.person, notice.row, looker.now)
        return makes ? cards.standing(trx, notice, looker) : cards.opened(trx, number, looker)
      }),
    },
  ]
}

async function mayMakeAny(trx: Trx, { person, now }: Looker): Promise<boolean> {
  const { organisations } = await reachOfPerson(trx, person, ['notice.make'], dayInChina(now))
  return organisations.length > 0
}

const listed = (card: Card | null, language: Language) =>
  card ?? textCard(translate(language, 'notices:list.none'))

function offer(may: boolean, language: Language): Card {
  if (!may) return textCard(translate(language, 'notices:not-for-you'))
  return textCard(translate(language, 'notices:list.make-hint'), [makeButton(language)])
}

function makeButton(language: Language): Button {
  const label = translate(language, 'notices:list.make')
  return { label, action: 'notices.make', value: {}, opens: 'beside', style: 'primary' }
}
