import type { Language } from '../../../chat/language.ts'
import type { FormValues } from '../../../forms/definition.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Submission } from '../records.ts'
import { unsealed } from '../sealed.ts'
import { readableFields } from '../texts.ts'

/** What became of a record, as its author is told. */
export interface Progress {
  /** `YYYY-MM-DD HH:MM` in China. */
  at: string
  /** The state that it came into. */
  state: string
  /** The words of the action; empty where it has none. */
  told: string
}

/** All that became of it, first to last: for an author who cannot be written to. */
export async function progressOf(
  db: Reads,
  context: SubmissionsContext,
  { row, kind }: Submission,
  language: Language,
): Promise<Progress[]> {
  const rows = await db
    .selectFrom('submission_history')
    .selectAll()
    .where('submission', '=', row.id)
    .orderBy('revision')
    .execute()
  const progress: Progress[] = []
  for (const { action: name, from_state, to_state, revision, input, at } of rows) {
    const action = kind.actions[name]
    const kept = action?.told ? await unsealed(db, context, row, `history ${revision}`, input) : ''
    const values = kept === '' ? {} : (JSON.parse(kept) as FormValues)
    const fields = action?.fields ?? []
    const filled = await readableFields(db, fields, values, language)
    const empty = Object.fromEntries(fields.map((field) => [field.name, '']))
    const words = Object.fromEntries(filled.map((one) => [one.name, one.value]))
    const told = kept === '' || !action?.told ? '' : translate(language, action.told, { ...empty, ...words })
    if (told === '' && from_state === to_state) continue
    const state = kind.states[to_state]?.title[language] ?? to_state
    progress.push({ at: minuteInChina(new Date(at)), state, told })
  }
  return progress
}
