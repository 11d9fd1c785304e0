import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Card } from '../chat/card.ts'
import type { Once, Operation, Recipient } from '../chat/outgoing.ts'
import type { Platform } from '../chat/platform.ts'
import type { DialectName } from '../store/connections.ts'
import type { Trx } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { endsOfAddresses } from './addresses.ts'
import { appPaceName, type Paced, takePace } from './pace.ts'
import { messagesToUrge } from './urgent.ts'

/** An operation in a worker's hands. */
export interface Claimed {
  operation: Operation
  /** Its own name may differ: where messages cannot be edited, an edit goes out as a new message. */
  kept: 'send' | 'edit'
  once: Once
  platform: string
  address: string
  lane: number
  /** With the try that begins now. */
  attempts: number
  claimedAt: Date
  firstTriedAt: Date
  /** Since when an earlier try is in doubt; null: the ends of all are known. */
  doubtSince: Date | null
  createdAt: Date
  sender: string | null
  /** Whether the end of an earlier try was written down. */
  written: boolean
}

export interface ClaimOptions {
  now: Date
  dialect: DialectName
  platforms: ReadonlyMap<string, Platform>
  /** Of a platform named here nothing but these chats; of the others everything. */
  chats: ReadonlyMap<string, readonly string[]>
  /** The worker's name in the rows that it claims. */
  owner: string
  /** How long the rows are the worker's, in milliseconds. */
  lease: number
  most: number
  /** Whether this worker has the operation in hand still, though its lease ran out. */
  holds: (id: string) => boolean
  /** Whether progress is shown no more on this platform, for this month's calls are nearly used. */
  sparesProgress: (platform: string) => boolean
}

/**
 * Takes what is due, first lanes first. To each address one operation at a time, in the order of lane and seq: one that
 * waits for its next try holds back those after it. Everything is claimed before it is tried, with the number of the
 * try, so that a crash leaves a trace.
 * `more`: there may be others that are due now.
 */
export async function claimDue(
  trx: Trx,
  options: ClaimOptions,
): Promise<{ claimed: Claimed[]; more: boolean }> {
  const { platforms, now } = options
  const due = (await selectDue(trx, options)).filter(({ id }) => !options.holds(id))
  const urged = await messagesToUrge(trx, due)
  const isSkipped = (row: DueRow) =>
    (isFor('urgent', row) && !(platforms.get(row.platform)!.abilities.urges && urged.has(row.id))) ||
    (isFor('calendar', row) && !platforms.get(row.platform)!.abilities.keepsCalendar) ||
    (row.operation === 'edit' &&
      (row.has_newer === 1 ||
        (row.open === 1 &&
          (!platforms.get(row.platform)!.abilities.updatesCards || options.sparesProgress(row.platform)))))
  const skipped = due.filter(isSkipped)
  if (skipped.length > 0) {
    await trx
      .updateTable('outbox')
      .set({ state: 'superseded', card: null, lease_owner: null, lease_until: null })
      .where(
        'id',
        'in',
        skipped.map(({ id }) => id),
      )
      .execute()
  }
  const rows = due.filter((row) => !isSkipped(row))
  const going = await takePace(trx, rows, (row) => pacesOf(row, platforms.get(row.platform)!), options)
  const taken = await takeLease(trx, going, options)
  return {
    claimed: going
      .filter(({ id }) => taken.has(id))
      .map((row) => toClaimed(row, platforms.get(row.platform)!, now, urged.get(row.id))),
    more: due.length === options.most || skipped.length > 0,
  }
}

/** Whether it is nobody's message, but an entry of a calendar, or presses one. */
function isFor(what: 'calendar' | 'urgent', { recipient }: Pick<DueRow, 'recipient'>): boolean {
  return (JSON.parse(recipient) as Recipient).type === what
}

/** Written out, not bound: SQLite uses an index of what waits only where it reads that it is asked for just that. */
const waiting = sql.lit('waiting' as const)

type DueRow = Awaited<ReturnType<typeof selectDue>>[number]

