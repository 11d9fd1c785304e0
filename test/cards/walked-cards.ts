import type { Button, Card } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import type { Mine } from '../../src/conversation/feature.ts'
import {
  declinedCard,
  handedOverCard,
  type Occasion,
  replyCard,
  requestCard,
  settledCard,
} from '../../src/features/help/help-cards.ts'
import type { RequestFacts } from '../../src/features/help/requests.ts'
import { confirmCard, ownLeaveCard } from '../../src/features/leave/leave-cards.ts'
import { mineCard } from '../../src/features/mine/mine-card.ts'
import type { Answer, Citation } from '../../src/features/policy/answer.ts'
import {
  answerCard,
  clauseCard,
  howToAskCard,
  supersededCard,
  welcomeCard,
} from '../../src/features/policy/policy-cards.ts'
import { cancelledCard, continueCard, draftsCard, filesCard, savedCard } from '../../src/forms/draft-cards.ts'
import type { Draft } from '../../src/forms/drafts.ts'
import { indexDefinitions } from '../../src/forms/session.ts'
import type { OpenedClause } from '../../src/knowledge/search/search-engine.ts'
import { errorCard } from '../../src/messages/error-card.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { testReader } from '../fakes/test-sealer.ts'
import { privateChat } from '../forms/form-house.ts'
import { sampleForm } from '../forms/sample-form.ts'
import type { Sizes } from './extreme-texts.ts'

/** Cards that a function makes of data alone, for each language and size. */
export interface Walked {
  /** The functions that are called, as `path#function`. */
  makers: string[]
  cards(language: Language, sizes: Sizes): Card[]
}

const list = <T>(many: number, make: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => make(at))

const clauseOf = ({ clause, title }: Sizes): OpenedClause['clause'] => ({
  ...{
    key: '三/十',
    kind: 'clause',
    number: 10,
    label: '（十）',
    path: ['三、国有企业科协组织建设的方法措施', title],
  },
  ...{ lead: Array.from(clause).slice(0, 200).join(''), text: clause },
})

const openedOf = (sizes: Sizes): OpenedClause => {
  const clause = clauseOf(sizes)
  return {
    document: {
      document: 'guideline',
      version: 12,
      title: sizes.title,
      issuers: sizes.title,
      effective: '2026-01-01',
    },
    ...{ clause, previous: clause, next: clause },
  }
}

const citationOf = (sizes: Sizes, at: number): Citation => {
  const { document, clause } = openedOf(sizes)
  const { length } = clause.text
  return {
    ...document,
    ...{ document: `document-${at}`, clause, quote: clause.text, english: [sizes.question] },
    spans:
      length > 40
        ? [
            [0, 20],
            [24, length],
          ]
        : [[0, length]],
  }
}

function answersOf(language: Language, sizes: Sizes): Answer[] {
  const citations = list(Math.min(sizes.many, 8), (at) => citationOf(sizes, at))
  const whole: Answer = {
    ...{ id: 'a'.repeat(36), question: sizes.question, language, refused: false, tentative: false },
    ...{ citations, nearest: null, statements: [], ruling: null, related: [] },
  }
  const related = list(Math.min(sizes.many, 8), (at) => ({
    ...{ document: 'guideline', version: 1, key: `三/${at}`, label: '（十）', lead: sizes.title },
  }))
  const statements = list(Math.min(sizes.many, 12), () => ({ text: sizes.background || '一', evidence: [] }))
  return [
    whole,
    { ...whole, tentative: true, related, statements, ruling: sizes.reply },
    { ...whole, refused: true, citations: [], nearest: citations[0]! },
    { ...whole, refused: true, citations: [] },
  ]
}

function factsOf(
  language: Language,
  sizes: Sizes,
  changes: Partial<RequestFacts['request']> = {},
): RequestFacts {
  const named = { name: sizes.name, organisation: sizes.name }
  return {
    request: {
      ...{ id: 'r'.repeat(36), number: 'WD-2026-0001', asker_account: '[]', asker: 'p', asked_for: null },
      ...{
        conversation: '[]',
        in_group: 0,
        language,
        question: sizes.question,
        background: sizes.background,
      },
      ...{ answer: null, organisation: 'o', lies_with: 'o', urgent: 1, state: 'open', round: 1, reopened: 0 },
      ...{ receipt_hash: null, asked_at: '2026-03-02T01:02:03Z', escalated_at: null, answered_at: null },
      ...{ answered_by: null, reply: null, clause_document: null, clause_key: null, closed_at: null },
      ...{ close_reason: null },
      ...changes,
    },
    ...{ asker: named, askedFor: sizes.name, answeredBy: named },
  }
}

function draftOf(language: Language, sizes: Sizes): Draft {
  const { account, conversation } = privateChat('slack', 'ada')
  return {
    ...{
      id: 'd'.repeat(36),
      form: 'sample.everything',
      version: 1,
      owner: 'p',
      account,
      conversation,
      language,
    },
    ...{
      state: 'open',
      page: 'about',
      values: {},
      context: { question: sizes.question, number: 'WD-2026-0001' },
    },
    ...{
      asking: null,
      openedAt: new Date(0),
      updatedAt: new Date(0),
      receipt: null,
      sealedUnder: null,
      files: [],
    },
  }
}

