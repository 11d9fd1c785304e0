import { randomUUID } from 'node:crypto'
import type { FormValues } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import { concealedId } from '../../seal/matters.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import { isEnough, openBoxes, putInBox } from './boxes.ts'
import type { ConsultationsContext } from './context.ts'
import { mustBeOpen } from './life.ts'
import { type Consultation, originOf } from './records.ts'
import { type Remark, type Said, saidIn, together } from './said.ts'

type Context = Pick<ConsultationsContext, 'circulation' | 'sealer'>

export const forgetTimer = 'consultations.forget'
/** How long the draft of an unsigned answer can still be opened with the key: as long as its receipt may be sent again. */
const forgottenAfter = 60 * 60_000

/** Somebody who answers. */
export interface Answering {
  person: string
  values: FormValues
  /** The form's draft. */
  draft: string
  /** They pressed it in a group where it was posted. */
  inGroup: boolean
  now: Date
}

/**
 * Keeps an answer. One with a name takes the place of the same person's before; one without is laid among the others and
 * cannot be found again, so nobody gives a second. Throws PlainError where none is taken, or not from them.
 */
export async function keepAnswer(
  trx: Trx,
  { circulation, sealer }: Context,
  { row, questions }: Consultation,
  { person, values, draft, inGroup, now }: Answering,
): Promise<void> {
  mustBeOpen(row)
  const origin = originOf(row.id)
  if (!inGroup && !(await circulation.isAsked(trx, origin, person)))
    throw new PlainError('consultations:gone')
  const unit = await circulation.organisationOf(trx, origin, person)
  const isFirst = await circulation.answered(trx, origin, person, now)
  await circulation.renew(trx, origin, 'chats', now)
  const said = saidIn(questions, values, unit)
  if (row.naming === 'unsigned') {
    if (!isFirst) throw new PlainError('consultations:refused.answered')
    await putInBox(trx, sealer, row.id, said)
    const payload = { matter: concealedId(sealer, draft) }
    const at = new Date(now.getTime() + forgottenAfter)
    await setTimer(trx, { id: `${forgetTimer}:${payload.matter}`, kind: forgetTimer, payload, at, now })
    return
  }
  const kept = { said: JSON.stringify(said), at: now.toISOString(), organisation: unit }
  await trx
    .insertInto('consultation_answer')
    .values({ id: randomUUID(), consultation: row.id, person, ...kept })
    .onConflict((conflict) => conflict.columns(['consultation', 'person']).doUpdateSet(kept))
    .execute()
}

/** What somebody said under their name; null: nothing yet. */
export async function readAnswer(db: Reads, consultation: string, person: string): Promise<Said | null> {
  const row = await db
    .selectFrom('consultation_answer')
    .select('said')
    .where('consultation', '=', consultation)
    .where('person', '=', person)
    .executeTakeFirst()
  return row ? (JSON.parse(row.said) as Said) : null
}

/** Something said in words, with its number in the order in which it is shown. */
export interface NumberedRemark extends Remark {
  number: number
  /** Name and organisation of whoever said it; null: without a name. */
  by: { person: string; name: string; organisation: string } | null
}

export interface Results {
  said: Said
  remarks: NumberedRemark[]
}

/**
 * All that was said; null while it is not to be seen: without names before the end, and of fewer than five. Words are in
 * the order of questions, and within each in one that says nothing.
 */
export async function readResults(
  db: Reads,
  { sealer }: Pick<Context, 'sealer'>,
  { row }: Pick<Consultation, 'row'>,
): Promise<Results | null> {
  if (row.naming === 'unsigned') {
    if (row.state !== 'closed' && row.state !== 'decided') return null
    const said = await openBoxes(db, sealer, row.id)
    return isEnough(said) ? { said, remarks: numbered(said.remarks, new Map()) } : null
  }
  const rows = await db
    .selectFrom('consultation_answer')
    .innerJoin('person', 'person.id', 'consultation_answer.person')
    .leftJoin('organisation', 'organisation.id', 'consultation_answer.organisation')
    .select(['consultation_answer.person', 'consultation_answer.said'])
    .select(['person.name', 'organisation.name as organisation'])
    .where('consultation', '=', row.id)
    .execute()
  const answers = rows.map(({ said, person, name, organisation }) => ({
    ...{ said: JSON.parse(said) as Said, by: { person, name, organisation: organisation ?? '' } },
  }))
  const whose = new Map(answers.flatMap(({ said, by }) => said.remarks.map(({ id }) => [id, by] as const)))
  const said = together(answers.map((answer) => answer.said))
  return { said, remarks: numbered(said.remarks, whose) }
}

function numbered(
  remarks: readonly Remark[],
  whose: ReadonlyMap<string, NonNullable<NumberedRemark['by']>>,
): NumberedRemark[] {
  // What answers no question in particular comes last.
  const place = ({ question }: Remark) => question ?? Number.POSITIVE_INFINITY
  const ordered = remarks.toSorted((a, b) => {
    const [one, other] = [place(a), place(b)]
    return one === other ? (a.id < b.id ? -1 : 1) : one - other
  })
  return ordered.map((remark, at) => ({ ...remark, number: at + 1, by: whose.get(remark.id) ?? null }))
}
