import { enqueue } from '../../../delivery/outbox.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { textCard } from '../cards/text-card.ts'
import { note } from '../making/keep-collection.ts'
import type { CollectionRow } from '../records.ts'

interface Replaced {
  /** Who answered for the unit before, and who does now. */
  former: string
  by: string
  organisation: string
  now: Date
}

/** Somebody answered for a unit in place of a colleague: it is written down, and the colleague hears of it. */
export async function tellReplaced(
  trx: Trx,
  { id, title }: Pick<CollectionRow, 'id' | 'title'>,
  { former, by, organisation, now }: Replaced,
): Promise<void> {
  await note(trx, id, 'replaced', { by, now }, { former, organisation })
  const to = await addressOf(trx, former)
  const told = await readPerson(trx, former)
  if (!to || !told) return
  const name = (await readPerson(trx, by))?.name ?? ''
  const { language } = told
  const at = now.toISOString()
  await enqueue(trx, {
    ...{ id: `collection replaced ${id} ${organisation} ${at} ${by}`, to, lane: 'reminder', now },
    card: textCard(translate(language, 'collections:told-replaced', { title, name }), [
      {
        ...{ label: translate(language, 'collections:list.show'), action: 'collections.open' },
        ...{ value: { collection: id }, opens: 'beside' },
      },
    ]),
  })
}
