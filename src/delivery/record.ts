import { sql } from 'kysely'
import type { Trx } from '../store/store.ts'
import type { Outcome, Problem } from './attempt.ts'
import { backoff, longestTrying, triesOf } from './backoff.ts'
import type { Claimed } from './claim.ts'
import { tellSender } from './tell-sender.ts'

/** A try that has ended. */
export interface Ended {
  claimed: Claimed
  outcome: Outcome
}

/** What became of an operation, as it was written down. */
export interface Recorded {
  claimed: Claimed
  as: 'sent' | 'retried' | 'dead' | 'uncertain'
}

/**
 * Writes down how tries ended, all in one transaction. A worker whose lease ran out meanwhile writes down only what was
 * sent; the rest is for the one that has the row now. What fails for good is told to its sender.
 */
export async function recordEnds(
  trx: Trx,
  ended: readonly Ended[],
  { owner, now, random }: { owner: string; now: Date; random: () => number },
): Promise<Recorded[]> {
  const recorded = await recordSent(trx, ended, now)
  for (const { claimed, outcome } of ended) {
    if (outcome.type === 'sent') continue
    const end = endOf(claimed, outcome, now)
    if (end.state === 'waiting') {
      const wait = backoff(claimed.attempts, end.wait, random)
      const kept = await changeRow(trx, claimed, owner, {
        state: 'waiting',
        due_at: new Date(now.getTime() + wait).toISOString(),
        in_doubt_since: end.doubtSince?.toISOString() ?? null,
        problem: end.problem,
      })
      if (kept) recorded.push({ claimed, as: 'retried' })
      continue
    }
    // Progress that could not be shown is nothing to send again or to tell of.
    const isProgress = claimed.kept === 'edit' && claimed.operation.open
    // A house that was not given the right to calendars goes on without them; what presses a message has no words to lose.
    const { type } = claimed.operation.to
    const isLeftOut = type === 'urgent' || (type === 'calendar' && end.problem === 'not-allowed')
    const kept = await changeRow(trx, claimed, owner, {
      state: isProgress || isLeftOut ? 'superseded' : end.state,
      problem: end.problem,
      ...(isProgress || isLeftOut ? { card: null } : {}),
    })
    if (!kept) continue
    recorded.push({ claimed, as: end.state })
    if (claimed.kept === 'send') await takeInEdits(trx, claimed.operation.id)
    if (!isProgress) await tellSender(trx, claimed, end.problem, now)
  }
  return recorded
}

async function recordSent(trx: Trx, ended: readonly Ended[], now: Date): Promise<Recorded[]> {
  const sent = ended.flatMap(({ claimed, outcome }) =>
    outcome.type === 'sent' ? [{ claimed, message: outcome.message }] : [],
  )
  if (sent.length === 0) return []
  const messages = sent.map(({ claimed, message }) => sql`when ${claimed.operation.id} then ${message}`)
  const kept = await trx
    .updateTable('outbox')
    .set({
      state: 'sent',
      sent_at: now.toISOString(),
      message: sql<string>`case id ${sql.join(messages, sql` `)} end`,
      // Of what is still being written it is needed once more, should nobody come to its end.
      card: sql<string | null>`case when open = 1 then card end`,
      lease_owner: null,
      lease_until: null,
      in_doubt_since: null,
      problem: null,
    })
    .where(
      'id',
      'in',
      sent.map(({ claimed }) => claimed.operation.id),
    )
    .where('state', 'in', ['waiting', 'uncertain'])
    .returning('id')
    .execute()
  const ids = new Set(kept.map(({ id }) => id))
  return sent
    .filter(({ claimed }) => ids.has(claimed.operation.id))
    .map(({ claimed }) => ({ claimed, as: 'sent' }))
}

type End =
  | { state: 'waiting'; wait: number | undefined; doubtSince: Date | null; problem: 'later' | 'unknown' }
  | { state: 'dead' | 'uncertain'; problem: Problem }

/** What was tried for long enough is given up; as uncertain, where one of the tries may have gone through. */
function endOf(claimed: Claimed, outcome: Exclude<Outcome, { type: 'sent' }>, now: Date): End {
  if (outcome.type === 'dead') return { state: 'dead', problem: outcome.problem }
  if (outcome.type === 'uncertain') return { state: 'uncertain', problem: 'unknown' }
  const { wait, doubtSince, problem } = outcome
  const tried = now.getTime() - claimed.firstTriedAt.getTime()
  if (claimed.attempts < triesOf(claimed) && tried < longestTrying) {
    return { state: 'waiting', wait, doubtSince, problem }
  }
  return doubtSince !== null && claimed.once.how !== 'overwritten'
    ? { state: 'uncertain', problem: 'unknown' }
    : { state: 'dead', problem: 'given-up' }
}

interface Change {
  state: 'waiting' | 'dead' | 'uncertain' | 'superseded'
  problem: string
  due_at?: string
  in_doubt_since?: string | null
  card?: null
}

/** False where the row is no longer this worker's. */
async function changeRow(trx: Trx, claimed: Claimed, owner: string, change: Change): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({ ...change, lease_owner: null, lease_until: null })
    .where('id', '=', claimed.operation.id)
    .where('state', '=', 'waiting')
    .where('lease_owner', '=', owner)
    .where('attempts', '=', claimed.attempts)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A message that failed has no edits: the last of them becomes its card, for when it is sent again. */
async function takeInEdits(trx: Trx, id: string): Promise<void> {
  const last = await trx
    .selectFrom('outbox')
    .select(['card', 'open'])
    .where('of', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return
  await trx.updateTable('outbox').set(last).where('id', '=', id).execute()
  await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('of', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}
