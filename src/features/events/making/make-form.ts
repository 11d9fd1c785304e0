import type { FilledForm, FormDefinition } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { EventsContext } from '../context.ts'
import { whenOf } from '../lists/event-texts.ts'
import { eventPages } from './event-pages.ts'
import type { EventDraft } from './keep-event.ts'
import { makeEvents } from './make-events.ts'
import { previewCard } from './preview.ts'
import { readEventForm } from './read-form.ts'
import { typedQuestions } from './read-questions.ts'

/** Dates of a series that are shown above the summary. */
const mostDates = 12

/** The form of a new event, or of all of a series. It becomes a draft, which its preview publishes. */
export function makeForm(context: EventsContext): FormDefinition {
  const read = (filled: FilledForm) => readEventForm(filled, { kinds: context.kinds, event: null })
  const check = async (filled: FilledForm): Promise<Readonly<Record<string, Problem>>> =>
    (await read(filled)).problems
  return {
    name: 'events.make',
    version: 1,
    title: 'making:form.make',
    subject: 'making:form.of-kind',
    seenBy: 'making:form.seen-by',
    pages: eventPages(check, true),
    notes: async (filled) => notesOf((await read(filled)).drafts, filled),
    async submit({ trx, now, language, person, values, context: about }) {
      if (person === null) throw new PlainError('making:refused.not-maker')
      const filled = { ...{ db: trx, now, language, person, values }, context: about }
      const { drafts, isShared, problems } = await read(filled)
      const problem = Object.values(problems)[0]
      if (problem || drafts.length === 0) {
        throw new PlainError(problem?.key ?? 'making:refused.incomplete', problem?.values)
      }
      const [first] = await makeEvents(trx, context, drafts, { isShared, by: person, now })
      const card = await previewCard(trx, context, first!, { language, now })
      return { number: first!.row.number, card, alone: true }
    },
  }
}

/** What was understood of what was typed as lines. */
function notesOf(drafts: readonly EventDraft[], { language, now }: FilledForm): string[] {
  const [first] = drafts
  if (!first) return []
  const notes = [whenLine(first)]
  function whenLine({ startsAt, endsAt, timeZone }: EventDraft): string {
    const row = { starts_at: startsAt.toISOString(), ends_at: endsAt.toISOString(), time_zone: timeZone }
    return whenOf(row, language, now)
  }
  if (drafts.length > 1) {
    const dates = drafts.slice(0, mostDates).map(whenLine).join(translate(language, 'making:form.joint'))
    notes.push(translate(language, 'making:form.note-series', { count: drafts.length, dates }))
  }
  const asked = typedQuestions(first.questions)
  if (asked !== '') {
    const questions = asked.replaceAll('\n', translate(language, 'making:form.joint'))
    notes.push(
      translate(language, 'making:form.note-questions', { count: first.questions.length, questions }),
    )
  }
  if (first.capacity === null) notes.push(translate(language, 'making:form.note-unlimited'))
  return notes
}
