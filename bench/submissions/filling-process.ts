/**
 * The house in a process of its own, with people who fill in a proposal: `node filling-process.ts <order as JSON>`.
 * Prints what became of it as JSON.
 */
import { settings } from '../../src/config.ts'
import { openHouse } from '../../src/house.ts'
import type { Store, StoreLocation } from '../../src/store/store.ts'
import { answersOf, type Filled, Fillers } from './fill-in.ts'
import { settle } from './people.ts'
import { platformName, silentPlatform } from './silent-platform.ts'

export interface FillingOrder {
  location: StoreLocation
  people: number
  /** Between two answers of one person. Milliseconds. */
  every: number
}

export interface FillingReport extends Filled {
  submissions: number
  /** People of whom not exactly one submission is kept, with what they wrote. */
  wrong: number
  /** Processor time of the whole process for a turn, in milliseconds. */
  used: number
  seconds: number
}

const warmUp = 40
const order: FillingOrder = JSON.parse(process.argv[2]!)
const config = settings.parse({
  DATA_DIR: order.location.dataDir,
  DATABASE_URL: order.location.databaseUrl,
  DATA_KEY: Buffer.alloc(32, 'bench').toString('base64'),
})
const warn = (details: object, message: string) => {
  const error = 'err' in details && details.err instanceof Error ? details.err.stack : ''
  process.stderr.write(`${message} ${error}\n`)
}
const house = await openHouse(
  config,
  { info() {}, warn, error: warn },
  () => new Date(),
  () => 'http://bot.example',
)
await settle(house.store, order.people)
const platform = silentPlatform((operation) => fillers?.delivered(operation))
let fillers: Fillers | undefined
platform.start = async (intake) => {
  fillers = new Fillers(intake, house.submissions.kinds.current('proposal'))
}
await house.open([platform], [{ platform: platformName }])
await fillers!.run(Math.min(warmUp, order.people), { every: 300, run: '试' })
const before = process.cpuUsage()
const began = performance.now()
const filled = await fillers!.run(order.people, { every: order.every, run: '正' })
const { user, system } = process.cpuUsage(before)
const seconds = (performance.now() - began) / 1000
const kept = await check(house.store, order.people)
const used = (user + system) / 1000 / filled.latencies.length
await house.close()
const report: FillingReport = { ...filled, ...kept, used, seconds }
process.stdout.write(`${JSON.stringify(report)}\n`)

/** Looks whether everybody's submission is there, once, as they wrote it. */
async function check(store: Store, people: number) {
  const rows = await store.db.selectFrom('submission').select(['subject', 'content']).execute()
  const own = rows.filter(({ subject }) => subject.startsWith('正'))
  const found = Map.groupBy(own, ({ subject }) => subject)
  let wrong = 0
  for (let person = 0; person < people; person += 1) {
    const { title, defect, method, effect } = answersOf(person, '正')
    const contents = (found.get(title!) ?? []).map(
      ({ content }) => JSON.parse(content) as Record<string, unknown>,
    )
    const isRight = contents.every(
      (one) => one.defect === defect && one.method === method && one.effect === effect,
    )
    if (contents.length !== 1 || !isRight) wrong += 1
  }
  return { submissions: own.length, wrong }
}
