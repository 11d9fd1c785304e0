import type { Chart } from '../../charts/chart.ts'
import type { Card, PictureBlock } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { enqueueMany } from '../../delivery/outbox.ts'
import { beginChart, handChart } from '../../documents/hand-chart.ts'
import { translate } from '../../messages/translate.ts'
import { addressesOf } from '../../people/address.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { dayIn } from '../../timers/calendar/day.ts'
import { defaultZone } from '../../timers/calendar/working-hours.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { standingOf } from './cards/show-collection.ts'
import { chartOf, tallyCard } from './cards/tally-card.ts'
import { textCard } from './cards/text-card.ts'
import type { CollectionsContext } from './context.ts'
import { closeCollection, endTimer } from './making/keep-collection.ts'
import { type Collection, originOf, readCollections } from './records.ts'
import { readTally } from './tallying/read-answers.ts'
import { fewest } from './tallying/tally.ts'

/** Questions whose figures are told to those who answered. */
const mostShared = 10
/** Of these, those with a chart. */
const mostPictured = 5
/** By then they are drawn. */
const drawnWithin = 60_000
const shareTimer = 'collections.share'
const languages = ['zh-CN', 'en'] as const

/** The deadline: nobody answers any more, and whoever made it hears how many did. */
export function collectionTimers(context: CollectionsContext): Record<string, TimerHandler> {
  return {
    async [endTimer](trx, { collection: id = '' }, now) {
      const [collection] = await readCollections(trx, [id])
      if (collection?.row.state !== 'open') return
      await closeCollection(trx, context.circulation, collection, { by: null, now })
      await tellResult(trx, context, id, now)
      context.wakeWorkers()
    },
    [shareTimer]: (trx, payload, now) => share(trx, context, payload, now),
  }
}

/** Tells whoever handles a collection that it has ended, and soon, where that is wanted, those who answered what came out. */
export async function tellResult(
  trx: Trx,
  context: CollectionsContext,
  id: string,
  now: Date,
): Promise<void> {
  const [collection] = await readCollections(trx, [id])
  if (!collection) return
  const { row, handlers } = collection
  const { answers, missing, unreachable } = await standingOf(trx, context, collection)
  await send(
    trx,
    collection,
    { people: [...new Set([row.made_by, ...handlers])], what: 'ended', now },
    (language) => {
      const said = translate(language, 'collections:ended', {
        title: row.title,
        answers,
        missing: missing + unreachable,
      })
      const label = translate(language, 'collections:standing.tally')
      return textCard(said, [
        { label, action: 'collections.tally', value: { collection: id }, opens: 'beside' },
      ])
    },
  )
  if (row.shares === 1) await shareSoon(trx, context, collection, now)
}

/**
 * Has what came out told to those who took part. Its charts are begun to be drawn at once and are waited for by nobody
 * here: they go out a minute later.
 */
async function shareSoon(
  trx: Trx,
  context: CollectionsContext,
  { row }: Pick<Collection, 'row'>,
  now: Date,
): Promise<void> {
  const [collection] = await readCollections(trx, [row.id])
  if (!collection) return
  for (const language of languages) {
    const shared = await sharedTally(trx, collection, language)
    for (const chart of shared?.charts.values() ?? []) beginChart(chart)
  }
  const at = new Date(now.getTime() + drawnWithin)
  const payload = { collection: row.id, ended: row.ended_at ?? '' }
  await setTimer(trx, { id: `${shareTimer}:${row.id}`, kind: shareTimer, payload, at, now })
  context.wakeWorkers()
}

/** Tells those who answered what came out; nothing where it is open again. */
async function share(
  trx: Trx,
  context: CollectionsContext,
  { collection: id = '', ended = '' }: Record<string, string>,
  now: Date,
): Promise<void> {
  const [collection] = await readCollections(trx, [id])
  if (collection?.row.state !== 'closed' || collection.row.ended_at !== ended) return
  const cards = new Map<Language, Card>()
  for (const language of languages)
    cards.set(language, await shownResult(trx, context, collection, language, now))
  const people = await context.circulation.answering(trx, originOf(id))
  await send(trx, collection, { people, what: 'result', now }, (language) => cards.get(language)!)
  context.wakeWorkers()
}

async function shownResult(
  trx: Trx,
  context: CollectionsContext,
  collection: Collection,
  language: Language,
  now: Date,
): Promise<Card> {
  const shared = await sharedTally(trx, collection, language)
  if (shared === null) {
    return textCard(translate(language, 'collections:shared-few', { title: collection.row.title }))
  }
  const pictures = new Map<string, PictureBlock>()
  for (const [name, chart] of shared.charts) pictures.set(name, await handChart(trx, context, chart, now))
  const { tally, left: untold } = shared
  return tallyCard(collection, { tally, from: 0, most: mostShared, untold }, pictures, language)
}

/** What those who took part are told; null: too few answered. Texts are for those who handle it: they may tell who wrote them. */
async function sharedTally(trx: Trx, collection: Collection, language: Language) {
  const tally = await readTally(trx, collection, { handles: false, language })
  if (typeof tally === 'string' || tally.answers < fewest) return null
  const told = tally.questions.filter(({ options, numbers }) => options.length > 0 || numbers !== null)
  const questions = told.slice(0, mostShared)
  const source = translate(language, 'collections:tally.source', {
    number: collection.row.number,
    at: dayIn(defaultZone, new Date(collection.row.ended_at ?? 0)),
  })
  const charts = new Map<string, Chart>()
  for (const question of questions) {
    const chart = chartOf(question, source, language)
    if (chart && charts.size < mostPictured) charts.set(question.name, chart)
  }
  return { tally: { ...tally, questions, byUnit: [], rest: 0 }, charts, left: told.length - questions.length }
}

type Told = { people: readonly string[]; what: 'ended' | 'result'; now: Date }

async function send(
  trx: Trx,
  { row }: Collection,
  { people, what, now }: Told,
  write: (language: Language) => Card,
): Promise<void> {
  const addresses = await addressesOf(trx, people)
  const cards = { 'zh-CN': write('zh-CN'), en: write('en') }
  const languages = await languagesOf(trx, people)
  // One that was open again tells anew when it ends again.
  const key = `collection ${what} ${row.id} ${row.ended_at ?? ''}`
  await enqueueMany(
    trx,
    [...addresses].map(([person, to]) => ({
      ...{ id: `${key} ${person}`, to, card: cards[languages.get(person) ?? 'zh-CN'], now },
      lane: what === 'ended' ? ('reminder' as const) : ('broadcast' as const),
    })),
  )
}

async function languagesOf(trx: Trx, people: readonly string[]): Promise<Map<string, Language>> {
  const found = new Map<string, Language>()
  for (const piece of inPieces(people)) {
    const rows = await trx.selectFrom('person').select(['id', 'language']).where('id', 'in', piece).execute()
    for (const { id, language } of rows) found.set(id, language === 'en' ? 'en' : 'zh-CN')
  }
  return found
}
