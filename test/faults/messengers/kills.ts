import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../../../src/store/store.ts'
import { freshLocation } from '../../store/each-database.ts'
import type { Counts } from './counts.ts'
import type { MessengerName, Pushed, Talker, Transport } from './messenger.ts'
import { openStage, type Stage } from './stage.ts'
import { type RunningHouse, startMessengerHouse } from './start-process.ts'

/** What somebody does while the process dies. */
export type Deed = 'message' | 'press' | 'form'

/** A step at which the process is killed; those of `vendor` lie with the vendor, in a call of that kind. */
export interface Kill {
  deed: Deed
  step: string
}

const steps: Record<Deed, readonly string[]> = {
  message: [
    'intake:received',
    'intake:stored',
    'intake:claimed',
    'feature:working',
    'intake:worked',
    'intake:committed',
    'feature:editing',
    'delivery:claimed',
    'platform:sending',
    'vendor:send:received',
    'vendor:send:shown',
    'delivery:delivered',
    'delivery:recorded',
    'vendor:edit:received',
    'vendor:edit:shown',
  ],
  press: [
    'intake:answer-worked',
    'intake:answer-committed',
    'platform:sending',
    'vendor:send:received',
    'vendor:send:shown',
    'delivery:delivered',
  ],
  // Opening, the page and the sending in are three interactions: killed in the first, then in the last.
  form: ['intake:answer-worked', 'intake:answer-committed', 'feature:submitting', 'vendor:send:shown'],
}

/** Every step for every deed. */
export const allKills: readonly Kill[] = Object.entries(steps).flatMap(([deed, names]) =>
  names.map((step) => ({ deed: deed as Deed, step })),
)

/** Leases outlast any run on SQLite, where a start has to free them. */
const lease = 600_000

export interface Killing {
  stage: Stage
  talkers: readonly Talker[]
  /** Starts a process that serves what is called from now on. */
  start(): Promise<RunningHouse>
  /** Has the process end at a step while somebody does something, and starts the next one. */
  killAt(kill: Kill): Promise<void>
  /** Resolves when everything was taken and nothing waits. */
  settle(): Promise<void>
}

/** Plays with processes on a database of their own, by the machine's clock. */
export async function playKills(
  name: MessengerName,
  transport: Transport,
  act: (killing: Killing) => Promise<void>,
): Promise<Counts> {
  const cleanUps: (() => Promise<void>)[] = []
  try {
    const clock = () => new Date()
    const location = await freshLocation('sqlite', cleanUps)
    const store = await openStore(location)
    cleanUps.push(() => store.close())
    const stage = await openStage(name, transport, store, clock)
    const { messenger } = stage
    cleanUps.push(() => messenger.close())
    let house: RunningHouse | null = null
    cleanUps.push(async () => {
      house?.signal('SIGKILL')
      await house?.ended
    })
    const talkers = [stage.join(), stage.join(), stage.join(messenger.addGroup())]

    async function start(): Promise<RunningHouse> {
      const { opened } = messenger.lines()
      house = await startMessengerHouse({ location, messenger: name, transport, url: messenger.url, lease })
      messenger.reach(house.address)
      messenger.over = house.ended.then(() => {
        messenger.isUp = false
      })
      while (transport === 'socket' && messenger.lines().opened === opened) await wait(10)
      messenger.isUp = true
      return house
    }

    async function settle(): Promise<void> {
      const latest = performance.now() + 30_000
      for (let quiet = 0; quiet < 3; ) {
        await stage.redeliver()
        await wait(30)
        quiet = (await stage.waiting()) === 0 ? quiet + 1 : 0
        if (performance.now() > latest) throw new Error(`something waits still: ${await stage.left()}`)
      }
    }

    async function killAt({ deed, step }: Kill): Promise<void> {
      const running = house ?? (await start())
      const [talker] = talkers as [Talker]
      let answered: Pushed | undefined
      if (deed !== 'message') {
        answered = stage.write(talker)
        await answered.push()
        await settle()
      }
      const [where, kind, moment] = step.split(':')
      if (where !== 'vendor') running.killAt(step)
      else {
        messenger.fate = (call) => {
          if (call !== kind) return null
          messenger.fate = null
          running.signal('SIGKILL')
          return { how: 'cut', isMade: moment === 'shown' }
        }
      }
      const next = running.ended.then(() => start())
      if (deed === 'message') await Promise.all(talkers.map((one) => stage.write(one).push(running.ended)))
      else if (deed === 'press') await stage.press(talker, answered!.label)
      else await stage.fillForm(talker, answered!.label, async () => void (await next))
      const end = await Promise.race([running.ended, wait(10_000, 'it lives')])
      if (end !== 'SIGKILL') throw new Error(`${deed} ${step}: ${end}`)
      await next
      await stage.redeliver()
    }

    await act({ stage, talkers, start, killAt, settle })
    await settle()
    return await stage.count()
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  }
}
