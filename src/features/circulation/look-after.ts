import { type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { endsOfMessages } from '../../delivery/message-ends.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { CirculationContext } from './context.ts'
import { type Circulation, readCirculation } from './records.ts'
import { writerOf } from './writer-of.ts'

/** Minutes after it was sent at which it is looked whether it arrived: at once for most, later for what waited its turn. */
const looks = [10, 120, 1440] as const
/** Groups that are named; of more it is said how many there are. */
const mostNamed = 10

const lookTimer = 'circulation.look'

/** Has it looked after whether it arrived, for the nth time. */
export async function setLook(trx: Trx, id: string, n: number, now: Date): Promise<void> {
  const minutes = looks[n]
  if (minutes === undefined) return
  const at = new Date(now.getTime() + (minutes - (looks[n - 1] ?? 0)) * 60_000)
  const payload = { circulation: id, n: String(n) }
  await setTimer(trx, { id: `${lookTimer}:${id}`, kind: lookTimer, payload, at, now })
}

/** Notes which groups and accounts were not there any more, and tells whoever sent it of the groups. */
export function looking(context: CirculationContext): TimerHandler {
  return async (trx, { circulation: id = '', n = '0' }, now) => {
    const circulation = await readCirculation(trx, id)
    if (!circulation || circulation.row.state === 'stopped') return
    await noteGoneAccounts(trx, id)
    const gone = await noteGoneChats(trx, id)
    if (gone.length > 0) await tellMaker(trx, context, circulation, { gone, n }, now)
    await setLook(trx, id, Number(n) + 1, now)
  }
}

async function noteGoneAccounts(trx: Trx, id: string): Promise<void> {
  const rows = await trx
    .selectFrom('circulation_person')
    .select('message')
    .where('circulation', '=', id)
    .where('state', '=', 'sent')
    .where('message', 'is not', null)
    .execute()
  const ends = await endsOfMessages(
    trx,
    rows.flatMap(({ message }) => message ?? []),
  )
  const gone = [...ends].flatMap(([message, how]) => (how === 'gone' ? message : []))
  for (const piece of inPieces(gone)) {
    await trx
      .updateTable('circulation_person')
      .set({ state: 'unreachable' })
      .where('circulation', '=', id)
      .where('message', 'in', piece)
      .execute()
  }
}

/** Gives the names of the organisations whose groups have not got it; of those found now, not before. */
async function noteGoneChats(trx: Trx, id: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('circulation_chat')
    .leftJoin('organisation', 'organisation.id', 'circulation_chat.organisation')
    .select(['circulation_chat.message', 'organisation.name'])
    .where('circulation', '=', id)
    .where('state', '=', 'sent')
    .orderBy('circulation_chat.chat')
    .execute()
  const ends = await endsOfMessages(
    trx,
    rows.map(({ message }) => message),
  )
  const gone = rows.filter(({ message }) => ends.get(message) === 'gone')
  for (const piece of inPieces(gone)) {
    await trx
      .updateTable('circulation_chat')
      .set({ state: 'gone' })
      .where('circulation', '=', id)
      .where(
        'message',
        'in',
        piece.map(({ message }) => message),
      )
      .execute()
  }
  return gone.map(({ name }) => name ?? '')
}

async function tellMaker(
  trx: Trx,
  context: CirculationContext,
  { row }: Circulation,
  { gone, n }: { gone: readonly string[]; n: string },
  now: Date,
): Promise<void> {
  const to = row.made_by === null ? null : await addressOf(trx, row.made_by)
  if (!to) return
  const maker = await trx
    .selectFrom('person')
    .select('language')
    .where('id', '=', row.made_by)
    .executeTakeFirst()
  const language = maker?.language === 'en' ? 'en' : 'zh-CN'
  const write = await writerOf(trx, context, row.origin, now)
  const title = write?.({ why: 'first', language, person: null, chat: null }).title ?? ''
  const card = goneChatsCard({ title, gone }, language)
  await enqueue(trx, { id: `circulation ${row.id} gone ${n}`, to, card, lane: 'reminder', now })
}

/** Groups that have not got what was sent, for whoever sent it. @param given.gone names of their organisations. */
export function goneChatsCard(
  { title, gone }: { title: string; gone: readonly string[] },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number>) =>
    translate(language, `circulation:gone.${key}`, values)
  return {
    tone: 'info',
    title: translate(language, 'circulation:gone.title'),
    blocks: [
      { type: 'text', runs: plain(say('text', { title, count: gone.length })) },
      { type: 'list', items: gone.slice(0, mostNamed).map((name) => plain(say('group', { name }))) },
      ...(gone.length > mostNamed
        ? [{ type: 'note' as const, text: say('more', { count: gone.length - mostNamed }) }]
        : []),
      { type: 'note', text: translate(language, 'circulation:gone.what') },
    ],
  }
}
