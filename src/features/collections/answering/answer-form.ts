import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition, FormPage, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { mustBeAsked } from '../access.ts'
import { textCard } from '../cards/text-card.ts'
import type { CollectionsContext } from '../context.ts'
import type { CollectionDefinition } from '../definition/definition.ts'
import { type Collection, readCollection } from '../records.ts'
import { answerOf, keepAnswer, mustBeOpen, typedAnswer } from './keep-answer.ts'
import { pagesOfDefinition } from './question-fields.ts'

/** The forms by which collections are answered; what is nobody's lies encrypted until it is sent in, and not longer. */
export function answerForms(context: CollectionsContext): FormDefinition[] {
  return [namedForm(context), anonymousForm(context)]
}

function namedForm(context: CollectionsContext): FormDefinition {
  return {
    name: 'collections.answer',
    version: 1,
    ...shared(context),
  }
}

function anonymousForm(context: CollectionsContext): FormDefinition {
  return {
    name: 'collections.answer-anonymous',
    version: 1,
    sealed: true,
    ...shared(context),
  }
}

const shared = (context: CollectionsContext) => ({
  ...{ title: 'collections:answer.title', subject: '{{number}}', seenBy: null },
  ...{ pages: [] as FormPage[], pagesOf },
  submit: (sent: Submission) => submit(context, sent),
})

/** What a draft knows of its collection, as it was when it began. */
function pagesOf(context: Readonly<Record<string, string>>): FormPage[] {
  if (context.definition === undefined) return []
  const definition = JSON.parse(context.definition) as CollectionDefinition
  const notice = context.preview === 'yes' ? 'preview' : (context.anonymity ?? 'named')
  return pagesOfDefinition(definition, `collections:notice.${notice}`)
}

async function submit(context: CollectionsContext, sent: Submission) {
  const { trx, person, conversation, values, language, now } = sent
  const { collection: id = '', version = '1', preview, number = '' } = sent.context
  if (preview === 'yes') {
    const said = translate(language, 'collections:receipt.preview')
    return { number, card: textCard(said), alone: true, isOpen: true, toast: said }
  }
  if (person === null) throw new PlainError('collections:sign-in')
  const { circulation } = context
  const collection = await readCollection(trx, id)
  await mustBeAsked(trx, circulation, collection, { person, conversation, now })
  const isFirst = await keepAnswer(trx, circulation, collection, {
    ...{ person, version: Number(version), values, now },
  })
  context.wakeWorkers()
  const { row } = collection
  const key = row.anonymity === 'anonymous' ? 'anonymous' : isFirst ? 'answered' : 'changed'
  const until = row.deadline === null ? '' : minuteInChina(new Date(row.deadline))
  const said = translate(language, `collections:receipt.${key}`, { title: row.title, until })
  return { number: row.number, card: textCard(said), alone: true, isOpen: true, toast: said }
}

/** Opens the form for whoever pressed, with what they answered before. Throws PlainError where they may not answer. */
export async function openAnswer(
  click: Click,
  { circulation }: CollectionsContext,
  collection: Collection,
  person: string,
): Promise<Acknowledgement> {
  const { trx, now, action } = click
  mustBeOpen(collection, now)
  await mustBeAsked(trx, circulation, collection, { person, conversation: action.conversation, now })
  const before = await answerOf(trx, circulation, collection, person, now)
  const values = before ? await typedAnswer(trx, collection.definition, before.values) : {}
  return click.openForm(formOf(collection), { values, context: contextOf(collection) })
}

/** Opens it as whoever gets it will see it; nothing of what is filled in is kept. */
export function openPreview(click: Click, collection: Collection): Promise<Acknowledgement> {
  const context = { ...contextOf(collection), preview: 'yes' }
  return click.openForm('collections.answer-anonymous', { context })
}

const formOf = ({ row }: Collection) =>
  row.anonymity === 'anonymous' ? 'collections.answer-anonymous' : 'collections.answer'

function contextOf({ row, definition }: Collection): Record<string, string> {
  const { id, version, number, title, anonymity } = row
  const bare = title.replaceAll('{{', '{ {')
  return {
    ...{ collection: id, version: String(version), number, title: bare, anonymity },
    definition: JSON.stringify(definition),
  }
}
