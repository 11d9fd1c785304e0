import type { Language } from '../../src/chat/language.ts'
import {
  assessmentCard,
  fileCard,
  previewCard,
  subjectCard,
  textCard,
} from '../../src/features/assessment/cards.ts'
import type { AssessmentContext } from '../../src/features/assessment/context.ts'
import { honoursCard } from '../../src/features/assessment/honours-card.ts'
import { ofYear } from '../../src/features/assessment/honours-span.ts'
import { assessmentsCard, ownCard } from '../../src/features/assessment/list-cards.ts'
import { makeForm } from '../../src/features/assessment/make-form.ts'
import { objectionForms } from '../../src/features/assessment/objection-forms.ts'
import { readSheets } from '../../src/features/assessment/read-sheet.ts'
import type { Assessment, Score, Subject } from '../../src/features/assessment/records.ts'
import { praiseCard, resultCard } from '../../src/features/assessment/result-cards.ts'
import { scoreForms } from '../../src/features/assessment/score-forms.ts'
import { measuresOf } from '../../src/features/assessment/sheet-schema.ts'
import { eventKindNames } from '../../src/features/events/port.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText, type Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/assessment/'
const at = '2026-03-02T01:00:00.000Z'
const known = {
  submissions: new Set(['proposal', 'result', 'technical-problem']),
  events: new Set(eventKindNames('knowledge')),
}
const sheets = readSheets('knowledge', known)
const sheet = sheets.find(({ name }) => name === 'excellent-association')!
const none = {} as AssessmentContext

const asked = JSON.stringify({
  groups: sheet.groups.slice(0, 1),
  beside: Object.fromEntries(
    measuresOf(sheet).map(({ name }) => [
      name,
      { hint: { 'zh-CN': hardText(300), en: hardText(300) }, self: null },
    ]),
  ),
})

/** Forms of assessments, with the pages of a group of measures. */
export const assessmentForms: FormDefinition[] = [
  makeForm(none, sheets),
  ...scoreForms(none),
  ...objectionForms(none),
].map((form) => {
  const { pagesOf, ...rest } = form
  const as = form.name === 'assessment.check' ? 'check' : 'fill'
  return pagesOf && form.name !== 'assessment.make'
    ? { ...rest, pages: pagesOf({ asked: asked.replace(/}$/, `,"as":"${as}"}`) }) }
    : form
})

/** What is taken in fields that are read further than their type says. */
export const assessmentAnswers: Values = {
  ...{ from: '2026-03-01', to: '2026-12-31', fill: '2030-03-10', check: '2030-03-20', notice: '5' },
  ...{ 'p-committee': '10', 'p-staff': '10', 'p-funds': '10', points: '5', measure: '活动' },
}

function assessmentOf({ title, name }: Sizes, state: Assessment['row']['state']): Assessment {
  return {
    row: {
      ...{ id: 'a'.repeat(36), number: 'KH-2026-0001', title: short(title, 60), organisation: 'o' },
      ...{ subjects: 'unit', sheet: '{}', starts_on: '2026-01-01', ends_on: '2026-12-31' },
      ...{ fill_until: '2026-03-10', check_until: '2026-03-20', notice_days: 5, state, revision: 0 },
      ...{
        campaign: null,
        made_by: 'p',
        made_at: at,
        opened_at: at,
        published_at: at,
        notice_until: at,
        ended_at: null,
      },
    },
    ...{ sheet, organisation: name, checkers: ['p'] },
  }
}

const short = (text: string, most: number) => (text.length > most ? hardText(most) : text)

function subjectOf(
  { name, remark }: Sizes,
  n: number,
  state: Subject['row']['state'],
  place: number | null,
): Subject {
  return {
    row: {
      ...{ id: `s${n}`, assessment: 'a', organisation: 'o', person: null, state },
      ...{ returned: short(remark, 200), filled_by: 'p', filled_at: at, checked_by: 'p', checked_at: at },
      ...{ self_total: 99_500, total: 96_000, grade: place === null ? null : 'excellent', place },
    },
    ...{ name, unit: name },
  }
}

