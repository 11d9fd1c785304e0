import type { Writer } from '../../circulation/port.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Effect } from '../effects.ts'
import { readSubmission } from '../records.ts'
import { noticeCard } from './notice-card.ts'
import { circulation } from './showcase-groups.ts'

/** The feature's name in the origins of what goes to each alone. */
export const noticeWriter = 'public-notice'

/**
 * Sends what is published to each member of a unit and of those below it, where whoever publishes it asked for that: a
 * unit without groups has people all the same. Gives whether it was asked for. Throws PlainError where they may not send
 * to all of it (`circulation.send`).
 * @param unit Of which the notice speaks; null: none, and it goes to nobody.
 */
export async function noticeToEach(
  { trx, submission: { row }, part, action, input, now }: Effect,
  unit: string | null,
): Promise<boolean> {
  const field = action.fields.find(({ sets }) => sets === 'each')
  if (!field || input[field.name] !== true || unit === null || part.person === null) return false
  const doing = { by: part.person, now }
  const audience = { chats: [], people: [], members: [{ organisation: unit, role: null, below: true }] }
  await circulation.mustReach(trx, audience, doing)
  const origin = `${noticeWriter}:${row.id} ${row.revision + 1}`
  await circulation.begin(trx, { origin, organisation: unit, audience }, doing)
  return true
}

/** Writes the notice of a record, as long as something is published of it. */
export function createPublicNoticeWriter(context: SubmissionsContext): Writer {
  return {
    async prepare(trx, id) {
      const [submission = ''] = id.split(' ')
      const found = await readSubmission(trx, context, submission)
      const { published } = found.row
      return published === null ? null : ({ language }) => noticeCard(found, published, language)
    },
  }
}
