import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../../../src/store/store.ts'
import { freshLocation } from '../../store/each-database.ts'
import type { Counts } from './counts.ts'
import { type MessengerHouse, openMessengerHouse } from './house.ts'
import type { MessengerName, Talker, Transport } from './messenger.ts'
import { openStage, type Stage } from './stage.ts'

/** A house and a vendor in one process, by a clock that only goes when it is told. */
export interface Play {
  stage: Stage
  house: MessengerHouse
  /** Two people in their own chats, and one in a group. */
  talkers: [Talker, Talker, Talker]
  /** Lets time pass, in milliseconds. */
  pass(milliseconds: number): void
  /** Everybody writes something, which is pushed once. `over`: ends the waiting for acknowledgements. */
  speak(over?: Promise<unknown>): Promise<void>
  /** Resolves when all that was taken is worked and shown, however long that takes by the clock. */
  settle(): Promise<void>
  /** Resolves when it is so, within 40 s. */
  until(isSo: () => boolean): Promise<void>
}

/** Far longer than a play lasts by its clock: what is not freed by a start is not freed. */
const lease = 48 * 3_600_000
const step = 500

/** Plays it on a database of its own. Gives what is counted at the end. */
export async function playWith(
  name: MessengerName,
  transport: Transport,
  act: (play: Play) => Promise<void>,
): Promise<Counts> {
  const cleanUps: (() => Promise<void>)[] = []
  try {
    let now = Date.parse('2026-03-02T01:02:03Z')
    const clock = () => new Date(now)
    const location = await freshLocation('sqlite', cleanUps)
    const store = await openStore(location, { clock })
    cleanUps.push(() => store.close())
    const stage = await openStage(name, transport, store, clock)
    cleanUps.push(() => stage.messenger.close())
    const { messenger } = stage
    const house = await openMessengerHouse(
      { location, messenger: name, transport, url: messenger.url, lease },
      { at() {}, clock, logged() {} },
    )
    cleanUps.push(() => house.stop())
    messenger.reach(house.address)
    const pass = (milliseconds: number) => {
      now += milliseconds
      house.wake()
    }
    async function settle(): Promise<void> {
      const latest = performance.now() + 40_000
      for (let quiet = 0; quiet < 3; ) {
        pass(step)
        await wait(10)
        quiet = (await stage.waiting()) === 0 ? quiet + 1 : 0
        if (performance.now() > latest) throw new Error('something waits still')
      }
    }
    const talkers = [stage.join(), stage.join(), stage.join(messenger.addGroup())] satisfies Talker[]
    const play: Play = {
      ...{ stage, house, pass, settle },
      talkers: talkers as Play['talkers'],
      async speak(over) {
        await Promise.all(talkers.map((talker) => stage.write(talker).push(over)))
      },
      async until(isSo) {
        const latest = performance.now() + 40_000
        while (!isSo()) {
          if (performance.now() > latest) throw new Error(`it never came to ${isSo}`)
          await wait(10)
        }
      },
    }
    await act(play)
    await play.settle()
    return await stage.count()
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  }
}
