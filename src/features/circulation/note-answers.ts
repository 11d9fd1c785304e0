import { dayInChina } from '../../knowledge/library/day.ts'
import { membershipsInForce } from '../../people/memberships.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { type CirculationRow, findCirculation } from './records.ts'
import { withdrawReminders } from './remind.ts'

/** Somebody has answered; gives whether it was the first time. */
export async function noteAnswer(trx: Trx, origin: string, person: string, now: Date): Promise<boolean> {
  const circulation = await findCirculation(trx, origin)
  if (!circulation) return false
  const [first] = await membershipsInForce(trx, person, dayInChina(now))
  const place = { people: [person], organisation: first?.organisation ?? null }
  return (await noteAll(trx, circulation.row, place, now)).length > 0
}

/** All of an organisation have, by what one of them answered; in few statements, however many they are. */
export async function noteAnswerOfAll(
  trx: Trx,
  origin: string,
  place: { people: readonly string[]; organisation: string },
  now: Date,
): Promise<void> {
  const circulation = await findCirculation(trx, origin)
  if (circulation) await noteAll(trx, circulation.row, place, now)
}

/** Gives whose first answer it was. */
async function noteAll(
  trx: Trx,
  row: CirculationRow,
  { people, organisation }: { people: readonly string[]; organisation: string | null },
  now: Date,
): Promise<string[]> {
  const answered_at = now.toISOString()
  const found: string[] = []
  for (const piece of inPieces(people)) {
    const noted = await trx
      .insertInto('circulation_person')
      .values(
        piece.map((person) => ({
          ...{ circulation: row.id, person, organisation, by_chat: 1 as const },
          ...{ state: 'answered' as const, message: null, answered_at },
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['circulation', 'person'])
          .doUpdateSet({ state: 'answered', answered_at })
          .where('circulation_person.state', '!=', 'answered'),
      )
      .returning('person')
      .execute()
    found.push(...noted.map(({ person }) => person))
  }
  // Of whoever had answered before nothing waits any more.
  if (row.reminders > 0) await withdrawReminders(trx, row, found)
  return found
}
