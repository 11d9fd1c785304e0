import { enqueueMany } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressesOf } from '../../people/address.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import { textCard } from './notice-cards.ts'
import type { NoticeRow } from './records.ts'

const languages = ['zh-CN', 'en'] as const

/** Tells those who know a notice as it was that it says something else now: a card that changes in its place is not news. */
export async function tellCorrection(
  trx: Trx,
  row: Pick<NoticeRow, 'id' | 'title' | 'revision'>,
  people: readonly string[],
  now: Date,
): Promise<void> {
  const addresses = await addressesOf(trx, people)
  const english = new Set<string>()
  for (const piece of inPieces(people)) {
    const rows = await trx
      .selectFrom('person')
      .select('id')
      .where('id', 'in', piece)
      .where('language', '=', 'en')
      .execute()
    for (const { id } of rows) english.add(id)
  }
  const [chinese, inEnglish] = languages.map((language) =>
    textCard(translate(language, 'notices:told-corrected', { title: row.title }), [
      {
        ...{ label: translate(language, 'notices:list.show'), action: 'notices.open' },
        ...{ value: { notice: row.id }, opens: 'beside' as const },
      },
    ]),
  )
  await enqueueMany(
    trx,
    [...addresses].map(([person, to]) => ({
      ...{ id: `notice corrected ${row.id} ${row.revision} ${person}`, to, now },
      ...{ card: (english.has(person) ? inEnglish : chinese)!, lane: 'broadcast' as const },
    })),
  )
}
