import type { Acknowledgement } from '../chat/form-view.ts'
import type { Say } from '../conversation/feature.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'
import type { Receipt, Submission } from './definition.ts'
import { type Draft, updateDraft } from './drafts.ts'
import type { Evaluation } from './evaluate.ts'
import { isNewNumber } from './receipt-number.ts'
import { cardOf, type Session } from './session.ts'

/**
 * Makes the record of a draft that is locked, open and whole, and marks it as submitted: in one transaction, so that
 * there is a record where it is marked and none where it is not. Says the receipt, and then what the form has to say.
 */
export async function submitDraft(
  trx: Trx,
  session: Session,
  { values }: Evaluation,
  say: Say,
): Promise<Receipt> {
  const { draft, definition, person, now } = session
  const { id, language, account, conversation, context } = draft
  const afterwards: Parameters<Say>[] = []
  // The receipt's message is to come first, whatever a form says while it makes the record.
  const sayAfterwards: Submission['say'] = async (...said) => void afterwards.push(said)
  const rest: ((said: string) => Promise<void>)[] = []
  const given = await definition.submit({
    ...{ trx, say: sayAfterwards, now, language, draft: id, account, person, conversation, values, context },
    onceSaid: (work) => void rest.push(work),
  })
  const receipt = { ...given, toast: given.toast ?? completion(trx, given, language) }
  await updateDraft(trx, session, { ...draft, state: 'submitted', asking: null, updatedAt: now, receipt })
  const to = receipt.alone ? { to: { type: 'account' as const, account } } : {}
  const said = await say(receipt.isOpen ? receipt.card : await cardOf(trx, session, receipt.card), to)
  for (const work of rest) await work(said)
  for (const more of afterwards) await say(...more)
  return receipt
}

/** What is answered to whoever comes back to a form that was sent in: its receipt once more. */
export async function receiptAgain(
  trx: Trx,
  session: Pick<Session, 'draft' | 'sealer'>,
): Promise<Acknowledgement> {
  const { receipt, language } = session.draft
  if (!receipt) return { closed: true }
  const beside = await cardOf(trx, session, receipt.card)
  return { ...sentIn(receipt, language), beside, ...(receipt.alone ? { besideAlone: true } : {}) }
}

/** The form is sent in and closed. */
export function sentIn(receipt: Receipt, language: Draft['language']): Acknowledgement {
  return { closed: true, toast: toastOf(receipt, language) }
}

/** What is said for a moment of a form that was sent in. */
export function toastOf({ toast }: Receipt, language: Draft['language']): string {
  return toast ?? translate(language, 'forms:submitted')
}

/**
 * What is new is said with its number. The number of what stood there before is not that of what was sent in: whoever
 * objects to an award would quote the award's as theirs.
 */
function completion(trx: Trx, { number }: Receipt, language: Draft['language']): string {
  const isNew = isNewNumber(trx, number)
  return isNew
    ? translate(language, 'forms:submitted-new', { number })
    : translate(language, 'forms:submitted')
}
