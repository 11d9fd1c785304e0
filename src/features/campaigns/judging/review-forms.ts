import type { Button } from '../../../chat/card.ts'
import type {
  FormDefinition,
  FormField,
  FormPage,
  FormValues,
  Submission,
} from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate, type Wording } from '../../../messages/translate.ts'
import { mostPoints, type Rubric } from '../../submissions/port.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import {
  declineReview,
  giveReview,
  handReview,
  pointsText,
  type ReviewOf,
  wantsOpinion,
} from './keep-review.ts'
import { listOwnReviews } from './own-reviews.ts'
import { textCard } from './review-cards.ts'

const seenBy = 'judging:form.seen-by'

/** The forms by which entries are scored, declined and handed on. */
export function reviewForms(context: JudgingContext): FormDefinition[] {
  return [scoreForm(context), declineForm(context), handForm(context)]
}

/** What the form of a score is made of: kept with the draft, so that it asks to its end what it began with. */
interface Asked {
  rubric: Pick<Rubric, 'criteria' | 'opinionBelow'>
  opinionAbove: number
}

/** The context by which `campaigns.score` asks for the points of a campaign's rubric. */
export function scoreContext({ rubric }: Campaign, opinionAbove: number): Record<string, string> {
  const { criteria, opinionBelow } = rubric
  return { asked: JSON.stringify({ rubric: { criteria, opinionBelow }, opinionAbove } satisfies Asked) }
}

function scoreForm(context: JudgingContext): FormDefinition {
  const pagesOf = ({ asked = '' }: Readonly<Record<string, string>>): FormPage[] =>
    scorePages(
      asked === ''
        ? { rubric: { criteria: [], opinionBelow: 101 }, opinionAbove: 101 }
        : (JSON.parse(asked) as Asked),
    )
  return {
    name: 'campaigns.score',
    version: 1,
    title: 'judging:form.score-title',
    subject: '{{about}}',
    seenBy,
    pages: pagesOf({}),
    pagesOf,
    async submit(sent) {
      const { values, trx, language } = sent
      const opinion = typeof values.opinion === 'string' ? values.opinion : ''
      const { campaign, total } = await giveReview(
        trx,
        context,
        reviewIn(sent),
        { scores: values, opinion },
        sent.now,
      )
      const said = translate(language, 'judging:receipt.given', {
        about: sent.context.about ?? '',
        points: pointsText(language, total, campaign.rubric),
      })
      const next = await nextButton(context, sent, campaign)
      return {
        number: campaign.row.number,
        card: textCard(said, [...next, listButton(language)]),
        alone: true,
      }
    },
  }
}

/** Leads to what the reviewer has open next, in this campaign first; none where all is given. */
async function nextButton(
  context: JudgingContext,
  { trx, person, language }: Submission,
  { row }: Campaign,
): Promise<Button[]> {
  const open = { reviewer: person ?? '', open: true }
  const here = await listOwnReviews(trx, context, { ...open, campaign: row.id }, language)
  const { reviews } = here.open > 0 ? here : await listOwnReviews(trx, context, open, language)
  const [first] = reviews
  if (!first) return []
  const value = { campaign: first.campaign.row.id, submission: first.submission }
  const label = translate(language, 'judging:review.next')
  return [{ label, action: 'campaigns.review', value, style: 'primary', opens: 'beside' }]
}

function scorePages({ rubric, opinionAbove }: Asked): FormPage[] {
  const wants = (values: FormValues) => {
    const points = rubric.criteria.reduce((sum, { name }) => sum + Number(values[name] ?? 0), 0)
    return rubric.criteria.length === 0 || wantsOpinion(rubric, points, opinionAbove)
  }
  const fields = rubric.criteria.map(toField)
  return [
    ...(fields.length === 0 ? [] : [{ name: 'score', intro: ['judging:form.about'], fields }]),
    {
      ...{ name: 'opinion', intro: [introOf(rubric, opinionAbove)] },
      fields: [{ name: 'opinion', type: 'long-text', label: 'judging:form.opinion', most: 1000 }],
      // Said before it is sent in; asked for only where the points lie outside of what needs no words.
      check: async ({ values }) =>
        wants(values) && String(values.opinion ?? '').trim() === ''
          ? { opinion: { key: 'judging:refused.opinion', values: {} } }
          : {},
    },
  ]
}

