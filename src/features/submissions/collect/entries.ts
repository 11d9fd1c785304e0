import { randomBytes, timingSafeEqual } from 'node:crypto'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'

/** A web form for one kind and one organisation, for people without account. */
export interface Entry {
  id: string
  kind: string
  organisation: string
  /** The last part of its address. */
  token: string
  madeAt: Date
}

const most = 100

/**
 * Opens a web form. Throws PlainError where whoever makes it may not enter anything for the organisation.
 * @param today `YYYY-MM-DD` of China.
 */
export async function makeEntry(
  trx: Trx,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  {
    kind,
    organisation,
    person,
    today,
    now,
  }: { kind: string; organisation: string; person: string; today: string; now: Date },
): Promise<void> {
  kinds.current(kind)
  await checkMay(trx, organisation, person, today)
  const open = await openEntries(trx).where('organisation', '=', organisation).limit(most).execute()
  if (open.some((one) => one.kind === kind)) throw new PlainError('submissions:entry.there')
  await trx
    .insertInto('submission_entry')
    .values({
      id: randomBytes(12).toString('base64url'),
      ...{ kind, organisation, made_by: person, made_at: now.toISOString(), ended_at: null },
    })
    .execute()
}

/** Ends it at once: what is being filled in there is not taken any more. */
export async function endEntry(
  trx: Trx,
  { id, person, today, now }: { id: string; person: string; today: string; now: Date },
): Promise<void> {
  const row = await openEntries(trx).where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('submissions:entry.ended')
  await checkMay(trx, row.organisation, person, today)
  await trx
    .updateTable('submission_entry')
    .set({ ended_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** Those that somebody may hand on. */
export async function entriesOf(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  person: string,
  today: string,
): Promise<Entry[]> {
  const actor = await actorOf(db, person, today)
  const entries: Entry[] = []
  for (const { id, kind, organisation, made_at } of await openEntries(db)
    .orderBy('made_at', 'desc')
    .execute()) {
    if (!can(actor, 'submission.enter', await placeOf(db, organisation))) continue
    entries.push({ id, kind, organisation, token: tokenOf(context, id), madeAt: new Date(made_at) })
  }
  return entries
}

/** The entry of a token. Throws PlainError, the same for one that was forged and one that was ended. */
export async function entryOfToken(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  token: string,
): Promise<Entry> {
  const [id = ''] = token.split('.')
  const [given, own] = [Buffer.from(token), Buffer.from(tokenOf(context, id))]
  const isOurs = given.length === own.length && timingSafeEqual(given, own)
  const row = isOurs ? await openEntries(db).where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw new PlainError('submissions:entry.ended')
  const { kind, organisation, made_at } = row
  return { id, kind, organisation, token, madeAt: new Date(made_at) }
}

function openEntries(db: Pick<Reads, 'selectFrom'>) {
  return db.selectFrom('submission_entry').selectAll().where('ended_at', 'is', null)
}

/** Signed, so that nothing secret is kept and the same address can be shown again. */
function tokenOf({ sealer }: Pick<SubmissionsContext, 'sealer'>, id: string): string {
  return `${id}.${sealer.tag(`entry ${id}`).slice(0, 22)}`
}

async function checkMay(trx: Trx, organisation: string, person: string, today: string): Promise<void> {
  const actor = await actorOf(trx, person, today)
  const found = await trx
    .selectFrom('organisation')
    .select('id')
    .where('id', '=', organisation)
    .executeTakeFirst()
  const may = found && can(actor, 'submission.enter', await placeOf(trx, organisation))
  if (!may) throw new PlainError('submissions:whose.not-allowed')
}
