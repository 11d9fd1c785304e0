import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createReminder,
  endReminder,
  pauseReminder,
  resumeReminder,
} from '../../src/features/reminders/making/keep-reminder.ts'
import { readReminders } from '../../src/features/reminders/records.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'
import { type DutiesHouse, openDutiesHouse } from './duties-house.ts'

/** What can happen, to one of the people below. */
type Happening =
  | { do: 'wait'; hours: number }
  | { do: 'say'; who: string; text: string }
  | { do: 'pause' | 'resume' | 'step-back' | 'end' }

const people = ['李梅', '张三', '陈晨']

const who = fc.constantFrom(...people)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      who,
      text: fc.constantFrom(
        '知悉',
        '2小时再提醒',
        '明天再提醒',
        '下一个工作日再提醒',
        '转交 李梅',
        '转交 张三',
        '转交 陈晨',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('pause', 'resume', 'step-back').map((what) => ({ do: what })) },
)

describeEachDatabase('the life of items', (open, dialect) => {
  test('whatever people do: nobody is told of what is closed, has two of one reminder, or hears above before below', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 12 }), (all) => live(open, all)),
      { numRuns: dialect === 'sqlite' ? 8 : 2 },
    )
  })
})

async function live(open: Open, happenings: readonly Happening[]): Promise<void> {
  const house = await openDutiesHouse(open)
  await house.store.transaction((trx) =>
    createReminder(
      trx,
      {
        ...{ title: '交联络记录', organisation: house.people.branch!, owner: null, means: { type: 'know' } },
        rule: { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-03T09:00', onDayOff: 'send' },
        targets: people.slice(0, 2).map((name) => ({ kind: 'person', person: house.people[name]! })),
      },
      { by: null, now: house.time.now },
    ),
  )
  await house.waitUntil('2026-03-03T01:00:00Z')
  for (const one of [...happenings, { do: 'end' } as const, { do: 'wait', hours: 90 } as const]) {
    const closed = new Set(await closedItems(house))
    const before = new Set((await shownItems(house)).map(({ message }) => message))
    const paused = await isPaused(house)
    await happen(house, one)
    const shown = (await shownItems(house)).filter(({ message }) => !before.has(message))
    for (const { item } of shown) expect(closed).not.toContain(item)
    if (paused && one.do === 'wait') expect(shown).toEqual([])
    await checkState(house)
  }
  expect(house.errors).toEqual([])
  await house.stop()
}

async function happen(house: DutiesHouse, one: Happening): Promise<void> {
  const { time, store } = house
  // Words about nothing that is open may have become the draft of another.
  const [reminder] = await readReminders(
    store.db,
    (await store.db.selectFrom('reminder').select('id').where('state', '!=', 'draft').execute()).map(
      ({ id }) => id,
    ),
  )
  const doing = { by: null, now: time.now }
  if (one.do === 'wait') {
    time.now = new Date(time.now.getTime() + one.hours * 3_600_000)
  } else if (one.do === 'say') {
    await house.type(one.who, one.text)
  } else if (one.do === 'step-back') {
    time.now = new Date(time.now.getTime() - 7_200_000)
  } else if (one.do === 'end') {
    await store.transaction((trx) => endReminder(trx, house.duties.reminders, reminder!, doing))
  } else if (one.do === 'pause' && reminder!.row.state === 'active') {
    await store.transaction((trx) => pauseReminder(trx, reminder!, doing))
  } else if (one.do === 'resume' && reminder!.row.state === 'paused') {
    await store.transaction((trx) => resumeReminder(trx, reminder!, doing))
  }
  await house.settle()
}

async function closedItems({ store }: DutiesHouse): Promise<string[]> {
  const rows = await store.db.selectFrom('reminder_item').select('id').where('state', '!=', 'open').execute()
  return rows.map(({ id }) => id)
}

/** Which message that was sent shows which item: a card that was over before its time never went out. */
function shownItems({ store }: DutiesHouse) {
  return store.db
    .selectFrom('reminder_card')
    .innerJoin('reminder_card_item', 'reminder_card_item.message', 'reminder_card.message')
    .innerJoin('outbox', 'outbox.id', 'reminder_card.message')
    .select(['reminder_card.message', 'reminder_card_item.item'])
    .where('outbox.state', '=', 'sent')
    .execute()
}

async function isPaused({ store }: DutiesHouse): Promise<boolean> {
  const [reminder] = await store.db
    .selectFrom('reminder')
    .select('state')
    .where('state', '!=', 'draft')
    .execute()
  return reminder?.state === 'paused'
}

async function checkState({ store }: DutiesHouse): Promise<void> {
  // What runs waits for its next time, and nothing else does.
  const { state } = await store.db
    .selectFrom('reminder')
    .select('state')
    .where('state', '!=', 'draft')
    .executeTakeFirstOrThrow()
  const runs = await store.db
    .selectFrom('timer')
    .select('id')
    .where('kind', '=', 'reminders.run')
    .where('state', '=', 'waiting')
    .execute()
  expect(runs).toHaveLength(state === 'active' ? 1 : 0)
  const items = await store.db.selectFrom('reminder_item').selectAll().execute()
  const open = items.filter(({ state }) => state === 'open')
  expect(new Set(open.map(({ person }) => person)).size).toBe(open.length)
  // Nothing of a closed item waits to happen.
  const steps = await store.db
    .selectFrom('timer')
    .select('id')
    .where('kind', '=', 'reminders.step')
    .where('state', '=', 'waiting')
    .execute()
  const ids = new Set(open.map(({ id }) => `reminders.step:${id}`))
  for (const { id } of steps) expect(ids).toContain(id)
  // Those above are told after whoever has it was told again.
  const above = await store.db
    .selectFrom('reminder_card')
    .innerJoin('reminder_card_item', 'reminder_card_item.message', 'reminder_card.message')
    .innerJoin('reminder_item', 'reminder_item.id', 'reminder_card_item.item')
    .select('reminder_item.step')
    .where('kind', '=', 'above')
    .execute()
  for (const { step } of above) expect(step).toBe(2)
}
