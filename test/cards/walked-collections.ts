import type { FieldType } from '../../src/chat/form-view.ts'
import type { Language } from '../../src/chat/language.ts'
import { answerForms } from '../../src/features/collections/answering/answer-form.ts'
import { pagesOfDefinition } from '../../src/features/collections/answering/question-fields.ts'
import {
  closeCard,
  collectionCard,
  previewCard,
  standingCard,
} from '../../src/features/collections/cards/collection-cards.ts'
import { collectionsCard, missingCard, offerCard } from '../../src/features/collections/cards/list-cards.ts'
import { tallyCard } from '../../src/features/collections/cards/tally-card.ts'
import { textCard } from '../../src/features/collections/cards/text-card.ts'
import type { CollectionsContext } from '../../src/features/collections/context.ts'
import {
  both,
  type CollectionDefinition,
  limits,
  questionTypes,
} from '../../src/features/collections/definition/definition.ts'
import { lifeForms } from '../../src/features/collections/making/life-forms.ts'
import { makeForm } from '../../src/features/collections/making/make-form.ts'
import type { Collection, CollectionRow } from '../../src/features/collections/records.ts'
import { questionsOfAll, tallyOf } from '../../src/features/collections/tallying/tally.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

/** As much as a definition may hold: every type, every text as long as it can be. */
const longest: CollectionDefinition = {
  title: both(hardText(limits.title)),
  intro: both(hardText(limits.intro)),
  pages: [questionTypes.slice(0, 7), questionTypes.slice(7)].map((types, p) => ({
    title: both(hardText(limits.title)),
    when: [],
    questions: types.map((type: FieldType, n) => ({
      ...{
        name: `q${p}-${n}`,
        type,
        label: both(`${n}${hardText(limits.label - 2)}`),
        required: n % 2 === 0,
      },
      hint: both(hardText(limits.hint)),
      options: /select/.test(type)
        ? Array.from({ length: limits.options }, (_, at) => both(`${at}${hardText(limits.option - 2)}`))
        : [],
      ...{ least: null, most: null },
    })),
  })),
}

const file = '标题: 午餐\n单位: 集团\n截止: 2030-12-31\n题目:\n  - { 问题: 满意吗, 类型: 单行文字 }\n'
// Nothing is sent in here; a file that is chosen reads so.
const none = { blobs: { get: async () => new TextEncoder().encode(file) } } as unknown as CollectionsContext
const cards = {} as Parameters<typeof makeForm>[0]

export const collectionForms: FormDefinition[] = [
  makeForm(cards, []),
  ...lifeForms(none, cards),
  ...answerForms(none).map((form) => {
    const pages = pagesOfDefinition(longest, 'collections:notice.named')
    return { ...form, pages, pagesOf: () => pages }
  }),
]

/** What is taken in fields that are read further than their type says. */
export const collectionAnswers: Values = {
  ...{ toKinds: ['groups', 'members', 'people'], toAt: '集团', toRoles: ['staff'], toPeople: '张三' },
  ...{ deadline: '2026-12-01', anonymity: 'named', count: '10' },
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, n) => [
      [`label${n + 1}`, `${n}${hardText(limits.label - 2)}`],
      [`type${n + 1}`, 'select'],
      [`options${n + 1}`, Array.from({ length: limits.options }, (_one, at) => `${at} 项`).join('\n')],
    ]).flat(),
  ),
}

function collectionOf({ name }: Sizes, state: CollectionRow['state'], at: number): Collection {
  const instant = '2026-03-02T01:00:00.000Z'
  return {
    row: {
      ...{
        id: 'c'.repeat(36),
        number: 'SJ-2026-0001',
        title: longest.title['zh-CN'],
        organisation: 'o',
        state,
      },
      ...{
        anonymity: (['named', 'handlers-only', 'anonymous'] as const)[at % 3]!,
        version: 1,
        audience: null,
      },
      ...{ per: (['person', 'unit'] as const)[at % 2]!, deadline: at === 2 ? null : instant, remind: '[1]' },
      ...{ shares: 1, revision: 0, made_by: 'p', made_at: instant, opened_at: instant, ended_at: null },
    },
    ...{ organisation: name, definition: longest, handlers: [] },
  }
}

const folder = 'src/features/collections/cards/'

export const walkedCollections: Walked[] = [
  {
    makers: [
      ...['closeCard', 'collectionCard', 'previewCard', 'standingCard'].map(
        (one) => `${folder}collection-cards.ts#${one}`,
      ),
      ...['collectionsCard', 'missingCard', 'offerCard'].map((one) => `${folder}list-cards.ts#${one}`),
      ...[`${folder}tally-card.ts#tallyCard`, `${folder}text-card.ts#textCard`],
    ],
    cards(language: Language, sizes: Sizes) {
      const { name, remark, clause, title, many } = sizes
      const all = (['draft', 'open', 'closed'] as const).map((state, at) => collectionOf(sizes, state, at))
      const [draft, open] = all as [Collection, Collection]
      const standing = {
        answers: many,
        answered: many,
        missing: many,
        unreachable: many,
        chats: many,
        whom: 'w'.repeat(22),
      }
      const chat = { platform: 'feishu', installation: 't', chat: 'c' }
      const reached = { people: many, unreachable: many, chats: many, whom: 'w'.repeat(22) }
      const listed = Array.from({ length: Math.min(many, 8) }, () => ({ collection: open, state: remark }))
      const people = Array.from({ length: Math.min(many, 40) }, () => ({ name, organisation: name }))
      const questions = questionsOfAll(new Map([[1, longest]]))
      const given = Array.from({ length: many }, (_, n) =>
        Object.fromEntries(
          questions.map((question) => [
            question.name,
            question.options[n % 30]?.['zh-CN'] ?? (n % 2 ? 12 : clause),
          ]),
        ),
      )
      const tally = {
        answers: many,
        questions: tallyOf(questions, given, (_, value) => String(value)),
        byUnit: people.map(({ organisation }) => ({ organisation, answers: 5, share: 0.125, questions: [] })),
        rest: many,
      }
      const pictures = new Map(
        questions.slice(0, 5).map(({ name: question }) => [
          question,
          {
            type: 'picture' as const,
            name: 'a.png',
            blob: 'b',
            url: 'https://example.org/a.png',
            alt: remark,
          },
        ]),
      )
      return [
        textCard(remark === '' ? title : remark),
        ...all.flatMap((one) => [
          collectionCard(
            one,
            { why: 'first', language, person: null, chat },
            { answered: many, missing: many },
          ),
          collectionCard(
            one,
            { why: 'reminder', language, person: 'p', chat: null, hasAnswered: true },
            null,
          ),
          ...[true, false].map((handles) => standingCard(one, standing, { language, handles })),
          closeCard(one, standing, language),
        ]),
        previewCard(
          draft,
          {
            audience: people.slice(0, 5).map(() => remark || name),
            problem: '',
            reached,
            remindAt: [new Date(0)],
          },
          language,
        ),
        previewCard(all[2]!, { audience: null, problem: remark, reached, remindAt: [] }, language),
        ...(['made', 'mine'] as const).map((list) =>
          collectionsCard({ listed, from: 0, count: many, list }, language),
        ),
        missingCard(open, { people, from: 0, count: many }, language),
        offerCard(
          people.slice(0, 10).map((one, n) => ({ name: String(n), title: one.name })),
          remark === '' ? [] : [remark],
          language,
        ),
        ...[0, 5, 10].map((from) => tallyCard(open, { tally, from }, new Map(), language)),
        tallyCard(open, { tally, from: 0, most: 10, untold: many }, pictures, language),
      ]
    },
  },
]
