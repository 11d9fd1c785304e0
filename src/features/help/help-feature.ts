import type { Card } from '../../chat/card.ts'
import { accountKey } from '../../chat/keys.ts'
import type { ActionHandler, Click, Feature, Turn } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import { readerOf } from '../../people/readers.ts'
import { codePattern } from '../../people/receipt-code.ts'
import type { Store, Trx } from '../../store/store.ts'
import { createAskForm, openAsk } from './ask.ts'
import type { ReplyOptions } from './cited-clause.ts'
import { createTimers } from './deadlines.ts'
import { createDesk, type HelpDesk } from './desk.ts'
import { markSolved, markUnsolved, withdraw } from './follow-up.ts'
import { addSupplement, createHandlingForms, openHandling } from './handling-forms.ts'
import { textCard } from './help-cards.ts'
import { listMine } from './list-mine.ts'
import { fetchByReceipt } from './receipt-code.ts'
import { ownQuestionsCard, statusBlocks, statusOf, tasksCard } from './status.ts'

export interface HelpOptions extends ReplyOptions {
  store: Store
  /** Where people reach the web pages, asked when a link is made. */
  publicUrl(): string
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
}

const number = 'wd[-–—\\s]*\\d{4}[-–—\\s]*\\d{4,9}'
const receiptPattern = new RegExp(`^(?:(?:查询|查看答复|receipt)\\s*)?(${number})\\s+(${codePattern})$`)

/** The same without a code, or with something that is none. */
const withoutCodePattern = new RegExp(`^(?:(?:查询|查看答复|receipt)\\s*)?${number}(?:\\s+\\S{1,20})?$`)

/** Questions that the documents do not answer go to people, and their replies come back. */
export function createHelp(options: HelpOptions): {
  feature: Feature
  desk: HelpDesk
} {
  const { store, library, publicUrl } = options
  const action = (run: (click: Click) => ReturnType<ActionHandler['run']>): ActionHandler => ({
    reads: false,
    run,
  })

  const answerAlone = (turn: Turn, make: (trx: Trx, now: Date) => Promise<Card>) =>
    turn.commit(async (trx, say) => void (await sayAlone(turn, say, await make(trx, await store.now(trx)))))

  function offer({ language, commit }: Turn): Promise<void> {
    const open = {
      label: translate(language, 'help:ask.open'),
      action: 'help.ask',
      value: {},
      opens: 'beside' as const,
      style: 'primary' as const,
    }
    const card = textCard(translate(language, 'help:ask.start'))
    return commit(async (_trx, say) => {
      await say({ ...card, blocks: [...card.blocks, { type: 'buttons', buttons: [open] }] })
    })
  }

  const showTasks = (turn: Turn) =>
    answerAlone(turn, async (trx, now) => {
      const person = await findPersonByAccount(trx, turn.message.account)
      if (!person) return textCard(translate(turn.language, 'help:guest-needs-sign-in'))
      return tasksCard(trx, person.id, dayInChina(now), turn.language)
    })

  const showQuestions = (turn: Turn) =>
    answerAlone(turn, async (trx, now) => {
      const { account } = turn.message
      const readers = [await readerOf(trx, account, dayInChina(now))]
      return ownQuestionsCard(trx, library, account, readers, turn.language)
    })

  const showWithoutCode = (turn: Turn) =>
    answerAlone(turn, async (trx, now) => {
      const { message, language } = turn
      const readers = [await readerOf(trx, message.account, dayInChina(now))]
      const card = await ownQuestionsCard(trx, library, message.account, readers, language)
      // What was asked elsewhere a guest reads by the code alone.
      if (await findPersonByAccount(trx, message.account)) return card
      const how = translate(language, 'help:receipt.how')
      return { ...card, blocks: [...card.blocks, { type: 'note', text: how }] }
    })

  const showReceipt = (turn: Turn) =>
    answerAlone(turn, async (trx, now) => {
      const { message, language } = turn
      const typed = message.text.normalize('NFKC').toLowerCase()
      const [, asked = '', code = ''] = new RegExp(`(${number})\\s+(${codePattern})`).exec(typed) ?? []
      const who = `account ${accountKey(message.account)}`
      const found = await fetchByReceipt(trx, { number: asked, code, who, now })
      if (found.outcome !== 'found') {
        return { ...textCard(translate(language, `help:receipt.${found.outcome}`)), tone: 'error' }
      }
      const readers = [await readerOf(trx, message.account, dayInChina(now))]
      const blocks = statusBlocks(await statusOf(trx, library, found.request, readers), language, false)
      if (found.request.state === 'open') {
        blocks.push({ type: 'note', text: translate(language, 'help:receipt.waiting') })
      }
      return { tone: 'info', blocks }
    })

  const feature: Feature = {
    name: 'help',
    actions: {
      ask: action(openAsk),
      reply: action((click) => openHandling(click, 'help.reply', options)),
      decline: action((click) => openHandling(click, 'help.decline', options)),
      'hand-over': action((click) => openHandling(click, 'help.hand-over', options)),
      supplement: action((click) => addSupplement(click, options)),
      solved: action(markSolved),
      unsolved: action((click) => markUnsolved(click, library)),
      withdraw: action(withdraw),
    },
    commands: [
      {
        words: {
          'zh-CN': ['请人解答', '转人工', '找人问', '问一个人', '人工', '人工服务'],
          en: ['ask a person', 'talk to a person', 'human'],
        },
        run: offer,
      },
      { words: { 'zh-CN': ['我的待办', '待办'], en: ['my tasks'] }, run: showTasks },
      { words: { 'zh-CN': ['我的提问', '我的问题'], en: ['my questions'] }, run: showQuestions },
      { words: { 'zh-CN': [], en: [] }, pattern: receiptPattern, run: showReceipt },
      {
        words: { 'zh-CN': ['查询', '查询答复', '查看答复'], en: ['receipt'] },
        pattern: withoutCodePattern,
        run: showWithoutCode,
      },
    ],
    forms: [createAskForm({ library, publicUrl }), ...createHandlingForms(options)],
    mine: listMine,
    timers: createTimers(library),
    subscriptions: {},
  }
  return { feature, desk: createDesk(options) }
}
