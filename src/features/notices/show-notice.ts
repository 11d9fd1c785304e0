import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { audienceInWords, type CirculationPort, remindMoments } from '../circulation/port.ts'
import { mayMake } from './access.ts'
import type { NoticesContext } from './context.ts'
import { withFiles } from './hand-files.ts'
import { audienceToSend } from './keep-notice.ts'
import { missingCard } from './missing-card.ts'
import {
  type ListedNotice,
  noticeCard,
  noticesCard,
  previewCard,
  type Standing,
  standingCard,
  stateTitle,
} from './notice-cards.ts'
import { listNotices, type Notice, originOf, readNotice, readNotices, remindDays } from './records.ts'

const mostOnPage = 8
const mostMissing = 40

/** Who looks, and when. */
export interface Looker {
  person: string
  now: Date
  language: Language
}

/** What is shown of notices, as cards. */
export interface NoticeCards {
  /** Throws PlainError where it may not be sent to all of its audience. */
  preview(trx: Trx, notice: Notice, looker: Looker): Promise<Card>
  /** As its makers see it. */
  standing(db: Reads, notice: Notice, looker: Looker): Promise<Card>
  /** As whoever got it sees it. Throws PlainError for who is neither asked nor one of its makers. */
  opened(trx: Trx, id: string, looker: Looker): Promise<Card>
  missing(db: Reads, notice: Notice, from: number, looker: Looker): Promise<Card>
  list(db: Reads, list: 'made' | 'mine', from: number, looker: Looker): Promise<Card | null>
}

export function createNoticeCards(context: Pick<NoticesContext, 'circulation' | 'publicUrl'>): NoticeCards {
  const { circulation } = context
  return {
    async preview(trx, notice, { person, now, language }) {
      const audience = await audienceToSend(trx, circulation, notice, { by: person, now })
      const { organisation, until } = notice.row
      const days = notice.row.asks === 1 ? remindDays(notice.row) : []
      const moments = await remindMoments(trx, {
        ...{ organisation, days, until: until === null ? null : new Date(until) },
      })
      return previewCard(
        await withFiles(trx, context, notice, now),
        {
          audience: await audienceInWords(trx, audience, language),
          reached: await circulation.reach(trx, audience, now),
          remindAt: moments.filter((at) => at > now),
        },
        language,
      )
    },
    async standing(db, notice, { language }) {
      return standingCard(notice, await standingOf(db, circulation, notice), language)
    },
    async opened(trx, id, { person, now, language }) {
      const notice = await readNotice(trx, id)
      const asked = (await circulation.askedOf(trx, 'notices', person, 1000)).find(
        (one) => one.id === notice.row.id,
      )
      if (!asked && !(await mayMake(trx, person, notice.row, now))) throw new PlainError('notices:gone')
      const reader = { why: 'first' as const, language, person, chat: null }
      const handed = await withFiles(trx, context, notice, now)
      const card = noticeCard(handed, { ...reader, hasAnswered: asked?.hasAnswered ?? false }, null)
      // Its makers read it; 知悉 is for those who are asked.
      return asked ? card : { ...card, blocks: card.blocks.filter(({ type }) => type !== 'buttons') }
    },
    async missing(db, notice, from, { language }) {
      const origin = originOf(notice.row.id)
      const { all } = await circulation.figures(db, origin)
      const rows = await circulation.missing(db, origin, { offset: from, most: mostMissing })
      const people = await namedPeople(db, rows)
      return missingCard(notice, { people, from, count: all.sent + all.unreachable }, language)
    },
    async list(db, list, from, looker) {
      const found =
        list === 'made'
          ? await made(db, circulation, from, looker)
          : await mine(db, circulation, from, looker)
      if (found.count === 0) return null
      return noticesCard({ ...found, from, list }, looker.language)
    },
  }
}

/** How far a notice has come. */
export async function standingOf(
  db: Reads,
  circulation: CirculationPort,
  { row }: Notice,
): Promise<Standing> {
  const { all, chats } = await circulation.figures(db, originOf(row.id))
  const { answered: read, sent: unread, unreachable, waiting } = all
  return { read, unread, unreachable, waiting, chats }
}

/** People with the names of their organisations, in their order. */
export async function namedPeople(
  db: Reads,
  rows: readonly { person: string; organisation: string | null }[],
): Promise<{ name: string; organisation: string }[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ person }) => person)
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  const units = await db.selectFrom('organisation').select(['id', 'name']).execute()
  const nameOf = new Map([...people, ...units].map(({ id, name }) => [id, name]))
  return rows.map(({ person, organisation }) => ({
    name: nameOf.get(person) ?? '',
    organisation: nameOf.get(organisation ?? '') ?? '',
  }))
}

async function made(db: Reads, circulation: CirculationPort, from: number, looker: Looker) {
  const { person, now, language } = looker
  const { organisations, all } = await reachOfPerson(db, person, ['notice.make'], dayInChina(now))
  const { notices, count } = await listNotices(db, all ? null : organisations, {
    offset: from,
    most: mostOnPage,
  })
  const listed: ListedNotice[] = []
  for (const notice of notices) {
    const { read, unread } = await standingOf(db, circulation, notice)
    const state = stateTitle(notice.row.state, language)
    const counts = translate(language, 'notices:list.counts', { read, unread })
    const isAsked = notice.row.asks === 1 && notice.row.state !== 'draft'
    listed.push({ notice, state: isAsked ? `${state} · ${counts}` : state })
  }
  return { listed, count }
}

async function mine(db: Reads, circulation: CirculationPort, from: number, { person, language }: Looker) {
  const asked = await circulation.askedOf(db, 'notices', person, 200)
  const notices = await readNotices(
    db,
    asked.map(({ id }) => id),
  )
  const states = new Map(asked.map(({ id, hasAnswered }) => [id, hasAnswered]))
  const isOpen = ({ row }: Notice) => row.asks === 1 && row.state === 'sent' && states.get(row.id) === false
  // What waits to be read comes first.
  const ordered = [...notices.filter(isOpen), ...notices.filter((notice) => !isOpen(notice))]
  const listed = ordered.slice(from, from + mostOnPage).map((notice) => ({
    notice,
    state: isOpen(notice)
      ? translate(language, 'notices:list.unread')
      : states.get(notice.row.id)
        ? translate(language, 'notices:list.read')
        : stateTitle(notice.row.state, language),
  }))
  return { listed, count: ordered.length }
}
