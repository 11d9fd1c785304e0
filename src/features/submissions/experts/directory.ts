import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { checkName, type Reads } from '../../../people/people.ts'
import { rootOf } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import type { ExpertTable } from '../../../store/tables/problems.ts'

/** Who knows which field: people of the house and from outside, one directory for all organisations of a root. */
export type Expert = ExpertTable

const prefix = 'ZJ'
/** Fields of one expert, and characters of each: more describe nobody. */
const mostFields = 12
const longestField = 30
export const longestDescription = 1000

/** What is said of an expert; who it is stands beside it. */
export interface ExpertWords {
  /** As typed, parted by 、 or the like. */
  fields: string
  description: string
  contact: string
}

export interface NewExpert extends ExpertWords {
  root: string
  /** Null: from outside. */
  person: string | null
  name: string
  organisation: string
  source: Expert['source']
  consent: boolean
  /** Null: at the command line. */
  enteredBy: string | null
  /** Whether somebody who may has looked at it. */
  approved: boolean
  now: Date
}

/** The roots under which somebody holds a role today, and in which of them they keep the directory. */
export async function rootsOf(
  db: Reads,
  person: string | null,
  today: string,
): Promise<{ all: string[]; kept: string[] }> {
  const all = new Set<string>()
  const kept = new Set<string>()
  if (person === null) return { all: [], kept: [] }
  const actor = await actorOf(db, person, today)
  for (const { organisation } of actor.grants) {
    const root = await rootOf(db, organisation)
    all.add(root)
    // Whoever takes in ledgers keeps the directory: cadres and administrators.
    if (can(actor, 'submission.import', await placeOf(db, organisation))) kept.add(root)
  }
  return { all: [...all], kept: [...kept] }
}

/**
 * Takes an expert in, or puts what is said now in place of what stood. Of the same root a person is one expert, and so
 * is a name from outside in an organisation. Throws PlainError where nothing is said of their work, or they are not
 * asked.
 */
export async function enterExpert(trx: Trx, given: NewExpert): Promise<Expert> {
  const { root, person, now } = given
  if (!given.consent) throw new PlainError('problems:experts.consent')
  const name = checkName(given.name)
  const there = await trx
    .selectFrom('submission_expert')
    .selectAll()
    .where('root', '=', root)
    .where((where) =>
      person === null
        ? where.and([
            where('person', 'is', null),
            where.and({ name, organisation: given.organisation.trim() }),
          ])
        : where('person', '=', person),
    )
    .executeTakeFirst()
  const said = {
    ...{ name, organisation: given.organisation.trim().slice(0, 100), fields: readFields(given.fields) },
    description: given.description.trim().slice(0, longestDescription),
    contact: given.contact.trim().slice(0, 100),
    ...{ source: given.source, consent: 1 as const, changed_at: now.toISOString() },
  }
  // What a keeper approved stays approved when the expert says it anew; somebody who was retired is looked at again.
  const isApproved = given.approved || there?.state === 'approved'
  const state = isApproved ? ('approved' as const) : ('registered' as const)
  const settled_by = given.approved ? given.enteredBy : (there?.settled_by ?? null)
  if (there) {
    const changes = { ...said, state, settled_by }
    await trx.updateTable('submission_expert').set(changes).where('id', '=', there.id).execute()
    return { ...there, ...changes }
  }
  const expert: Expert = {
    ...{ id: randomUUID(), number: await nextNumber(trx, prefix, Number(dayInChina(now).slice(0, 4))) },
    ...{ root, person, ...said, state, settled_by, entered_by: given.enteredBy, at: now.toISOString() },
  }
  await trx.insertInto('submission_expert').values(expert).execute()
  return expert
}

/** `焊接，铸造; 焊接` → `焊接、铸造`. Throws PlainError where there is none. */
export function readFields(typed: string): string {
  const fields = typed
    .normalize('NFKC')
    .split(/[、,;/\n\t]+/)
    .map((field) => field.trim().slice(0, longestField))
    .filter((field) => field !== '')
  const kept = [...new Set(fields)].slice(0, mostFields)
  if (kept.length === 0) throw new PlainError('problems:experts.fields-missing')
  return kept.join('、')
}

/** Takes somebody in who registered, or out: they are found and asked no more. */
export async function settleExpert(
  trx: Trx,
  expert: Pick<Expert, 'id'>,
  state: 'approved' | 'retired',
  by: string | null,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('submission_expert')
    .set({ state, settled_by: by, changed_at: now.toISOString() })
    .where('id', '=', expert.id)
    .execute()
}

/** By number; by name, or 单位/姓名 where there are several. Throws PlainError where it is none, or not one. */
export async function findExpert(db: Reads, roots: readonly string[], typed: string): Promise<Expert> {
  const wanted = typed.normalize('NFKC').trim()
  const all = roots.length === 0 ? [] : await listExperts(db, roots)
  const byNumber = all.find(({ number }) => number === wanted.toUpperCase())
  if (byNumber) return byNumber
  const cut = wanted.lastIndexOf('/')
  const [where, name] = [wanted.slice(0, Math.max(0, cut)).trim(), wanted.slice(cut + 1).trim()]
  const met = all.filter((one) => one.name === name && (cut < 0 || one.organisation === where))
  if (met.length === 1) return met[0]!
  const key = met.length === 0 ? 'problems:experts.unknown' : 'problems:experts.ambiguous'
  throw new PlainError(key, { name: wanted })
}

/** All of some roots but those who were retired, those who wait for approval first, then by name. */
export async function listExperts(
  db: Reads,
  roots: readonly string[] | 'all',
  { retired = false }: { retired?: boolean } = {},
): Promise<Expert[]> {
  let query = db.selectFrom('submission_expert').selectAll().orderBy('state', 'desc').orderBy('name')
  if (roots !== 'all') query = query.where('root', 'in', roots)
  if (!retired) query = query.where('state', '!=', 'retired')
  return query.orderBy('number').execute()
}
