import { timingSafeEqual } from 'node:crypto'
import type { Button } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { headline, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { readSubmission, type Submission } from '../records.ts'
import { sealedCard } from '../sealed.ts'
import { commentByReceipt, endByReceipt, lastWordOf, longestComment } from './receipt.ts'

/** What may be done about a record by whoever has shown its receipt code in chat: add something, take it back. */

const form = 'submissions.receipt-comment'

type Keys = Pick<SubmissionsContext, 'sealer'>

/** The buttons under the progress. The code itself stands in no button: they hold for this account alone. */
export function receiptButtons(
  keys: Keys,
  submission: Submission,
  account: Account,
  language: Language,
): Button[] {
  if (submission.kind.states[submission.row.state]?.final) return []
  const button = (key: string): Button => ({
    label: translate(language, `submissions:code.${key}`),
    action: `submissions.receipt-${key}`,
    value: { submission: submission.row.id, proof: proofOf(keys, submission.row.id, account) },
  })
  return [
    { ...button('comment'), opens: 'beside' },
    ...(lastWordOf(submission, 'withdraw') === null ? [] : [button('withdraw')]),
  ]
}

/** Opens the one question. Throws PlainError for whoever has not shown the code. */
export async function openReceiptComment(
  click: Click,
  context: SubmissionsContext,
): Promise<Acknowledgement> {
  const { account, value } = click.action
  const submission = await shownTo(click, context, account, value)
  const { submission: id = '', proof = '' } = value
  return click.openForm(form, {
    context: { submission: id, proof, about: headline(submission, click.language) },
  })
}

/** Asks once more, and takes it back when that is confirmed. */
export async function withdrawByReceipt(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language } = click
  const { account, value } = click.action
  const submission = await shownTo(click, context, account, value)
  const about = headline(submission, language)
  const say = (key: string) => translate(language, `submissions:code.${key}`, { about })
  const card = (text: string) => sealedCard(trx, context, submission.row, textCard(text), language, 'author')
  if (value.sure === 'yes') {
    await endByReceipt(trx, context, submission, 'withdraw', now)
    return { replace: await card(say('withdrawn')) }
  }
  // Not to be asked what can no more be done.
  if (lastWordOf(submission, 'withdraw') === null) throw new PlainError('submissions:refused.not-now')
  const asked = textCard(say('withdraw-sure'))
  const sure: Button = {
    label: say('withdraw-yes'),
    action: 'submissions.receipt-withdraw',
    value: { ...value, sure: 'yes' },
  }
  const blocks = [...asked.blocks, { type: 'buttons' as const, buttons: [sure] }]
  return { replace: await sealedCard(trx, context, submission.row, { ...asked, blocks }, language, 'author') }
}

export function createReceiptCommentForm(context: SubmissionsContext): FormDefinition {
  return {
    name: form,
    version: 1,
    title: 'submissions:code.comment',
    subject: 'submissions:act.about',
    // Some records are, and a form is either.
    sealed: true,
    pages: [
      {
        name: 'comment',
        intro: ['submissions:act.about'],
        fields: [
          {
            name: 'text',
            type: 'long-text',
            label: 'submissions:code.comment',
            seenBy: 'submissions:comment.seen-by',
            required: true,
            most: longestComment,
          },
        ],
      },
    ],
    async submit({ trx, account, language, now, values, context: given }) {
      const submission = await shownTo({ trx }, context, account, given)
      const reached = await commentByReceipt(trx, context, submission, String(values.text ?? ''), now)
      const { number } = submission.row
      const card = textCard(
        translate(language, reached > 0 ? 'submissions:code.comment-sent' : 'submissions:code.comment-kept'),
        number,
      )
      return { number, card: await sealedCard(trx, context, submission.row, card, language, 'author') }
    },
  }
}

/** Throws PlainError alike where there is no such record, and where this account has not shown its code. */
async function shownTo(
  { trx }: Pick<Click, 'trx'>,
  context: SubmissionsContext,
  account: Account,
  { submission: id = '', proof = '' }: Readonly<Record<string, string>>,
): Promise<Submission> {
  const own = Buffer.from(proofOf(context, id, account))
  const given = Buffer.from(proof)
  if (given.length !== own.length || !timingSafeEqual(given, own)) throw new PlainError('submissions:gone')
  return readSubmission(trx, context, id)
}

function proofOf({ sealer }: Keys, submission: string, account: Account): string {
  return sealer.tag(`receipt ${submission} ${accountKey(account)}`)
}
