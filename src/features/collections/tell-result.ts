import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { enqueueMany } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressesOf } from '../../people/address.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { standingOf } from './cards/show-collection.ts'
import { tallyCard } from './cards/tally-card.ts'
import { textCard } from './cards/text-card.ts'
import type { CollectionsContext } from './context.ts'
import { closeCollection, endTimer } from './making/keep-collection.ts'
import { type Collection, originOf, readCollections } from './records.ts'
import { readTally } from './tallying/read-answers.ts'
import { fewest } from './tallying/tally.ts'

/** Questions whose figures are told to those who answered. */
const mostShared = 12

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
  }
}

/** Tells whoever handles a collection that it has ended, and, where that is wanted, those who answered what came out. */
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
  if (row.shares === 0) return
  const tallies = {
    'zh-CN': await readTally(trx, collection, { handles: false, language: 'zh-CN' }),
    en: await readTally(trx, collection, { handles: false, language: 'en' }),
  }
  const people = await context.circulation.answering(trx, originOf(id))
  await send(trx, collection, { people, what: 'result', now }, (language) => {
    const tally = tallies[language]
    if (typeof tally === 'string' || tally.answers < fewest)
      return textCard(translate(language, 'collections:shared-few', { title: row.title }))
    // Texts are for those who handle it: somebody might be known by what they wrote.
    const questions = tally.questions.filter(({ options, numbers }) => options.length > 0 || numbers !== null)
    const shown = { ...tally, questions: questions.slice(0, mostShared), byUnit: [] }
    return tallyCard(collection, { tally: shown, from: 0, most: mostShared }, new Map(), language)
  })
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
