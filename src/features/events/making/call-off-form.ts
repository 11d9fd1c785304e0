import type { FormDefinition } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { EventsContext } from '../context.ts'
import { findEvent } from '../records.ts'
import { needsOrganiser } from '../registering/organisers.ts'
import { callOffAll } from './call-off.ts'
import { plainLines } from './plain-line.ts'
import { manageCard } from './preview.ts'
import { textOf } from './read-form.ts'
import { fromHereOn } from './series.ts'

/** Asks why an event is called off, and says who will be told. */
export function callOffForm(context: EventsContext): FormDefinition {
  return {
    name: 'events.call-off',
    version: 1,
    title: 'making:form.call-off',
    subject: 'making:form.of-event',
    seenBy: 'making:form.reason-seen-by',
    pages: [
      {
        name: 'reason',
        intro: ['making:form.intro.call-off'],
        fields: [
          {
            name: 'reason',
            type: 'long-text',
            label: 'making:form.reason',
            hint: 'making:form.hint.reason',
            required: true,
            least: 2,
            most: 500,
          },
        ],
      },
    ],
    async submit({ trx, now, language, account, values, context: about }) {
      const event = await findEvent(trx, about.event ?? '')
      if (!event) throw new PlainError('making:refused.gone')
      const by = await needsOrganiser(trx, account, event, now)
      const all = about.scope === 'following' ? await fromHereOn(trx, event) : [event]
      const reason = plainLines(textOf(values.reason))
      await callOffAll(trx, context, all, { reason, by, now })
      const after = (await findEvent(trx, event.row.id)) ?? event
      const card = await manageCard(trx, context, after, { language, now })
      const text = translate(language, 'making:called-off', { count: all.length })
      const blocks = [{ type: 'text' as const, runs: [{ text, strong: true }] }, ...card.blocks]
      return { number: event.row.number, card: { ...card, blocks }, alone: true }
    },
  }
}
