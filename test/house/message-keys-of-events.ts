import { putTogetherForMaking } from './message-keys-of-making.ts'
import { putTogetherForResources } from './message-keys-of-resources.ts'
import type { PutTogether } from './put-together-keys.ts'

/** The groups of messages of the console's pages of events whose keys are put together there. */
const pageGroups = [
  ...['attendance', 'column', 'do', 'filter', 'history', 'message', 'registration', 'tab', 'view', 'waiting'],
]

/** Where keys of events, resources and carriers are put together. */
export const putTogetherForEvents: PutTogether[] = [
  ...putTogetherForMaking,
  { prefix: 'event-pages:', within: ['src/console/events/'], by: 'say' },
  ...pageGroups.map((group) => ({ prefix: `event-pages:${group}.`, within: ['src/console/events/'] })),
  { prefix: 'event-pages:attendance.', within: ['src/store/tables/events.ts'] },
  { prefix: 'events:status.', within: ['src/features/events/lists/event-texts.ts'] },
  ...['entry-texts.ts', 'reminder-cards.ts', 'feed-commands.ts'].map((file, at) => ({
    prefix: ['events:calendar.', 'events:remind.', 'events:feed.'][at]!,
    within: [`src/features/events/calendar-entries/${file}`],
  })),
  { prefix: 'events:registration.', within: ['src/store/tables/events.ts'] },
  { prefix: 'events:seats.', within: ['src/features/events/lists/event-texts.ts'], by: 'say' },
  { prefix: 'announcing:card.', within: ['src/features/events/lists/event-card.ts'] },
  { prefix: 'announcing:button.', within: ['src/features/events/lists/event-card.ts'] },
  { prefix: 'announcing:groups.', within: ['src/features/events/announcing/choose-groups.ts'], by: 'say' },
  ...['', 'view.', 'count.'].map((group) => ({
    prefix: `announcing:people.${group}`,
    within: ['src/features/events/lists/people-card.ts'],
  })),
  { prefix: 'announcing:write.', within: ['src/features/events/announcing/message-cards.ts'] },
  {
    prefix: 'announcing:write.to.',
    within: ['src/features/events/lists/people-card.ts', 'src/store/tables/events.ts'],
  },
  { prefix: 'announcing:message.', within: ['src/features/events/announcing/message-cards.ts'] },
  {
    prefix: 'announcing:sheet.',
    within: ['src/features/events/lists/registration-sheet.ts', 'src/command-line/events.ts'],
  },
  { prefix: 'announcing:mine.', within: ['src/features/events/lists/mine.ts'] },
  {
    prefix: 'registration:refused.',
    within: ['src/features/events/seats/outcome.ts', 'src/features/events/seats/seats.ts'],
  },
  ...['', 'already-'].map((group) => ({
    prefix: `registration:outcome.${group}`,
    within: ['src/features/events/seats/outcome-text.ts', 'src/store/tables/events.ts'],
  })),
  { prefix: 'registration:told.', within: ['src/features/events/registering/tell-card.ts'], by: 'say' },
  { prefix: 'registration:told.', within: ['src/features/events/registering/tell-card.ts'] },
  { prefix: 'registration:button.', within: ['src/features/events/registering/tell-card.ts'] },
  ...['requests', 'leaving'].map((group) => ({
    ...{ prefix: `registration:${group}.`, by: 'say' },
    within: ['src/features/events/registering/organiser-cards.ts'],
  })),
  ...['', 'none-', 'one-', 'which-'].map((group) => ({
    prefix: `registration:command.${group}`,
    within: ['src/features/events/registering/commands.ts', 'src/features/events/registering/choose-card.ts'],
  })),
  { prefix: 'registration:mine.', within: ['src/features/events/registering/mine.ts'] },
  { prefix: 'registration:others.', within: ['src/features/events/registering/team-card.ts'], by: 'say' },
  {
    prefix: 'registration:others.refused-',
    within: ['src/features/events/registering/team-card.ts'],
  },
  { prefix: 'registration:web.', within: ['src/console/guests/register'], by: 'word' },
  { prefix: 'check-in:', within: ['src/console/guests/register-receipt.ts'], by: 'said' },
  { prefix: 'check-in:feedback.', within: ['src/features/events/after/feedback.ts'] },
  { prefix: 'registration:web.fact-', within: ['src/console/guests/register-parts.ts'] },
  ...['do', 'sure'].map((what) => ({
    prefix: `registration:web.${what}-`,
    within: ['src/console/guests/register-follow.ts', 'src/features/events/registering/'],
  })),
  { prefix: 'event-pages:mode.', within: ['src/store/tables/events.ts'] },
  ...['kind', 'level', 'state', 'grade'].map((group) => ({
    prefix: `carriers:${group}.`,
    within: ['src/features/carriers/', 'src/store/tables/carriers.ts'],
  })),
  ...['matter', 'warning', 'receipt', 'form'].map((group) => ({
    prefix: `carriers:${group}.`,
    within: ['src/features/carriers/'],
  })),
  ...['card', 'remind', 'grading', 'list'].map((group) => ({
    prefix: `carriers:${group}.`,
    within: ['src/features/carriers/carrier-cards.ts', 'src/store/tables/carriers.ts'],
  })),
  { prefix: 'carriers:page.', within: ['src/console/carriers/'], by: 'say' },
  { prefix: 'carriers:page.', within: ['src/console/carriers/'] },
  { prefix: 'carriers:page.what.', within: ['src/store/tables/carriers.ts'] },
  { prefix: 'carriers:export.', within: ['src/features/carriers/export-carriers.ts'], by: 'say' },
  { prefix: 'carriers:export.', within: ['src/features/carriers/export-carriers.ts'] },
  { prefix: 'carriers:command.help.', within: ['src/command-line/carriers.ts'], by: 'help' },
  { prefix: 'carriers:command.', within: ['src/command-line/carriers.ts'], by: 'say' },
  { prefix: 'carriers:command.column.', within: ['src/command-line/carriers.ts'] },
  { prefix: 'carriers:command.outcome.', within: ['src/features/carriers/import-carriers.ts'] },
  ...putTogetherForResources,
  // Whose rest is a state, a role, a platform or a reason that stands elsewhere.
  {
    prefix: 'announcing:write.to.',
    within: ['src/console/events/event-messages.ts', 'src/features/events/announcing/'],
  },
  { prefix: 'announcing:button.', within: ['src/features/events/making/preview.ts'] },
  { prefix: 'carriers:command.outcome.', within: ['src/console/carriers/carrier-report.ts'] },
  { prefix: 'carriers:', within: ['src/features/carriers/columns.ts', 'src/features/carriers/watch.ts'] },
  { prefix: 'console:role.', within: ['src/features/events/lists/', 'src/features/events/making/'] },
  {
    prefix: 'events:registration.',
    within: ['src/features/events/lists/', 'src/features/events/registering/'],
  },
  {
    prefix: 'help:receipt.',
    within: ['src/console/guests/register-follow.ts', 'src/features/events/registering/'],
  },
  { prefix: 'people:platform.', within: ['src/features/events/announcing/choose-groups.ts'] },
  { prefix: 'registration:button.', within: ['src/console/guests/register-follow.ts'] },
  {
    prefix: 'registration:refused.',
    within: ['src/features/events/registering/', 'src/features/events/seats/'],
  },
  { prefix: 'submissions:page.', within: ['src/console/guests/register-parts.ts'] },
]
