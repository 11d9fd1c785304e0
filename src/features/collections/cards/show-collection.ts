import type { Card, PictureBlock } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { handChart } from '../../../documents/hand-chart.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError, translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { audienceInWords, remindMoments } from '../../circulation/port.ts'
import { collectionToView, mayHandle } from '../access.ts'
import { answerOf } from '../answering/keep-answer.ts'
import type { CollectionsContext } from '../context.ts'
import { audienceToSend } from '../making/keep-collection.ts'
import {
  type Collection,
  listCollections,
  originOf,
  readCollection,
  readCollections,
  remindDays,
} from '../records.ts'
import { type CollectionTally, countAnswers, namesIn, readTally } from '../tallying/read-answers.ts'
import { collectionCard, previewCard, type Standing, standingCard, stateTitle } from './collection-cards.ts'
import { collectionsCard, type ListedCollection, missingCard, mostOnPage } from './list-cards.ts'
import { chartOf, questionsOnCard, tallyCard } from './tally-card.ts'

const mostMissing = 40
const mostAsked = 200

/** Who looks, and when. */
export interface Looker {
  person: string
  now: Date
  language: Language
}

/** What is shown of collections, as cards. */
export interface CollectionCards {
  preview(trx: Trx, collection: Collection, looker: Looker): Promise<Card>
  /** For who may see it. Throws PlainError for others. */
  standing(db: Reads, id: string, looker: Looker): Promise<Card>
  /** For who is asked, with whether they have answered. */
  opened(db: Reads, id: string, looker: Looker): Promise<Card>
  missing(db: Reads, collection: Collection, from: number, looker: Looker): Promise<Card>
  /** Throws PlainError where it is not to be counted out. */
  tally(trx: Trx, id: string, from: number, looker: Looker): Promise<Card>
  list(db: Reads, list: 'made' | 'mine', from: number, looker: Looker): Promise<Card | null>
}

export function createCollectionCards(context: CollectionsContext): CollectionCards {
  const { circulation } = context
  return {
    async preview(trx, collection, { person, now, language }) {
      const { organisation, deadline } = collection.row
      const until = deadline === null ? null : new Date(deadline)
      const moments = await remindMoments(trx, { organisation, until, days: remindDays(collection.row) })
      const remindAt = moments.filter((at) => at > now)
      const shown = {
        audience: null,
        problem: '',
        reached: { people: 0, unreachable: 0, chats: 0, whom: '' },
        remindAt,
      }
      try {
        const audience = await audienceToSend(trx, circulation, collection, { by: person, now })
        const reached = await circulation.reach(trx, audience, now)
        const words = await audienceInWords(trx, audience, language)
        return previewCard(collection, { ...shown, audience: words, reached }, language)
      } catch (error) {
        if (!(error instanceof PlainError)) throw error
        return previewCard(collection, { ...shown, problem: explainError(error, language) }, language)
      }
    },
    async standing(db, id, { person, now, language }) {
      const { collection, handles } = await collectionToView(db, id, person, now)
      return standingCard(collection, await standingOf(db, context, collection), { language, handles })
    },
    async opened(db, id, { person, now, language }) {
      const collection = await readCollection(db, id)
      const { row } = collection
      const asked = (await circulation.askedOf(db, 'collections', person, mostAsked)).find(
        (one) => one.id === row.id,
      )
      if (!asked && !(await mayHandle(db, person, collection, now))) throw new PlainError('collections:gone')
      const answer = await answerOf(db, circulation, collection, person, now)
      const hasAnswered = asked?.hasAnswered === true || answer !== null
      const reader = { why: 'first' as const, language, person, chat: null, hasAnswered }
      return collectionCard(collection, reader, null)
    },
    async missing(db, collection, from, { language }) {
      const origin = originOf(collection.row.id)
      const { all } = await circulation.figures(db, origin)
      const rows = await circulation.missing(db, origin, { offset: from, most: mostMissing })
      const people = await namedPeople(db, rows)
      return missingCard(collection, { people, from, count: all.sent + all.unreachable }, language)
    },
    async tally(trx, id, from, { person, now, language }) {
      const { collection, handles } = await collectionToView(trx, id, person, now)
      const tally = await readTally(trx, collection, { handles, language })
      if (typeof tally === 'string') throw new PlainError(`collections:refused.${tally}`)
      const pictures = await picturesOf(
        trx,
        context,
        { tally, from, number: collection.row.number },
        { now, language },
      )
      return tallyCard(collection, { tally, from }, pictures, language)
    },
    async list(db, list, from, looker) {
      const found =
        list === 'made' ? await made(db, context, from, looker) : await mine(db, context, from, looker)
      return found.count === 0 ? null : collectionsCard({ ...found, from, list }, looker.language)
    },
  }
}

