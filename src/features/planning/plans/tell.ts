import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer, setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { decidersOf } from './access.ts'
import type { PlansContext } from './context.ts'
import { gatherEdits, toldEdits } from './gather-edits.ts'
import { nameOf, ownersIn, personNames } from './names.ts'
import type { Doing } from './note-history.ts'
import { type Plan, readPlan } from './records.ts'
import { decidedCard, editedCard, submittedCard } from './told-cards.ts'

const tellTimer = 'planning.tell'
const waitingTimer = 'planning.waiting'
/** After so many times those who decide have been told often enough. */
export const mostRounds = 3

/** The outbox id of what somebody reads of a plan that waits for them. @param since `version/round`. */
export function askedMessage(plan: string, since: string, person: string): string {
  return `plan:${plan}:submitted:${since}:${person}`
}

/** Tells those who decide that a plan waits for them, and again as long as it does. */
export async function tellSubmitted(
  trx: Trx,
  { settings }: Pick<PlansContext, 'settings'>,
  { row }: Plan,
  now: Date,
  round = 1,
): Promise<void> {
  const { id, organisation, submitted_by, version } = row
  const today = dayInChina(now)
  // Nothing is done to a plan that waits but to decide on it or take it back.
  const since = String(version)
  for (const person of await decidersOf(trx, organisation, { today, except: submitted_by })) {
    await tell(trx, row, { what: 'submitted', since: `${since}/${round}`, person }, now)
  }
  await setTimer(trx, {
    ...{ id: `${waitingTimer}:${id}`, kind: waitingTimer, now, organisation, person: null },
    ...{ payload: { plan: id, since, round: String(round) }, after: { workingDays: settings.decision.days } },
  })
}

/** Tells whoever submitted a plan what was decided. */
export async function tellDecided(trx: Trx, { row }: Plan, { by, now }: Doing): Promise<void> {
  if (row.submitted_by === null || row.submitted_by === by) return
  await tell(trx, row, { what: 'decided', since: String(row.version), person: row.submitted_by }, now)
}

/**
 * Tells whoever approved a plan what was changed in it since: a working hour after the first change, with all that others
 * were by then.
 */
export async function tellEdited(
  trx: Trx,
  { row }: Plan,
  noted: readonly unknown[],
  { by, now }: Doing,
): Promise<void> {
  const { id, organisation, decided_by: person, version } = row
  if (person === null || person === by) return
  await setUnlessWaiting(trx, {
    ...{ id: `${tellTimer}:edited:${id}:${person}`, kind: tellTimer, now, organisation, person },
    payload: { plan: id, what: 'edited', since: String(version - noted.length), person },
    after: { workingHours: 1 },
  })
}

interface Told {
  what: 'submitted' | 'decided'
  /** Tells times of the same matter apart. */
  since: string
  person: string
}

/** At the next moment at which they work: neither at night nor on leave. */
async function tell(
  trx: Trx,
  { id, organisation }: Plan['row'],
  { what, since, person }: Told,
  now: Date,
): Promise<void> {
  await setTimer(trx, {
    ...{ id: `${tellTimer}:${what}:${id}:${since}:${person}`, kind: tellTimer, now, organisation, person },
    payload: { plan: id, what, since, person },
    after: { workingHours: 0 },
  })
}

/** What happens when somebody is to be told of a plan. */
export function tellTimers(context: PlansContext): Record<string, TimerHandler> {
  return {
    [tellTimer]: async (trx, { plan: id = '', what, since = '', person = '' }, now) => {
      const plan = await readPlan(trx, id)
      const { row } = plan
      const to = await addressOf(trx, person)
      const reader = await readPerson(trx, person)
      if (!to || !reader) return
      const { language } = reader
      const today = dayInChina(now)
      const organisation = await nameOf(trx, row.organisation)
      const about = { plan, organisation, today }
      const said = `plan:${id}:${what}:${since}:${person}`
      if (what === 'submitted') {
        // It was decided, or taken back, meanwhile.
        if (row.state !== 'submitted' || since.split('/')[0] !== String(row.version)) return
        const submitter = row.submitted_by === null ? null : await readPerson(trx, row.submitted_by)
        const card = submittedCard(about, submitter?.name ?? '', language)
        await enqueue(trx, { id: askedMessage(id, since, person), to, card, lane: 'reminder', now })
      } else if (what === 'decided') {
        // It was handed in again meanwhile.
        if (row.state === 'submitted' || row.state === 'draft') return
        await enqueue(trx, { id: said, to, card: decidedCard(about, language), lane: 'reminder', now })
      } else {
        const history = await trx
          .selectFrom('plan_history')
          .select(['what', 'item', 'data'])
          .where('plan', '=', id)
          .where('version', '>', Number(since))
          .where('what', 'in', toldEdits)
          // Their own changes need not be told them.
          .where((where) => where.or([where('by', 'is', null), where('by', '!=', person)]))
          .orderBy('version')
          .execute()
        const edits = gatherEdits(history)
        if (edits.length === 0) return
        const owners = edits.flatMap(({ data }) => ownersIn(data))
        const card = editedCard(about, edits, language, await personNames(trx, owners))
        await enqueue(trx, { id: said, to, card, lane: 'reminder', now })
      }
    },

    [waitingTimer]: async (trx, { plan: id = '', since, round = '1' }, now) => {
      const plan = await readPlan(trx, id)
      if (plan.row.state !== 'submitted' || String(plan.row.version) !== since) return
      if (Number(round) < mostRounds) await tellSubmitted(trx, context, plan, now, Number(round) + 1)
    },
  }
}
