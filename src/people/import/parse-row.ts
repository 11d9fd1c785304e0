import type { Account } from '../../chat/incoming.ts'
import { parseDay } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { checkDays } from '../memberships.ts'
import { pathSeparator } from '../organisations.ts'
import { bareName, checkName } from '../people.ts'
import type { OrganisationKind, Role } from '../roles.ts'
import { bareWord, type Column, kindWords, roleWords } from './columns.ts'

/** What a row says, checked by itself. Whether it fits the other rows and the house is seen later. */
export interface ImportRow {
  line: number
  /** A name, or a path of names from the root. */
  organisation: string
  /** Name or path; empty where the row does not say. */
  parent: string
  kind: OrganisationKind | null
  /** Empty: the row is about the organisation alone. */
  person: string
  roles: Role[]
  /** Null where the row does not say. */
  from: string | null
  until: string | null
  accounts: Account[]
  /** Name; empty where the row does not say. */
  superior: string
}

/** Where people write to the bot. Accounts of the web chat are made at sign-in, never by import. */
const platforms: Record<string, string> = { feishu: 'feishu', lark: 'feishu', 飞书: 'feishu', slack: 'slack' }

/** Reads the cells of a row. Throws PlainError with the first thing that is wrong in it. */
export function parseRow(line: number, cells: Record<Column, string>): ImportRow {
  if (cells.organisation === '') throw new PlainError('people:import.no-organisation')
  const person = cells.person === '' ? '' : checkName(cells.person)
  const row: ImportRow = {
    line,
    organisation: checkPath(cells.organisation),
    parent: cells.parent === '' ? '' : checkPath(cells.parent),
    kind: cells.kind === '' ? null : lookUp(kindWords, cells.kind, 'people:import.unknown-kind'),
    person,
    roles: parseRoles(cells.roles),
    from: parseCellDay(cells.from),
    until: /^(?:至今|长期|now|present)$/i.test(cells.until) ? null : parseCellDay(cells.until),
    accounts: splitList(cells.accounts, /[\s、,，;；]+/).map(parseAccount),
    superior: bareName(cells.superior),
  }
  if (row.parent !== '' && row.organisation.includes(pathSeparator)) {
    throw new PlainError('people:import.path-and-parent', { name: row.organisation })
  }
  if (person === '' && (cells.roles || cells.from || cells.until || cells.accounts || cells.superior)) {
    throw new PlainError('people:import.no-person')
  }
  checkDays(row)
  return row
}

function checkPath(text: string): string {
  return text.split(pathSeparator).map(checkName).join(pathSeparator)
}

function parseRoles(text: string): Role[] {
  const named = splitList(text, /[、,，;；/]+/)
  return [...new Set(named.map((word) => lookUp(roleWords, word, 'people:import.unknown-role')))]
}

function splitList(text: string, separator: RegExp): string[] {
  return text.split(separator).filter((piece) => piece.trim() !== '')
}

function lookUp<T>(words: Record<string, T>, text: string, problem: string): T {
  const word = bareWord(text)
  if (!Object.hasOwn(words, word)) throw new PlainError(problem, { word: text.trim().slice(0, 40) })
  return words[word]!
}

function parseCellDay(text: string): string | null {
  if (text === '') return null
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (compact) return parseDay(compact.slice(1).join('-'))
  // A date in a cell without a date's format: days since the end of 1899, as spreadsheets count.
  if (/^[2-7]\d{4}$/.test(text)) {
    return new Date(Date.UTC(1899, 11, 30) + Number(text) * 86_400_000).toISOString().slice(0, 10)
  }
  return parseDay(text)
}

/** `feishu:tenant:user`, `slack:workspace:user`, colons of either width. */
function parseAccount(text: string): Account {
  const [name = '', installation = '', user = '', ...more] = text.normalize('NFKC').split(':')
  const platform = platforms[name.trim().toLowerCase()]
  if (!platform || installation.trim() === '' || user.trim() === '' || more.length > 0) {
    throw new PlainError('people:import.account-invalid', { account: text.slice(0, 60) })
  }
  return { platform, installation: installation.trim(), user: user.trim() }
}
