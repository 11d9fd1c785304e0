import type { Account } from '../../chat/incoming.ts'
import { OnlineTableError, type OnlineTables } from '../../chat/online-tables.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { createLoop, type Loop, type LoopLogger } from '../../workers/loop.ts'
import type { PushesContext } from './context.ts'
import { nextNight, type Push } from './keep-push.ts'
import { doneCard, failedCard } from './push-cards.ts'
import { problemOf, runPush } from './run-push.ts'

/** How long a push is nobody else's after a sign of life: longer than any one call. */
const lease = 5 * 60_000
/** The first wait after a try that broke off, doubled each time; and how many there are. */
const firstWait = 10_000
const longestWait = 30 * 60_000
const mostAttempts = 10
/** What other processes asked for is found so. */
const every = 5_000

/** Another process has taken the push over, or its person has turned to another base: this one ends without a word. */
class TakenOver extends Error {}

/** Carries out what was asked to be pushed, one after another, none of it within a transaction. */
export function createPushWorker(context: PushesContext, logger: LoopLogger): Loop {
  return createLoop({ name: 'pushes', every, logger, round: () => pushNext(context, logger) })
}

/** Carries out the push that is due longest; false: none is. */
export async function pushNext(context: PushesContext, logger: LoopLogger): Promise<boolean> {
  const { store } = context
  const [online] = context.onlineTables()
  if (!online) return false
  const taken = await takeNext(context)
  if (!taken) return false
  const { push, until } = taken
  let held = until
  const renew = async () => {
    const next = new Date((await store.now()).getTime() + lease).toISOString()
    const kept = await store.transaction((trx) =>
      trx
        .updateTable('push')
        .set({ leased_until: next })
        .where('id', '=', push.id)
        .where('leased_until', '=', held)
        .executeTakeFirst(),
    )
    if (kept.numUpdatedRows === 0n) throw new TakenOver()
    held = next
  }
  try {
    await carryOut(context, online, push, renew)
  } catch (error) {
    if (error instanceof TakenOver) return true
    const problem = problemOf(error)
    if (problem) await fail(context, push, problem)
    else await putOff(context, push, error, logger)
  }
  return true
}

async function takeNext({ store }: PushesContext): Promise<{ push: Push; until: string } | null> {
  return store.transaction(async (trx) => {
    const now = await store.now(trx)
    const push = await trx
      .selectFrom('push')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('due_at', '<=', now.toISOString())
      .where((where) =>
        where.or([where('leased_until', 'is', null), where('leased_until', '<', now.toISOString())]),
      )
      .orderBy('due_at')
      .orderBy('id')
      .executeTakeFirst()
    if (!push) return null
    const until = new Date(now.getTime() + lease).toISOString()
    await trx
      .updateTable('push')
      .set({ leased_until: until, attempts: push.attempts + 1 })
      .where('id', '=', push.id)
      .execute()
    return { push: { ...push, attempts: push.attempts + 1 }, until }
  })
}

async function carryOut(
  context: PushesContext,
  online: OnlineTables,
  push: Push,
  renew: () => Promise<void>,
): Promise<void> {
  const { store } = context
  const { rows, url } = await runPush(context, online, { push, renew, now: await store.now() })
  await renew()
  await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const { daily, asked } = await current(trx, push)
    const again = asked !== push.asked
    const next = again ? push.due_at : daily === 1 ? nextNight(now) : null
    const told = { ...push, url, daily }
    await trx
      .updateTable('push')
      .set({
        ...(next === null ? { state: 'done' } : { state: 'waiting', due_at: next }),
        ...{ attempts: 0, leased_until: null, pushed_at: now.toISOString(), problem: '' },
        told: push.asked,
      })
      .where('id', '=', push.id)
      .execute()
    // What runs each night says nothing as long as it goes well.
    if (push.told < push.asked) await tell(trx, push, doneCard(told, rows, push.language), now)
  })
  context.wakeWorkers()
}

async function fail(context: PushesContext, push: Push, problem: PlainError): Promise<void> {
  const { store } = context
  await store.transaction(async (trx) => {
    const now = await store.now(trx)
    const said = { problem: JSON.stringify({ key: problem.key, values: problem.values }) }
    await trx
      .updateTable('push')
      .set({ ...said, state: 'failed', leased_until: null })
      .where('id', '=', push.id)
      .execute()
    const { url } = await current(trx, push)
    await tell(trx, push, failedCard({ ...push, ...said, url }, push.language), now)
  })
  context.wakeWorkers()
}

async function putOff(context: PushesContext, push: Push, error: unknown, logger: LoopLogger): Promise<void> {
  const { store } = context
  if (!(error instanceof OnlineTableError)) logger.error({ err: error }, 'a table could not be pushed')
  if (push.attempts >= mostAttempts) return fail(context, push, new PlainError('pushes:problem.later'))
  await store.transaction(async (trx) => {
    const asked = error instanceof OnlineTableError ? (error.wait ?? 0) : 0
    const wait = Math.max(asked, Math.min(longestWait, firstWait * 2 ** (push.attempts - 1)))
    const due_at = new Date((await store.now(trx)).getTime() + wait).toISOString()
    await trx.updateTable('push').set({ due_at, leased_until: null }).where('id', '=', push.id).execute()
  })
}

type Trx = Parameters<typeof enqueue>[0]

function current(trx: Trx, { id }: Pick<Push, 'id'>) {
  return trx.selectFrom('push').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function tell(trx: Trx, push: Push, card: ReturnType<typeof doneCard>, now: Date): Promise<void> {
  const account = JSON.parse(push.account) as Account
  await enqueue(trx, {
    id: `push:${push.id}:${push.asked}:${now.toISOString()}`,
    ...{ to: { type: 'account', account }, card, lane: 'confirmation', now },
  })
}
