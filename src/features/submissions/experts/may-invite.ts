import type { Button } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'

export function mayInvite(possible: readonly PossibleAction[]): boolean {
  return possible.some(({ action }) => action.does.includes('invite'))
}

/** Behind it stand the experts who fit. */
export function suggestionsButton({ row }: Pick<Submission, 'row'>, language: Language): Button {
  return {
    label: translate(language, 'problems:suggest.show'),
    action: 'submissions.experts',
    value: { submission: row.id },
    opens: 'beside',
  }
}
