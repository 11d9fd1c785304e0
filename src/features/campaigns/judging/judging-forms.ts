import type { FormDefinition, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Campaign } from '../records.ts'
import { campaignFor } from './access.ts'
import type { JudgingContext } from './context.ts'
import { endReviewing } from './keep-awards.ts'
import { mostReviewers, nameReviewers } from './keep-reviewers.ts'
import { textCard } from './review-cards.ts'

const seenBy = 'judging:form.organisers'

/** The forms by which reviewers are named and reviewing is ended. */
export function judgingForms(context: JudgingContext): FormDefinition[] {
  return [reviewersForm(context), endForm(context)]
}

function reviewersForm(context: JudgingContext): FormDefinition {
  return {
    name: 'campaigns.name-reviewers',
    version: 1,
    title: 'judging:form.reviewers-title',
    subject: '{{about}}',
    seenBy,
    pages: [
      {
        name: 'reviewers',
        intro: ['judging:form.reviewers-intro'],
        fields: [
          {
            ...{ name: 'reviewers', type: 'people', label: 'judging:form.reviewers', required: true },
            ...{ colleagues: true, most: mostReviewers },
          },
          {
            ...{ name: 'ties', type: 'select', label: 'judging:form.ties', required: true },
            usual: 'resolved',
            options: [
              { value: 'resolved', label: 'judging:form.ties-resolved' },
              { value: 'shared', label: 'judging:form.ties-shared' },
            ],
          },
        ],
      },
    ],
    async submit(sent) {
      const { campaign, by } = await organiserOf(sent)
      const people = (sent.values.reviewers as string[] | undefined) ?? []
      const ties = sent.values.ties === 'shared' ? 'shared' : 'resolved'
      await nameReviewers(sent.trx, context, campaign, { people, ties }, { by, now: sent.now })
      return receipt(sent, campaign, 'reviewers', 'reviewing', { count: people.length })
    },
  }
}

function endForm(context: JudgingContext): FormDefinition {
  return {
    name: 'campaigns.end-reviewing',
    version: 1,
    title: 'judging:form.end-title',
    subject: '{{about}}',
    seenBy,
    pages: [
      {
        name: 'end',
        intro: ['judging:form.end-intro'],
        fields: [
          {
            ...{ name: 'reason', type: 'text', label: 'judging:form.end-reason', required: true },
            ...{ least: 2, most: 300 },
          },
        ],
      },
    ],
    async submit(sent) {
      const { campaign, by } = await organiserOf(sent)
      const doing = { by, now: sent.now }
      const open = await endReviewing(sent.trx, context, campaign, String(sent.values.reason), doing)
      return receipt(sent, campaign, 'ended', 'list-awards', { count: open })
    },
  }
}

/** Who sends in a form about a campaign, and the campaign. Throws PlainError where they may not make it. */
export async function organiserOf({
  trx,
  person,
  now,
  context,
}: Submission): Promise<{ campaign: Campaign; by: string }> {
  if (person === null) throw new PlainError('judging:sign-in')
  return {
    campaign: await campaignFor(trx, 'campaign.make', context.campaign, { person, now }),
    by: person,
  }
}

/** What is kept by whoever sent it in, with the way to what comes next. */
export function receipt(
  { language }: Submission,
  { row }: Campaign,
  key: string,
  next: 'reviewing' | 'list-awards',
  values: Record<string, string | number> = {},
) {
  const said = translate(language, `judging:receipt.${key}`, { ...values, number: row.number })
  const label = translate(language, next === 'reviewing' ? 'judging:do.reviewing' : 'judging:do.awards')
  const button = { label, action: `campaigns.${next}`, value: { campaign: row.id } }
  return { number: row.number, card: textCard(said, [{ ...button, opens: 'beside' }]), alone: true }
}
