import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import { createCirculationPort } from '../circulation/port.ts'
import { originOf } from './records.ts'

/** Fewer who answered without their names are not told: who they were could be guessed. */
const fewest = 5

/** A consultation that was sent out, as it is counted. */
interface HeldConsultation {
  number: string
  title: string
  /** Who answered; 0 where they were few and unsigned. */
  answered: number
  /** Remarks that the decision took up; 0 until it was made. */
  adopted: number
}

/** Consultations that some organisations sent out in a span of instants, as ISO texts, by number; none that was withdrawn. */
export async function heldConsultations(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: string; until: string },
): Promise<HeldConsultation[]> {
  const circulation = createCirculationPort()
  const held: HeldConsultation[] = []
  for (const piece of inPieces(organisations)) {
    const rows = await db
      .selectFrom('consultation')
      .select(['id', 'number', 'title', 'naming', 'adopted', 'decided_at'])
      .where('organisation', 'in', piece)
      .where('state', 'in', ['open', 'closed', 'decided'])
      .where('sent_at', '>=', from)
      .where('sent_at', '<', until)
      .execute()
    for (const { id, number, title, naming, adopted, decided_at: decided } of rows) {
      const { answered } = (await circulation.figures(db, originOf(id))).all
      const remarks = decided !== null && decided < until ? (JSON.parse(adopted || '[]') as string[]) : []
      const isTold = naming === 'signed' || answered >= fewest
      held.push({ number, title, answered: isTold ? answered : 0, adopted: remarks.length })
    }
  }
  return held.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}
