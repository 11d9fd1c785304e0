import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { ComparedField, ComparedRecord } from '../../submissions/port.ts'
import type { Campaign } from '../records.ts'
import { blindCode, coverNames, namesIn } from './blind.ts'
import type { JudgingContext } from './context.ts'
import { namesOf } from './judging-records.ts'

/** An entry as whoever reviews it reads it. */
export interface ShownEntry {
  submission: string
  /** Number and subject; in a blind review a code, and the subject without names. */
  name: string
}

/** Entries as their reviewers read them, by id; without those that were erased meanwhile. */
export async function showEntries(
  db: Reads,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  ids: readonly string[],
  language: Language,
): Promise<Map<string, ShownEntry>> {
  const shown = new Map<string, ShownEntry>()
  for (const record of await submissions.records(db, ids, language)) {
    shown.set(record.id, {
      submission: record.id,
      name: await nameFor(db, campaign, record, language),
    })
  }
  return shown
}

async function nameFor(
  db: Reads,
  campaign: Campaign,
  record: ComparedRecord,
  language: Language,
): Promise<string> {
  if (campaign.row.blind === 0) return `${record.number} ${record.subject}`
  const code = blindCode(campaign.row.id, record.id)
  const subject = coverNames(record.subject, await tellingNames(db, campaign, record))
  return translate(language, 'judging:entry.blind', { code, subject })
}

/** What a reviewer reads of an entry; names are covered where the review is blind. */
export async function contentFor(
  db: Reads,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  record: ComparedRecord,
  language: Language,
): Promise<ComparedField[]> {
  const fields = await submissions.content(db, record.id, language)
  if (campaign.row.blind === 0) return fields
  const names = await tellingNames(db, campaign, record)
  return fields.map((field) => ({ ...field, value: coverNames(field.value, names) }))
}

/** A place of an entry's text that tells whose it is. */
export interface TellingPlace {
  field: string
  names: string[]
}

/** Where an entry's text tells whose it is: names of its people and their units, and its number. */
export async function tellingPlaces(
  db: Reads,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  record: ComparedRecord,
  language: Language,
): Promise<TellingPlace[]> {
  const names = await tellingNames(db, campaign, record)
  const fields = await submissions.content(db, record.id, language)
  return fields.flatMap(({ label, value }) => {
    const found = namesIn(value, names)
    return found.length === 0 ? [] : [{ field: label, names: found }]
  })
}

/** Names that tell whose a record is; of the organiser and what is above it everybody is a part. */
async function tellingNames(db: Reads, { row }: Campaign, record: ComparedRecord): Promise<string[]> {
  const people = await namesOf(db, 'person', record.people)
  const names = [record.number, record.author, ...people.values()]
  const { organisation } = record
  if (organisation === null || organisation === row.organisation) return names
  const above = (await ancestorsOf(db, organisation)).map(({ id }) => id)
  const organiser = above.indexOf(row.organisation)
  const units = [organisation, ...(organiser < 0 ? above.slice(0, -1) : above.slice(0, organiser))]
  return [...names, ...(await namesOf(db, 'organisation', units)).values()]
}
