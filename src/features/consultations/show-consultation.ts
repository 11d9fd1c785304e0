import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { audienceInWords, remindMoments } from '../circulation/port.ts'
import { mayMake } from './access.ts'
import { readResults } from './answers.ts'
import {
  consultationCard,
  consultationsCard,
  type ListedConsultation,
  missingCard,
  previewCard,
  type Standing,
  standingCard,
  stateTitle,
} from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { audienceToAsk } from './keep-consultation.ts'
import {
  adoptedIn,
  type Consultation,
  feedbackMark,
  listConsultations,
  originOf,
  readConsultation,
  readConsultations,
  remindDays,
} from './records.ts'
import { remarksCard, resultsCard } from './result-cards.ts'
import { tally } from './tally.ts'

const mostOnPage = 8
const mostMissing = 40
const mostAsked = 1000

/** Who looks, and when. */
export interface Looker {
  person: string
  now: Date
  language: Language
}

type Context = Pick<ConsultationsContext, 'circulation' | 'sealer'>

/** The last look before it goes out. Throws PlainError where it may not be sent to all of its audience. */
export async function showPreview(
  trx: Trx,
  { circulation }: Context,
  consultation: Consultation,
  { person, now, language }: Looker,
): Promise<Card> {
  const { organisation, until } = consultation.row
  const audience = await audienceToAsk(trx, circulation, consultation, { by: person, now })
  const days = remindDays(consultation.row)
  const moments = await remindMoments(trx, { organisation, until: new Date(until), days })
  return previewCard(
    consultation,
    {
      audience: await audienceInWords(trx, audience, language),
      reached: await circulation.reach(trx, audience, now),
      remindAt: moments.filter((at) => at > now),
    },
    language,
  )
}

/** As its makers and who decides see it. */
export async function showStanding(
  db: Reads,
  context: Context,
  consultation: Consultation,
  { person, now, language }: Looker,
): Promise<Card> {
  const { row } = consultation
  const make = await mayMake(db, person, row, now)
  // A cadre may record what a leader has decided.
  const may = { make, decide: make || row.decider === person }
  return standingCard(consultation, await standingOf(db, context, consultation), may, language)
}

/** How far a consultation has come. */
export async function standingOf(db: Reads, context: Context, consultation: Consultation): Promise<Standing> {
  const { row } = consultation
  const { all, chats } = await context.circulation.figures(db, originOf(row.id))
  const { answered, sent: missing, unreachable, waiting } = all
  const isOver = row.state === 'closed' || row.state === 'decided'
  const found = await readResults(db, context, consultation)
  const hidden = row.naming === 'signed' ? 'none' : isOver ? 'too-few' : 'later'
  const results = found && found.said.votes.length > 0 ? 'shown' : hidden
  return { answered, missing, unreachable, waiting, chats, results }
}

/** As whoever is asked sees it. Throws PlainError for who is neither asked nor one of its makers. */
export async function showOpened(
  db: Reads,
  { circulation }: Context,
  id: string,
  { person, now, language }: Looker,
): Promise<Card> {
  const consultation = await readConsultation(db, id)
  const { row } = consultation
  const asked = (await circulation.askedOf(db, 'consultations', person, mostAsked)).find(
    (one) => one.id === row.id,
  )
  if (!asked && !(await mayMake(db, person, row, now))) throw new PlainError('consultations:gone')
  const reader = { why: 'first' as const, language, person, chat: null }
  return consultationCard(consultation, { ...reader, hasAnswered: asked?.hasAnswered ?? false }, null)
}

/** Figures by choice and unit. Throws PlainError while they are not to be seen. */
export async function showResults(
  db: Reads,
  context: Context,
  consultation: Consultation,
  { language }: Pick<Looker, 'language'>,
): Promise<Card> {
  const { row, questions } = consultation
  const results = await readResults(db, context, consultation)
  if (!results) throw new PlainError('consultations:refused.no-results')
  const { all } = await context.circulation.figures(db, originOf(row.id))
  const asked = all.answered + all.sent + all.waiting
  const counted = tally(questions, results.said)
  const rows = await db.selectFrom('organisation').select(['id', 'name']).execute()
  const units = new Map(rows.map(({ id, name }) => [id, name]))
  const isOver = row.state === 'closed' || row.state === 'decided'
  const remarks = results.remarks.length
  return resultsCard(consultation, { tally: counted, asked, remarks, units }, { decide: isOver }, language)
}