export const walkedAssessment: Walked[] = [
  {
    makers: [
      ...['assessmentCard', 'fileCard', 'previewCard', 'subjectCard', 'textCard'].map(
        (name) => `${folder}cards.ts#${name}`,
      ),
      ...['praiseCard', 'resultCard'].map((name) => `${folder}result-cards.ts#${name}`),
      `${folder}honours-card.ts#honoursCard`,
      ...['assessmentsCard', 'ownCard'].map((name) => `${folder}list-cards.ts#${name}`),
    ],
    cards(language: Language, sizes: Sizes) {
      const { many, name, remark, title } = sizes
      const [draft, open, published, closed] = (['draft', 'open', 'published', 'closed'] as const).map(
        (state) => assessmentOf(sizes, state),
      ) as [Assessment, Assessment, Assessment, Assessment]
      const all = Array.from({ length: many }, (_, n) => n)
      const asks = all.map((n) =>
        subjectOf(sizes, n, (['asked', 'filled', 'checked'] as const)[n % 3]!, null),
      )
      const ranked = all.map((n) => subjectOf(sizes, n, 'checked', n + 1))
      const objection = {
        ...{
          id: 'x',
          assessment: 'a',
          subject: 's0',
          person: 'p',
          text: short(remark, 500),
          state: 'open' as const,
        },
        ...{ made_at: at, reason: '', settled_by: null, settled_at: null, name },
      }
      const figure = { value: many, records: all.slice(0, 12).map(() => short(title, 60)) }
      const scores = new Map<string, Score>(
        measuresOf(sheet).map((measure) => [
          measure.name,
          {
            ...{ subject: 's', measure: measure.name, figures: [figure], self: 1000, checked: 2000 },
            ...{ note: short(remark, 200), reason: short(remark, 200) },
          },
        ]),
      )
      const files = sheet.groups.map((group) => ({
        ...{ measure_group: group.name, position: 0, name: short(title, 60), type: '', size: 1, blob: 'b' },
      }))
      const may = { fills: true, checks: true, objects: true }
      const own = { subject: asks[0]!, assessment: open }
      const names = all.map(() => name)
      return [
        textCard(title),
        fileCard({
          name: files[0]!.name,
          mediaType: 'application/pdf',
          blob: 'b',
          url: 'http://bot.example/handed/t/f',
        }),
        previewCard(
          draft,
          {
            ...{ subjects: asks, checkers: names.slice(0, 20), withoutFiller: names },
            reached: { people: many, unreachable: many },
          },
          language,
        ),
        ...[draft, open, published].map((one) =>
          assessmentCard(one, { subjects: asks, from: 0, makes: true, objections: [objection] }, language),
        ),
        assessmentCard(closed, { subjects: ranked, from: 0, makes: false, objections: [] }, language),
        subjectCard(open, asks[0]!, { scores, figures: new Map(), files, ...may }, language),
        subjectCard(open, asks[0]!, { scores: new Map(), figures: new Map(), files: [], ...may }, language),
        resultCard(published, { subjects: ranked, own: ranked.slice(0, 5) }, { language }),
        resultCard(
          { ...closed, row: { ...closed.row, subjects: 'person' } },
          { subjects: ranked, own: [] },
          { language },
        ),
        praiseCard(closed, ranked, language),
        assessmentsCard({ assessments: [draft, open], from: 0, count: many + 1, makes: true }, language),
        assessmentsCard({ assessments: [], from: 0, count: 0, makes: false }, language),
        ownCard(
          {
            toFill: [own],
            toCheck: [own, own],
            results: [{ ...own, subject: ranked[0]! }],
            today: '2026-03-15',
          },
          language,
        ),
        ownCard({ toFill: [], toCheck: [], results: [], today: '2026-03-15' }, language),
        honoursCard(
          all.map(() => ({
            ...{ kind: 'unit' as const, name, unit: name, honour: short(title, 20), of: short(title, 60) },
            ...{ number: 'KH-2026-0001', day: '2026-03-02' },
          })),
          {
            span: ofYear(2026, 1),
            files: [
              { ...{ name: 'a.xlsx', mediaType: 'application/pdf' }, blob: 'b', url: 'http://bot.example/h' },
            ],
          },
          language,
        ),
        honoursCard([], { span: ofYear(2026, null), files: [] }, language),
      ]
    },
  },
]
