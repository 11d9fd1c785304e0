import { randomUUID } from 'node:crypto'
import type { Trx } from '../../store/store.ts'
import type { LearnedHint } from '../search/learned-hints.ts'
import { shapeOf } from '../search/question-likeness.ts'

type Reads = Pick<Trx, 'selectFrom'>

/** A question and the clause that settles it. */
export interface Settled {
  question: string
  language: string
  document: string
  /** The clause's key. */
  key: string
  /** Whose question it is, as `accountKey` writes it; null where nobody knows. */
  asker: string | null
}

/** A cadre says that the clause settles the question. Said again, it counts as said now. Returns the hint's id. */
export async function assignClause(
  trx: Trx,
  settled: Settled,
  by: string | null,
  now: Date,
): Promise<string> {
  const normalised = shapeOf(settled.question).exact
  const known = await trx
    .selectFrom('learned_hint')
    .select('id')
    .where('document', '=', settled.document)
    .where('key', '=', settled.key)
    .where('normalised', '=', normalised)
    .where('state', '!=', 'removed')
    .orderBy('at', 'desc')
    .executeTakeFirst()
  if (!known) return addHint(trx, { ...settled, source: 'cadre', by }, now)
  await trx
    .updateTable('learned_hint')
    .set({ source: 'cadre', by, state: 'active', at: now.toISOString() })
    .where('id', '=', known.id)
    .execute()
  await countChange(trx)
  return known.id
}

/** Keeps a hint that counts from now on. */
export async function addHint(
  trx: Trx,
  { question, language, document, key, asker, source, by }: Settled & Pick<HintRow, 'source' | 'by'>,
  now: Date,
): Promise<string> {
  const id = randomUUID()
  const normalised = shapeOf(question).exact
  await trx
    .insertInto('learned_hint')
    .values({
      ...{ id, question, normalised, language, document, key, asker, source, by },
      ...{ state: 'active', at: now.toISOString(), removed_at: null, removed_by: null },
    })
    .execute()
  await countChange(trx)
  return id
}

/** Takes a hint away; the ranking is then as if it had never been. False where there is none, or no longer. */
export async function removeHint(trx: Trx, id: string, by: string | null, now: Date): Promise<boolean> {
  const result = await trx
    .updateTable('learned_hint')
    .set({ state: 'removed', removed_at: now.toISOString(), removed_by: by })
    .where('id', '=', id)
    .where('state', '!=', 'removed')
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) === 0) return false
  await countChange(trx)
  return true
}

/** A cadre stands for a hint that somebody had objected to. False where none is proposed. */
export async function adoptHint(trx: Trx, id: string, by: string, now: Date): Promise<boolean> {
  const result = await trx
    .updateTable('learned_hint')
    .set({ state: 'active', source: 'cadre', by, at: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) === 0) return false
  await countChange(trx)
  return true
}

/** Every process that answers looks at the number, and reads the hints anew when it has grown. */
export async function countChange(trx: Trx): Promise<void> {
  await trx
    .updateTable('learned_hint_state')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .execute()
}

/** Grows with every change of the learned hints, whoever makes it. */
export async function hintRevision(db: Reads): Promise<number> {
  const row = await db.selectFrom('learned_hint_state').select('revision').executeTakeFirstOrThrow()
  return Number(row.revision)
}

/** Those that count. */
export async function activeHints(db: Reads): Promise<LearnedHint[]> {
  return db
    .selectFrom('learned_hint')
    .select(['id', 'question', 'document', 'key', 'source', 'at'])
    .where('state', '=', 'active')
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** A hint with all that is known of it, for those who look after them. */
export interface HintRow extends LearnedHint {
  language: string
  state: 'active' | 'proposed'
  /** The person's name; null: learned from thanks, or the person is gone. */
  byName: string | null
  by: string | null
  asker: string | null
  /** Answers that it settled. */
  used: number
}

/** Notes that a learned hint settled an answer: how often one is used shows whether it is worth its place. */
export async function countUse(trx: Trx, answer: string, hint: string, at: string): Promise<void> {
  await trx
    .insertInto('learned_hint_use')
    .values({ answer, hint, at })
    .onConflict((conflict) => conflict.column('answer').doNothing())
    .execute()
}

/** All that are not removed: those that wait for a decision first, then the latest. */
export async function listHints(db: Reads): Promise<HintRow[]> {
  const rows = await db
    .selectFrom('learned_hint')
    .leftJoin('person', 'person.id', 'learned_hint.by')
    .selectAll('learned_hint')
    .select('person.name as byName')
    .where('learned_hint.state', '!=', 'removed')
    .orderBy('learned_hint.at', 'desc')
    .orderBy('learned_hint.id')
    .execute()
  const uses = await db
    .selectFrom('learned_hint_use')
    .select(({ fn }) => ['hint', fn.countAll().as('count')])
    .groupBy('hint')
    .execute()
  const used = new Map(uses.map(({ hint, count }) => [hint, Number(count)]))
  const hints = rows.map(
    (row): HintRow => ({
      ...{ id: row.id, question: row.question, language: row.language, document: row.document, key: row.key },
      ...{ source: row.source, by: row.by, byName: row.byName, asker: row.asker, at: row.at },
      state: row.state === 'proposed' ? 'proposed' : 'active',
      used: used.get(row.id) ?? 0,
    }),
  )
  return [
    ...hints.filter(({ state }) => state === 'proposed'),
    ...hints.filter(({ state }) => state === 'active'),
  ]
}
