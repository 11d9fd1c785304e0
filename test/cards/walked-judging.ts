import type { Language } from '../../src/chat/language.ts'
import {
  awardsCard,
  certificateCard,
  certificatesCard,
  noticeCard,
  noticeOverCard,
  objectionCard,
  praiseCard,
  resultsCard,
  settledCard,
} from '../../src/features/campaigns/judging/award-cards.ts'
import { awardForms } from '../../src/features/campaigns/judging/award-forms.ts'
import type { JudgingContext } from '../../src/features/campaigns/judging/context.ts'
import {
  blindCheckCard,
  completeCard,
  dealCard,
  explainCard,
  organisersCard,
  rankingCard,
  reviewingCard,
} from '../../src/features/campaigns/judging/judging-cards.ts'
import { judgingForms } from '../../src/features/campaigns/judging/judging-forms.ts'
import {
  askedCard,
  reviewCard,
  reviewsCard,
  textCard,
  withdrawnCard,
} from '../../src/features/campaigns/judging/review-cards.ts'
import { reviewForms, scoreContext } from '../../src/features/campaigns/judging/review-forms.ts'
import type { Campaign } from '../../src/features/campaigns/records.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import type { Values } from '../forms/form-house.ts'
import { sizes as allSizes, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/campaigns/judging/'

function campaignOf({ title, remark, name }: Sizes, state: Campaign['row']['state']): Campaign {
  const titles = { 'zh-CN': name, en: name }
  return {
    row: {
      ...{ id: 'c'.repeat(36), number: 'JB-2026-0001', title, form: 'campaign', organisation: 'o', state },
      ...{ revision: 1, purpose: remark, rules_document: null, rules_version: null, rules_text: remark },
      ...{ starts_on: '2026-03-01', ends_on: '2026-03-31', review_until: '2026-04-20', kinds: '[]' },
      ...{ rubric: '{}', blind: 1, reviewers_each: 3, awards: '[]', audience: null, made_by: null },
      ...{ made_at: '', opened_at: '', ended_at: '2026-05-01T00:00:00Z' },
    },
    kinds: ['proposal'],
    rubric: {
      criteria: (['one', 'two'] as const).map((criterion) => ({
        ...{ name: criterion, title: titles, most: 50 },
        bands: [{ from: 40, to: 50, for: titles }],
      })),
      ...{ reviews: 3, opinionBelow: 60, outlier: 20, proposes: [] },
    },
    awards: [{ name: 'best', title: titles, for: 'entry', places: 500, by: 'score' }],
    ...{ audience: null, organisations: ['o'] },
  }
}

const context = {
  settings: { opinionAbove: 95, remindEvery: 3, noticeDays: 5 },
} as unknown as JudgingContext
const campaign = campaignOf(allSizes.usual, 'reviewing')
const asked = {
  ...scoreContext(campaign, 95),
  awards: JSON.stringify(
    (['entry', 'organisation', 'person'] as const).map((whom) => ({
      ...{ name: whom, title: { 'zh-CN': whom, en: whom }, for: whom },
    })),
  ),
}

/** Forms of judging, with the pages of a rubric and of awards of every sort. */
export const judgedForms: FormDefinition[] = [
  ...reviewForms(context),
  ...judgingForms(context),
  ...awardForms(context),
].map((form) => {
  const { pagesOf, ...rest } = form
  return pagesOf ? { ...rest, pages: pagesOf(asked) } : form
})

/** What is taken in fields that are read further than their type says. */
export const judgedAnswers: Values = { days: '5', one: '20', two: '20' }

export const walkedJudging: Walked[] = [
  {
    makers: [
      ...[
        'awardsCard',
        'certificateCard',
        'certificatesCard',
        'noticeCard',
        'noticeOverCard',
        'objectionCard',
      ].map((name) => `${folder}award-cards.ts#${name}`),
      ...['praiseCard', 'resultsCard', 'settledCard'].map((name) => `${folder}award-cards.ts#${name}`),
      ...[
        'blindCheckCard',
        'completeCard',
        'dealCard',
        'explainCard',
        'organisersCard',
        'rankingCard',
        'reviewingCard',
      ].map((name) => `${folder}judging-cards.ts#${name}`),
      ...['askedCard', 'reviewCard', 'reviewsCard', 'textCard', 'withdrawnCard'].map(
        (name) => `${folder}review-cards.ts#${name}`,
      ),
    ],
    cards: (language, sizes) => [...reviewing(language, sizes), ...awarding(language, sizes)],
  },
]

function reviewing(language: Language, sizes: Sizes) {
  const { title, name, clause, remark, many } = sizes
  const of = campaignOf(sizes, 'reviewing')
  const all = Array.from({ length: Math.max(1, many) }, (_, at) => at)
  const states = ['asked', 'given'] as const
  const reviews = all.slice(0, 5).map((at) => ({
    ...{ campaign: of, submission: `s${at}`, name: title, state: states[at % 2]! },
    total: at % 2 === 1 ? 84_500 : null,
  }))
  const listed = { count: 40, open: 20, from: 0, reviews }
  const entry = {
    ...{ score: 84_500, benefit: 1, criteria: [1, 2], enteredAt: '', author: null, unit: null },
    ...{ asked: 3, given: 2 },
  }
  const deciders = [
    null,
    { by: 'time' as const },
    { by: 'criterion' as const, at: 0 },
    { by: 'shared' as const },
  ]
  const placed = all.map((at) => ({
    ...{ entry: { ...entry, submission: `s${at}` }, place: at + 1, after: deciders[at % 4]! },
  }))
  const people = all.map((at) => ({
    person: `p${at}`,
    name,
    isIn: at % 2 === 0,
    open: 3,
    given: 2,
    declined: 1,
  }))
  const judging = {
    ...{ campaign: 'c', ties: 'resolved' as const, ended_at: null, notice_until: null, stopped_at: null },
    ...{ confirmed_by: null, confirmed_at: null },
  }
  return [
    askedCard(of, listed, language),
    reviewsCard(listed, language),
    ...([null, 84_500] as const).map((total) =>
      reviewCard(
        {
          ...{ campaign: of, submission: 's', name: title, from: 0 },
          content: all.map((at) => ({ name: `f${at}`, label: name, value: clause })),
          review: { state: 'asked', total, opinion: '' },
        },
        language,
      ),
    ),
    ...[true, false].map((makes) =>
      reviewingCard({ campaign: of, judging, reviewers: people, entries: 9, undealt: 3 }, makes, language),
    ),
    reviewingCard({ campaign: of, judging: null, reviewers: [], entries: 0, undealt: 0 }, true, language),
    dealCard(of, { entries: 9, wanted: 27, reviewers: 2, onLeave: all.map(() => name) }, language),
    rankingCard(
      {
        ...{ campaign: of, placed: placed.slice(0, 8), ranked: placed.length, from: 0, unranked: 2, few: 1 },
        names: new Map(placed.map((one) => [one.entry.submission, title])),
      },
      language,
    ),
    explainCard(title, [remark || name, name], language),
    blindCheckCard(
      {
        ...{ campaign: of, looked: 100, next: 's' },
        found: all.map(() => ({ name: title, places: [{ field: name, names: [name] }] })),
      },
      language,
    ),
    textCard(title),
    withdrawnCard(of, 3, language),
    ...[0, 7].map((lacking) => completeCard(of, lacking, language)),
    organisersCard(of, { lacking: 7, names: all.slice(0, 5).map(() => title) }, language),
  ]
}

function awarding(language: Language, sizes: Sizes) {
  const { title, remark, many } = sizes
  const of = campaignOf(sizes, 'notice')
  const awards = Array.from({ length: Math.max(1, many) }, (_, at) => ({
    ...{ id: `a${at}`, campaign: 'c', award: 'best', place: at + 1, submission: 's', organisation: null },
    ...{
      person: null,
      holder: title,
      unit: title,
      standing: title,
      reason: remark,
      certificate: 'ZS-2026-0001',
      file: null,
      by: null,
    },
    at: '2026-05-01T00:00:00Z',
  }))
  const judging = {
    ...{ campaign: 'c', ties: 'resolved' as const, ended_at: '2026-05-01T00:00:00Z', stopped_at: null },
    ...{ notice_until: '2026-05-08T00:00:00Z', confirmed_by: null, confirmed_at: null },
  }
  const [award] = awards
  const objection = { id: 'o', text: remark || title, state: 'upheld' as const, reason: remark || title }
  const own = { campaign: of, award: award! }
  const listed = { campaign: of, judging, awards, entries: 1, openObjections: 2, from: 0 }
  const picture = {
    type: 'picture' as const,
    name: 'x.png',
    blob: 'b',
    url: 'http://bot.example/x',
    alt: title,
  }
  return [
    noticeCard(of, awards, '2026-05-07', language),
    resultsCard(of, awards, { 'zh-CN': picture, en: picture }, language),
    resultsCard(of, awards, null, language),
    praiseCard(of, award!, language),
    certificatesCard(
      awards.slice(0, 10).map((one) => ({ campaign: of, award: one })),
      language,
    ),
    certificateCard(own, title, language),
    objectionCard(of, objection, language),
    settledCard(of, objection, language),
    settledCard(of, { ...objection, state: 'rejected' }, language),
    noticeOverCard(of, language),
    awardsCard(listed, { makes: true, decides: true }, language),
    awardsCard(
      { ...listed, campaign: campaignOf(sizes, 'reviewing') },
      { makes: true, decides: false },
      language,
    ),
    awardsCard({ ...listed, awards: [] }, { makes: false, decides: false }, language),
  ]
}
