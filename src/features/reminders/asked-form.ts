import type { Submission } from '../../forms/definition.ts'
import type { Reads } from '../../people/people.ts'

/** The name under which a reminder's form finds its item in the form's context. */
export const itemInContext = 'item'

/** A form, and which of what its context says make up what it is about. */
interface AskedForm {
  form: string
  about: readonly string[]
}

/**
 * Whether somebody may send in a form because a reminder asks them for it: the item that opened it is theirs and still open,
 * and its reminder was made by a feature for this form about this matter. What a group was asked is nobody's own, a reminder
 * that somebody wrote or copied gives no right, and what is handed over is whose it is now.
 */
export async function isAskedFor(
  db: Reads,
  { person, context }: Pick<Submission, 'person' | 'context'>,
  { form, about }: AskedForm,
): Promise<boolean> {
  const item = context[itemInContext]
  if (person === null || item === undefined) return false
  const asked = await db
    .selectFrom('reminder_item')
    .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
    .select('reminder.context')
    .where('reminder_item.id', '=', item)
    .where('reminder_item.person', '=', person)
    .where('reminder_item.state', '=', 'open')
    .where('reminder.form', '=', form)
    .where('reminder.origin', 'is not', null)
    .executeTakeFirst()
  if (!asked) return false
  const given = JSON.parse(asked.context) as Record<string, string>
  return about.every((name) => given[name] !== undefined && given[name] === context[name])
}

/** Whose the item is by now: the last to whom it was handed over; the item itself where it was not. */
export async function followHandedOver(db: Reads, item: string): Promise<string> {
  const seen = new Set<string>()
  let at = item
  // It may come back to somebody who had it, never to the same item; a circle would be a defect, not a wait.
  while (!seen.has(at)) {
    seen.add(at)
    const row = await db
      .selectFrom('reminder_item')
      .select('handed_to')
      .where('id', '=', at)
      .where('state', '=', 'handed-over')
      .executeTakeFirst()
    if (!row?.handed_to) return at
    at = row.handed_to
  }
  return at
}
