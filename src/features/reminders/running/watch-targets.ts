import { randomUUID } from 'node:crypto'
import { endsOfMessages } from '../../../delivery/message-ends.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { addressesOf, addressOf } from '../../../people/address.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { RemindersContext } from '../context.ts'
import type { OpenedItem } from '../items/show-new.ts'
import { targetsInWords } from '../making/target-words.ts'
import { type Reminder, readReminders, wordsOf } from '../records.ts'
import type { Resolved, TargetProblem } from './resolve-targets.ts'
import { targetCard, targetGone } from './target-card.ts'

/** Looks whether what was sent by reminders has arrived. */
export const watchTimer = 'reminders.watch'

/** By then a message was delivered, or its platform said that there is no such chat. */
const looksAfter = 3600_000
/** How far back dead letters are looked at; a longer outage of the bot itself has other signs. */
const looksBack = 7 * 24 * 3600_000
/** More are not told of one target. */
const mostTold = 5

type Problem = TargetProblem | typeof targetGone

interface Trouble {
  reminder: Reminder
  position: number
  problem: Problem
  /** Somebody is reached by another target of it. */
  hasOthers: boolean
}

/** Has it looked after, some time from now, whether what was just sent arrives. */
export async function watchChats(trx: Trx, opened: readonly OpenedItem[], now: Date): Promise<void> {
  if (opened.length === 0) return
  const at = new Date(now.getTime() + looksAfter)
  await setUnlessWaiting(trx, { id: watchTimer, kind: watchTimer, payload: {}, now, at })
}

/** Keeps which targets reach nobody, and tells whoever keeps the reminder of those that did until now. */
export async function noteProblems(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  resolved: ReadonlyMap<Reminder, Resolved>,
  now: Date,
): Promise<void> {
  if (resolved.size === 0) return
  const ids = [...resolved.keys()].map(({ row }) => row.id)
  const known = await trx
    .selectFrom('reminder_target')
    .select(['reminder', 'position', 'problem'])
    .where('reminder', 'in', ids)
    .where('problem', 'not in', ['', targetGone])
    .execute()
  const before = new Map(known.map(({ reminder, position, problem }) => [`${reminder} ${position}`, problem]))
  const troubles: Trouble[] = []
  for (const [reminder, { problems, addressees }] of resolved) {
    for (const [position, problem] of problems) {
      const key = `${reminder.row.id} ${position}`
      if (before.get(key) !== problem) {
        troubles.push({ reminder, position, problem, hasOthers: addressees.length > 0 })
      }
      before.delete(key)
    }
  }
  await tellAll(trx, context, troubles, now)
  // Those that reach somebody again.
  for (const { reminder, position } of known) {
    if (before.has(`${reminder} ${position}`)) await keepProblem(trx, reminder, position, '', now)
  }
}

/** Finds targets whose messages came back since the platform knows no such chat or account. */
export function watching(context: RemindersContext): TimerHandler {
  return async (trx, _payload, now) => {
    const cards = await trx
      .selectFrom('reminder_card as card')
      .innerJoin('reminder_card_item as shown', 'shown.message', 'card.message')
      .innerJoin('reminder_item as item', 'item.id', 'shown.item')
      .innerJoin('reminder_target as target', (join) =>
        join.onRef('target.reminder', '=', 'item.reminder').onRef('target.position', '=', 'item.position'),
      )
      .select(['card.message', 'target.reminder', 'target.position', 'target.problem as known'])
      .where('card.sent_at', '>', new Date(now.getTime() - looksBack).toISOString())
      .where('card.kind', '!=', 'above')
      // Of a role one of many: the others are told.
      .where('target.kind', '!=', 'role')
      .orderBy('card.sent_at')
      .execute()
    const ends = await endsOfMessages(trx, [...new Set(cards.map(({ message }) => message))])
    /** The last word on each. */
    const last = new Map<string, (typeof cards)[number] & { end: 'sent' | 'gone' }>()
    for (const card of cards) {
      const end = ends.get(card.message)
      if (end) last.set(`${card.reminder} ${card.position}`, { ...card, end })
    }
    const gone = [...last.values()].filter(({ end, known }) => end === 'gone' && known === '')
    for (const { reminder, position, end, known } of last.values()) {
      if (end === 'sent' && known === targetGone) await keepProblem(trx, reminder, position, '', now)
    }
    const reminders = await readReminders(trx, [...new Set(gone.map(({ reminder }) => reminder))])
    const isGone = new Set(gone.map(({ reminder, position }) => `${reminder} ${position}`))
    const troubles = gone.flatMap(({ reminder: id, position }): Trouble[] => {
      const reminder = reminders.find(({ row }) => row.id === id)
      const hasOthers = [...last.values()].some(
        (one) => one.reminder === id && one.end === 'sent' && !isGone.has(`${id} ${one.position}`),
      )
      return reminder ? [{ reminder, position, problem: targetGone, hasOthers }] : []
    })
    await tellAll(trx, context, troubles, now)
  }
}

