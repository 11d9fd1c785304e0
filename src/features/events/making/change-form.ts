import type { FilledForm, FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, registersWith, toEvent } from '../records.ts'
import { needsOrganiser } from '../registering/organisers.ts'
import { type ChangedEvent, changeEvent } from './change-event.ts'
import { changedAlike, draftOf } from './draft-of.ts'
import { eventPages } from './event-pages.ts'
import { columnsOf } from './keep-event.ts'
import { asksAgain, differenceLines, differencesOf } from './notice.ts'
import { manageCard } from './preview.ts'
import { readEventForm } from './read-form.ts'
import { fromHereOn } from './series.ts'
import { tellOfChange } from './tell-of-change.ts'

/** The form that changes an event, or also those of its series that come after it. */
export function changeForm(context: EventsContext): FormDefinition {
  const { kinds } = context
  const read = async (filled: FilledForm) => {
    const event = await findEvent(filled.db, filled.context.event ?? '')
    return { event, ...(await readEventForm(filled, { kinds, event })) }
  }
  return {
    name: 'events.change',
    version: 1,
    title: 'making:form.change',
    subject: 'making:form.of-event',
    // Only of a draft it is true that nobody else sees it: the notes say it there.
    seenBy: null,
    pages: eventPages(async (filled) => (await read(filled)).problems, false),
    async notes(filled) {
      const { event, drafts } = await read(filled)
      const [draft] = drafts
      if (!event || !draft) return []
      const { capacity: _, ...columns } = columnsOf(draft)
      const { language, now } = filled
      const differences = differencesOf(
        event,
        toEvent({ ...event.row, ...columns, capacity: event.row.capacity }),
      )
      const lines = differenceLines(differences, language, now)
      if (event.row.state === 'draft') return [...lines, translate(language, 'making:form.seen-by')]
      if (event.row.state !== 'published' || lines.length === 0) return lines
      const told = asksAgain(differences) ? 'making:form.note-again' : 'making:form.note-told'
      return [...lines, translate(language, told)]
    },
    submit: (submission) => submitChange(submission, context),
  }
}

async function submitChange(submission: Submission, context: EventsContext): Promise<Receipt> {
  const { trx, now, language, account, values, context: about } = submission
  const event = await findEvent(trx, about.event ?? '')
  if (!event) throw new PlainError('making:refused.gone')
  const by = await needsOrganiser(trx, account, event, now)
  // What another organiser changed while this was filled in is not to be undone unseen.
  if (event.row.changed_at !== about.changedAt) throw new PlainError('making:refused.meanwhile')
  const filled = { ...{ db: trx, now, language, person: by, values }, context: about }
  const { drafts, problems } = await readEventForm(filled, { kinds: context.kinds, event })
  const problem = Object.values(problems)[0]
  const [after] = drafts
  if (problem || !after) throw new PlainError(problem?.key ?? 'making:refused.incomplete', problem?.values)
  const before = await draftOf(trx, event)
  const all = about.scope === 'following' ? await fromHereOn(trx, event) : [event]
  const changed: ChangedEvent[] = []
  for (const one of all) {
    const draft = one === event ? after : changedAlike(await draftOf(trx, one), before, after)
    changed.push(await changeEvent(trx, context, one, draft, { by, now }))
  }
  await tellAll(submission, changed, by)
  const [first] = changed
  const card = await manageCard(trx, context, first!.event, { language, now })
  return { number: event.row.number, card: withChanged(card, changed, submission), alone: true }
}

/** Whoever is registered for several by one registration is told of them in one message. */
async function tellAll(
  { trx, now }: Submission,
  changed: readonly ChangedEvent[],
  by: string,
): Promise<void> {
  const told = changed.filter(({ differences }) => differences.length > 0)
  const byRegistrations = Map.groupBy(told, ({ event }) => registersWith(event))
  for (const [first, ...others] of byRegistrations.values()) {
    if (!first) continue
    const { event, differences } = first
    const again = asksAgain(differences)
    const notice = { type: 'changed' as const, differences, again, dates: others.length + 1 }
    await tellOfChange(trx, event, notice, { by, now })
  }
}

function withChanged(
  card: Receipt['card'],
  changed: readonly ChangedEvent[],
  { language }: Submission,
): Receipt['card'] {
  const isTold = changed.some(({ differences }) => differences.length > 0)
  const key = isTold ? 'making:changed.done-told' : 'making:changed.done'
  const text = translate(language, key, { count: changed.length })
  return { ...card, blocks: [{ type: 'text', runs: [{ text, strong: true }] }, ...card.blocks] }
}

/** What the form to change an event is about. */
export function changeContext(
  { row }: Event,
  scope: 'one' | 'following',
  title: string,
): Record<string, string> {
  const registersElsewhere = row.registers_with === null ? '' : 'yes'
  return { event: row.id, scope, title, changedAt: row.changed_at, registersElsewhere }
}
