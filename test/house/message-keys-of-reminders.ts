import { putTogetherForItems } from './message-keys-of-items.ts'
import type { PutTogether } from './put-together-keys.ts'

const within = [
  'src/timers/recurrence/rule.ts',
  'src/people/roles.ts',
  'src/features/reminders/making/',
  'src/store/tables/reminders.ts',
  'src/features/reminders/records.ts',
]

const groups = [
  ...['card', 'do', 'draft', 'form', 'line', 'list', 'means', 'off', 'outcome', 'period', 'rhythm'],
  ...['state', 'step', 'target', 'templates', 'time', 'trial', 'weekday', 'whom-kind'],
]

/** Where keys of making reminders are put together. */
export const putTogetherForReminders: PutTogether[] = [
  ...putTogetherForItems,
  ...groups.map((group) => ({ prefix: `reminders:${group}.`, within })),
  { prefix: 'duty-pages:reminders.', within: ['src/console/reminders/'], by: 'say' },
  { prefix: 'duty-pages:reminders.item.', within: ['src/store/tables/reminders.ts'] },
  { prefix: 'duty-pages:reminders.what.', within: ['src/console/reminders/reminder-page.ts'] },
  { prefix: 'reminders:line.means-', within },
  { prefix: 'console:role.', within },
  ...['state', 'outcome'].map((group) => ({
    ...{ prefix: `reminders:${group}.`, within: ['src/console/reminders/', 'src/store/tables/reminders.ts'] },
  })),
]
