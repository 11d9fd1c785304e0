import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FormDefinition, Submission } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { endOf } from '../../circulation/port.ts'
import { collectionToHandle } from '../access.ts'
import type { CollectionCards, Looker } from '../cards/show-collection.ts'
import { textCard } from '../cards/text-card.ts'
import type { CollectionsContext } from '../context.ts'
import { draftCollection, extendCollection, reviseCollection } from './keep-collection.ts'
import { checkDeadline, daysIn, deadlineFields } from './make-form.ts'
import { readCollectionFile } from './read-collection-file.ts'

const label = (name: string) => `collections:form.${name}`

/** The forms by which a collection that is out is changed, or a new one comes by a file. */
export function lifeForms(context: CollectionsContext, cards: CollectionCards): FormDefinition[] {
  return [extendForm(context), fileForm(context, cards)]
}

function extendForm({ circulation, wakeWorkers }: CollectionsContext): FormDefinition {
  return {
    name: 'collections.extend',
    version: 1,
    ...{ title: label('extend-title'), subject: '{{number}}', seenBy: label('extend-seen-by') },
    pages: [{ name: 'deadline', intro: [], fields: deadlineFields, check: checkDeadline }],
    async submit({ trx, person, now, language, values, context }) {
      if (person === null) throw new PlainError('collections:sign-in')
      const collection = await collectionToHandle(trx, context.collection ?? '', person, now)
      const deadline = endOf(String(values.deadline))
      const days = daysIn(values.remind)
      await extendCollection(trx, circulation, collection, { deadline, days }, { by: person, now })
      wakeWorkers()
      const { number } = collection.row
      const until = minuteInChina(deadline)
      return {
        number,
        card: textCard(translate(language, 'collections:receipt.extended', { number, until })),
      }
    },
  }
}

/** A file that is sent in makes a new collection, or new questions of one that is open. */
function fileForm(context: CollectionsContext, cards: CollectionCards): FormDefinition {
  return {
    name: 'collections.by-file',
    version: 1,
    ...{ title: label('file-title'), seenBy: label('seen-by') },
    pages: [
      {
        name: 'file',
        intro: [label('file-intro')],
        fields: [{ name: 'file', type: 'file', label: label('file'), required: true, most: 1 }],
        async check({ db, person, now, language, values }): Promise<Record<string, Problem>> {
          const [file] = (values.file ?? []) as IncomingFile[]
          if (!file || person === null) return {}
          try {
            await draftOfFile(db as Trx, context, file, { person, now, language })
            return {}
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            return { file: { key: error.key, values: error.values } }
          }
        },
      },
    ],
    async submit(sent: Submission) {
      const { trx, person, now, language, values, context: about } = sent
      if (person === null) throw new PlainError('collections:sign-in')
      const [file] = (values.file ?? []) as IncomingFile[]
      if (!file) throw new PlainError('collections:file.gone')
      return takeFile(
        trx,
        context,
        cards,
        { file, revises: about.collection ?? null },
        { person, now, language },
      )
    },
  }
}

/** Makes a collection of a file, or gives an open one its questions. Throws PlainError with all that is wrong, by line. */
export async function takeFile(
  trx: Trx,
  context: CollectionsContext,
  cards: CollectionCards,
  { file, revises }: { file: Pick<IncomingFile, 'blob'>; revises: string | null },
  looker: Looker,
) {
  const { person, now, language } = looker
  const draft = await draftOfFile(trx, context, file, looker)
  const doing = { by: person, now }
  if (revises === null) {
    const made = await draftCollection(trx, draft, doing)
    return { number: made.row.number, card: await cards.preview(trx, made, looker), alone: true }
  }
  const collection = await collectionToHandle(trx, revises, person, now)
  const { row } = collection
  if (draft.anonymity !== row.anonymity || draft.per !== row.per) {
    throw new PlainError('collections:refused.other-kind')
  }
  await reviseCollection(trx, collection, draft.definition, doing)
  const said = translate(language, 'collections:receipt.revised', { number: row.number })
  return { number: row.number, card: textCard(said), alone: true }
}

async function draftOfFile(
  trx: Trx,
  { blobs, circulation }: CollectionsContext,
  { blob }: Pick<IncomingFile, 'blob'>,
  { person, now, language }: Looker,
) {
  const bytes = await blobs.get(blob, trx)
  if (!bytes) throw new PlainError('collections:file.gone')
  return readCollectionFile(trx, bytes, { circulation, person, now, language })
}
