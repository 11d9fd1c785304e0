import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { enqueueMany, type OutgoingMessage } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { addressesOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { fillersOf } from './access.ts'
import { textCard } from './cards.ts'
import type { Assessment, Objection, Subject } from './records.ts'

/** Tells people at once, each in their language. @param id Of the news: nobody hears it twice. */
async function tell(
  trx: Trx,
  people: readonly string[],
  id: string,
  card: (language: Language) => Card,
  now: Date,
): Promise<void> {
  const addresses = await addressesOf(trx, people)
  const messages: OutgoingMessage[] = []
  for (const person of new Set(people)) {
    const to = addresses.get(person)
    const reader = to && (await readPerson(trx, person))
    if (!to || !reader) continue
    messages.push({ id: `${id} ${person}`, to, card: card(reader.language), lane: 'confirmation', now })
  }
  await enqueueMany(trx, messages)
}

/** Whoever fills in for a subject is told that it was sent back, and why. */
export async function tellReturned(
  trx: Trx,
  { row }: Assessment,
  subject: Subject,
  reason: string,
  now: Date,
): Promise<void> {
  const { id, filled_by: filledBy } = subject.row
  const people = [...(filledBy === null ? [] : [filledBy]), ...(await fillersOf(trx, subject, now))]
  const about = { title: row.title, name: subject.name, reason, day: row.fill_until }
  const card = (language: Language) =>
    textCard(translate(language, 'assessment:tell.returned', about), [
      {
        ...{ label: translate(language, 'assessment:own.do-fill'), action: 'assessment.fill' },
        ...{ value: { subject: id }, opens: 'beside', style: 'primary' },
      },
    ])
  await tell(trx, people, `assessment returned ${id} ${now.toISOString()}`, card, now)
}

/** Whoever holds it is told that all is checked: nothing goes on before they publish it. */
export async function tellAllChecked(trx: Trx, { row }: Assessment, count: number, now: Date): Promise<void> {
  const card = (language: Language) =>
    textCard(translate(language, 'assessment:tell.all-checked', { title: row.title, count }), [
      {
        ...{ label: translate(language, 'assessment:card.results'), action: 'assessment.results' },
        value: { assessment: row.id, revision: String(row.revision) },
        ...{ opens: 'beside', style: 'primary' },
      },
    ])
  await tell(trx, [row.made_by], `assessment checked ${row.id} ${now.toISOString()}`, card, now)
}

/** Whoever holds it is told of an objection, which holds up its end. */
export async function tellObjected(
  trx: Trx,
  { row }: Assessment,
  { id, name, text }: { id: string; name: string; text: string },
  now: Date,
): Promise<void> {
  const card = (language: Language) =>
    textCard(translate(language, 'assessment:tell.objected', { title: row.title, name, text }), [
      {
        ...{ label: translate(language, 'assessment:card.settle'), action: 'assessment.settle' },
        ...{ value: { assessment: row.id, objection: id }, opens: 'beside', style: 'primary' },
      },
    ])
  await tell(trx, [row.made_by], `assessment objected ${id}`, card, now)
}

/** Whoever objected is told what came of it, and why. */
export async function tellSettled(
  trx: Trx,
  { row }: Assessment,
  subject: Subject,
  { id, person }: Pick<Objection, 'id' | 'person'>,
  { isUpheld, reason, now }: { isUpheld: boolean; reason: string; now: Date },
): Promise<void> {
  const about = { title: row.title, name: subject.name, reason }
  const card = (language: Language) => {
    const key = isUpheld ? 'assessment:tell.upheld' : 'assessment:tell.rejected'
    const label = translate(language, 'assessment:card.show-subject')
    const value = { subject: subject.row.id }
    return textCard(translate(language, key, about), [
      { label, action: 'assessment.subject', value, opens: 'beside' },
    ])
  }
  await tell(trx, [person], `assessment settled ${id}`, card, now)
}
