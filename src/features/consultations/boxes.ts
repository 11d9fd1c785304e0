import { randomInt, randomUUID } from 'node:crypto'
import type { Reads } from '../../people/people.ts'
import { eraseMatters, openText, sealText } from '../../seal/matters.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Trx } from '../../store/store.ts'
import { halves, type Said, together } from './said.ts'
import { leastTogether, shownUnits } from './tally.ts'

/** Answers in one box: each new one writes its box again. */
const mostInBox = 200

/**
 * Lays what somebody said among what others have said, into a box drawn by chance. The box is written whole, so that the
 * row that changed last, and whatever order a database keeps rows in, says nothing of which of its answers was the last.
 */
export async function putInBox(trx: Trx, sealer: Sealer, consultation: string, said: Said): Promise<void> {
  const ids = await boxIds(trx, consultation)
  const id = ids[ids.length === 0 ? 0 : randomInt(ids.length)]
  const before = id === undefined ? null : await openBox(trx, sealer, consultation, id)
  const all = together(before ? [before, said] : [said])
  if (id === undefined) return addBox(trx, sealer, consultation, all)
  if (all.votes.length < mostInBox) return writeBox(trx, sealer, { consultation, id }, all)
  // Both halves hold very many: never is there a box in which somebody lies alone beside full ones.
  const [one, other] = halves(all)
  await writeBox(trx, sealer, { consultation, id }, one)
  await addBox(trx, sealer, consultation, other)
}

/** All that was said without names; null: nothing yet. */
export async function openBoxes(db: Reads, sealer: Sealer, consultation: string): Promise<Said | null> {
  const boxes: Said[] = []
  for (const id of await boxIds(db, consultation)) {
    const box = await openBox(db, sealer, consultation, id)
    if (box) boxes.push(box)
  }
  return boxes.length === 0 ? null : together(boxes)
}

/** Forgets the units of which so few answered that their figures are not shown. */
export async function forgetSmallUnits(trx: Trx, sealer: Sealer, consultation: string): Promise<void> {
  const all = await openBoxes(trx, sealer, consultation)
  if (!all) return
  const units = Map.groupBy(all.votes, ({ unit }) => unit)
  const shown = shownUnits(new Map([...units].map(([unit, theirs]) => [unit, theirs.length])))
  for (const id of await boxIds(trx, consultation)) {
    const box = await openBox(trx, sealer, consultation, id)
    if (!box) continue
    const votes = box.votes.map((vote) => (shown.includes(vote.unit ?? '') ? vote : { ...vote, unit: null }))
    await writeBox(trx, sealer, { consultation, id }, { ...box, votes })
  }
}

/** Removes what was said, for good. */
export async function emptyBoxes(trx: Trx, sealer: Sealer, consultation: string): Promise<void> {
  await trx.deleteFrom('consultation_box').where('consultation', '=', consultation).execute()
  await eraseMatters(trx, sealer, [matterOf(consultation)])
}

/** Whether so many said something that nobody is told by it. */
export const isEnough = (said: Said | null): said is Said =>
  said !== null && said.votes.length >= leastTogether

async function boxIds(db: Reads, consultation: string): Promise<string[]> {
  const rows = await db
    .selectFrom('consultation_box')
    .select('id')
    .where('consultation', '=', consultation)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function openBox(db: Reads, sealer: Sealer, consultation: string, id: string): Promise<Said | null> {
  const { sealed } = await db
    .selectFrom('consultation_box')
    .select('sealed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const text = await openText(db, sealer, matterOf(consultation), placeOf(id), sealed)
  return text === null ? null : (JSON.parse(text) as Said)
}

async function addBox(trx: Trx, sealer: Sealer, consultation: string, said: Said): Promise<void> {
  const id = randomUUID()
  const sealed = await sealText(trx, sealer, matterOf(consultation), placeOf(id), JSON.stringify(said))
  await trx.insertInto('consultation_box').values({ id, consultation, sealed }).execute()
}

async function writeBox(
  trx: Trx,
  sealer: Sealer,
  { consultation, id }: { consultation: string; id: string },
  said: Said,
): Promise<void> {
  const sealed = await sealText(trx, sealer, matterOf(consultation), placeOf(id), JSON.stringify(said))
  await trx.updateTable('consultation_box').set({ sealed }).where('id', '=', id).execute()
}

const matterOf = (consultation: string) => `consultation ${consultation}`
const placeOf = (box: string) => `consultation_box ${box}`
