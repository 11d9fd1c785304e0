import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { OnlineTables } from '../../chat/online-tables.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { accountsOf, findPersonByAccount, type Reads } from '../../people/people.ts'
import type { ExportableTable, PushesContext } from './context.ts'
import type { NewPush } from './keep-push.ts'

export interface Asking {
  /** What was said after the command: the table's name or a record's number, and a link to a base where there is one. */
  words: string
  account: Account
  language: Language
  now: Date
}

/**
 * What is to be asked for in the name of whoever speaks; what they may not export is refused here already. It reads beside
 * any transaction, so none may be open. Throws PlainError.
 */
export async function readAsked(context: PushesContext, asking: Asking): Promise<NewPush> {
  const { account, language, now } = asking
  const { db } = context.store
  const person = await personOf(db, account)
  const online = onlineOf(context)
  const { named, link } = partWords(asking.words)
  const found = findTable(context.tables, named, language)
  if (!found) throw new PlainError('pushes:no-such-table', { name: named })
  const given = givenBase(online, link)
  const hasAccount = (await accountsOf(db, person)).some(({ platform }) => platform === online.platform)
  // A new base that nobody could open helps nobody.
  if (!given && !hasAccount) throw new PlainError('pushes:no-account')
  const opened = await found.table.open({ record: found.record, person, language, now })
  const { record, title } = opened
  return { source: found.table.name, record, person, title, account, language, given }
}

/** Where tables are pushed to. Throws PlainError where there is nothing of the kind. */
export function onlineOf(context: PushesContext): OnlineTables {
  const [online] = context.onlineTables()
  if (!online) throw new PlainError('pushes:not-here')
  return online
}

/** The person of an account. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('pushes:sign-in')
  return person.id
}

/** The base of a link; null where none was given. Throws PlainError where the link is another. */
function givenBase(online: OnlineTables, link: string): { base: string; url: string } | null {
  if (link === '') return null
  const base = online.baseIn(link)
  if (base === null) throw new PlainError('pushes:bad-link')
  const { origin, pathname } = new URL(link)
  return { base, url: `${origin}${pathname}` }
}

function partWords(words: string): { named: string; link: string } {
  const link = /https?:\/\/\S+/.exec(words)?.[0] ?? ''
  return { named: words.replace(link, ' ').replaceAll(/\s+/g, ' ').trim(), link }
}

/** The table that somebody means by its name or by a record's number. */
function findTable(
  tables: readonly ExportableTable[],
  named: string,
  language: Language,
): { table: ExportableTable; record: string } | null {
  const said = named.normalize('NFKC').toLowerCase()
  for (const table of tables) {
    const words = [...table.words['zh-CN'], ...table.words[language]].map((word) => word.toLowerCase())
    if (table.number === null) {
      if (words.includes(said)) return { table, record: '' }
      continue
    }
    // “征集 ZJ-2026-0001” says the same as the number alone.
    const word = words.find((one) => said.startsWith(one)) ?? ''
    const record = said.slice(word.length).trim().toUpperCase()
    // A year may be left out, and then the word may not.
    if (word === '' && table.number.test('')) continue
    if (table.number.test(record)) return { table, record }
  }
  return null
}
