import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../../bench/seeded-random.ts'
import type { Counts } from './counts.ts'
import { playKills } from './kills.ts'
import type { Fault, MessengerName, Talker, Transport } from './messenger.ts'
import type { Stage } from './stage.ts'
import type { RunningHouse } from './start-process.ts'

/** What a soak came to, beside its counts. */
export interface Soaked extends Counts {
  kills: number
  stops: number
  /** Lines that were broken, and requests. */
  cuts: number
  /** Calls that failed. */
  failures: number
}

/** How much of the calls fails. */
const failing = 0.15
const ways: readonly Fault[] = [
  { how: 'error' },
  { how: 'error', isMade: true },
  { how: 'cut' },
  { how: 'cut', isMade: true },
  { how: 'silent' },
  { how: 'silent', isMade: true },
  { how: 'limit' },
]

/** People talk, press and fill in forms for some time, while whatever can break does. */
export async function soak(
  name: MessengerName,
  transport: Transport,
  { lasts, seed }: { lasts: number; seed: number },
): Promise<Soaked> {
  const random = seededRandom(seed)
  const pick = <T>(ones: readonly T[]): T => ones[Math.floor(random() * ones.length)]!
  const done = { kills: 0, stops: 0, cuts: 0, failures: 0 }
  const counts = await playKills(name, transport, async ({ stage, talkers, start, settle }) => {
    const { messenger } = stage
    const endsAt = performance.now() + lasts
    const goesOn = () => performance.now() < endsAt
    messenger.limitFor = 1
    let house = await start()
    messenger.fate = () => {
      if (!goesOn() || random() > failing) return null
      done.failures += 1
      return pick(ways)
    }

    async function disturb(): Promise<void> {
      while (goesOn()) {
        await wait(500 + random() * 1500)
        const chance = random()
        if (chance < 0.45) {
          messenger.breakLines(pick(['cut', 'freeze', 'within'] as const))
          done.cuts += 1
        } else if (chance < 0.8) {
          house.signal('SIGKILL')
          done.kills += 1
          house = await restart(house)
        } else {
          house.signal('SIGTERM')
          done.stops += 1
          house = await restart(house)
        }
      }
    }
    const restart = async (ending: RunningHouse) => {
      await ending.ended
      return start()
    }

    const somebody = stage.join()
    await Promise.all([
      disturb(),
      ...[...talkers, stage.join(), stage.join(talkers[2]!.chat)].map(async (talker) => {
        while (goesOn()) {
          await tell(stage, talker)
          await wait(random() * 400)
        }
      }),
      pressNowAndThen(stage, talkers, goesOn, random),
      fillNowAndThen(stage, somebody, goesOn),
    ])
    messenger.fate = null
    await wait(1000)
    await stage.hurry()
    await settle()
  })
  return { ...done, ...counts }
}

/** Says something, and goes on when it was taken or the vendor gave it up. */
async function tell(stage: Stage, talker: Talker): Promise<boolean> {
  const { retries } = stage.messenger
  const written = stage.write(talker)
  for (let tries = 0; tries <= retries.length; tries += 1) {
    if (await written.push(stage.messenger.over)) return true
    await wait(tries * 300)
    // The minutes that the vendor lets pass are enough for a start.
    while (!stage.messenger.isUp) await wait(100)
  }
  return false
}

/** Presses buttons of answers that are whole, each once. */
async function pressNowAndThen(
  stage: Stage,
  talkers: readonly Talker[],
  goesOn: () => boolean,
  random: () => number,
): Promise<void> {
  const pressed = new Set<string>()
  while (goesOn()) {
    await wait(300)
    const talker = talkers[Math.floor(random() * talkers.length)]!
    const whole = stage.messenger
      .shown()
      .filter(({ chat }) => chat === talker.chat)
      .flatMap(({ text }) => /\bmessage (\w+) whole/.exec(text)?.[1] ?? [])
      .filter((label) => !pressed.has(label))
    const label = whole.at(-1)
    if (label === undefined) continue
    pressed.add(label)
    await stage.press(talker, label, random() < 0.3 ? 2 : 1)
  }
}

/** Fills in one form after another, each under an answer of its own. */
async function fillNowAndThen(stage: Stage, talker: Talker, goesOn: () => boolean): Promise<void> {
  const whole = (label: string) =>
    stage.messenger.shown().some(({ text }) => text.includes(`message ${label} whole`))
  while (goesOn()) {
    const taken = await tell(stage, talker)
    const { label } = stage.said.findLast(({ chat }) => chat === talker.chat)!
    for (let looks = 0; taken && looks < 100 && !whole(label); looks += 1) await wait(50)
    if (taken && whole(label)) await stage.fillForm(talker, label, () => wait(1000))
  }
}
