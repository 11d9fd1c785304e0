import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { ConsultationTable } from '../../store/tables/consultations.ts'
import type { Tables } from '../../store/tables.ts'
import type { Question } from './questions.ts'

export type ConsultationRow = Selectable<ConsultationTable>
export type Paper = Omit<Selectable<Tables['consultation_paper']>, 'consultation'>

export const consultationKinds = ['decision', 'project', 'renovation', 'title'] as const

/** A consultation with what belongs to it. */
export interface Consultation {
  row: ConsultationRow
  questions: Question[]
  /** Name of its organisation. */
  organisation: string
  /** Name of who decides. */
  decider: string
  papers: Paper[]
}

/** By which the circulation knows it. */
export const originOf = (id: string) => `consultations:${id}`
/** By which it knows the answer to those who took part. */
export const feedbackOf = (id: string) => `consultations:${id}${feedbackMark}`
export const feedbackMark = ' feedback'

/** Working days before the end at which the rest is reminded. */
export function remindDays({ remind }: Pick<ConsultationRow, 'remind'>): number[] {
  return JSON.parse(remind) as number[]
}

/** Ids of the remarks that were adopted. */
export function adoptedIn({ adopted }: Pick<ConsultationRow, 'adopted'>): string[] {
  return JSON.parse(adopted) as string[]
}

/** By id or number (`ZX-2026-0007`, in any case). Throws PlainError where there is none. */
export async function readConsultation(db: Reads, idOrNumber: string): Promise<Consultation> {
  const row = await db
    .selectFrom('consultation')
    .select('id')
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  const [found] = row ? await readConsultations(db, [row.id]) : []
  if (!found) throw new PlainError('consultations:gone')
  return found
}

/** In the order given; what is none is left out. */
export async function readConsultations(db: Reads, ids: readonly string[]): Promise<Consultation[]> {
  const found = new Map<string, Consultation>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db
      .selectFrom('consultation')
      .innerJoin('organisation', 'organisation.id', 'consultation.organisation')
      .innerJoin('person', 'person.id', 'consultation.decider')
      .selectAll('consultation')
      .select(['organisation.name as organisation_name', 'person.name as decider_name'])
      .where('consultation.id', 'in', piece)
      .execute()
    for (const { organisation_name: organisation, decider_name: decider, ...row } of rows) {
      const questions = JSON.parse(row.questions) as Question[]
      found.set(row.id, { row, questions, organisation, decider, papers: [] })
    }
    const papers = await db
      .selectFrom('consultation_paper')
      .selectAll()
      .where('consultation', 'in', piece)
      .orderBy('position')
      .execute()
    for (const { consultation, ...paper } of papers) found.get(consultation)?.papers.push(paper)
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Whose consultations are listed: those of some organisations, and those that somebody decides. */
export interface Listed {
  /** Null: of all. */
  organisations: readonly string[] | null
  decider: string
}

/** The last first. What was given up is left out, and of what is only decided what has not gone out. */
export async function listConsultations(
  db: Reads,
  { organisations, decider }: Listed,
  { offset = 0, most }: { offset?: number; most: number },
): Promise<{ consultations: Consultation[]; count: number }> {
  let query = db.selectFrom('consultation').where('state', '!=', 'dropped')
  if (organisations) {
    query = query.where((where) =>
      where.or([
        ...(organisations.length > 0 ? [where('organisation', 'in', organisations)] : []),
        where.and([where('decider', '=', decider), where('state', '!=', 'draft')]),
      ]),
    )
  }
  const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
  const rows = await query
    .select('id')
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(most)
    .execute()
  const ids = rows.map(({ id }) => id)
  return { consultations: await readConsultations(db, ids), count: Number(count) }
}
