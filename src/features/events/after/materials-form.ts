import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { IncomingFile } from '../../../chat/incoming.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { eventFor } from '../check-in/organiser.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { sentenceCard } from '../registering/receipt-card.ts'
import { addMaterials } from './materials.ts'
import { sendMaterials } from './send-materials.ts'

/** Asks an organiser for the files that those who were there get. */
export async function openMaterials({ trx, action, now, openForm }: Click): Promise<Acknowledgement> {
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { row } = await eventFor(trx, action.value.event ?? '', person, 'event.manage', now)
  return openForm('events.materials', { context: { event: row.id, headline: eventHeadline(row) } })
}

export const materialsForm: FormDefinition = {
  name: 'events.materials',
  version: 1,
  title: 'check-in:materials.form',
  subject: 'check-in:feedback.about',
  seenBy: 'check-in:materials.seen-by',
  pages: [
    {
      name: 'files',
      intro: ['check-in:materials.intro'],
      fields: [
        {
          ...{ name: 'files', type: 'file', label: 'check-in:materials.files', required: true },
          ...{ hint: 'check-in:materials.files-hint', most: 5, seenBy: 'check-in:materials.seen-by' },
        },
      ],
    },
  ],
  submit,
}

/** During the event they wait for its end; after it they go out at once. */
async function submit({ trx, person, now, language, values, context }: Submission): Promise<Receipt> {
  const event = await eventFor(trx, context.event ?? '', person, 'event.manage', now)
  const files = values.files as IncomingFile[]
  await addMaterials(trx, event, files, { by: person ?? '', now })
  const isOver = event.row.state === 'over'
  if (isOver) await sendMaterials(trx, event, now)
  const key = isOver ? 'check-in:materials.sending' : 'check-in:materials.waiting'
  return {
    number: event.row.number,
    card: sentenceCard(language, key, { count: files.length }),
  }
}
