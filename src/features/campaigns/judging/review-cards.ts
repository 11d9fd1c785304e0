import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { ComparedField } from '../../submissions/port.ts'
import { mostPoints } from '../../submissions/port.ts'
import type { Campaign } from '../records.ts'
import type { ReviewRow } from './judging-records.ts'
import { type OwnReview, type OwnReviews, reviewsOnPage } from './own-reviews.ts'
import { pointsOf } from './score.ts'

const longestLine = 150
/** Longer texts are shown in parts, none is left out. */
const longestPart = 800
const partsOnPage = 6

/** A line that fits beside others. */
export function shortLine(text: string, most = longestLine): string {
  const letters = Array.from(text.replaceAll(/\s+/g, ' '))
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

/** A card of one text, with buttons. */
export function textCard(text: string, buttons: readonly Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [{ type: 'text', runs: plain(text) }, ...buttonBlock(buttons)],
  }
}

/** Buttons in a row; nothing where there are none. */
export function buttonBlock(buttons: readonly Button[]): Block[] {
  return buttons.length > 0 ? [{ type: 'buttons', buttons: [...buttons] }] : []
}

/** Told of its own accord: there is something to review. */
export function askedCard({ row }: Campaign, reviews: OwnReviews, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:asked.${key}`, values)
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      {
        type: 'text',
        runs: plain(say('text', { title: shortLine(row.title), number: row.number, count: reviews.open })),
      },
      ...(row.review_until === null
        ? []
        : [{ type: 'text' as const, runs: plain(say('until', { day: row.review_until })) }]),
      ...(row.blind === 1 ? [{ type: 'note' as const, text: say('blind') }] : []),
      ...reviews.reviews.flatMap((review) => reviewBlocks(review, language)),
      ...moreButton(reviews, language),
    ],
  }
}

/** Told to a reviewer: what they had open is not wanted any more. */
export function withdrawnCard({ row }: Pick<Campaign, 'row'>, count: number, language: Language): Card {
  const values = { title: shortLine(row.title, 80), number: row.number, count }
  return textCard(translate(language, 'judging:withdrawn', values))
}

/** 我的评审: what is open first, then what was given and can be corrected. */
export function reviewsCard(reviews: OwnReviews, language: Language): Card {
  const { count, open } = reviews
  return {
    tone: 'info',
    title: translate(language, 'judging:list.title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'judging:list.figures', { count, open })) },
      ...reviews.reviews.flatMap((review) => reviewBlocks(review, language)),
      ...moreButton(reviews, language),
    ],
  }
}

function reviewBlocks({ campaign, submission, name, state, total }: OwnReview, language: Language): Block[] {
  const stands =
    state === 'given' && total !== null
      ? translate(language, 'judging:review.points', {
          ...{ points: pointsOf(total), most: mostPoints(campaign.rubric) },
        })
      : translate(language, 'judging:review.open')
  const label = translate(language, state === 'given' ? 'judging:review.correct' : 'judging:review.read')
  const value = { campaign: campaign.row.id, submission }
  return [
    { type: 'text', runs: [{ text: shortLine(name), strong: true }, ...plain(` · ${stands}`)] },
    { type: 'buttons', buttons: [{ label, action: 'campaigns.review', value, opens: 'beside' }] },
  ]
}

function moreButton({ count, from }: OwnReviews, language: Language): Block[] {
  const next = from + reviewsOnPage
  if (next >= count) return []
  const label = translate(language, 'judging:list.more', { count: count - next })
  return buttonBlock([
    { label, action: 'campaigns.my-reviews', value: { from: String(next) }, opens: 'beside' },
  ])
}

export interface ReviewedEntry {
  campaign: Campaign
  submission: string
  name: string
  content: readonly ComparedField[]
  review: Pick<ReviewRow, 'state' | 'total' | 'opinion'>
  /** The part of the text that is shown first. */
  from: number
}

/** What a reviewer reads before they give their points. */
export function reviewCard(
  { campaign, submission, name, content, review, from }: ReviewedEntry,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:review.${key}`, values)
  const value = { campaign: campaign.row.id, submission }
  const parts = content.flatMap(partsOfField)
  const left = parts.length - from - partsOnPage
  const button = (label: string, action: string, style: 'primary' | 'plain' = 'plain'): Button => ({
    ...{ label, action: `campaigns.${action}`, value, opens: 'beside', style },
  })
  const given =
    review.total === null
      ? ''
      : say('given', { points: pointsOf(review.total), most: mostPoints(campaign.rubric) })
  return {
    tone: 'info',
    title: shortLine(name, 100),
    blocks: [
      {
        type: 'note',
        text: say('of', { title: shortLine(campaign.row.title), number: campaign.row.number }),
      },
      ...(given === '' ? [] : [{ type: 'text' as const, runs: [{ text: given, strong: true }] }]),
      ...parts.slice(from, from + partsOnPage).map(
        ({ label, text }): Block => ({
          type: 'text',
          runs: [{ text: label, strong: true }, ...plain(text)],
        }),
      ),
      ...(parts.length === 0 ? [{ type: 'note' as const, text: say('empty') }] : []),
      ...(left > 0
        ? buttonBlock([
            {
              ...button(say('rest', { count: left }), 'review'),
              value: { ...value, from: String(from + partsOnPage) },
            },
          ])
        : []),
      ...buttonBlock([
        button(say(review.total === null ? 'give' : 'correct'), 'give-review', 'primary'),
        button(say('decline'), 'decline-review'),
        ...(review.total === null ? [button(say('hand'), 'hand-review')] : []),
      ]),
    ],
  }
}

/** A field in parts that each fit a card. */
function partsOfField({ label, value }: ComparedField): { label: string; text: string }[] {
  const letters = Array.from(value)
  const parts: { label: string; text: string }[] = []
  for (let at = 0; at < Math.max(1, letters.length); at += longestPart) {
    const text = letters.slice(at, at + longestPart).join('')
    parts.push({ label: `${shortLine(label, 60)}${at === 0 ? '' : ` ${at / longestPart + 1}`}  `, text })
  }
  return parts
}