function selectDue(trx: Trx, { now, dialect, platforms, chats, most }: ClaimOptions) {
  const at = now.toISOString()
  return (
    trx
      .selectFrom('outbox as row')
      .selectAll('row')
      .select((select) => [
        select
          .selectFrom('outbox as edited')
          .select('edited.message')
          .whereRef('edited.id', '=', 'row.of')
          .as('edited_message'),
        select
          .case()
          .when(
            select.exists(
              select
                .selectFrom('outbox as newer')
                .select('newer.seq')
                .whereRef('newer.of', '=', 'row.of')
                .whereRef('newer.seq', '>', 'row.seq'),
            ),
          )
          .then(1)
          .else(0)
          .end()
          .as('has_newer'),
      ])
      .where('row.state', '=', waiting)
      .where('row.due_at', '<=', at)
      .where((where) => where.or([where('row.lease_until', 'is', null), where('row.lease_until', '<=', at)]))
      .where((where) => isServed(where, { platforms, chats }))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox as before')
              .select('before.seq')
              .whereRef('before.address', '=', 'row.address')
              .where('before.state', '=', waiting)
              .where(({ or, and, eb, ref }) =>
                or([
                  eb('before.lane', '<', ref('row.lane')),
                  and([eb('before.lane', '=', ref('row.lane')), eb('before.seq', '<', ref('row.seq'))]),
                ]),
              ),
          ),
        ),
      )
      // An edit follows its message, and never overtakes an edit that is just being made, be it of a later lane.
      .where(({ or, and, not, eb, exists, selectFrom }) =>
        or([
          eb('row.operation', '=', 'send'),
          and([
            exists(
              selectFrom('outbox as edited')
                .select('edited.seq')
                .whereRef('edited.id', '=', 'row.of')
                .where('edited.state', '=', 'sent'),
            ),
            not(
              exists(
                selectFrom('outbox as older')
                  .select('older.seq')
                  .whereRef('older.of', '=', 'row.of')
                  .where('older.state', '=', waiting)
                  .where('older.lease_until', '>', at)
                  .whereRef('older.seq', '<', 'row.seq'),
              ),
            ),
          ]),
        ]),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox_pace as pace')
              .select('pace.name')
              .where('pace.next_at', '>', at)
              .where(({ or, eb, ref }) =>
                or([
                  eb('pace.name', '=', ref('row.address')),
                  eb('pace.name', '=', sql<string>`'app:' || "row".platform || ' ' || "row".installation`),
                ]),
              ),
          ),
        ),
      )
      .orderBy('row.lane')
      .orderBy('row.seq')
      .limit(most)
      .$if(dialect === 'postgres', (query) => query.forUpdate('row').skipLocked())
      .execute()
  )
}

function isServed(
  { or, and, eb }: ExpressionBuilder<Tables & { row: Tables['outbox'] }, 'row'>,
  { platforms, chats }: Pick<ClaimOptions, 'platforms' | 'chats'>,
) {
  return or(
    [...platforms.keys()].flatMap((platform) => {
      const isThere = eb('row.platform', '=', platform)
      const ends = chats.get(platform)?.flatMap(endsOfAddresses)
      return ends?.map((end) => and([isThere, endsWith(end)])) ?? isThere
    }),
  )
}

/**
 * Gives back what the process before this one held when it ended; each is in doubt. Only where no other serves the same
 * (SQLite): nobody has to wait for leases to run out then.
 */
export async function releaseLeft(
  trx: Trx,
  served: Pick<ClaimOptions, 'platforms' | 'chats'>,
): Promise<void> {
  await trx
    .updateTable('outbox as row')
    .set({ lease_owner: null, lease_until: null })
    .where('row.state', '=', waiting)
    .where('row.lease_owner', 'is not', null)
    .where((where) => isServed(where, served))
    .execute()
}

function endsWith(end: string) {
  return sql<SqlBool>`substr("row".address, length("row".address) - length(cast(${end} as text)) + 1) = ${end}`
}

/** Marks the rows as tried, if they are still due. Returns their ids. */
async function takeLease(
  trx: Trx,
  rows: readonly DueRow[],
  { now, owner, lease }: ClaimOptions,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const at = now.toISOString()
  const taken = await trx
    .updateTable('outbox')
    .set(({ eb, fn, ref, val }) => ({
      lease_owner: owner,
      lease_until: new Date(now.getTime() + lease).toISOString(),
      attempts: eb('attempts', '+', 1),
      first_tried_at: fn.coalesce(ref('first_tried_at'), val(at)),
      in_doubt_since: fn.coalesce(ref('in_doubt_since'), val(at)),
    }))
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('state', '=', 'waiting')
    .where('due_at', '<=', at)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', at)]))
    .returning('id')
    .execute()
  return new Set(taken.map(({ id }) => id))
}

function pacesOf(
  row: { platform: string; installation: string; address: string },
  { pace }: Platform,
): Paced[] {
  return [
    ...(pace.perChat ? [{ name: row.address, pace: pace.perChat }] : []),
    ...(pace.perApp ? [{ name: appPaceName(row.platform, row.installation), pace: pace.perApp }] : []),
  ]
}

/** @param urges the message that it presses, if it does. */
function toClaimed(row: DueRow, platform: Platform, now: Date, urges?: string): Claimed {
  const name = row.operation === 'edit' && !platform.abilities.updatesCards ? 'send' : row.operation
  return {
    operation: {
      id: row.id,
      name,
      to: JSON.parse(row.recipient) as Recipient,
      card: JSON.parse(row.card!) as Card,
      replyTo: row.reply_to,
      open: row.open === 1,
      again: row.in_doubt_since !== null,
      message: name === 'edit' ? row.edited_message : (urges ?? null),
    },
    kept: row.operation,
    // A second time would press again, and nobody can ask whether the first went through.
    once: urges === undefined ? platform.once[name] : { how: 'at-most-once' },
    platform: row.platform,
    address: row.address,
    lane: row.lane,
    attempts: row.attempts + 1,
    claimedAt: now,
    firstTriedAt: row.first_tried_at === null ? now : new Date(row.first_tried_at),
    doubtSince: row.in_doubt_since === null ? null : new Date(row.in_doubt_since),
    createdAt: new Date(row.created_at),
    sender: row.sender,
    written: row.problem !== null,
  }
}
