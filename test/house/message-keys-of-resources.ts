import type { PutTogether } from './put-together-keys.ts'

/** Who puts keys of resources together, and the table that names states and ways of sharing. */
const within = [
  ...['src/features/resources/', 'src/console/resources/', 'src/console/guests/open-day'],
  ...['src/command-line/resources.ts', 'src/store/tables/resources.ts'],
]

const groups = [
  ...['refused', 'state', 'share', 'standing', 'do', 'fact', 'limit', 'list', 'tell', 'book', 'enter'],
  ...['page', 'happened', 'column', 'console'],
]

/** Where keys of resources are put together. */
export const putTogetherForResources: PutTogether[] = [
  ...groups.map((group) => ({ prefix: `resources:${group}.`, within })),
  { prefix: 'resources:console.', within: ['src/console/resources/'], by: 'say' },
  ...['earlier-', 'later-'].map((begin) => ({
    prefix: `resources:console.${begin}`,
    within: ['src/console/resources/resource-calendar.ts'],
  })),
  { prefix: 'resources:command.help.', within: ['src/command-line/resources.ts'], by: 'help' },
  { prefix: 'resources:list.none-', within: ['src/features/resources/booking/booking-cards.ts'] },
  { prefix: 'resources:tell.sent-', within: ['src/features/resources/booking/booking-forms.ts'] },
  { prefix: 'resources:rate.stars-', within },
]
