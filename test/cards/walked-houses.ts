import type { Card } from '../../src/chat/card.ts'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import type { Language } from '../../src/chat/language.ts'
import type { Feature } from '../../src/conversation/feature.ts'
import type { Claimed } from '../../src/delivery/claim.ts'
import { tellSender } from '../../src/delivery/tell-sender.ts'
import { createAccountsFeature } from '../../src/features/accounts/accounts-feature.ts'
import { createConsoleEntry } from '../../src/features/console-entry/console-entry-feature.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeTurn } from '../fakes/fake-turn.ts'
import { privateChat } from '../forms/form-house.ts'
import { openHelpHouse } from '../help/help-house.ts'
import type { Open } from '../store/each-database.ts'
import { openSubmissionsHouse } from '../submissions/submissions-house.ts'
import { hardText, sizes } from './extreme-texts.ts'

/** What makes cards only together with a database, and is walked by what people do. */
export const housedMakers = [
  ...['delivery/tell-sender.ts#noticeCard', 'features/accounts/accounts-feature.ts#codeCard'],
  ...['features/console-entry/console-entry-feature.ts#linkCard', 'features/help/ask.ts#codeCard'],
  ...['features/help/ask.ts#receiptCard', 'features/help/deadlines.ts#remind'],
  ...['features/help/help-feature.ts#answerAlone', 'features/help/status.ts#ownQuestionsCard'],
  ...['features/help/status.ts#tasksCard', 'forms/steps/step-cards.ts#stepCard'],
  'platforms/slack/home.ts#homeCard',
  ...['cards.ts#changeCard', 'cards.ts#recordCard', 'cards.ts#settledCard'].map(
    (maker) => `features/submissions/${maker}`,
  ),
  ...['cards.ts#textCard', 'forms/entry-form.ts#receiptCard'].map((maker) => `features/submissions/${maker}`),
].map((maker) => `src/${maker}`)

/** Everything that is shown to anybody about proposals with the longest texts. */
export async function cardsOfSubmissions(open: Open): Promise<Card[]> {
  const house = await openSubmissionsHouse(open)
  const cards: Card[] = []
  const show = ({ replace, beside }: { replace?: Card; beside?: Card }) => {
    cards.push(...[replace, beside].filter((card) => card !== undefined))
  }
  const long = hardText(2000)
  const values = { ...{ title: hardText(60), variety: 'proposal', category: 'process' }, defect: long }
  for (let at = 0; at < 12; at += 1) await house.sendIn('张三', { ...values, method: long, effect: long })
  const [first, second, third] = await house.rows()
  show(await house.click('李梅', { action: 'submissions.open', value: { submission: first!.id } }))
  show(await house.act('李梅', first!.number, 'accept'))
  await house.act('李梅', second!.number, 'return', { reason: hardText(500) })
  show(await house.act('张三', second!.number, 'resubmit'))
  await house.act('李梅', first!.number, 'decline-first', { reason: hardText(1000) })
  show(await house.act('张三', third!.number, 'withdraw'))
  for (const [who, words] of [
    ['张三', '我的提交'],
    ['李梅', '待我处理'],
    ['外人', '我的提交'],
    ['张三', '提建议'],
    ['张三', 'my submissions'],
    ['李梅', 'my queue'],
  ] as const) {
    cards.push(...(await house.type(who, words)))
  }
  for (const who of ['张三', '李梅']) cards.push(...house.cardsOf(who))
  await house.waitUntil('2026-03-20T06:00:00Z')
  for (const who of ['李梅', '王强', '周建国']) cards.push(...house.cardsOf(who))
  await house.stop()
  if (house.errors.length > 0) throw house.errors[0]
  return cards
}

