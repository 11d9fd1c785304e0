import type { PutTogether } from './put-together-keys.ts'

/** Where keys of making events are put together. */
export const putTogetherForMaking: PutTogether[] = [
  { prefix: 'making:form.hint.', within: ['src/features/events/making/event-pages.ts'] },
  { prefix: 'making:form.intro.', within: ['src/features/events/making/event-pages.ts'] },
  { prefix: 'making:form.', within: ['src/features/events/making/event-pages.ts'] },
  {
    prefix: 'making:form.repeat-',
    within: ['src/features/events/making/event-pages.ts', 'src/features/events/making/series-days.ts'],
  },
  { prefix: 'making:problem.', within: ['src/features/events/making/'] },
  { prefix: 'making:refused.is-', within: ['src/features/events/making/', 'src/store/tables/events.ts'] },
  { prefix: 'making:changed.', within: ['src/features/events/making/notice.ts'] },
  { prefix: 'making:notice.', within: ['src/features/events/making/notice-cards.ts'], by: 'say' },
  { prefix: 'making:notice.', within: ['src/features/events/making/notice-cards.ts'] },
  { prefix: 'making:preview.', within: ['src/features/events/making/preview.ts'], by: 'say' },
  { prefix: 'making:preview.', within: ['src/features/events/making/preview.ts'] },
  {
    prefix: 'making:button.',
    within: ['src/features/events/making/preview.ts', 'src/features/events/making/own-cards.ts'],
  },
  { prefix: 'making:command.help.', within: ['src/command-line/events.ts'], by: 'help' },
  { prefix: 'making:command.', within: ['src/command-line/events-cards.ts'], by: 'say' },
  { prefix: 'making:command.', within: ['src/command-line/events-cards.ts', 'src/command-line/events.ts'] },
  { prefix: 'making:command.column.', within: ['src/command-line/events-cards.ts'] },
]
