import { createReminder } from '../../../src/features/reminders/making/keep-reminder.ts'
import type { Step, Target } from '../../../src/features/reminders/records.ts'
import { bindChat } from '../../../src/people/chats.ts'
import { openStore, type StoreLocation } from '../../../src/store/store.ts'
import { buttonsOf, monday, platform, settlePeople } from '../../fakes/chat-people.ts'
import type { Vendor } from './living.ts'

/** What happens at a moment, in China's time of 2026: everything that is due, then a press on an item. */
export interface Phase {
  name: string
  at: string
  press?: { user: string; title: string; action: string; value?: Record<string, string> }
}

const acknowledge = 'reminders.acknowledge'
/** From the run to what comes after its last acknowledgement. */
export const story: readonly Phase[] = [
  { name: 'due', at: '2026-03-03T09:00:00+08:00' },
  {
    ...{ name: 'acknowledged', at: '2026-03-03T09:30:00+08:00' },
    press: { user: '张三', title: '填报', action: acknowledge },
  },
  {
    ...{ name: 'put off', at: '2026-03-03T10:00:00+08:00' },
    press: { user: '李梅', title: '填报', action: 'reminders.snooze-for', value: { until: 'hour' } },
  },
  { name: 'told after that', at: '2026-03-03T13:30:00+08:00' },
  { name: 'due in the night', at: '2026-03-03T23:00:00+08:00' },
  { name: 'digest in the morning', at: '2026-03-04T09:00:00+08:00' },
  { name: 'step: again', at: '2026-03-05T11:00:00+08:00' },
  { name: 'step: superior', at: '2026-03-06T17:00:00+08:00' },
  { name: 'sent anew on day 13', at: '2026-03-16T12:00:00+08:00' },
  {
    ...{ name: 'acknowledged late', at: '2026-03-16T14:00:00+08:00' },
    press: { user: '陈晨', title: '填报', action: acknowledge },
  },
  { name: 'long after', at: '2026-04-03T09:00:00+08:00' },
]

const steps: readonly Step[] = [
  { after: { workingHours: 12 }, to: 'again' },
  { after: { workingHours: 12 }, to: 'superior' },
]

/** Reminders of people and of a group, by day and by night. */
export async function layOut(location: StoreLocation): Promise<void> {
  const store = await openStore(location, { clock: () => monday, databaseClock: () => monday })
  await store.transaction(async (trx) => {
    const people = await settlePeople(trx)
    const chat = { platform, installation: 't', chat: '一分公司群', thread: '' }
    await bindChat(trx, chat, people.branch!)
    const person = (name: string): Target => ({ kind: 'person', person: people[name]! })
    const remind = (title: string, at: string, targets: Target[]) =>
      createReminder(
        trx,
        {
          ...{ title, organisation: people.branch!, owner: null, rule: { type: 'once', at }, targets, steps },
          means: { type: 'know' },
        },
        { by: null, now: monday },
      )
    await remind('填报', '2026-03-03T09:00', ['张三', '李梅', '陈晨', '孙工'].map(person))
    await remind('群里说', '2026-03-03T09:00', [{ kind: 'chat', chat }])
    await remind('夜里一', '2026-03-03T23:00', ['王强', '孙工'].map(person))
    await remind('夜里二', '2026-03-03T23:00', ['王强', '卫工'].map(person))
  })
  await store.close()
}

/** The item of somebody. */
export async function itemOf(location: StoreLocation, user: string, title: string): Promise<string> {
  const store = await openStore(location)
  const row = await store.db
    .selectFrom('reminder_item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .innerJoin('person', 'person.id', 'reminder_item.person')
    .select('reminder_item.id')
    .where('reminder.title', '=', title)
    .where('person.name', '=', user)
    .executeTakeFirstOrThrow()
  await store.close()
  return row.id
}

/** What came of it all: who was sent what and how it stands, runs and items; the same whatever was killed. */
export async function outcomeOf(location: StoreLocation, vendor: Vendor) {
  const store = await openStore(location)
  const runs = await store.db.selectFrom('reminder_run').select(['key', 'outcome', 'late']).execute()
  const items = await store.db
    .selectFrom('reminder_item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .leftJoin('person', 'person.id', 'reminder_item.person')
    .select(['reminder.title', 'person.name', 'reminder_item.state', 'reminder_item.step'])
    .execute()
  const stuck = await store.db
    .selectFrom('outbox')
    .select('state')
    .where('state', 'in', ['waiting', 'dead', 'uncertain'])
    .execute()
  const cards = await store.db
    .selectFrom('reminder_card_item')
    .innerJoin('reminder_item', 'reminder_item.id', 'reminder_card_item.item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .leftJoin('person', 'person.id', 'reminder_item.person')
    .select(['message', 'reminder.title', 'person.name'])
    .execute()
  const failed = await store.db.selectFrom('timer').select('id').where('state', '=', 'failed').execute()
  await store.close()
  const sends = vendor.sends.map(({ id, to, card }) => {
    const stands = vendor.shown.get(`shown ${id}`)!
    return [to, card.title, '→', stands.title ?? '', buttonsOf(stands).length].join(' ')
  })
  // Who was told of which item how often: which of them came in one message depends on the minute.
  const told = vendor.sends.flatMap(({ id, to }) => {
    const kind = id.split(':')[0]!
    if (kind === 'reminded-anew') return []
    return cards.filter(({ message }) => message === id).map(({ title, name }) => ({ kind, to, title, name }))
  })
  const lines = (rows: readonly object[]) => rows.map((row) => Object.values(row).join(' ')).toSorted()
  return { sends: sends.toSorted(), runs: lines(runs), items: lines(items), told: lines(told), stuck, failed }
}
