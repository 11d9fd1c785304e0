import type { IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import type { ActorName } from './definition/actors.ts'
import type { Kind, KindAction, KindField } from './definition/schema.ts'
import type { Part } from './life/life.ts'
import type { Submission } from './records.ts'

/** A value of a field as people read it, outside a form. */
async function readableValue(
  db: Reads,
  field: KindField,
  value: unknown,
  language: Language,
): Promise<string> {
  if (value === undefined || value === null || value === '') return ''
  const label = (wanted: unknown) =>
    field.options?.find((option) => option.value === wanted)?.label[language] ?? String(wanted)
  switch (field.type) {
    case 'person':
      return (await readPerson(db, String(value)))?.name ?? ''
    case 'people': {
      const names: string[] = []
      for (const id of value as string[]) names.push((await readPerson(db, id))?.name ?? '')
      return names.join(language === 'en' ? ', ' : '、')
    }
    case 'money':
    case 'number':
      return Number(value).toLocaleString('en-US', { maximumFractionDigits: 2 })
    case 'select':
      return label(value)
    case 'multi-select':
      return (value as unknown[]).map(label).join(language === 'en' ? ', ' : '、')
    case 'checkbox':
      return translate(language, value === true ? 'forms:value.yes' : 'forms:value.no')
    case 'file':
      return (value as IncomingFile[]).map(({ name }) => name).join(language === 'en' ? ', ' : '、')
    default:
      return String(value)
  }
}

/** What was filled in, label and value, without what was left empty. */
export async function readableFields(
  db: Reads,
  fields: readonly KindField[],
  values: Readonly<Record<string, unknown>>,
  language: Language,
): Promise<{ name: string; label: string; value: string }[]> {
  const lines: { name: string; label: string; value: string }[] = []
  for (const field of fields) {
    const value = await readableValue(db, field, values[field.name], language)
    if (value !== '') lines.push({ name: field.name, label: readLabel(field, language), value })
  }
  return lines
}

/**
 * An action's words to the author, with what was filled in; empty where it has none.
 * @param more What else they may hold, by name: `by` is whoever did it.
 */
export async function toldWords(
  db: Reads,
  { told, fields }: Pick<KindAction, 'told' | 'fields'>,
  input: Readonly<Record<string, unknown>>,
  language: Language,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (!told) return ''
  const filled = await readableFields(db, fields, input, language)
  const words = translate(language, told, {
    by: '',
    ...more,
    ...Object.fromEntries(fields.map(({ name }) => [name, ''])),
    ...Object.fromEntries(filled.map(({ name, value }) => [name, value])),
  })
  // What is empty leaves no line behind.
  return words.replaceAll(/\n{2,}/g, '\n').trim()
}

/** What a field is called by whoever reads it. */
function readLabel({ short, label }: KindField, language: Language): string {
  return (short ?? label)[language]
}

/** A label before what it names. */
export function labelled(label: string, language: Language): string {
  return label + (language === 'en' ? ': ' : '：')
}

/** That authors have changed these fields. */
export function editedWords(fields: readonly KindField[], language: Language): string {
  return translate(language, 'submissions:history.changed', { fields: fieldNames(fields, language) })
}

export function fieldNames(fields: readonly KindField[], language: Language): string {
  return fields.map((field) => readLabel(field, language)).join(language === 'en' ? ', ' : '、')
}

/** What somebody reads of what they did just now: authors do not handle their own. */
export function doneText(submission: Submission, action: string, { as }: Part, language: Language): string {
  const isAuthors = as.includes('author') || as.includes('co-author')
  const values = {
    action: submission.kind.actions[action]?.title[language] ?? '',
    state: stateTitle(submission, language),
  }
  return translate(language, isAuthors ? 'submissions:act.done-own' : 'submissions:act.done', values)
}

/** The state in words. */
export function stateTitle({ kind, row }: Pick<Submission, 'kind' | 'row'>, language: Language): string {
  return kind.states[row.state]?.title[language] ?? row.state
}

/** What it is called: 小革新, or the kind's own name. */
export function varietyTitle(kind: Kind, variety: string, language: Language): string {
  return kind.varieties.find(({ value }) => value === variety)?.label[language] ?? kind.title[language]
}

/** Parts that know a name which is only kept from what is published. */
const knowing: readonly ActorName[] = ['handler', 'superior', 'decider', 'restricted']

/**
 * How the author is called: by name, or by what stands for it where the reader may not know the name.
 * @param reader Default: anybody, to whom no name is told that lies encrypted.
 */
export function authorName(
  { row, author }: Submission,
  language: Language,
  reader: Pick<Part, 'as'> = { as: [] },
): string {
  const { pseudonym } = row
  if (row.sealed === 0) return author?.name || translate(language, 'submissions:author.guest')
  if (author && reader.as.includes('author')) return translate(language, 'seal:author.own', { pseudonym })
  const isKnown = row.naming !== 'hidden' && knowing.some((part) => reader.as.includes(part))
  if (!author || !isKnown) return translate(language, 'submissions:author.hidden', { pseudonym })
  const name = author.name || translate(language, 'submissions:author.guest')
  return row.naming === 'signed' ? name : translate(language, 'seal:author.unpublished', { name, pseudonym })
}

/** The name itself, for an administrator who asked for it with a reason. */
export function nameOfAuthor({ author }: Pick<Submission, 'author'>, language: Language): string {
  return author?.name || translate(language, 'submissions:author.guest')
}