/** What was said in words. Throws PlainError while it is not to be seen. */
export async function showRemarks(
  db: Reads,
  context: Context,
  consultation: Consultation,
  from: number,
  { language }: Pick<Looker, 'language'>,
): Promise<Card> {
  const results = await readResults(db, context, consultation)
  if (!results) throw new PlainError('consultations:refused.no-results')
  const { remarks } = results
  return remarksCard(consultation, { remarks, from, adopted: adoptedIn(consultation.row) }, language)
}

export async function showMissing(
  db: Reads,
  { circulation }: Context,
  consultation: Consultation,
  from: number,
  { language }: Pick<Looker, 'language'>,
): Promise<Card> {
  const origin = originOf(consultation.row.id)
  const { all } = await circulation.figures(db, origin)
  const rows = await circulation.missing(db, origin, { offset: from, most: mostMissing })
  const people = await namedPeople(db, rows)
  return missingCard(consultation, { people, from, count: all.sent + all.unreachable }, language)
}

/** A page of a list; null: it is empty. */
export async function showList(
  db: Reads,
  context: Context,
  list: 'made' | 'mine',
  from: number,
  looker: Looker,
): Promise<Card | null> {
  const found = await (list === 'made' ? made : mine)(db, context, from, looker)
  return found.count === 0 ? null : consultationsCard({ ...found, from, list }, looker.language)
}

async function made(db: Reads, { circulation }: Context, from: number, looker: Looker) {
  const { person, now, language } = looker
  const { organisations, all } = await reachOfPerson(db, person, ['consultation.make'], dayInChina(now))
  const { consultations, count } = await listConsultations(
    db,
    { organisations: all ? null : organisations, decider: person },
    { offset: from, most: mostOnPage },
  )
  const listed: ListedConsultation[] = []
  for (const consultation of consultations) {
    const state = stateTitle(consultation.row.state, language)
    const figures = (await circulation.figures(db, originOf(consultation.row.id))).all
    const { answered, sent: missing } = figures
    const counts = translate(language, 'consultations:list.counts', { answered, missing })
    listed.push({ consultation, state: consultation.row.state === 'draft' ? state : `${state} · ${counts}` })
  }
  return { listed, count }
}

async function mine(db: Reads, { circulation }: Context, from: number, { person, language }: Looker) {
  const asked = await askedAbout(db, { circulation }, person)
  const isWaiting = ({ consultation, hasAnswered }: AskedAbout) =>
    consultation.row.state === 'open' && !hasAnswered
  // What waits for an answer comes first.
  const ordered = [...asked.filter(isWaiting), ...asked.filter((one) => !isWaiting(one))]
  const listed = ordered.slice(from, from + mostOnPage).map((one) => ({
    consultation: one.consultation,
    state: isWaiting(one)
      ? translate(language, 'consultations:list.waits')
      : [
          stateTitle(one.consultation.row.state, language),
          ...(one.hasAnswered ? [translate(language, 'consultations:list.answered')] : []),
        ].join(' · '),
  }))
  return { listed, count: ordered.length }
}

interface AskedAbout {
  consultation: Consultation
  hasAnswered: boolean
}

/** On what somebody is or was asked, the last first. */
export async function askedAbout(
  db: Reads,
  { circulation }: Pick<Context, 'circulation'>,
  person: string,
): Promise<AskedAbout[]> {
  const asked = (await circulation.askedOf(db, 'consultations', person, mostAsked)).filter(
    ({ id }) => !id.endsWith(feedbackMark),
  )
  const answered = new Map(asked.map(({ id, hasAnswered }) => [id, hasAnswered]))
  const found = await readConsultations(db, [...answered.keys()])
  return found.map((consultation) => ({
    consultation,
    hasAnswered: answered.get(consultation.row.id) ?? false,
  }))
}

/** People with the names of their organisations, in their order. */
async function namedPeople(
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
