import type { Feature } from '../../conversation/feature.ts'
import type { Writer } from '../circulation/port.ts'
import { answerForms } from './answering/answer-form.ts'
import { collectionCard } from './cards/collection-cards.ts'
import { createCollectionCards } from './cards/show-collection.ts'
import { collectionActions } from './collection-actions.ts'
import { collectionCommands } from './collection-commands.ts'
import type { CollectionsContext } from './context.ts'
import { unansweredCollections } from './list-mine.ts'
import { lifeForms } from './making/life-forms.ts'
import { makeForm } from './making/make-form.ts'
import { readTemplates } from './making/templates.ts'
import { originOf, readCollections } from './records.ts'
import { collectionTimers } from './tell-result.ts'

/** Collections that cadres define themselves: asked, answered by form, tallied (clause 9). */
export function createCollections(context: CollectionsContext): Feature {
  const cards = createCollectionCards(context)
  const templates = readTemplates(context.knowledgeDir)
  return {
    name: 'collections',
    actions: collectionActions(context, cards, templates.all),
    commands: collectionCommands(context, cards, templates),
    forms: [makeForm(cards, templates.all), ...lifeForms(context, cards), ...answerForms(context)],
    mine: (whose) => unansweredCollections(context.circulation, whose),
    timers: collectionTimers(context),
    subscriptions: {},
  }
}

/** Writes the cards of collections, for the circulation that sends them. */
export function createCollectionWriter({ circulation }: Pick<CollectionsContext, 'circulation'>): Writer {
  return {
    async prepare(trx, id) {
      const [collection] = await readCollections(trx, [id])
      if (!collection || collection.row.state === 'draft' || collection.row.state === 'dropped') return null
      const { all } = await circulation.figures(trx, originOf(id))
      const soFar = { answered: all.answered, missing: all.sent + all.waiting }
      return (reader) => collectionCard(collection, reader, soFar)
    },
  }
}
