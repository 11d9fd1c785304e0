import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { createReminder } from '../../src/features/reminders/making/keep-reminder.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import { settlePeople } from '../fakes/chat-people.ts'
import { freshLocation } from '../store/each-database.ts'
import type { ReminderProcess } from './reminders/reminder-process.ts'

const script = new URL('./reminders/reminder-process.ts', import.meta.url).pathname
const made = new Date('2026-03-02T01:00:00Z')
const due = '2026-03-03T01:00:00.000Z'
/** After the leases of a process that has died. */
const later = '2026-03-03T01:05:00.000Z'
const count = 30

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Runs until it ends; true where it was killed. */
async function run(options: ReminderProcess): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(options)])
    expect(JSON.parse(stdout)).toEqual([])
    return false
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return true
    throw error
  }
}

/** Reminders of everybody in turn, once each, all due at the same minute. */
async function settle(location: StoreLocation): Promise<void> {
  const store = await openStore(location, { clock: () => made, databaseClock: () => made })
  await store.transaction(async (trx) => {
    const people = await settlePeople(trx)
    for (let n = 0; n < count; n += 1) {
      const person = people[['张三', '陈晨', '李梅', '王强'][n % 4]!]!
      const draft = { title: `第 ${n} 件`, organisation: people.branch!, owner: null, targets: [], steps: [] }
      await createReminder(
        trx,
        {
          ...{ ...draft, rule: { type: 'once', at: '2026-03-03T09:00' }, means: { type: 'know' } },
          targets: [{ kind: 'person', person }],
        },
        { by: null, now: made },
      )
    }
  })
  await store.close()
}

/** Of all reminders: those of which nobody was told, and what was made or said a second time. */
async function countAll(location: StoreLocation) {
  const store = await openStore(location)
  const { db } = store
  const runs = await db.selectFrom('reminder_run').select(['reminder', 'outcome']).execute()
  const items = await db.selectFrom('reminder_item').select(['reminder', 'told_at']).execute()
  const shown = await db.selectFrom('reminder_card_item').select('item').execute()
  const said = await db.selectFrom('outbox').select('id').where('operation', '=', 'send').execute()
  const waiting = await db
    .selectFrom('timer')
    .select('id')
    .where('kind', '=', 'reminders.run')
    .where('state', '=', 'waiting')
    .execute()
  await store.close()
  return {
    lost:
      count - new Set(items.filter(({ told_at }) => told_at !== null).map(({ reminder }) => reminder)).size,
    twice: runs.length + items.length + shown.length - 3 * count,
    // One digest for each of four people.
    messages: said.length,
    waiting: waiting.length,
  }
}
const right = { lost: 0, twice: 0, messages: 4, waiting: 0 }

test('a process that is killed at any step loses no reminder and says none twice', async () => {
  for (const kill of ['claimed', 'telling', 'handled', 'committed'] as const) {
    const location = await freshLocation('sqlite', cleanUps)
    await settle(location)
    expect(await run({ location, clock: [due], kill })).toBe(true)
    await run({ location, clock: [later], kill: null })
    expect({ kill, ...(await countAll(location)) }).toEqual({ kill, ...right })
  }
}, 60_000)

test('two replicas whose clocks step, one of which dies, lose none and say none twice', async () => {
  const location = await freshLocation('postgres', cleanUps)
  await settle(location)
  const before = '2026-03-03T00:59:00.000Z'
  const [died] = await Promise.all([
    run({ location, clock: [before, due], kill: 'telling' }),
    run({ location, clock: [before, due, before, due, later], kill: null }),
  ])
  await run({ location, clock: [before, later, before, later], kill: null })
  expect(typeof died).toBe('boolean')
  expect(await countAll(location)).toEqual(right)
}, 60_000)
