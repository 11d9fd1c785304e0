import { resendDeadLetters } from '../../../src/delivery/dead-letters.ts'
import { enqueueEdit } from '../../../src/delivery/outbox.ts'
import { card } from './house.ts'
import { type Call, type FaultKind, type MessengerName, type Transport, transports } from './messenger.ts'
import type { Play } from './play.ts'

/** Something that goes wrong. What is not said is as in `nothingWrong`. */
export interface Scenario {
  name: string
  /** Default: both. */
  messengers?: readonly MessengerName[]
  transports?: readonly Transport[]
  run(play: Play): Promise<void>
}

const hour = 3_600_000

/** What people do in an ordinary hour. */
async function ordinary({ stage, talkers, speak, settle }: Play): Promise<void> {
  await speak()
  await settle()
  await stage.press(talkers[0], stage.said[0]!.label)
  await stage.press(talkers[2], stage.said[2]!.label)
  await stage.fillForm(talkers[1], stage.said[1]!.label)
  await speak()
}

/** The bot is not to be reached for a while, in which everybody writes. */
async function outage(
  { stage, house, speak, until, pass }: Play,
  why: 'too-many' | 'revoked' | 'cut',
): Promise<void> {
  const { messenger } = stage
  if (messenger.transport === 'http') messenger.reach(null)
  else {
    messenger.refuseLines(why === 'cut' ? 'too-many' : why)
    messenger.breakLines('cut')
    await until(() => !house.health().connected)
  }
  // Nobody waits for what cannot arrive.
  await speak(Promise.resolve())
  messenger.refuseLines(null)
  messenger.reach(house.address)
  await until(() => house.health().connected)
  pass(messenger.retries[0]!)
  await stage.redeliver()
}

/** Every second call of each kind fails so. */
function failEverySecond({ stage }: Play, how: FaultKind, isMade: boolean): void {
  const calls: Record<Call, number> = { send: 0, edit: 0, find: 0 }
  stage.messenger.fate = (call) => {
    // What only looks is not made: it is the answer that is missing.
    calls[call] += 1
    return calls[call] % 2 === 1 && (call !== 'find' || !isMade) ? { how, isMade } : null
  }
}

const failing = (what: string, how: FaultKind): Scenario[] =>
  [false, true].map((isMade) => ({
    name: `${what}, ${isMade ? 'after' : 'before'} the effect`,
    async run(play) {
      failEverySecond(play, how, isMade)
      await play.speak()
      await play.settle()
      await play.stage.press(play.talkers[0], play.stage.said[0]!.label)
      await play.settle()
    },
  }))

