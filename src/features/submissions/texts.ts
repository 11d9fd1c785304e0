import type { IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import type { Kind, KindField } from './definition/schema.ts'
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
    if (value !== '') lines.push({ name: field.name, label: field.label[language], value })
  }
  return lines
}

/** The state in words. */
export function stateTitle({ kind, row }: Pick<Submission, 'kind' | 'row'>, language: Language): string {
  return kind.states[row.state]?.title[language] ?? row.state
}

/** What it is called: 小革新, or the kind's own name. */
export function varietyTitle(kind: Kind, variety: string, language: Language): string {
  return kind.varieties.find(({ value }) => value === variety)?.label[language] ?? kind.title[language]
}

/** How the author is called before others: by name, or by what stands for it. */
export function authorName({ row, author }: Submission, language: Language): string {
  if (row.naming !== 'signed' || row.sealed === 1) {
    return translate(language, 'submissions:author.hidden', { pseudonym: row.pseudonym })
  }
  return author?.name || translate(language, 'submissions:author.guest')
}
