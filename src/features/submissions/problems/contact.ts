import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Effect } from '../effects.ts'

/** The authors are told by the action's own words; that nobody is pressed, the same person asks once a day. */
export async function askForContact({ trx, submission, part, now }: Effect): Promise<object> {
  const { row, kind } = submission
  const names = Object.keys(kind.actions).filter((name) => kind.actions[name]!.does.includes('contact'))
  const asked = await trx
    .selectFrom('submission_history')
    .select('at')
    .where('submission', '=', row.id)
    .where('action', 'in', names)
    .where('by', '=', part.person ?? '')
    .execute()
  if (asked.some(({ at }) => dayInChina(new Date(at)) === dayInChina(now))) {
    throw new PlainError('problems:contact-today')
  }
  return {}
}