/** From which points an opinion is asked for. */
function introOf({ criteria, opinionBelow }: Asked['rubric'], above: number): Wording {
  const most = mostPoints({ criteria })
  const [low, high] = [(most * opinionBelow) / 100, (most * above) / 100]
  const [isLow, isHigh] = [opinionBelow > 0, above < 100]
  const which = isLow ? (isHigh ? 'below-above' : 'below') : isHigh ? 'above' : 'none'
  const key = `judging:form.opinion-intro-${which}`
  const say = (language: 'zh-CN' | 'en') => translate(language, key, { low, high })
  return { 'zh-CN': say('zh-CN'), en: say('en') }
}

/** A criterion with its bands as a hint: 26–30 分：年效益 50 万元以上. */
function toField({ name, title, most, hint, bands }: Rubric['criteria'][number]): FormField {
  const lines = (language: 'zh-CN' | 'en') =>
    [
      ...(hint ? [hint[language]] : []),
      ...bands.map((band) =>
        translate(language, 'judging:form.band', {
          points: band.from === band.to ? String(band.from) : `${band.from}–${band.to}`,
          for: band.for[language],
        }),
      ),
    ].join(language === 'en' ? '; ' : '；')
  const hints = { 'zh-CN': lines('zh-CN'), en: lines('en') }
  return {
    ...{ name, type: 'number', required: true, least: 0, most },
    label: { 'zh-CN': `${title['zh-CN']}（0–${most} 分）`, en: `${title.en} (0–${most})` },
    ...(hints['zh-CN'] === '' ? {} : { hint: hints }),
  }
}

function declineForm(context: JudgingContext): FormDefinition {
  return {
    name: 'campaigns.decline-review',
    version: 1,
    title: 'judging:form.decline-title',
    subject: '{{about}}',
    seenBy,
    pages: [
      {
        name: 'decline',
        intro: ['judging:form.decline-intro'],
        fields: [
          {
            ...{ name: 'reason', type: 'text', label: 'judging:form.interest', required: true },
            ...{ least: 2, most: 200 },
          },
        ],
      },
    ],
    async submit(sent) {
      const reason = String(sent.values.reason)
      const campaign = await declineReview(sent.trx, context, reviewIn(sent), reason, sent.now)
      return receipt(sent, campaign, 'declined')
    },
  }
}

function handForm(context: JudgingContext): FormDefinition {
  return {
    name: 'campaigns.hand-review',
    version: 1,
    title: 'judging:form.hand-title',
    subject: '{{about}}',
    seenBy,
    pages: [
      {
        name: 'hand',
        intro: ['judging:form.about'],
        fields: [
          {
            ...{ name: 'to', type: 'person', label: 'judging:form.to', required: true, colleagues: true },
          },
        ],
      },
    ],
    async submit(sent) {
      const campaign = await handReview(sent.trx, context, reviewIn(sent), String(sent.values.to), sent.now)
      return receipt(sent, campaign, 'handed')
    },
  }
}

function receipt({ language, context: { about = '' } }: Submission, { row }: Campaign, key: string) {
  const said = translate(language, `judging:receipt.${key}`, { about })
  return { number: row.number, card: textCard(said, [listButton(language)]), alone: true }
}

function listButton(language: Submission['language']) {
  return {
    label: translate(language, 'judging:list.title'),
    ...{ action: 'campaigns.my-reviews', value: {}, opens: 'beside' as const },
  }
}

/** Whose review a form is about. Throws PlainError for a guest. */
function reviewIn({ person, context: { campaign = '', submission = '' } }: Submission): ReviewOf {
  if (person === null) throw new PlainError('judging:sign-in')
  return { campaign, submission, reviewer: person }
}
