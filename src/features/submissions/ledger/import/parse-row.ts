import type { Language } from '../../../../chat/language.ts'
import type { FormValues } from '../../../../forms/definition.ts'
import { PlainError } from '../../../../messages/plain-error.ts'
import type { ReadRow } from '../../../../spreadsheets/read-cell.ts'
import type { Kind, KindField } from '../../definition/schema.ts'
import { bareHeading, type Column, fieldNamed } from '../columns.ts'
import { cellAmount, cellDay, cellNames, cellText } from './cell-values.ts'
import type { LedgerMapping } from './mapping.ts'
import type { LedgerHead } from './read-ledger.ts'
import { statesOfWord } from './state-words.ts'

/** A row as a record would have it. Whom its names mean is seen later. */
export interface LedgerRow {
  line: number
  /** Where its columns stand, as a spreadsheet names cells. */
  places: Partial<Record<Column, string>>
  subject: string
  originalNumber: string
  /** By field name, as a form would have checked them, with what else is kept of the row. */
  values: FormValues
  /** States after the start, the last is where it stands. */
  states: string[]
  /** As written; empty where the row does not say. */
  author: string
  coAuthors: string[]
  organisation: string
  handler: string
  owner: string
  verifier: string
  /** `YYYY-MM-DD`; null where the row does not say. */
  submitted: string | null
  closed: string | null
  due: string | null
  benefit: number | null
  granted: number | null
  used: number | null
  award: string | null
}

/** Why a row is refused: the cell as a spreadsheet names it, and what is wrong with it. */
export class RowRefusal extends Error {
  readonly cell: string
  readonly reason: PlainError

  constructor(cell: string, reason: PlainError) {
    super('a row is refused')
    this.cell = cell
    this.reason = reason
  }
}

/** Where a kind's file says nothing. */
const longest = { text: 200, 'long-text': 5000 } as const
const longestName = 60

export interface ParseOptions {
  kind: Kind
  head: LedgerHead
  mapping: LedgerMapping
  language: Language
  /** State of rows that say nothing of it. */
  state: string | null
}

/** Reads the cells of a row. Throws RowRefusal with the first thing that is wrong. */
export function parseRow(
  { line, cells }: ReadRow,
  { kind, head, mapping, language, state }: ParseOptions,
): LedgerRow {
  const row: LedgerRow = {
    ...{
      line,
      places: {},
      subject: '',
      originalNumber: '',
      values: {},
      states: [],
      author: '',
      coAuthors: [],
    },
    ...{ organisation: '', handler: '', owner: '', verifier: '', submitted: null, closed: null, due: null },
    ...{ benefit: null, granted: null, used: null, award: null },
  }
  let word = state ?? ''
  for (const [at, { column, heading }] of head.columns) {
    const cell = cells[at] ?? null
    const address = `${columnLetters(at)}${line}`
    row.places[column] = address
    const refuse = (key: string, values: Record<string, string | number> = {}) =>
      new RowRefusal(address, new PlainError(`submissions:ledger.import.${key}`, { heading, ...values }))
    if (cellText(cell) === null) throw refuse('cell-error')
    const text = (most: number) => {
      const given = cellText(cell) ?? ''
      if (Array.from(given.slice(0, most * 2 + 2)).length > most) throw refuse('too-long', { most })
      return given
    }
    const day = () => {
      const found = cellDay(cell)
      if (found === null) throw refuse('no-day', { given: text(100_000).slice(0, 40) })
      return found ?? null
    }
    const amount = () => {
      const found = cellAmount(cell, /万元|万/.test(heading) ? 10_000 : 1)
      if (found === null) throw refuse('no-amount', { given: text(100_000).slice(0, 40) })
      return found ?? null
    }
    switch (column) {
      case 'subject': {
        const field = fieldNamed([kind], kind.subject)
        row.subject = text(field?.most ?? 200).replaceAll(/\s+/g, ' ')
        row.values[kind.subject] = row.subject
        break
      }
      case 'original-number':
      case 'number':
        row.originalNumber = text(longestName) || row.originalNumber
        break
      case 'state':
        word = text(200) || word
        break
      case 'author':
      case 'organisation':
      case 'handler':
      case 'owner':
      case 'verifier':
        row[column] = text(200)
        break
      case 'co-authors':
        row.coAuthors = cellNames(text(500))
        break
      case 'submitted':
      case 'closed':
      case 'due':
        row[column] = day()
        break
      case 'benefit':
      case 'granted':
      case 'used':
        row[column] = amount()
        break
      case 'expected': {
        const expected = amount()
        if (kind.expected !== undefined && expected !== null) row.values[kind.expected] = expected
        break
      }
      case 'award':
        row.award = awardOf(kind, text(60))
        break
      case 'variety': {
        const field = kind.pages.flatMap((page) => page.fields).find(({ sets }) => sets === 'variety')
        const chosen = choiceOf(text(200), kind.varieties, mapping.values.variety)
        if (chosen === null)
          throw refuse('no-choice', {
            given: text(200).slice(0, 40),
            choices: choices(kind.varieties, language),
          })
        if (field && chosen) row.values[field.name] = chosen
        break
      }
      default:
        if (column.startsWith('field.')) {
          const field = fieldNamed([kind], column.slice(6))
          const value = field && fieldValue(field, { text, day, amount, refuse, mapping, language })
          if (field && value !== undefined) row.values[field.name] = value
        }
    }
  }
  if (row.subject === '') {
    const place = row.places.subject ?? ''
    throw new RowRefusal(place, new PlainError('submissions:ledger.import.no-subject'))
  }
  const states = word === '' ? [] : statesOfWord(kind, word, mapping.states)
  if (states === null) {
    const reason = new PlainError('submissions:ledger.import.no-state', { given: word.slice(0, 40) })
    throw new RowRefusal(row.places.state ?? '', reason)
  }
  return { ...row, states }
}

