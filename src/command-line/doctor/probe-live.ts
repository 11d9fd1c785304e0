import { randomUUID } from 'node:crypto'
import { type Card, plain } from '../../chat/card.ts'
import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import type { IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import type { Store } from '../../store/store.ts'
import type { BotHealth } from './check-address.ts'

/** How often the tables are looked at, in milliseconds. */
const lookEvery = 500

export interface LiveOptions {
  /** Where the bot keeps what comes in, be it in this process or in another one. */
  store: Store
  /** Those that are to be tried. */
  platforms: readonly string[]
  language: Language
  /** Milliseconds in all. */
  lasts: number
  /** Time that only goes forward, in milliseconds. */
  clock(): number
  wait(milliseconds: number): Promise<unknown>
  /** When a message was said, by its platform; null where that does not tell. */
  saidAt(platform: string, message: string): Promise<Date | null>
  /** Of the bot that takes the messages; null where nobody tells. */
  health(): Promise<BotHealth | null>
  /** Each finding as it is found, and what the person is to do next. */
  report(finding: Finding): void
  tell(sentence: Sentence): void
}

/** How far one platform has come. */
interface Trial {
  platform: string
  stage: 'message' | 'card' | 'press' | 'over'
  /** Ids of the outbox: the card that the button stands on. */
  card: string
  /** Since when a press counts, by the database's clock. */
  since: string
}

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })

/**
 * Whether events and presses really arrive. It watches the tables in which the bot keeps them: a connection of its own
 * would take from the running bot a part of what people write, for each event goes to one connection only. The card
 * goes out by the outbox, as every other.
 */
export async function probeLive(options: LiveOptions): Promise<void> {
  const { store, platforms, lasts, clock, wait, report, tell } = options
  const begun = await store.now()
  const last = await lastPosition(store)
  const before = await options.health()
  const trials = platforms.map((platform): Trial => {
    tell(say('doctor:live.write', { platform }))
    return { platform, stage: 'message', card: '', since: begun.toISOString() }
  })
  const end = clock() + lasts
  while (trials.some(({ stage }) => stage !== 'over') && clock() < end) {
    for (const trial of trials) await advance(trial, last, options)
    if (trials.some(({ stage }) => stage !== 'over')) await wait(lookEvery)
  }
  const after = await options.health()
  for (const trial of trials) {
    if (trial.stage !== 'over') report(whatDidNotCome(trial))
    const refused = refusedMeanwhile(before, after, trial.platform)
    if (refused !== '') {
      const found = say('doctor:live.refused', { platform: trial.platform, reasons: refused })
      report(unwell(`live.${trial.platform}.refused`, 'wrong', found, say('doctor:live.refused-advice')))
    }
  }
}

async function lastPosition({ db }: Store): Promise<number> {
  const { position } = await db
    .selectFrom('inbox')
    .select(({ fn }) => fn.max('position').as('position'))
    .executeTakeFirstOrThrow()
  return Number(position ?? 0)
}

async function advance(trial: Trial, last: number, options: LiveOptions): Promise<void> {
  const { store, report, tell } = options
  const { platform } = trial
  if (trial.stage === 'message') {
    const row = await store.db
      .selectFrom('inbox')
      .select(['payload', 'received_at'])
      .where('platform', '=', platform)
      .where('position', '>', last)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    const message = JSON.parse(row.payload) as Pick<IncomingMessage, 'id' | 'conversation'>
    const said = await options.saidAt(platform, message.id)
    const seconds = said && Math.max(0, (new Date(row.received_at).getTime() - said.getTime()) / 1000)
    report(
      seconds === null
        ? well(`live.${platform}.event`, 'doctor:live.event', { platform })
        : well(`live.${platform}.event`, 'doctor:live.event-after', {
            platform,
            seconds: seconds.toFixed(1),
          }),
    )
    trial.card = await sendCard(trial, message, options)
    trial.stage = 'card'
  }
  if (trial.stage === 'card') {
    const sent = await store.db
      .selectFrom('outbox')
      .select(['state', 'problem', 'sent_at'])
      .where('id', '=', trial.card)
      .executeTakeFirst()
    if (sent?.state === 'sent') {
      report(well(`live.${platform}.card`, 'doctor:live.card', { platform }))
      tell(say('doctor:live.press', { platform }))
      trial.stage = 'press'
    } else if (sent?.state !== 'waiting') {
      const found = say('doctor:live.card-failed', { platform, why: sent?.problem ?? 'unknown' })
      report(unwell(`live.${platform}.card`, 'wrong', found, say('doctor:live.card-failed-advice')))
      trial.stage = 'over'
    }
  }
  if (trial.stage === 'press' && (await isPressed(store, trial))) {
    report(well(`live.${platform}.press`, 'doctor:live.pressed', { platform }))
    trial.stage = 'over'
  }
}

function sendCard(
  trial: Trial,
  { id: replyTo, conversation }: Pick<IncomingMessage, 'id' | 'conversation'>,
  { store, language }: LiveOptions,
): Promise<string> {
  const id = `probe:${randomUUID()}`
  return store.transaction(async (trx) => {
    const now = await store.now(trx)
    trial.since = now.toISOString()
    const to = { type: 'conversation' as const, conversation }
    return enqueue(trx, { id, to, card: cardWithButton(language), lane: 'reply', replyTo, now })
  })
}

function cardWithButton(language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'doctor:live.card-title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'doctor:live.card-text')) },
      {
        type: 'buttons',
        buttons: [{ label: translate(language, 'doctor:live.button'), action: 'probe.press', value: {} }],
      },
    ],
  }
}

/** Any press on this platform will do: what is tried is whether they arrive. The keys are those of `incomingKey`. */
async function isPressed({ db }: Store, { platform, since }: Trial): Promise<boolean> {
  const row = await db
    .selectFrom('interaction')
    .select('at')
    .where('key', 'like', `["action",${JSON.stringify(platform)},%`)
    .where('at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function whatDidNotCome({ platform, stage }: Trial): Finding {
  if (stage === 'message') {
    const advice = platform === 'slack' ? 'doctor:live.no-event-slack' : 'doctor:live.no-event-feishu'
    return unwell(`live.${platform}.event`, 'wrong', say('doctor:live.no-event', { platform }), say(advice))
  }
  if (stage === 'card') {
    const found = say('doctor:live.card-waits', { platform })
    return unwell(`live.${platform}.card`, 'wrong', found, say('doctor:live.card-failed-advice'))
  }
  const advice = platform === 'slack' ? 'doctor:live.no-press-slack' : 'doctor:live.no-press-feishu'
  return unwell(`live.${platform}.press`, 'wrong', say('doctor:live.no-press', { platform }), say(advice))
}

/** Requests that came while we waited and were turned down, such as `forged 3`. */
function refusedMeanwhile(before: BotHealth | null, after: BotHealth | null, platform: string): string {
  const old = before?.connections[platform]?.refused ?? {}
  return Object.entries(after?.connections[platform]?.refused ?? {})
    .map(([reason, count]) => ({ reason, more: count - (old[reason] ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ reason, more }) => `${reason} ${more}`)
    .join(', ')
}
