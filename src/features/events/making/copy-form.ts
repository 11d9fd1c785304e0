import type { FilledForm, FormDefinition } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { EventsContext } from '../context.ts'
import { findEvent } from '../records.ts'
import { needsOrganiser } from '../registering/organisers.ts'
import { problemsOf } from './check-draft.ts'
import { copyOf, draftOf } from './draft-of.ts'
import { timeFields } from './event-pages.ts'
import type { EventDraft } from './keep-event.ts'
import { instantIn } from './local-time.ts'
import { makeEvents } from './make-events.ts'
import { previewCard } from './preview.ts'
import { textOf } from './read-form.ts'

/** Asks when a copy of an event takes place; all else is taken over, and may be changed before it is published. */
export function copyForm(context: EventsContext): FormDefinition {
  return {
    name: 'events.copy',
    version: 1,
    title: 'making:form.copy',
    subject: 'making:form.of-event',
    seenBy: 'making:form.seen-by',
    pages: [
      {
        name: 'when',
        intro: ['making:form.intro.copy'],
        fields: timeFields(),
        check: async (filled) => (await readCopy(filled, context)).problems,
      },
    ],
    async submit({ trx, now, language, account, values, context: about }) {
      const event = await findEvent(trx, about.event ?? '')
      if (!event) throw new PlainError('making:refused.gone')
      const by = await needsOrganiser(trx, account, event, now)
      const filled = { ...{ db: trx, now, language, person: by, values }, context: about }
      const { draft, problems } = await readCopy(filled, context)
      const problem = Object.values(problems)[0]
      if (!draft) throw new PlainError(problem?.key ?? 'making:refused.incomplete', problem?.values)
      const [made] = await makeEvents(trx, context, [draft], { isShared: false, by, now })
      const card = await previewCard(trx, context, made!, { language, now })
      return { number: made!.row.number, card, alone: true }
    },
  }
}

async function readCopy(
  { db, now, values, context: about }: FilledForm,
  { kinds }: EventsContext,
): Promise<{ draft: EventDraft | null; problems: Record<string, Problem> }> {
  const event = await findEvent(db, about.event ?? '')
  const problems: Record<string, Problem> = {}
  const zone = event?.row.time_zone ?? 'Asia/Shanghai'
  const { day, from, until, endDay = day } = values
  if (day === undefined || from === undefined || until === undefined) return { draft: null, problems }
  const startsAt = instantIn(zone, textOf(day), textOf(from))
  const endsAt = instantIn(zone, textOf(endDay), textOf(until))
  const noSuchTime = { key: 'making:problem.no-such-time', values: {} }
  if (!startsAt) problems.from = noSuchTime
  if (!endsAt) problems.until = noSuchTime
  if (!startsAt || !endsAt) return { draft: null, problems }
  const span = { startsAt, endsAt, timeZone: zone }
  if (!event) return { draft: null, problems }
  const draft = copyOf(await draftOf(db, event), span, { id: event.row.id, now })
  const mostSeats = kinds.byName(event.row.kind)?.mostSeats ?? null
  const found = problemsOf(draft, { now, mostSeats, startedAt: null })
  for (const [field, problem] of found) {
    // All else was right once: what does not go any more is changed on the preview.
    if (field === 'startsAt') problems.day = problem
    else if (field === 'endsAt') problems.until = problem
    else problems.from ??= problem
  }
  return { draft: Object.keys(problems).length > 0 ? null : draft, problems }
}
