import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Account } from '../../chat/incoming.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { ActionHandler, Click, Command, Feature, Turn } from '../../conversation/feature.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { accountsOf, type Reads } from '../../people/people.ts'
import { onlineOf, personOf, readAsked } from './ask.ts'
import type { PushesContext } from './context.ts'
import { askPush, leaveBase, type Push, pushesOf, pushOf, setDaily } from './keep-push.ts'
import { pushesCard, takenCard } from './push-cards.ts'

const pushPattern =
  /^(?:推送到?(?:飞书)?多维表格|push to (?:feishu )?b(?:itable|ase))(?:\s*[:：]?\s*(?<words>.*))?$/is
const dailyPattern = /^(?<off>停止|取消|stop )?(?:每日推送|daily push)(?:\s*[:：]?\s*(?<words>.*))?$/is

/** Pushes any table that may be exported to a base where people work on it together (多维表格). */
export function createPushes(context: PushesContext): Feature {
  return {
    name: 'pushes',
    actions: {
      again: act(context, again),
      daily: act(context, daily),
      'new-base': act(context, newBase),
    },
    commands: pushCommands(context),
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}

function pushCommands(context: PushesContext): Command[] {
  return [
    {
      words: { 'zh-CN': ['我的推送'], en: ['my pushes'] },
      pattern: pushPattern,
      fits: async ({ message }) => isMeant(message.text, pushPattern),
      run: (turn) => push(turn, context),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: dailyPattern,
      fits: async ({ message }) => isMeant(message.text, dailyPattern),
      run: (turn) => turnDaily(turn, context),
    },
  ]
}

/** “推送到多维表格怎么用” is a question: what is meant as a command names a table within a line. */
function isMeant(text: string, pattern: RegExp): boolean {
  const words = wordsOf(text, pattern)
  return words.length <= 400 && !/[?？]|怎么|如何|吗$|^how\b/i.test(words.replace(/https?:\/\/\S+/, ''))
}

function wordsOf(text: string, pattern: RegExp): string {
  return pattern.exec(text.trim())?.groups?.words?.trim() ?? ''
}

async function push(turn: Turn, context: PushesContext): Promise<void> {
  const { message, language } = turn
  const { account } = message
  const words = wordsOf(message.text, pushPattern)
  if (words === '') {
    return answerAlone(turn, context, async (trx) => {
      const person = await personOf(trx, account)
      onlineOf(context)
      return pushesCard(await pushesOf(trx, person), context.tables, language)
    })
  }
  const now = await context.store.now()
  const asked = await readAsked(context, { words, account, language, now }).catch((error: unknown) => {
    if (error instanceof PlainError) return error
    throw error
  })
  await answerAlone(turn, context, async (trx, at) => {
    if (asked instanceof PlainError) throw asked
    return takenCard(await askPush(trx, asked, at), language)
  })
  context.wakeWorkers()
}

function turnDaily(turn: Turn, context: PushesContext): Promise<void> {
  const { message, language } = turn
  const off = dailyPattern.exec(message.text.trim())?.groups?.off !== undefined
  const words = wordsOf(message.text, dailyPattern).toLowerCase()
  return answerAlone(turn, context, async (trx, now) => {
    const person = await personOf(trx, message.account)
    const own = await pushesOf(trx, person)
    const meant = own.filter(({ title, source }) => `${title} ${source}`.toLowerCase().includes(words))
    const [one] = meant
    if (meant.length !== 1 || !one) return pushesCard(own, context.tables, language)
    await setDaily(trx, one, !off, now)
    return pushesCard(await pushesOf(trx, person), context.tables, language)
  })
}

type Done = (click: Click, context: PushesContext, push: Push) => Promise<string>

function act(context: PushesContext, done: Done): ActionHandler {
  return {
    reads: false,
    async run(click): Promise<Acknowledgement> {
      const { trx, action } = click
      const person = await personOf(trx, action.account)
      const found = await pushOf(trx, action.value.push ?? '', person)
      if (!found) throw new PlainError('pushes:gone')
      return { toast: await done(click, context, found) }
    },
  }
}

/** Rights are looked at when the table is read: a click has its transaction, beside which nothing is read. */
async function again(click: Click, context: PushesContext, push: Push): Promise<string> {
  const { trx, action, language, now } = click
  onlineOf(context)
  const { source, record, person, title } = push
  const account = await toldBefore(trx, push, action.account)
  await askPush(trx, { source, record, person, title, account, language, given: null }, now)
  return translate(language, 'pushes:taken.text', { title })
}

/** Where the first result was told the next one is, as long as the account is still the person's. */
async function toldBefore(db: Reads, push: Push, otherwise: Account): Promise<Account> {
  const told = JSON.parse(push.account) as Account
  const own = (await accountsOf(db, push.person)).some(
    ({ platform, installation, user }) =>
      platform === told.platform && installation === told.installation && user === told.user,
  )
  return own ? told : otherwise
}

async function daily({ trx, action, language, now }: Click, _: PushesContext, push: Push): Promise<string> {
  const on = action.value.daily === 'on'
  await setDaily(trx, push, on, now)
  return translate(language, on ? 'pushes:daily-on' : 'pushes:daily-off', { title: push.title })
}

/** Turns away from a base that is gone or full; what stands in it stays. */
async function newBase(click: Click, context: PushesContext, push: Push): Promise<string> {
  await leaveBase(click.trx, push.id, null)
  return again(click, context, push)
}
