import type { PutTogether } from './put-together-keys.ts'

const folder = 'src/features/reminders/items/'

/** Where keys of the cards of reminders are put together: of what is asked for, of states, of how long and of fields. */
export const putTogetherForItems: PutTogether[] = [
  { prefix: 'duty-pages:reminders.source-', within: ['src/console/reminders/'] },
  { prefix: 'reminding:note.next.', within: [folder] },
  { prefix: 'reminding:said.', within: [folder] },
  { prefix: 'reminding:means.', within: [folder, 'src/store/tables/reminders.ts'] },
  { prefix: 'reminding:already.', within: [folder, 'src/store/tables/reminders.ts'] },
  { prefix: 'reminding:delay.', within: [folder] },
  { prefix: 'reminding:above.', within: [folder] },
  { prefix: 'reminding:form.', within: [folder] },
]