async function keepProblem(
  trx: Trx,
  reminder: string,
  position: number,
  problem: Problem | '',
  now: Date,
): Promise<void> {
  await trx
    .updateTable('reminder_target')
    .set({ problem, problem_since: problem === '' ? null : now.toISOString() })
    .where('reminder', '=', reminder)
    .where('position', '=', position)
    .execute()
}

/** Of reminders with the same trouble, such as those of one plan, whoever keeps them hears as one message. */
async function tellAll(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  troubles: readonly Trouble[],
  now: Date,
): Promise<void> {
  const today = dayInChina(now)
  const keepers = new Map<string, Promise<string[]>>()
  const told = new Map<string, { person: string; troubles: Trouble[] }>()
  for (const trouble of troubles) {
    const { reminder, position, problem, hasOthers } = trouble
    const { id, owner, organisation, origin } = reminder.row
    await keepProblem(trx, id, position, problem, now)
    await noteUnreachable(trx, trouble, now)
    const place = `${owner} ${organisation}`
    const hearing = keepers.get(place) ?? keepersOf(trx, reminder, today)
    keepers.set(place, hearing)
    for (const person of await hearing) {
      // What people made is each a matter of its own.
      const about = origin === null ? `${id} ${position}` : JSON.stringify(reminder.targets[position])
      const key = `${person} ${problem} ${hasOthers} ${origin?.split(/[.:]/, 1)[0]} ${about}`
      const known = told.get(key)
      if (known) known.troubles.push(trouble)
      else told.set(key, { person, troubles: [trouble] })
    }
  }
  for (const { person, troubles: theirs } of told.values()) await tell(trx, context, person, theirs, now)
}

async function noteUnreachable(trx: Trx, { reminder, position, problem }: Trouble, now: Date): Promise<void> {
  await trx
    .insertInto('reminder_history')
    .values({
      ...{ id: randomUUID(), reminder: reminder.row.id, item: null, what: 'unreachable', by: null },
      ...{ data: JSON.stringify({ position: String(position), problem }), at: now.toISOString() },
    })
    .execute()
}

async function tell(
  trx: Trx,
  context: Pick<RemindersContext, 'publicUrl'>,
  person: string,
  troubles: readonly Trouble[],
  now: Date,
): Promise<void> {
  const { reminder, position, problem, hasOthers } = troubles[0]!
  const to = await addressOf(trx, person)
  if (!to) return
  const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
  const [target] = await targetsInWords(trx, reminder.targets.slice(position, position + 1), now, language)
  const reminders = troubles.map(({ reminder: { row } }) => ({
    ...{ title: wordsOf(row, language).title, number: row.number, origin: row.origin },
  }))
  const page = troubles.length === 1 ? `/${reminder.row.id}` : ''
  const link = `${context.publicUrl()}/console/reminders${page}`
  const card = targetCard({ target: target?.text ?? '', problem, hasOthers, reminders }, link, language)
  const id = `reminders.target ${reminder.row.id} ${position} ${now.toISOString()} ${person}`
  await enqueue(trx, { id, to, card, lane: 'reminder', now })
}

/** Who hears of what goes wrong: the owner, else the cadres of the organisation or of the nearest above it. */
async function keepersOf(db: Reads, { row }: Reminder, today: string): Promise<string[]> {
  const { owner, organisation } = row
  if (owner !== null && (await addressesOf(db, [owner])).size > 0) return [owner]
  if (organisation === null) return []
  for (const place of [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)]) {
    const rows = await db
      .selectFrom('membership')
      .selectAll()
      .where('organisation', '=', place)
      .where('role', '=', 'cadre')
      .orderBy('person')
      .execute()
    const held = rows.map(toMembership).filter((one) => isInForce(one, today))
    const reached = await addressesOf(
      db,
      held.map(({ person }) => person),
    )
    if (reached.size > 0) return [...reached.keys()].slice(0, mostTold)
  }
  return []
}
