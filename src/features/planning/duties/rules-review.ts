import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { readHeads } from '../../../knowledge/library/stored-versions.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { RulesReviewTable } from '../../../store/tables/duties.ts'
import { yearOf } from '../../../timers/calendar/day.ts'

export type RulesReviewRow = Selectable<RulesReviewTable>

export const findings = ['in-force', 'to-change', 'missing'] as const

export type Finding = (typeof findings)[number]

/** One rule as it was found. */
export interface RuleLine {
  title: string
  finding: Finding
  note: string
}

const mostLines = 60
const longest = 200
/** What people write for each finding; nothing at all means that it holds. */
const words: Record<Finding, readonly string[]> = {
  'in-force': ['', '现行', '有效', '现行有效', '执行', 'in force', 'ok'],
  'to-change': ['待修订', '修订', '需修订', '要修订', '修改', 'to change', 'change'],
  missing: ['缺失', '缺', '没有', '待制定', '需制定', 'missing'],
}

/**
 * Reads rules, one a line: name, how it was found, a note, parted by semicolons of either width.
 * Throws PlainError with the number of the line that cannot be read.
 */
export function parseRules(typed: string): RuleLine[] {
  const lines = typed
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: line.trim(), at: at + 1 }]))
  if (lines.length > mostLines) throw new PlainError('planning:duty.too-many-rules', { most: mostLines })
  return lines.map(({ line, at }) => {
    const [title = '', found = '', ...note] = line.split(/[;；]/).map((part) => part.trim())
    const finding = findings.find((one) => words[one].includes(found.toLowerCase()))
    if (title === '' || !finding || Array.from(line).length > longest) {
      throw new PlainError('planning:duty.rule-line', { line: at, most: longest })
    }
    return { title: title.replaceAll(/^《|》$/g, ''), finding, note: note.join('；') }
  })
}

/** Documents of the library that are the organisation's own: only it, or it among others, may see them. */
export async function documentsOf(
  trx: Pick<Trx, 'selectFrom'>,
  organisation: { id: string; name: string },
): Promise<{ document: string; title: string }[]> {
  const heads = await readHeads(trx as Trx)
  const own = heads.filter(
    ({ visibility }) =>
      !visibility.open &&
      visibility.organisations.some((name) => name === organisation.name || name === organisation.id),
  )
  // The last version of each gives its title.
  return [...new Map(own.map(({ document, title }) => [document, { document, title }])).values()]
}

/** Keeps what was found; a second one in a year stands beside the first. */
export async function keepRulesReview(
  trx: Trx,
  given: {
    organisation: { id: string; name: string }
    rules: readonly RuleLine[]
    institutions: readonly string[]
    note: string
  },
  { by, now }: { by: string; now: Date },
): Promise<RulesReviewRow> {
  const id = randomUUID()
  const { organisation, rules, institutions, note } = given
  const year = yearOf(dayInChina(now))
  const row: RulesReviewRow = {
    ...{ id, number: await nextNumber(trx, 'ZD', year), organisation: organisation.id, year },
    ...{ institutions: JSON.stringify(institutions), note, by, at: now.toISOString() },
  }
  await trx.insertInto('rules_review').values(row).execute()
  const documents = await documentsOf(trx, organisation)
  const lines = rules.map((line, position) => ({
    ...{ review: id, position, ...line },
    document: documents.find(({ title }) => title === line.title)?.document ?? null,
  }))
  if (lines.length > 0) await trx.insertInto('rules_review_line').values(lines).execute()
  return row
}

/** The last review of an organisation with its lines; null: there is none. */
export async function lastReview(
  db: Reads,
  organisation: string,
): Promise<{ row: RulesReviewRow; lines: RuleLine[] } | null> {
  const row = await db
    .selectFrom('rules_review')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const lines = await db
    .selectFrom('rules_review_line')
    .select(['title', 'finding', 'note'])
    .where('review', '=', row.id)
    .orderBy('position')
    .execute()
  return { row, lines }
}
