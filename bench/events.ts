/**
 * Two thousand people who press for a hundred seats, and lists over a million registrations:
 * `npm run bench:events -- [--quick] [--json] [--write] [--postgres] [--only rush|stored] [--people 2000] [--seats 100]
 * [--events 10000] [--registrations 1000000]`. What is measured, and how, stands in docs/benchmarks.md, whose tables
 * `--write` renews.
 */
import { openStore, type StoreLocation } from '../src/store/store.ts'
import { settlePeople } from '../test/events/rush/people.ts'
import { rush } from '../test/events/rush/rush.ts'
import { timeBarePresses } from './events/bare-presses.ts'
import { look } from './events/look.ts'
import { type Figures, type RushFigures, report } from './events/report.ts'
import { storeEvents } from './events/store-events.ts'
import { noteProgress } from './note-progress.ts'
import { readOptions } from './options.ts'
import { type LocationOf, onEachDatabase, runBenchmark } from './run-benchmark.ts'

const options = readOptions({
  flags: ['write', 'postgres'],
  texts: ['only'],
  numbers: {
    people: { quick: 300, full: 2000 },
    seats: { quick: 100, full: 100 },
    events: { quick: 1000, full: 10_000 },
    registrations: { quick: 100_000, full: 1_000_000 },
  },
})
const { people, seats, events, registrations } = options
const rounds = options.quick ? 20 : 200
/** Who registers for the stored events. */
const registrants = 20_000
/** Over how long people press, in milliseconds: as they would, and all at the same moment. */
const spans = [1000, 0]

const figures: Figures = { rushes: [], looking: [] }
await runBenchmark('events', async (folder) => {
  await onEachDatabase(folder, options, async (database, locationOf) => {
    await measure(database, database === 'SQLite' ? 1 : 3, locationOf)
  })
  report(figures, options)
})

async function measure(database: string, processes: number, locationOf: LocationOf): Promise<void> {
  if (options.only !== 'stored') {
    for (const within of spans) {
      const location = await locationOf(`rush_${within}`)
      // Measured where all press at once: else it would be the second in which they do.
      const bare = within === 0 ? await locationOf('bare') : null
      figures.rushes.push(await timeRush(database, processes, location, within, bare))
    }
  }
  if (options.only === 'rush') return
  const store = await openStore(await locationOf('stored'))
  try {
    const began = performance.now()
    const house = await settlePeople(store, registrants)
    const ids = await storeEvents(store, house, { events, registrations, people: registrants })
    noteProgress({ database, filled: (performance.now() - began) / 1000 })
    const looks = await look(store, house, ids, rounds)
    figures.looking.push({ database, events, registrations, looks })
  } finally {
    await store.close()
  }
}

async function timeRush(
  database: string,
  processes: number,
  location: StoreLocation,
  within: number,
  into: StoreLocation | null,
): Promise<RushFigures> {
  const result = await rush(location, { processes, people, seats, within })
  const bare = into && (await timeBarePresses(location, result.event, into, processes))
  const { answered, rushed, settledAfter, deliveredAfter } = result
  const given = rushed.states.filter((state) => state === 'confirmed').length
  const said = (start: RegExp) => answered.filter((one) => start.test(one.said)).length
  const queued = said(/^已收到/)
  const figure = {
    ...{ database, processes, people, seats, within, queued, given, settledAfter, deliveredAfter, bare },
    acknowledged: answered.map(({ took }) => took),
    failed: answered.length - queued - said(/^(?:报名成功|名额已满)/),
    disorder:
      rushed.states.filter((state, at) => (state === 'confirmed') !== at < given).length +
      rushed.wrong.length,
    lost: people - rushed.states.length,
  }
  noteProgress({ ...figure, acknowledged: undefined })
  return figure
}