export const scenarios: readonly Scenario[] = [
  { name: 'nothing goes wrong', run: ordinary },
  {
    name: 'everything is delivered twice at once, and again later',
    async run({ stage, talkers, settle }) {
      for (const talker of talkers) {
        const written = stage.write(talker)
        await Promise.all([written.push(), written.push()])
        await settle()
        await stage.press(talker, written.label, 2)
        await settle()
        await written.push()
      }
    },
  },
  {
    name: 'redelivered on the vendor’s schedule and after 6 h, though acknowledged',
    async run({ stage, speak, settle, pass }) {
      await speak()
      await settle()
      for (const pause of [...stage.messenger.retries, 6 * hour]) {
        pass(pause)
        for (const one of stage.said) await one.push()
      }
    },
  },
  {
    name: 'out of order',
    async run({ stage, talkers }) {
      for (const talker of talkers) {
        const [first, second, third] = [stage.write(talker), stage.write(talker), stage.write(talker)]
        for (const one of [third, first, second]) await one.push()
      }
    },
  },
  { name: 'not to be reached for a minute', run: (play) => outage(play, 'cut') },
  {
    name: 'cut while answers are on their way',
    async run(play) {
      const { stage, speak, settle, house, until } = play
      const { messenger } = stage
      let cuts = 0
      // The first message of each is shown in part when all lines break.
      messenger.fate = (call) => {
        if (call !== 'edit' || cuts === 3) return null
        cuts += 1
        messenger.breakLines('cut')
        return { how: 'cut' }
      }
      await speak()
      await settle()
      await until(() => house.health().connected)
      await stage.redeliver()
      await speak()
      await stage.redeliver()
    },
  },
  {
    name: 'pressed while an edit of the card is in doubt',
    async run({ stage, talkers, house, until, settle, pass }) {
      const written = stage.write(talkers[0])
      await written.push()
      await settle()
      let edits = 0
      stage.messenger.fate = (call) => {
        if (call !== 'edit' || edits === 1) return null
        edits += 1
        return { how: 'cut', isMade: true }
      }
      const sent = house.store.db.selectFrom('outbox').select('id').where('operation', '=', 'send')
      const { id } = await sent.executeTakeFirstOrThrow()
      const older = card(`message ${written.label} whole`, written.label)
      await house.store.transaction(async (trx) =>
        enqueueEdit(trx, { of: id, card: older, now: await house.store.now(trx) }),
      )
      pass(0)
      await until(() => edits === 1)
      // The edit is made again after a pause that only the clock ends.
      await stage.press(talkers[0], written.label)
      await stage.write(talkers[0]).push()
    },
  },
  {
    name: 'cut in the middle of a message or request',
    async run(play) {
      const { stage, speak, house, until } = play
      const before = house.health().reconnects
      stage.messenger.breakLines('within')
      if (stage.messenger.transport === 'socket') await until(() => house.health().reconnects > before)
      await speak()
      await stage.redeliver()
    },
  },
  {
    name: 'half open: the other side falls silent, and the next line is refused at first',
    transports: ['socket'],
    async run({ stage, talkers, house, until, speak, settle, pass }) {
      const { messenger } = stage
      await speak()
      await settle()
      messenger.refuseLines('too-many')
      messenger.breakLines('freeze')
      const again = Promise.withResolvers<void>()
      const pushed = stage.write(talkers[0]).push(again.promise)
      await until(() => !house.health().connected)
      messenger.refuseLines(null)
      await until(() => house.health().connected && house.health().reconnects > 0)
      again.resolve()
      await pushed
      pass(messenger.retries[0]!)
      await stage.redeliver()
    },
  },
  ...(['warning', 'refresh_requested'] as const).map(
    (reason): Scenario => ({
      name: `asked for another line (${reason})`,
      messengers: ['slack'],
      transports: ['socket'],
      async run({ stage, speak, house, until }) {
        stage.messenger.askForAnother?.(reason)
        await speak()
        await until(() => house.health().reconnects > 0)
        await speak()
        await stage.redeliver()
      },
    }),
  ),
  { name: 'too many connections', transports: ['socket'], run: (play) => outage(play, 'too-many') },
  {
    name: 'the app’s token or secret revoked, and given back',
    transports: ['socket'],
    run: (play) => outage(play, 'revoked'),
  },
  {
    name: 'the bot’s token revoked in mid-life, and given back; what is listed is sent again by hand',
    async run({ stage, house, speak, settle, pass }) {
      let calls = 0
      stage.messenger.fate = () => {
        calls += 1
        return calls > 6 ? null : { how: 'revoked' }
      }
      await speak()
      await settle()
      stage.messenger.fate = null
      const now = await house.store.now()
      await house.store.transaction((trx) => resendDeadLetters(trx, 'all', now))
      pass(0)
    },
  },
  {
    name: 'too often (429 and the vendor’s codes): left alone for as long as it asks',
    async run({ stage, talkers, pass, settle, until }) {
      const { messenger } = stage
      for (let time = 0; time < 4; time += 1) {
        let isLimited = false
        messenger.fate = (call) => {
          if (call !== 'send' || isLimited) return null
          isLimited = true
          return { how: 'limit' }
        }
        await stage.write(talkers[0]).push()
        await until(() => isLimited)
        if (time === 0) {
          const before = messenger.calls()
          for (let second = 0; second < 29; second += 1) pass(1000)
          await new Promise((resolve) => setTimeout(resolve, 100))
          if (messenger.calls() !== before) throw new Error('it was not left alone')
        }
        await settle()
      }
    },
  },
  ...failing('an error of the server (500)', 'error'),
  ...failing('a call without an answer', 'silent'),
  ...failing('a connection that is reset', 'cut'),
]

/** Where each is played. */
export function placesOf({ messengers = ['slack', 'feishu'], transports: ways = transports }: Scenario) {
  return messengers.flatMap((messenger) => ways.map((transport) => ({ messenger, transport })))
}