interface CellTools {
  text(most: number): string
  day(): string | null
  amount(): number | null
  refuse(key: string, values?: Record<string, string | number>): RowRefusal
  mapping: LedgerMapping
  language: Language
}

/** What a form would have made of it; undefined where nothing stands there, or ledgers cannot say it. */
function fieldValue(field: KindField, { text, day, amount, refuse, mapping, language }: CellTools): unknown {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return text(field.most ?? longest[field.type]) || undefined
    case 'number':
    case 'money': {
      const number = amount()
      if (number === null) return undefined
      const [least, most] = [field.least ?? (field.type === 'money' ? 0 : -1e15), field.most ?? 1e15]
      if (number < least || number > most) throw refuse('out-of-range', { least, most })
      return number
    }
    case 'date':
      return day() ?? undefined
    case 'checkbox': {
      const given = text(20)
      return given === '' ? undefined : /^(?:是|有|√|✓|y|yes|true|1)$/i.test(given)
    }
    case 'select':
    case 'multi-select': {
      const options = field.options ?? []
      const given = text(500)
      const parts = field.type === 'select' ? [given] : cellNames(given)
      const found = parts.map((part) => choiceOf(part, options, mapping.values[field.name]))
      const wrong = found.indexOf(null)
      if (wrong >= 0) {
        throw refuse('no-choice', { given: parts[wrong]!.slice(0, 40), choices: choices(options, language) })
      }
      const chosen = found.filter((value) => value !== null && value !== '')
      return field.type === 'select' ? chosen[0] : chosen.length > 0 ? chosen : undefined
    }
    default:
      // People, organisations and files are no words of a ledger.
      return undefined
  }
}

interface Choice {
  value: string
  label: Record<Language, string>
}

/** The value of a choice by its words; empty where nothing is said, null where nothing is known by them. */
function choiceOf(
  given: string,
  options: readonly Choice[],
  named: Readonly<Record<string, string>> = {},
): string | null {
  if (given === '' || options.length === 0) return ''
  const wanted = bareHeading(given)
  const mapped = Object.entries(named).find(([word]) => bareHeading(word) === wanted)?.[1]
  const name = mapped === undefined ? wanted : bareHeading(mapped)
  const words = (option: Choice) => [option.value, ...Object.values(option.label)].map(bareHeading)
  const exact = options.find((option) => words(option).includes(name))
  if (exact) return exact.value
  const near = options.filter((option) =>
    words(option).some((word) => word.includes(name) || name.includes(word)),
  )
  return near.length === 1 ? near[0]!.value : null
}

function choices(options: readonly Choice[], language: Language): string {
  return options.map(({ label }) => label[language]).join(language === 'en' ? ', ' : '、')
}

/** The tier's name; what is called otherwise is kept as it was written. */
function awardOf({ awards }: Kind, given: string): string | null {
  if (/^(?:|无|—+|-+|\/)$/.test(given)) return null
  const wanted = bareHeading(given)
  const found = awards.find(({ value, label }) =>
    [value, ...Object.values(label)].some((one) => bareHeading(one) === wanted),
  )
  return found?.value ?? given
}

/** 0 → A, 26 → AA. */
function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnLetters(Math.floor(at / 26) - 1) + last
}
