import type { Mine, Whose } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import { readPerson } from '../../../people/people.ts'
import { wordsOf } from '../records.ts'
import { mainButton, momentOf, shorten, snoozeButton } from './item-texts.ts'
import { openItemsOf } from './own-items.ts'
import type { ItemOf } from './views.ts'

const mostListed = 5

/** What somebody has to acknowledge, the most pressing first. */
export async function listMine({ db, person: id, language, now }: Whose): Promise<Mine[]> {
  const person = id === null ? null : await readPerson(db, id)
  if (!person) return []
  const items = await openItemsOf(db, person.id)
  if (items.length === 0) return []
  const reader = { language, zone: person.timeZone, now }
  const toItem = (of: ItemOf) => {
    const { row, reminder, dueAt } = of
    const until = row.snoozed_until
    const state =
      until === null
        ? translate(language, 'reminding:fact.due', { at: momentOf(dueAt, reader) })
        : translate(language, 'reminding:note.snoozed', { at: momentOf(new Date(until), reader) })
    return {
      title: `${row.number} ${shorten(wordsOf(reminder, language).title, 100)}`,
      state,
      buttons: [mainButton(of, language), snoozeButton(of, language)],
    }
  }
  return [
    {
      kind: 'to-do',
      title: translate(language, 'reminding:mine.title'),
      count: items.length,
      items: items.slice(0, mostListed).map(toItem),
      more: translate(language, 'reminding:mine.more'),
    },
  ]
}
