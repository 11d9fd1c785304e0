import type { Language } from '../../src/chat/language.ts'
import { createCirculationPort } from '../../src/features/circulation/port.ts'
import { answerForms } from '../../src/features/consultations/answer-forms.ts'
import {
  consultationCard,
  consultationsCard,
  missingCard,
  paperCard,
  previewCard,
  standingButton,
  standingCard,
  textCard,
} from '../../src/features/consultations/consultation-cards.ts'
import { consultationForms } from '../../src/features/consultations/consultation-forms.ts'
import type { ConsultationsContext } from '../../src/features/consultations/context.ts'
import { endCard } from '../../src/features/consultations/end-card.ts'
import {
  type Consultation,
  type ConsultationRow,
  consultationKinds,
} from '../../src/features/consultations/records.ts'
import { feedbackCard, remarksCard, resultsCard } from '../../src/features/consultations/result-cards.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const at = '2026-03-06T10:00:00.000Z'
const hard = (text: string, most: number) => (text.length > most ? hardText(most) : text)

/** As many and as long as are taken. */
const questions = [
  ...Array.from({ length: 5 }, (_, n) => ({
    text: `${n}${hardText(99)}`,
    choices: Array.from({ length: 8 }, (_, choice) => `${choice}${hardText(29)}`),
  })),
  { text: hardText(100), choices: [] },
]

const asked = { questions: JSON.stringify(questions), consultation: 'c', inGroup: '' }
const context = { circulation: createCirculationPort() } as unknown as ConsultationsContext
const answering = new Set(answerForms(context).map(({ name }) => name))

/** Forms of consultations, with the pages of an answer to as many questions as there may be. */
export const consultedForms: FormDefinition[] = consultationForms(context).map((form) => {
  const { pagesOf, ...rest } = form
  return answering.has(form.name) && pagesOf ? { ...rest, pages: pagesOf(asked) } : form
})

/** What is taken in fields that are read further than their type says. */
export const consultedAnswers: Values = {
  ...{ documents: '', adopted: '', until: '2199-12-31', toAt: '', organisation: '集团' },
  questions: Array.from({ length: 6 }, (_, n) => `${n}${'长'.repeat(60)}？｜同意/不同意`).join('\n'),
}

function consultationOf(
  { title, clause, name, remark, many }: Sizes,
  state: ConsultationRow['state'],
  naming: ConsultationRow['naming'],
): Consultation {
  return {
    row: {
      ...{ id: 'c'.repeat(36), number: 'ZX-2026-0001', kind: consultationKinds[many % 4]!, naming, state },
      ...{ title: hard(title, 60), text: hard(clause, 3000), questions: '[]', organisation: 'o' },
      ...{ audience: '{}', until: at, remind: '[1]', decider: 'p', revision: 0, adopted: '[]' },
      ...{ reason: state === 'withdrawn' ? hard(remark, 200) : '', made_by: 'p', made_at: at, sent_at: at },
      decision: state === 'decided' ? hard(clause, 1500) : '',
      adoption: state === 'decided' ? hard(clause, 1500) : '',
      ...{ closed_at: at, decided_at: at },
    },
    questions: questions.slice(0, Math.min(many, 6)),
    organisation: name,
    decider: name,
    papers: Array.from({ length: Math.min(many, 15) }, (_, position) => ({
      ...{
        position,
        name: title,
        type: 'application/pdf',
        size: 1,
        blob: 'b',
        document: null,
        version: null,
      },
    })),
  }
}

const file = (name: string, makers: readonly string[]) =>
  makers.map((maker) => `src/features/consultations/${name}#${maker}`)

