import type { Button } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { onlyOrganisation } from '../../people/only-organisation.ts'
import { collectionToHandle, personOf } from './access.ts'
import { openAnswer, openPreview } from './answering/answer-form.ts'
import { closeCard } from './cards/collection-cards.ts'
import { type CollectionCards, type Looker, standingOf } from './cards/show-collection.ts'
import { textCard } from './cards/text-card.ts'
import type { CollectionsContext } from './context.ts'
import {
  closeCollection,
  dropCollection,
  mustBeRevisable,
  note,
  openCollection,
} from './making/keep-collection.ts'
import { dayFilled, filledCollection } from './making/make-form.ts'
import type { CollectionTemplate } from './making/templates.ts'
import { type Collection, originOf, readCollection, remindDays } from './records.ts'
import { tellResult } from './tell-result.ts'

/** What buttons about collections do. */
export function collectionActions(
  context: CollectionsContext,
  cards: CollectionCards,
  templates: readonly CollectionTemplate[],
): Feature['actions'] {
  const { circulation, wakeWorkers } = context
  const action = (run: ActionHandler['run'], reads = false): ActionHandler => ({ reads, run })
  const looked = (
    make: (click: Click, id: string, looker: Looker) => ReturnType<CollectionCards['opened']>,
  ) =>
    action(async (click) => {
      const beside = await make(click, click.action.value.collection ?? '', await lookerOf(click))
      return { beside, besideAlone: true }
    }, true)
  /** A press of one of its handlers. */
  const handled = (run: (click: Click, collection: Collection, looker: Looker) => Promise<Acknowledgement>) =>
    action(async (click) => {
      const looker = await lookerOf(click)
      const { person, now } = looker
      return run(
        click,
        await collectionToHandle(click.trx, click.action.value.collection ?? '', person, now),
        looker,
      )
    })
  return {
    make: action((click) => openMake(click, templates)),
    upload: action(async (click) => {
      await personOf(click.trx, click.action.account)
      return click.openForm('collections.by-file', {})
    }),
    fill: action(async (click) => {
      const { person } = await lookerOf(click)
      const collection = await readCollection(click.trx, click.action.value.collection ?? '')
      return openAnswer(click, context, collection, person)
    }),
    open: looked(({ trx }, id, looker) => cards.opened(trx, id, looker)),
    show: looked(({ trx }, id, looker) => cards.standing(trx, id, looker)),
    // Its pictures are kept where cards find them.
    tally: action(async (click) => {
      const id = click.action.value.collection ?? ''
      const beside = await cards.tally(click.trx, id, fromIn(click), await lookerOf(click))
      return { beside, besideAlone: true }
    }),
    list: looked(async (click, _id, looker) => {
      const list = click.action.value.list === 'made' ? 'made' : 'mine'
      const card = await cards.list(click.trx, list, fromIn(click), looker)
      return card ?? textCard(translate(click.language, 'collections:list.none'))
    }),
    missing: handled(async (click, collection, looker) => {
      return { beside: await cards.missing(click.trx, collection, fromIn(click), looker), besideAlone: true }
    }),
    preview: handled(async ({ trx }, collection, looker) => {
      return { beside: await cards.preview(trx, collection, looker), besideAlone: true }
    }),
    try: handled((click, collection) => openPreview(click, collection)),
    edit: handled(async (click, collection) => {
      if (collection.row.state !== 'draft') {
        throw new PlainError('collections:refused.sent', { number: collection.row.number })
      }
      return click.openForm('collections.make', await filledCollection(click.trx, collection))
    }),
    send: handled(async ({ trx, action: { value }, language }, collection, { person, now }) => {
      const seen = { revision: Number(value.revision), reached: value.reached ?? '' }
      await openCollection(trx, circulation, collection, seen, { by: person, now })
      wakeWorkers()
      const { number } = collection.row
      const buttons = [next('show', 'collections:list.standing', collection, language)]
      return { replace: textCard(translate(language, 'collections:receipt.sent', { number }), buttons) }
    }),
    drop: handled(async ({ trx, language }, collection, { person, now }) => {
      await dropCollection(trx, collection, { by: person, now })
      const { number } = collection.row
      return { replace: textCard(translate(language, 'collections:receipt.dropped', { number })) }
    }),
    remind: handled(async ({ trx, language }, { row }, { person, now }) => {
      if (row.state !== 'open') throw new PlainError('collections:refused.not-open')
      await circulation.remind(trx, originOf(row.id), now)
      await note(trx, row.id, 'reminded', { by: person, now })
      wakeWorkers()
      return { toast: translate(language, 'collections:receipt.reminded') }
    }),
    extend: handled((click, { row }) =>
      click.openForm('collections.extend', {
        context: { collection: row.id, number: row.number },
        values: { deadline: dayFilled(row.deadline), remind: remindDays(row).map(String) },
      }),
    ),
    revise: handled(async (click, { row }) => {
      await mustBeRevisable(click.trx, row)
      return click.openForm('collections.by-file', { context: { collection: row.id, number: row.number } })
    }),
    close: handled(async ({ trx, language }, collection) => {
      return {
        beside: closeCard(collection, await standingOf(trx, context, collection), language),
        besideAlone: true,
      }
    }),
    'close-now': handled(async ({ trx, language }, collection, { person, now }) => {
      await closeCollection(trx, circulation, collection, { by: person, now })
      await tellResult(trx, context, collection.row.id, now)
      wakeWorkers()
      const { number } = collection.row
      const buttons = [next('tally', 'collections:standing.tally', collection, language)]
      return { replace: textCard(translate(language, 'collections:receipt.closed', { number }), buttons) }
    }),
  }
}

/** What is done next with a collection, on the card that says what was done with it. */
function next(
  what: 'show' | 'tally',
  label: string,
  { row }: Collection,
  language: Looker['language'],
): Button {
  const value = { collection: row.id }
  return { label: translate(language, label), action: `collections.${what}`, value, opens: 'beside' }
}

async function lookerOf({ trx, action, now, language }: Click): Promise<Looker> {
  return { person: await personOf(trx, action.account), now, language }
}

function fromIn({ action }: Click): number {
  const typed = Number(action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

async function openMake(click: Click, templates: readonly CollectionTemplate[]): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const person = await personOf(trx, action.account)
  const own = await onlyOrganisation(trx, person, 'collection.make', dayInChina(now))
  const values = { organisation: own?.path ?? '' }
  const template = templates.find(({ name }) => name === action.value.template)
  if (!template) return click.openForm('collections.make', { values })
  const { name, definition, anonymity, per, remind, shares } = template
  return click.openForm('collections.make', {
    context: { template: name, kept: 'yes' },
    values: {
      ...{ ...values, title: definition.title[language], about: definition.intro[language], anonymity, per },
      ...{ remind: remind.map(String), shares: shares ? 'yes' : '' },
    },
  })
}