/** Everything that is shown to anybody about questions with the longest texts: asked, late, handed on, answered twice. */
export async function cardsOfHelp(open: Open): Promise<Card[]> {
  const house = await openHelpHouse(open)
  const { question, background, reply, remark } = sizes.most
  const cards: Card[] = []
  const show = ({ replace, beside }: { replace?: Card; beside?: Card }) => {
    cards.push(...[replace, beside].filter((card) => card !== undefined))
  }
  for (let at = 0; at < 12; at += 1) {
    await house.ask('张三', { question, background, urgency: at % 2 ? 'urgent' : 'normal' })
  }
  await house.ask('guest', { question, background, urgency: 'normal' })
  const requests = await house.requests()
  const about = (at: number) => ({ request: requests[at]!.id })
  const handle = async (user: string, action: string, at: number, values: Record<string, string>) => {
    const opened = await house.click(user, action, about(at))
    show(opened.form ? await house.fillIn(user, opened, values) : opened)
    await house.settle()
  }
  const opened = await house.click('郑洁', 'help.reply', about(0))
  await handle('李梅', 'help.reply', 0, { text: reply, clause: '第二条' })
  show(await house.fillIn('郑洁', opened, { text: reply, clause: '' }))
  await handle('李梅', 'help.decline', 1, { reason: remark })
  await handle('李梅', 'help.hand-over', 2, { to: '王强', remark })
  await handle('周建国', 'help.reply', 12, { text: reply, clause: '' })
  show(await house.click('张三', 'help.withdraw', { ...about(3), round: '1' }))
  show(await house.click('张三', 'help.unsolved', { ...about(0), round: '1' }))
  await house.settle()
  for (const words of ['我的提问', 'my questions']) cards.push(...(await house.type('张三', words)))
  for (const words of ['我的待办', 'my tasks']) cards.push(...(await house.type('李梅', words)))
  const [receipt] = house.cardsOf('guest').flatMap((card) => JSON.stringify(card).match(/[A-Z2-9]{8}/g) ?? [])
  cards.push(...(await house.type('guest', `${requests[12]!.number} ${receipt}`)))
  for (const day of ['03T06', '04T06', '05T06', '10T06']) await house.waitUntil(`2026-03-${day}:00:00Z`)
  const sent = house.fake.made.filter(({ operation }) => operation.name === 'send')
  await house.stop()
  if (house.errors.length > 0) throw house.errors[0]
  return [...cards, ...sent.map(({ message }) => house.fake.shown.get(message)!)]
}

/** What entering the console and linking accounts show. */
export async function cardsOfAccounts(store: Store, language: Language): Promise<Card[]> {
  const { account, conversation } = privateChat('slack', 'ada')
  await store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: sizes.most.name })
    await linkAccount(trx, account, id, new Date(0))
  })
  const url = `https://bot.example/console/enter?code=${'a'.repeat(2000)}`
  const features = [createAccountsFeature({ store }), createConsoleEntry({ linkFor: async () => url })]
  const message: IncomingMessage = {
    ...{ type: 'message', id: '1', account, conversation, language, at: new Date(0), text: '' },
  }
  const cards: Card[] = []
  for (const feature of features) {
    for (const words of commandsOf(feature, language)) {
      const turn = fakeTurn(store, { ...message, text: words.text }, (card) => cards.push(card))
      await words.run(turn)
    }
  }
  return cards
}

function commandsOf({ commands }: Feature, language: Language) {
  return commands.flatMap(({ words, run }) => words[language].slice(0, 1).map((text) => ({ text, run })))
}

/** What a sender reads of a message that did not arrive. */
export async function noticesOf(store: Store): Promise<Card[]> {
  const { account } = privateChat('slack', 'ada')
  const card: Card = { tone: 'info', title: hardText(2000), blocks: [] }
  await store.transaction(async (trx) => {
    for (const problem of ['gone', 'not-allowed', 'bad-input', 'given-up', 'unknown'] as const) {
      const to = { type: 'account' as const, account: { ...account, user: 'somebody else' } }
      const operation = {
        id: problem,
        name: 'send' as const,
        to,
        card,
        replyTo: null,
        open: false,
        message: null,
      }
      const claimed = { operation, sender: JSON.stringify(Object.values(account)), address: 'elsewhere' }
      await tellSender(trx, claimed as unknown as Claimed, problem, new Date(0))
    }
  })
  const rows = await store.db.selectFrom('outbox').select('card').execute()
  return rows.map((row) => JSON.parse(row.card ?? 'null') as Card)
}
