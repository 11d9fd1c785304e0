import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import type { KindField } from '../definition/schema.ts'
import type { Submission } from '../records.ts'
import { authorName, stateTitle, varietyTitle } from '../texts.ts'
import { type Column, fieldNamed } from './columns.ts'

/** What the cells of many records need beside the records themselves, read for all of them at once. */
export interface Beside {
  /** Names of people, by id. */
  people: ReadonlyMap<string, string>
  /** Paths of organisations, by id. */
  organisations: ReadonlyMap<string, string>
  /** Mean of the reviews' totals, and how many there are, by record. */
  reviews: ReadonlyMap<string, { mean: number; given: number }>
  /** How many support it. */
  seconds: ReadonlyMap<string, number>
  /** Ids of those who confirmed. */
  coAuthors: ReadonlyMap<string, readonly string[]>
  /** Numbers of records, by id. */
  numbers: ReadonlyMap<string, string>
}

export interface CellOptions {
  beside: Beside
  language: Language
  /** From 1. */
  row: number
}

/** What stands in a column for a record: text, number or day. What is sealed is empty: no file can be erased later. */
export function cellOf(submission: Submission, column: Column, options: CellOptions): Cell {
  const { row, kind } = submission
  const { beside, language } = options
  const isOpen = row.sealed === 0
  const name = (person: string | null) => (person === null ? null : (beside.people.get(person) ?? null))
  const place = (id: string | null) => (id === null ? null : (beside.organisations.get(id) ?? null))
  if (column.startsWith('field.')) {
    const field = fieldNamed([kind], column.slice(6))
    return field && isOpen ? fieldCell(submission, field, options) : null
  }
  switch (column as Exclude<Column, `field.${string}`>) {
    case 'row':
      return options.row
    case 'number':
      return row.number
    case 'original-number': {
      const { originalNumber } = submission.values
      return isOpen && typeof originalNumber === 'string' ? originalNumber : null
    }
    case 'kind':
      return kind.title[language]
    case 'variety':
      return row.variety === '' ? null : varietyTitle(kind, row.variety, language)
    case 'subject':
      return isOpen ? submission.subject : null
    case 'state':
      return stateTitle(submission, language)
    case 'naming':
      return translate(language, `submissions:ledger.naming.${row.naming}`)
    case 'author':
      return authorName(submission, language)
    case 'co-authors':
      // They are hidden with the author.
      if (row.sealed === 1) return null
      return joined(
        [...(beside.coAuthors.get(row.id) ?? []).map(name), ...unknownCoAuthors(submission)],
        language,
      )
    case 'organisation':
      return place(row.organisation)
    case 'lies-with':
      return place(row.lies_with)
    case 'submitted':
      return minute(row.submitted_at)
    case 'since':
      return minute(row.since)
    case 'closed':
      return row.closed_at === null ? null : minute(row.closed_at)
    case 'handler':
    case 'owner':
    case 'verifier':
      return name(row[column as 'handler' | 'owner' | 'verifier'])
    case 'priority':
      return row.priority === null ? null : priorityTitle(submission, row.priority, language)
    case 'due':
      return row.due_day === null ? null : { day: row.due_day }
    case 'score':
      return beside.reviews.get(row.id)?.mean ?? null
    case 'reviews':
      return beside.reviews.get(row.id)?.given ?? null
    case 'seconds':
      return beside.seconds.get(row.id) ?? 0
    case 'expected': {
      const amount = kind.expected === undefined ? null : submission.values[kind.expected]
      return isOpen && typeof amount === 'number' ? amount : null
    }
    case 'benefit':
      return row.benefit
    case 'granted':
    case 'used':
      return row[column as 'granted' | 'used']
    case 'award':
      return kind.awards.find(({ value }) => value === row.award)?.label[language] ?? row.award
    case 'merged-into':
      return row.merged_into === null ? null : (beside.numbers.get(row.merged_into) ?? null)
    case 'published':
      return row.published
    case 'origin':
      return translate(language, `submissions:ledger.origin.${row.origin}`)
  }
}

function fieldCell({ row, values }: Submission, field: KindField, { beside, language }: CellOptions): Cell {
  const value = values[field.name]
  if (value === undefined || value === null || value === '') return null
  const label = (one: unknown) =>
    field.options?.find((option) => option.value === one)?.label[language] ?? String(one)
  const isHidden = row.sealed === 1 && row.naming !== 'signed'
  switch (field.type) {
    case 'number':
    case 'money':
      return typeof value === 'number' ? value : String(value)
    case 'date':
      return { day: String(value) }
    case 'person':
      return isHidden ? null : (beside.people.get(String(value)) ?? null)
    case 'people':
      return isHidden
        ? null
        : joined(
            asList(value).map((id) => beside.people.get(String(id)) ?? null),
            language,
          )
    case 'organisation':
      return beside.organisations.get(String(value)) ?? null
    case 'select':
      return label(value)
    case 'multi-select':
      return joined(asList(value).map(label), language)
    case 'checkbox':
      return translate(language, value === true ? 'forms:value.yes' : 'forms:value.no')
    case 'file':
      return joined(
        asList(value).map((file) => (file as { name?: string }).name ?? null),
        language,
      )
    default:
      return String(value)
  }
}

/** Of an old ledger, whom nobody knows here. */
function unknownCoAuthors({ values: { coAuthorNames } }: Submission): string[] {
  return Array.isArray(coAuthorNames) ? coAuthorNames.map(String) : []
}

/** Fields of the kind's actions say how urgent is called here. */
function priorityTitle({ kind }: Submission, priority: string, language: Language): string {
  const field = Object.values(kind.actions)
    .flatMap(({ fields }) => fields)
    .find(({ sets }) => sets === 'priority')
  return field?.options?.find(({ value }) => value === priority)?.label[language] ?? priority
}

function joined(texts: readonly (string | null)[], language: Language): string | null {
  return texts.filter(Boolean).join(language === 'en' ? ', ' : '、') || null
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function minute(instant: string): Cell {
  return { minute: minuteInChina(new Date(instant)) }
}
