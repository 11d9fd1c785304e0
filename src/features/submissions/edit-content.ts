import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import type { Kind, KindField } from './definition/schema.ts'
import type { Effect } from './effects.ts'
import { expectedOf } from './expected.ts'
import { nomineeOf, placeOfNominee } from './nominee.ts'
import type { SubmissionRow } from './records.ts'
import { sealed } from './sealed.ts'

/** Where a history's entry holds what was changed; no field is named like this. */
const changedKey = '@changed'

/** What stood before and what stands now, by field name. */
type Changed = Record<string, { from: unknown; to: unknown }>

/** The fields that may be changed later: how it was signed stays, since the history knows the rest. */
export function editableFields(kind: Kind): KindField[] {
  return kind.pages.flatMap(({ fields }) => fields).filter(({ sets }) => sets !== 'naming')
}

/** Puts what was filled in anew in place of what stood; files that were sent before stay where none came instead. */
export async function editContent({
  trx,
  context,
  submission,
  action,
  content,
  now,
}: Effect): Promise<Partial<SubmissionRow>> {
  const { row, kind } = submission
  const changed = changesOf(submission, content)
  if (Object.keys(changed).length === 0) {
    if (action.to === 'same') throw new PlainError('submissions:refused.unchanged')
    return {}
  }
  const next = contentAfter(submission, content)
  const variety = kind.pages.flatMap(({ fields }) => fields).find(({ sets }) => sets === 'variety')
  const chosen = variety && next[variety.name]
  const nominee = nomineeOf(kind, next)
  // Another nominee is another unit's to speak for.
  const isAnother = nominee !== row.nominee
  const { speaking } = await placeOfNominee(trx, isAnother ? nominee : null, dayInChina(now))
  return {
    subject: await sealed(trx, context, row, 'subject', subjectOf(kind, next)),
    content: await sealed(trx, context, row, 'content', JSON.stringify(next)),
    ...(typeof chosen === 'string' ? { variety: chosen } : {}),
    nominee,
    ...(isAnother ? { lies_with: speaking ?? row.organisation, handler: null } : {}),
    expected: row.sealed === 1 ? null : expectedOf(kind, next),
  }
}

/** One line that names a record in lists. */
export function subjectOf(kind: Pick<Kind, 'subject'>, values: FormValues): string {
  return String(values[kind.subject] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}

/** What the history keeps of a change, beside what was filled in for the action itself. */
export function withChanges(
  submission: Effect['submission'],
  input: FormValues,
  content: FormValues | undefined,
): FormValues {
  const changed = changesOf(submission, content)
  return Object.keys(changed).length === 0 ? input : { ...input, [changedKey]: changed }
}

/** The fields that an entry of the history says were changed. */
export function changedFields({ kind }: { kind: Kind }, input: FormValues): KindField[] {
  const changed = input[changedKey]
  if (typeof changed !== 'object' || changed === null) return []
  return editableFields(kind).filter(({ name }) => Object.hasOwn(changed, name))
}

/**
 * What was filled in, as somebody types it: to be shown in the form again. Files are not among it; they stay.
 */
export async function typedContent(
  db: Reads,
  kind: Kind,
  values: FormValues,
): Promise<Record<string, string | string[]>> {
  const typed: Record<string, string | string[]> = {}
  for (const { name, type } of editableFields(kind)) {
    const value = values[name]
    if (isEmpty(value) || type === 'file') continue
    if (type === 'person') typed[name] = await nameOf(db, String(value))
    else if (type === 'organisation') typed[name] = await organisationName(db, String(value))
    else if (type === 'people') {
      const names: string[] = []
      for (const id of value as string[]) names.push(await nameOf(db, id))
      typed[name] = names.join('、')
    } else if (type === 'checkbox') typed[name] = value === true ? 'yes' : ''
    else if (Array.isArray(value)) typed[name] = value.map(String)
    else typed[name] = String(value)
  }
  return typed
}

function contentAfter({ kind, values }: Effect['submission'], content: FormValues | undefined): FormValues {
  if (content === undefined) return values
  const next: FormValues = { ...values }
  for (const { name, type } of editableFields(kind)) {
    const given = content[name]
    if (type === 'file' && isEmpty(given)) continue
    if (given === undefined) delete next[name]
    else next[name] = given
  }
  return next
}

function changesOf(submission: Effect['submission'], content: FormValues | undefined): Changed {
  const { kind, values } = submission
  const next = contentAfter(submission, content)
  const changed: Changed = {}
  for (const { name } of editableFields(kind)) {
    const [from, to] = [values[name] ?? null, next[name] ?? null]
    if (JSON.stringify(from) !== JSON.stringify(to)) changed[name] = { from, to }
  }
  return changed
}

async function nameOf(db: Reads, id: string): Promise<string> {
  return (await readPerson(db, id))?.name ?? id
}

async function organisationName(db: Reads, id: string): Promise<string> {
  const row = await db.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? id
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