export const walkedConsultations: Walked[] = [
  {
    makers: [
      ...file('consultation-cards.ts', ['textCard', 'consultationCard', 'previewCard', 'standingCard']),
      ...file('consultation-cards.ts', ['consultationsCard', 'missingCard', 'paperCard']),
      ...file('end-card.ts', ['endCard']),
    ],
    cards(language: Language, sizes: Sizes) {
      const { name, title, many } = sizes
      const open = consultationOf(sizes, 'open', 'signed')
      const unsigned = consultationOf(sizes, 'open', 'unsigned')
      const over = (['closed', 'decided', 'withdrawn', 'draft'] as const).map((state) =>
        consultationOf(sizes, state, 'unsigned'),
      )
      const reader = { person: null, chat: null, why: 'first' as const, language }
      const chat = { platform: 'feishu', installation: 't', chat: 'c' }
      const names = Array.from({ length: many }, () => name)
      const people = names.slice(0, 40).map((one) => ({ name: one, organisation: name }))
      const counts = {
        answered: many,
        missing: many,
        unreachable: many,
        waiting: many,
        chats: many,
        whom: 'w'.repeat(22),
      }
      const reached = { people: many, unreachable: many, chats: many, whom: 'w'.repeat(22) }
      const listed = Array.from({ length: Math.min(many, 8) }, () => ({ consultation: open, state: name }))
      return [
        consultationCard(open, reader, null),
        consultationCard(unsigned, { ...reader, chat }, { answered: many, missing: many }),
        consultationCard(open, { ...reader, why: 'reminder' }, null),
        consultationCard(unsigned, { ...reader, hasAnswered: true }, null),
        ...over.map((one) => consultationCard(one, { ...reader, hasAnswered: true }, null)),
        previewCard(unsigned, { audience: names.slice(0, 5), reached, remindAt: [new Date(at)] }, language),
        ...[open, unsigned, ...over].flatMap((one) =>
          (['shown', 'none', 'too-few', 'later'] as const).map((results) =>
            standingCard(one, { ...counts, results }, { make: true, decide: true }, language),
          ),
        ),
        ...(['made', 'mine'] as const).map((list) =>
          consultationsCard({ listed, from: 0, count: many + 1, list }, language),
        ),
        missingCard(open, { people, from: 0, count: many + 1 }, language),
        missingCard(open, { people: [], from: 0, count: 0 }, language),
        textCard(title, [standingButton(open, language)]),
        ...[open, unsigned].map((one) => endCard(one, { missing: many }, language)),
        paperCard({
          name: title,
          mediaType: 'application/pdf',
          blob: 'b',
          url: 'https://bot.example/handed/t/1',
        }),
      ]
    },
  },
  {
    makers: file('result-cards.ts', ['resultsCard', 'remarksCard', 'feedbackCard']),
    cards(language: Language, sizes: Sizes) {
      const { name, clause, many } = sizes
      const decided = consultationOf(sizes, 'decided', 'signed')
      const all = decided.questions.map(({ choices }) => choices.map(() => many))
      const byUnit = Array.from({ length: many }, (_, n) => ({ unit: `${n}`, answered: many, counts: all }))
      const tally = { answered: many, all, byUnit, rest: many }
      const units = new Map(byUnit.map(({ unit }) => [unit, name]))
      const texts = Array.from({ length: many }, () => hard(clause, 1000))
      const remarks = texts.map((text, n) => ({
        ...{ id: `${n}`, question: n % 2 === 0 ? 0 : null, text, number: n + 1 },
        by: n % 3 === 0 ? { person: 'p', name, organisation: name } : null,
      }))
      return [
        resultsCard(decided, { tally, asked: many, remarks: many, units }, { decide: true }, language),
        resultsCard(
          decided,
          { tally: { ...tally, byUnit: [], rest: 0 }, asked: 0, remarks: 0, units },
          { decide: false },
          language,
        ),
        remarksCard(decided, { remarks, from: 0, adopted: ['0'] }, language),
        remarksCard(decided, { remarks: [], from: 0, adopted: [] }, language),
        feedbackCard(decided, { tally, adopted: texts, own: many }, language),
        feedbackCard(decided, { tally: null, adopted: [], own: null }, language),
      ]
    },
  },
]
