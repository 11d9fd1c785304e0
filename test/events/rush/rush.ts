import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openStore, type Store, type StoreLocation } from '../../../src/store/store.ts'
import { openEvent, settlePeople } from './people.ts'
import { type Rushed, readRush } from './read-rush.ts'
import { type Answered, RushProcesses } from './rush-processes.ts'

export interface RushOptions {
  processes: number
  people: number
  seats: number
  /** Milliseconds over which they press. Default 0: all at the same moment. */
  within?: number
  /** Ends a process in the middle when so many have been answered. Default: none. */
  killAfter?: number
}

export interface RushResult {
  event: string
  /** What people read. */
  answered: readonly Answered[]
  rushed: Rushed
  /** Milliseconds from the first press until nobody waited for a result, and until everybody's was delivered. */
  settledAfter: number
  deliveredAfter: number
  problems: readonly string[]
}

/** Lets many people press for few seats, and reads what became of it. */
export async function rush(location: StoreLocation, options: RushOptions): Promise<RushResult> {
  const { processes: count, people, seats, within = 0, killAfter } = options
  const store = await openStore(location)
  // Without documents: nobody asks anything, and their index would take longer than the rush.
  const withoutDocuments = (source: string) => source !== join('knowledge', 'documents')
  await cp('knowledge', join(location.dataDir, 'knowledge'), { recursive: true, filter: withoutDocuments })
  let processes = new RushProcesses(location, count)
  try {
    await processes.open()
    const house = await settlePeople(store, people)
    const event = await openEvent(store, house, { capacity: seats })
    const began = performance.now()
    processes.press(event, people, within)
    let answered: readonly Answered[] = processes.answered
    if (killAfter !== undefined) {
      await processes.until(() => processes.answered.length >= killAfter)
      await processes.kill(0)
      answered = [...answered]
      if (count === 1) {
        processes = new RushProcesses(location, 1)
        await processes.open()
      }
    } else {
      await processes.until(() => processes.answered.length >= people)
    }
    await untilNone(() => waitingPresses(store, event))
    const settledAfter = performance.now() - began
    // What a killed process had in its hands is sent when its lease runs out.
    if (killAfter === undefined) await untilNone(() => unsaid(store))
    const deliveredAfter = performance.now() - began
    await processes.close()
    const { problems } = processes
    return { event, answered, rushed: await readRush(store, event), settledAfter, deliveredAfter, problems }
  } finally {
    processes.end()
    await store.close()
  }
}

function waitingPresses({ db }: Store, event: string): Promise<object | undefined> {
  const waiting = db.selectFrom('event_press').select('seq').where('state', '=', 'waiting')
  return waiting.where('event', '=', event).executeTakeFirst()
}

function unsaid({ db }: Store): Promise<object | undefined> {
  return db.selectFrom('outbox').select('id').where('state', '=', 'waiting').executeTakeFirst()
}

/** Looks now and then: what is asked for is whether it comes to an end. */
async function untilNone(find: () => Promise<object | undefined>): Promise<void> {
  while (await find()) await wait(20)
}
