import type { Card } from '../chat/card.ts'
import type { Account } from '../chat/incoming.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'
import type { FormDefinition, FormField, FormPage, Instead, StuckForm } from './definition.ts'
import type { Evaluation } from './evaluate.ts'
import { showValue } from './fields/show-value.ts'
import { cardOf, type Session } from './session.ts'

/** The lines above a page: its own, then who will see what. */
export function introOf(page: FormPage, { draft: { language, context } }: Session): string[] {
  return [
    // A line that is wholly filled from the context is left out where that holds nothing for it.
    ...page.intro.map((key) => translate(language, key, context)).filter((line) => line !== ''),
    ...seenByLines(page.fields, language),
  ]
}

/** Who will see which fields, where it is said; fields seen by the same people in one line. */
export function seenByLines(fields: readonly FormField[], language: Session['draft']['language']): string[] {
  const special = Map.groupBy(
    fields.filter(({ seenBy }) => seenBy !== undefined),
    ({ seenBy = '' }) => translate(language, seenBy),
  )
  const joiner = translate(language, 'forms:value.joiner')
  return [...special].map(([seenBy, those]) =>
    translate(language, 'forms:seen-by.fields', {
      fields: those.map(({ label }) => translate(language, label)).join(joiner),
      who: seenBy,
    }),
  )
}

/** Everything that is to be sent in, as people read it. */
export async function summaryOf(
  evaluation: Evaluation,
  { draft: { language }, lookup }: Session,
): Promise<{ label: string; value: string }[]> {
  const lines: { label: string; value: string }[] = []
  for (const field of evaluation.fields) {
    const value = await showValue(field, evaluation.values[field.name], language, lookup)
    lines.push({ label: translate(language, field.label), value })
  }
  return lines
}

/** What the form has to say about what was filled in. */
export async function notesOf(
  { values }: Pick<Evaluation, 'values'>,
  { db, definition, person, now, draft: { language, context } }: Session,
): Promise<string[]> {
  return (await definition.notes?.({ db, now, language, person, values, context })) ?? []
}

/** What is said to somebody who cannot go on; null: nothing but what is wrong. */
export async function stuckCard(
  trx: Trx,
  session: Session,
  account: Account,
  { typed, problems, values }: Pick<Evaluation, 'values'> & Pick<StuckForm, 'typed' | 'problems'>,
): Promise<Card | null> {
  const { definition, draft, person, now } = session
  const { language, context, id } = draft
  const stuck = { trx, db: trx, account, draft: id, typed, problems, values, now, language, person, context }
  const blocks = await definition.stuck?.(stuck)
  return blocks ? cardOf(trx, session, { tone: 'info', blocks }) : null
}

/** What may be done instead of sending it in; null: nothing. */
export async function insteadOf(
  { values }: Pick<Evaluation, 'values'>,
  { db, definition, person, now, draft: { language, context } }: Session,
): Promise<Instead | null> {
  return (await definition.instead?.({ db, now, language, person, values, context })) ?? null
}

/** What is said above the summary: to look at it once more, and who will see it. */
export function summaryIntro(
  { fields }: Pick<Evaluation, 'fields'>,
  {
    draft: { language },
    definition: { seenBy: all = 'forms:seen-by.others' },
  }: { draft: Pick<Session['draft'], 'language'>; definition: Pick<FormDefinition, 'seenBy'> },
): string[] {
  const others = fields.some(({ seenBy }) => seenBy === undefined)
  return [
    translate(language, 'forms:summary.check'),
    ...seenByLines(fields, language),
    ...(others && all !== null ? [translate(language, all)] : []),
  ]
}
