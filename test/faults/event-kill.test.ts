import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { accountOf, type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { change, pressAll } from '../events/registering-people.ts'
import { freshLocation } from '../store/each-database.ts'
import { scratchFolder } from '../store/scratch-folder.ts'
import type { EventProcess } from './events/event-process.ts'

const script = new URL('./events/event-process.ts', import.meta.url).pathname
const group = { conversation: { platform: 'chat', installation: 't', chat: '群', thread: '' }, group: true }
const register: Deed = { type: 'register', guests: 0, answers: null }
/** After what was pressed, and when the reminder is due: each time a process that may die, and another after its leases. */
const moments = [
  { dies: '2026-03-02T01:10:00Z', lives: '2026-03-02T02:10:00Z' },
  { dies: '2026-03-12T06:00:00Z', lives: '2026-03-12T07:00:00Z' },
]
/** Until the card in the group was brought up to date for the last time. */
const end = '2026-03-12T07:01:00Z'

/** In the middle of it; each kill takes some seconds, for every process starts anew. Rushes are killed in their own test. */
const tried = [3]

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Runs until it ends; gives how many transactions there were, null where it was killed. */
async function run(options: EventProcess): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(options)])
    const { count, errors } = JSON.parse(stdout) as { count: number; errors: string[] }
    expect(errors).toEqual([])
    return count
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return null
    throw error
  }
}

/** Everything is decided and nothing is done: presses wait, a message of the organisers, a card in a group, a reminder. */
async function settleHouse(location: StoreLocation): Promise<void> {
  const house = await openEventsHouse(async (options = {}) => {
    const store = await openStore(location, options)
    cleanUps.push(() => store.close())
    return { store, location } as Awaited<ReturnType<Parameters<typeof openEventsHouse>[0]>>
  })
  const event = await change(house, await house.event({ capacity: 3, reminders: [1440] }))
  await house.type('吴主席', `在本群发布 ${event.row.number}`, group)
  await pressAll(house, event, ['张三', '陈晨', '孙工', '褚工'])
  const form = await house.click('吴主席', { action: 'events.write', value: { event: event.row.id } })
  await house.fillIn('吴主席', form, { group: 'all', text: '请带身份证' })
  await accept(house, event.row.id, [
    ['张三', { type: 'cancel' }],
    ...['外人', '卫工', '王强'].map((name): [string, Deed] => [name, register]),
    ['陈晨', { type: 'cancel' }],
  ])
  await house.stop()
  expect(house.errors).toEqual([])
}

async function accept(house: EventsHouse, event: string, deeds: readonly [string, Deed][]): Promise<void> {
  const presses = deeds.map(([name, deed]) => {
    const account = accountOf(name)
    const who = { type: 'account' as const, account, name: '' }
    const by = { account, person: null }
    return {
      key: randomUUID(),
      event,
      press: { deed, who, by, team: null, language: 'zh-CN' as const, reply: null },
    }
  })
  await house.store.transaction((trx) => acceptPresses(trx, presses, house.time.now))
}

/** What people were told, by whom and how; who holds which seat; what the organisers' message counts. */
async function outcome(location: StoreLocation) {
  const store = await openStore(location)
  // How many edits of the card in the group go together depends on the time; what it shows in the end does not.
  const said = await store.db
    .selectFrom('outbox')
    .select(['operation', 'address', 'lane', 'state'])
    .where('operation', '!=', 'edit')
    .execute()
  const shown = await store.db.selectFrom('event_card').select('shown').execute()
  const rows = await store.db
    .selectFrom('event_registration')
    .select(['name', 'state', 'seq'])
    .orderBy('seq')
    .execute()
  const message = await store.db.selectFrom('event_message').select(['people', 'unreached']).execute()
  const history = await store.db.selectFrom('event_history').select('change').orderBy('id').execute()
  const waiting = await store.db
    .selectFrom('event_press')
    .select('key')
    .where('state', '=', 'waiting')
    .execute()
  await store.close()
  return {
    said: said.map((one) => Object.values(one).join(' ')).toSorted(),
    ...{ rows, message, history, waiting, shown },
  }
}

test('events: a process that is killed at any commit loses nothing and says nothing twice', async () => {
  const settled = await freshLocation('sqlite', cleanUps)
  await settleHouse(settled)

  /** Goes through all moments on a copy of the house, with the first process at each killed where it is said. */
  async function live(kill: EventProcess['kill']) {
    const dataDir = await mkdtemp(join(scratchFolder(), 'kexie-kill-'))
    cleanUps.push(() => rm(dataDir, { recursive: true, force: true }))
    await cp(settled.dataDir, dataDir, { recursive: true })
    const location = { dataDir }
    const counts: (number | null)[] = []
    for (const { dies, lives } of moments) {
      counts.push(await run({ location, now: dies, kill }))
      await run({ location, now: lives, kill: null })
    }
    await run({ location, now: end, kill: null })
    return { counts, came: await outcome(location) }
  }

  const whole = await live(null)
  expect(whole.came.waiting).toEqual([])
  const most = Math.max(...whole.counts.map((count) => count ?? 0))
  expect(most).toBeGreaterThan(12)
  for (const transaction of tried) {
    const moment = transaction % 2 === 0 ? 'before' : 'after'
    const { counts, came } = await live({ transaction, moment })
    expect(counts).toContain(null)
    expect({ transaction, ...came }).toEqual({ transaction, ...whole.came })
  }
}, 180_000)
