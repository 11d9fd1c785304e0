import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import { act, isOld } from './act.ts'
import { headlineFor } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { typedContent } from './edit-content.ts'
import { actionFormOf } from './forms/action-forms.ts'
import { checkAction } from './life/life.ts'
import { filledBy } from './problems/item-buttons.ts'
import { ownOfferValues } from './problems/own-offer.ts'
import { readSubmission } from './records.ts'
import { partOfAccount } from './relations.ts'
import { openingOf } from './review/opening.ts'
import { standingOf } from './standing.ts'
import { doneText } from './texts.ts'
import { viewOfRecord } from './view-record.ts'

/**
 * A button that leads on: done at once, or by the form that it asks. One of an old card changes nothing: it says so, and
 * the record as it stands takes the card's place.
 */
export async function press(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const {
    trx,
    now,
    language,
    action: { account, value },
  } = click
  const { submission: id = '', action = '', seen = '' } = value
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const submission = await readSubmission(trx, context, id)
  const { row, kind } = submission
  const today = dayInChina(now)
  const part = await partOfAccount(trx, submission, { account, person }, today)
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  const checked = (await isOld(trx, submission, Number(seen)))
    ? ('changed' as const)
    : checkAction(kind, await standingOf(trx, submission), part, action)
  if (typeof checked === 'string') {
    const key = checked === 'changed' ? 'submissions:changed' : `submissions:refused.${checked}`
    const replace = await viewOfRecord(trx, context, submission, part, language)
    return { toast: translate(language, key), replace }
  }
  const form = actionFormOf(kind, action, row.variety)
  if (form !== null) {
    const isEdit = checked.action.does.includes('edit')
    const opened = { submission, action: checked.action, part, today, language }
    const { values, hints } = await openingOf(trx, context, opened)
    const about = headlineFor(submission, part, language)
    const item = filledBy(kind, action, value)
    return click.openForm(form, {
      // What was begun for another offer, milestone or expert is another draft.
      context: {
        ...{ submission: row.id, seen, about, hint: hints.join('\n') },
        ...(row.sealed === 1 ? { sealed: 'yes' } : {}),
        ...(Object.keys(item).length > 0 ? { item: JSON.stringify(item) } : {}),
      },
      values: isEdit
        ? await typedContent(trx, kind, submission.values)
        : {
            ...values,
            ...(await ownOfferValues(trx, submission, checked, person)),
            ...item,
          },
    })
  }
  const done = await act(trx, context, {
    ...{ submission: row.id, action, input: {}, now },
    by: { account, person },
    seen: Number(seen),
  })
  const after = await partOfAccount(trx, done, { account, person }, today)
  return {
    toast: doneText(done, action, after, language),
    replace: await viewOfRecord(trx, context, done, after, language),
  }
}
