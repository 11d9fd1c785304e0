import { randomUUID } from 'node:crypto'
import type { IncomingFile } from '../../chat/incoming.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Audience } from '../../people/audience.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { ConsultationHistoryTable } from '../../store/tables/consultations.ts'
import { audienceOf, type ChosenAudience, type CirculationPort } from '../circulation/port.ts'
import { keepPapers, type LibraryPaper, letGoOfPapers } from './papers.ts'
import type { Question } from './questions.ts'
import { type Consultation, type ConsultationRow, readConsultation } from './records.ts'

/** A consultation as it was filled in. */
export interface ConsultationDraft {
  kind: ConsultationRow['kind']
  title: string
  text: string
  questions: readonly Question[]
  organisation: string
  audience: ChosenAudience
  naming: ConsultationRow['naming']
  until: Date
  remind: readonly number[]
  decider: string
  files: readonly IncomingFile[]
  documents: readonly LibraryPaper[]
}

export interface Doing {
  by: string
  now: Date
}

/** Keeps a consultation that is looked over before it goes out. */
export async function draftConsultation(
  trx: Trx,
  draft: ConsultationDraft,
  { by, now }: Doing,
): Promise<Consultation> {
  const id = randomUUID()
  const number = await nextNumber(trx, 'ZX', Number(dayInChina(now).slice(0, 4)))
  await trx
    .insertInto('consultation')
    .values({
      ...{ id, number, ...columnsOf(draft), state: 'draft', revision: 0 },
      ...{ reason: '', decision: '', adoption: '', adopted: '[]', made_by: by, made_at: now.toISOString() },
      ...{ sent_at: null, closed_at: null, decided_at: null },
    })
    .execute()
  await keepPapers(trx, id, { files: draft.files, documents: draft.documents })
  await note(trx, id, 'made', { by, now })
  return readConsultation(trx, id)
}

/** Changes what has not gone out yet; files that are not sent again stay. Throws PlainError where it has. */
export async function changeConsultation(
  trx: Trx,
  { row, papers }: Consultation,
  draft: ConsultationDraft,
  doing: Doing,
): Promise<Consultation> {
  mustBeDraft(row)
  await trx
    .updateTable('consultation')
    .set({ ...columnsOf(draft), revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  const before = papers.filter(({ document }) => document === null)
  const files = draft.files.length > 0 ? draft.files : before
  await keepPapers(trx, row.id, { files, documents: draft.documents })
  await note(trx, row.id, 'changed', doing)
  return readConsultation(trx, row.id)
}

/** Gives up what was not sent. */
export async function dropConsultation(trx: Trx, { row }: Consultation, doing: Doing): Promise<void> {
  mustBeDraft(row)
  await trx
    .updateTable('consultation')
    .set({ state: 'dropped', revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  await letGoOfPapers(trx, row.id)
  await note(trx, row.id, 'dropped', doing)
}

/**
 * Whom it is for, found out now: whoever makes and who decides it are asked only where they were named. Throws PlainError where that is nobody, or beyond the right of whoever sends it.
 */
export async function audienceToAsk(
  db: Reads,
  circulation: CirculationPort,
  { row }: Pick<Consultation, 'row'>,
  { by, now }: Doing,
): Promise<Audience> {
  const chosen = JSON.parse(row.audience) as ChosenAudience
  const reached = await audienceOf(db, { ...chosen }, { person: by, now })
  const audience = { ...reached, except: [row.made_by, row.decider] }
  await circulation.mustReach(db, audience, { by, now })
  return audience
}

export function mustBeDraft({ state, number }: ConsultationRow): void {
  if (state !== 'draft') throw new PlainError('consultations:refused.sent', { number })
}

/** Writes down what was done. */
export async function note(
  trx: Trx,
  consultation: string,
  what: ConsultationHistoryTable['what'],
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  await trx
    .insertInto('consultation_history')
    .values({ id: randomUUID(), consultation, what, by, at: now.toISOString() })
    .execute()
}

function columnsOf(draft: ConsultationDraft) {
  const { kind, title, text, organisation, naming, decider } = draft
  return {
    ...{ kind, title, text, organisation, naming, decider },
    questions: JSON.stringify(draft.questions),
    audience: JSON.stringify(draft.audience),
    until: draft.until.toISOString(),
    remind: JSON.stringify(draft.remind),
  }
}