async function picturesOf(
  trx: Trx,
  context: CollectionsContext,
  { tally, from, number }: { tally: CollectionTally; from: number; number: string },
  { now, language }: Pick<Looker, 'now' | 'language'>,
): Promise<Map<string, PictureBlock>> {
  const pictures = new Map<string, PictureBlock>()
  const source = translate(language, 'collections:tally.source', {
    number,
    at: minuteInChina(now).slice(0, 10),
  })
  for (const question of tally.questions.slice(from, from + questionsOnCard)) {
    const chart = chartOf(question, source, language)
    if (chart) pictures.set(question.name, await handChart(trx, context, chart, now))
  }
  return pictures
}

/** How far a collection has come. */
export async function standingOf(
  db: Reads,
  { circulation }: Pick<CollectionsContext, 'circulation'>,
  collection: Collection,
): Promise<Standing> {
  const { all, chats } = await circulation.figures(db, originOf(collection.row.id))
  const answers = await countAnswers(db, collection)
  const missing = all.sent + all.waiting
  return { answers, answered: all.answered, missing, unreachable: all.unreachable, chats }
}

/** People with the names of their organisations, in their order. */
async function namedPeople(
  db: Reads,
  rows: readonly { person: string; organisation: string | null }[],
): Promise<{ name: string; organisation: string }[]> {
  const people = await namesIn(
    db,
    'person',
    rows.map(({ person }) => person),
  )
  const units = await namesIn(
    db,
    'organisation',
    rows.flatMap(({ organisation }) => organisation ?? []),
  )
  return rows.map(({ person, organisation }) => ({
    name: people.get(person) ?? '',
    organisation: units.get(organisation ?? '') ?? '',
  }))
}

async function made(db: Reads, context: CollectionsContext, from: number, { person, now, language }: Looker) {
  const { organisations, all } = await reachOfPerson(
    ...([db, person, ['collection.view', 'collection.make'], dayInChina(now)] as const),
  )
  const reach = { organisations: all ? null : organisations, person }
  const { collections, count } = await listCollections(db, reach, { offset: from, most: mostOnPage })
  const listed: ListedCollection[] = []
  for (const collection of collections) {
    const { answers, missing } = await standingOf(db, context, collection)
    const state = stateTitle(collection.row.state, language)
    const counts = translate(language, 'collections:list.counts', { answers, missing })
    listed.push({ collection, state: collection.row.state === 'draft' ? state : `${state} · ${counts}` })
  }
  return { listed, count }
}

async function mine(
  db: Reads,
  { circulation }: CollectionsContext,
  from: number,
  { person, language }: Looker,
) {
  const asked = await circulation.askedOf(db, 'collections', person, mostAsked)
  const collections = await readCollections(
    db,
    asked.map(({ id }) => id),
  )
  const answered = new Set(asked.flatMap(({ id, hasAnswered }) => (hasAnswered ? id : [])))
  const waits = ({ row }: Collection) => row.state === 'open' && !answered.has(row.id)
  // What waits to be answered comes first.
  const ordered = [...collections.filter(waits), ...collections.filter((one) => !waits(one))]
  const listed = ordered.slice(from, from + mostOnPage).map((collection) => ({
    collection,
    state: waits(collection)
      ? translate(language, 'collections:list.waiting')
      : answered.has(collection.row.id)
        ? translate(language, 'collections:list.answered')
        : stateTitle(collection.row.state, language),
  }))
  return { listed, count: ordered.length }
}