/** Items of somebody's own, of every kind. */
export function minesOf({ many, name, question }: Sizes): Mine[] {
  const button: Button = {
    label: name,
    action: 'help.reply',
    value: { request: 'r'.repeat(36) },
    opens: 'beside',
  }
  const item = { title: question, state: name, buttons: [button, button] }
  return (['to-do', 'own', 'unfinished', 'own', 'to-do', 'own'] as const).map((kind) => ({
    ...{ kind, title: name, count: many, items: list(Math.min(5, many), () => item), more: '我的待办' },
  }))
}

const policy = 'src/features/policy/policy-cards.ts'
const help = 'src/features/help/help-cards.ts'
const leave = 'src/features/leave/leave-cards.ts'
const drafts = 'src/forms/draft-cards.ts'

export const walked: Walked[] = [
  { makers: [`${policy}#welcomeCard`], cards: (language) => [welcomeCard(language)] },
  { makers: [`${policy}#howToAskCard`], cards: (language) => [howToAskCard(language)] },
  {
    makers: [`${policy}#answerCard`, `${policy}#evidenceCard`, `${policy}#refusalCard`],
    cards: (language, sizes) =>
      answersOf(language, sizes).flatMap((answer) => [
        answerCard(answer),
        answerCard(answer, { open: true }),
      ]),
  },
  {
    makers: [`${policy}#clauseCard`, `${policy}#supersededCard`],
    cards(language, sizes) {
      const opened = openedOf(sizes)
      const { length } = opened.clause.text
      const whole = clauseCard({ ...opened, marks: [[0, length]] }, language)
      const alone = clauseCard({ ...opened, previous: null, next: null, marks: [] }, language)
      return [whole, alone, supersededCard(whole, opened, language), supersededCard(whole, null, language)]
    },
  },
  {
    makers: [`${help}#requestCard`],
    cards(language, sizes) {
      const reasons = (['new', 'again', 'passed-on'] as const).map((why): Occasion => ({ why }))
      const occasions: Occasion[] = [...reasons, { why: 'handed', from: sizes.name, remark: sizes.remark }]
      const facts = factsOf(language, sizes, { reply: sizes.reply })
      const guest = { ...facts, asker: null, askedFor: '' }
      return occasions.flatMap((occasion) => [
        requestCard(facts, openedOf(sizes), occasion, language),
        requestCard(guest, null, occasion, language),
      ])
    },
  },
  {
    makers: [`${help}#settledCard`, `${help}#handedOverCard`, `${help}#declinedCard`],
    cards: (language, sizes) => [
      settledCard(factsOf(language, sizes, { state: 'withdrawn' }), language),
      settledCard(factsOf(language, sizes, { state: 'closed', close_reason: sizes.remark }), language),
      settledCard(factsOf(language, sizes, { state: 'closed', reply: sizes.reply }), language),
      declinedCard(factsOf(language, sizes, { state: 'closed', close_reason: sizes.remark }), language),
      handedOverCard('WD-2026-0001', sizes.name, sizes.name, language),
    ],
  },
  {
    makers: [`${help}#replyCard`],
    cards: (language, sizes) =>
      [true, false].flatMap((flag) => {
        const by = { name: sizes.name, organisation: flag ? sizes.name : '' }
        const reply = { text: sizes.reply, by, supplement: flag }
        return [openedOf(sizes), null].map((clause) =>
          replyCard(factsOf(language, sizes), reply, clause, language, flag),
        )
      }),
  },
  {
    makers: [`${leave}#confirmCard`, `${leave}#ownLeaveCard`, `${leave}#textCard`],
    cards(language, sizes) {
      const days = { first: '2026-03-02', last: '2026-04-30' } as const
      const asked = { person: 'p'.repeat(36), ...days, working: { days: 42, provisional: true } }
      const one = { id: 'l'.repeat(36), person: 'p', ...days, note: sizes.remark }
      return [
        confirmCard(asked, language, '2026-03-01'),
        ownLeaveCard([], language, '2026-03-01'),
        ownLeaveCard(
          list(sizes.many, () => one),
          language,
          '2026-03-01',
        ),
      ]
    },
  },
  {
    makers: ['src/features/mine/mine-card.ts#mineCard'],
    cards: (language, sizes) =>
      (['card', 'home'] as const).flatMap((surface) => [
        mineCard([], language, surface),
        mineCard(minesOf(sizes), language, surface),
        mineCard([...minesOf(sizes), ...minesOf(sizes), ...minesOf(sizes)], language, surface),
      ]),
  },
  {
    makers: ['draftsCard', 'savedCard', 'cancelledCard', 'continueCard', 'filesCard', 'textCard'].map(
      (name) => `${drafts}#${name}`,
    ),
    cards(language, sizes) {
      const draft = draftOf(language, sizes)
      const sample = { ...sampleForm(), subject: 'help:about' }
      const many = list(Math.min(sizes.many, 20), () => draft)
      return [
        ...[savedCard(draft), cancelledCard(draft), continueCard(language, sizes.title, draft)],
        filesCard(
          ...([language, 'forms:files.refused'] as const),
          { title: sizes.name, field: sizes.name, held: 5, count: 2, refused: 3 },
          draft,
        ),
        draftsCard(language, [], indexDefinitions([], testReader)),
        draftsCard(language, many, indexDefinitions([sample], testReader)),
        draftsCard(language, many, indexDefinitions([], testReader)),
      ]
    },
  },
  {
    makers: ['src/messages/error-card.ts#errorCard'],
    cards: (language, sizes) => [
      errorCard(new PlainError('slack:refused', { setting: sizes.title }), language),
      errorCard(new TypeError('a defect'), language),
    ],
  },
]
