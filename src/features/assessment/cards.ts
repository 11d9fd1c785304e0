import { type Block, type Button, type Card, type DocumentBlock, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { Figure } from './judge.ts'
import type { Assessment, AssessmentFile, Objection, Score, Subject } from './records.ts'
import { type Measure, measuresOf, type Source, sourcesOf } from './sheet-schema.ts'

/** More would not fit a card. */
const mostOnPage = 8
const mostObjections = 5

export const sayIn =
  (language: Language) =>
  (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `assessment:card.${key}`, values)

export function textCard(text: string, buttons: Button[] = []): Card {
  return { tone: 'info', blocks: [textOf(text), ...buttonsOf(buttons)] }
}

/** A file that proves something, as a message of its own. */
export function fileCard(file: Omit<DocumentBlock, 'type'>): Card {
  return { tone: 'info', blocks: [{ type: 'document', ...file }] }
}

export const textOf = (text: string): Block => ({ type: 'text', runs: plain(text) })
export const strong = (text: string): Block => ({ type: 'text', runs: [{ text, strong: true }] })
export const note = (text: string): Block => ({ type: 'note', text })
export const buttonsOf = (buttons: Button[]): Block[] =>
  buttons.length > 0 ? [{ type: 'buttons', buttons }] : []

/** Thousandths of a point as people read them. */
export const pointsText = (kept: number | null) => (kept === null ? '–' : String(kept / 1000))

/** The name of a grade; empty: none yet. */
export function gradeTitle(
  { sheet }: Pick<Assessment, 'sheet'>,
  grade: string | null,
  language: Language,
): string {
  return sheet.grades.find(({ name }) => name === grade)?.title[language] ?? ''
}

/** Before it begins: whom it asks, and the last press. */
export function previewCard(
  assessment: Assessment,
  {
    subjects,
    checkers,
    reached,
    withoutFiller,
  }: {
    subjects: readonly Subject[]
    checkers: readonly string[]
    reached: { people: number; unreachable: number }
    withoutFiller: readonly string[]
  },
  language: Language,
): Card {
  const say = sayIn(language)
  const { row, sheet } = assessment
  const value = { assessment: row.id, revision: String(row.revision) }
  const list = (names: readonly string[]) =>
    names.slice(0, 10).join(say('comma')) +
    (names.length > 10 ? say('and-more', { count: names.length }) : '')
  return {
    tone: 'info',
    title: say('preview-title', { number: row.number }),
    blocks: [
      strong(row.title),
      textOf(
        say('sheet', { title: sheet.title[language], points: sheet.total, count: measuresOf(sheet).length }),
      ),
      textOf(say('days', { from: row.starts_on, to: row.ends_on })),
      textOf(say('deadlines', { fill: row.fill_until, check: row.check_until, days: row.notice_days })),
      textOf(say('subjects', { count: subjects.length, names: list(subjects.map(({ name }) => name)) })),
      textOf(say('checkers', { names: list(checkers) })),
      strong(say('reaches', { people: reached.people })),
      ...(reached.unreachable > 0 ? [note(say('unreachable', { count: reached.unreachable }))] : []),
      ...(withoutFiller.length > 0 ? [note(say('without-filler', { names: list(withoutFiller) }))] : []),
      ...buttonsOf([
        { label: say('start'), action: 'assessment.start', value, style: 'primary' },
        { label: say('edit'), action: 'assessment.edit', value, opens: 'beside' },
        { label: say('drop'), action: 'assessment.cancel', value },
      ]),
    ],
  }
}

/** An assessment with a page of its subjects. @param makes Whether the reader holds it. */
export function assessmentCard(
  assessment: Assessment,
  {
    subjects,
    from,
    makes,
    objections,
  }: { subjects: readonly Subject[]; from: number; makes: boolean; objections: readonly Objection[] },
  language: Language,
): Card {
  const say = sayIn(language)
  const { row } = assessment
  const count = (state: Subject['row']['state']) => subjects.filter((one) => one.row.state === state).length
  const shown = subjects.slice(from, from + mostOnPage)
  const left = subjects.length - from - shown.length
  const value = { assessment: row.id, revision: String(row.revision) }
  const open = objections.filter(({ state }) => state === 'open')
  return {
    tone: 'info',
    title: row.title,
    blocks: [
      textOf([row.number, assessment.organisation, stateTitle(row.state, language)].join(' · ')),
      textOf(say('days', { from: row.starts_on, to: row.ends_on })),
      textOf(say('deadlines', { fill: row.fill_until, check: row.check_until, days: row.notice_days })),
      strong(say('so-far', { asked: count('asked'), filled: count('filled'), checked: count('checked') })),
      ...(row.state === 'published' && row.notice_until
        ? [note(say('notice-until', { at: minuteInChina(new Date(row.notice_until)) }))]
        : []),
      ...shown.flatMap((one): Block[] => [
        textOf([one.name, standingOf(assessment, one, language)].join(' · ')),
        ...buttonsOf([subjectButton(one, language)]),
      ]),
      ...buttonsOf(
        left > 0
          ? [
              {
                ...{ label: say('next', { count: left }), action: 'assessment.show', opens: 'beside' },
                value: { assessment: row.id, from: String(from + shown.length) },
              },
            ]
          : [],
      ),
      ...(makes
        ? open.slice(0, mostObjections).flatMap((one): Block[] => [
            strong(say('objection', { name: one.name })),
            textOf(one.text),
            ...buttonsOf([
              {
                ...{ label: say('settle'), action: 'assessment.settle', opens: 'beside' },
                value: { assessment: row.id, objection: one.id },
              },
            ]),
          ])
        : []),
      ...buttonsOf(
        makes
          ? [
              ...(row.state === 'draft'
                ? [
                    {
                      label: say('look-over'),
                      action: 'assessment.preview',
                      value,
                      opens: 'beside' as const,
                    },
                    { label: say('edit'), action: 'assessment.edit', value, opens: 'beside' as const },
                  ]
                : []),
              ...(row.state === 'open' && count('checked') === subjects.length
                ? [{ label: say('results'), action: 'assessment.results', value, opens: 'beside' as const }]
                : []),
              ...(row.state === 'open' || row.state === 'draft'
                ? [{ label: say('cancel'), action: 'assessment.ask-cancel', value, opens: 'beside' as const }]
                : []),
            ]
          : [],
      ),
    ],
  }
}

/** Where a subject stands, in few words. */
export function standingOf(assessment: Assessment, { row }: Subject, language: Language): string {
  const say = sayIn(language)
  if (row.place !== null) {
    const grade = gradeTitle(assessment, row.grade, language)
    return say('placed', { place: row.place, points: pointsText(row.total), grade })
  }
  if (row.state === 'checked') return say('checked', { points: pointsText(row.total) })
  if (row.state === 'filled') return say('filled', { points: pointsText(row.self_total) })
  return row.returned === '' ? say('asked') : say('returned')
}

export function stateTitle(state: Assessment['row']['state'], language: Language): string {
  return translate(language, `assessment:state.${state}`)
}

export function subjectButton({ row }: Subject, language: Language): Button {
  const label = sayIn(language)('show-subject')
  return { label, action: 'assessment.subject', value: { subject: row.id }, opens: 'beside' }
}

/** What may be done with a subject by whoever looks at it. */
export interface SubjectView {
  scores: ReadonlyMap<string, Score>
  /** What the records say today, where nothing was filled in yet. */
  figures: ReadonlyMap<string, readonly Figure[]>
  files: readonly AssessmentFile[]
  fills: boolean
  checks: boolean
  objects: boolean
}

/** The sheet of a unit or a person: points given and checked, and what the records say. */
export function subjectCard(
  assessment: Assessment,
  subject: Subject,
  { scores, figures, files, fills, checks, objects }: SubjectView,
  language: Language,
): Card {
  const say = sayIn(language)
  const { row } = subject
  const isOpen = assessment.row.state === 'open'
  const button = (action: string, style: Button['style'] = 'plain'): Button => ({
    ...{
      label: say(action),
      action: `assessment.${action}`,
      value: { subject: row.id },
      opens: 'beside',
      style,
    },
  })
  const lines = (measure: Measure) => {
    const { name, points } = measure
    const title = measure.title[language]
    const sources = sourcesOf(measure)
    const score = scores.get(name)
    const read = score?.figures ?? figures.get(name) ?? []
    return [
      { text: say('measure', { title, most: points, self: pointsText(score?.self ?? null) }) },
      ...(score && score.checked !== null
        ? [{ text: say('given', { points: pointsText(score.checked) }) }]
        : []),
      ...(score?.note ? [{ text: say('note', { text: score.note }) }] : []),
      ...(score?.reason ? [{ text: say('reason', { text: score.reason }) }] : []),
      ...read.map((figure, at) => ({
        text: say('semicolon') + figureText(figure, sources[at]?.of, language),
      })),
    ]
  }
  return {
    tone: 'info',
    title: `${assessment.row.title} · ${subject.name}`,
    blocks: [
      strong(standingOf(assessment, subject, language)),
      ...(row.returned === '' ? [] : [note(say('returned-why', { reason: row.returned }))]),
      ...assessment.sheet.groups.flatMap(({ name, title, points, measures }): Block[] => {
        const proofs = files.filter((file) => file.measure_group === name).map((file) => file.name)
        return [
          strong(say('group', { title: title[language], points })),
          { type: 'list', items: measures.map(lines) },
          ...(proofs.length > 0 ? [note(say('files', { names: proofs.join(say('comma')) }))] : []),
        ]
      }),
      ...buttonsOf([
        ...(isOpen && fills ? [button('fill', 'primary')] : []),
        ...(isOpen && checks ? [button('check', 'primary')] : []),
        ...(isOpen && checks && row.state === 'filled' ? [button('return')] : []),
        ...(files.length > 0 ? [button('files-out')] : []),
        ...(objects ? [button('object')] : []),
      ]),
    ],
  }
}

/** 本系统记录：6 场（HD-2026-0001 …）. @param of What is counted; none: it is not known. */
export function figureText(
  { value, records }: Figure,
  of: Source['of'] | undefined,
  language: Language,
): string {
  const say = sayIn(language)
  const amount = amountText(value, of, language)
  if (records.length === 0) return say('figure', { value: amount })
  const isCounted = of !== undefined && countedOneByOne.includes(of)
  const key = isCounted && value > records.length ? 'figure-among' : 'figure-of'
  return say(key, { value: amount, records: records.join(say('semicolon')) })
}

const countedOneByOne: readonly Source['of'][] = ['submissions', 'adopted', 'events', 'visits', 'posts']

/** A number with what it counts: 1,000,000 元. */
export function amountText(value: number, of: Source['of'] | undefined, language: Language): string {
  const text = value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return of === undefined ? text : translate(language, `assessment:amount.${of}`, { value: text })
}
