import type { IncomingFile } from '../../chat/incoming.ts'
import { type Language, languages } from '../../chat/language.ts'
import type { Click } from '../../conversation/feature.ts'
import type { FormDefinition, FormField, FormPage, FormValues, Submission } from '../../forms/definition.ts'
import type { Problem } from '../../forms/fields/refuse.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { amountText, figureText, pointsText, textCard } from './cards.ts'
import type { AssessmentContext } from './context.ts'
import { figuresOf } from './figures.ts'
import type { Doing } from './history.ts'
import { type Figure, pointsByFigures, problemOfPoints } from './judge.ts'
import { check, fillIn, type Given, sendBack, subjectToCheck, subjectToFill } from './keep-scores.ts'
import { scoresOf } from './records.ts'
import { type Group, type Measure, measuresOf, sourcesOf } from './sheet-schema.ts'

const label = (name: string) => `assessment:form.${name}`
/** Characters of a hint: more would not fit a form. */
const mostHint = 300

/** What a form of points is made of: kept with the draft, so that it asks to its end what it began with. */
interface Asked {
  groups: readonly Group[]
  /** By measure: what is to be known beside it, and the points given before. */
  beside: Readonly<Record<string, { hint: Readonly<Record<Language, string>>; self: number | null }>>
  as: 'fill' | 'check'
}

/** The forms by which points are given, checked and sent back. */
export function scoreForms(context: AssessmentContext): FormDefinition[] {
  return [pointsForm(context, 'fill'), pointsForm(context, 'check'), returnForm(context)]
}

function pointsForm(context: AssessmentContext, as: Asked['as']): FormDefinition {
  const shared = {
    ...{ subject: '{{about}}', seenBy: label('seen-by'), pages: [] as FormPage[] },
    pagesOf: ({ asked = '' }: Readonly<Record<string, string>>) =>
      asked === '' ? [] : pagesOfSheet(JSON.parse(asked) as Asked),
  }
  if (as === 'fill') {
    return {
      name: 'assessment.fill',
      version: 1,
      title: label('fill-title'),
      ...shared,
      async submit(sent) {
        const { subject: id = '' } = sent.context
        const doing = doingOf(sent)
        const { assessment } = await subjectToFill(sent.trx, id, doing)
        const files = new Map(
          assessment.sheet.groups.map(({ name }) => {
            const typed = sent.values[`f-${name}`]
            return [name, Array.isArray(typed) ? (typed as IncomingFile[]) : []]
          }),
        )
        const given = givenIn(assessment.sheet, sent.values)
        const { subject } = await fillIn(sent.trx, context, id, { given, files }, doing)
        const values = { name: subject.name, points: pointsText(subject.row.self_total) }
        return receipt(
          sent,
          assessment.row.number,
          translate(sent.language, 'assessment:receipt.filled', values),
        )
      },
    }
  }
  return {
    name: 'assessment.check',
    version: 1,
    title: label('check-title'),
    ...shared,
    async submit(sent) {
      const { subject: id = '' } = sent.context
      const doing = doingOf(sent)
      const { assessment } = await subjectToCheck(sent.trx, id, doing)
      const given = givenIn(assessment.sheet, sent.values)
      const { subject, left } = await check(sent.trx, context, id, given, doing)
      const values = { name: subject.name, points: pointsText(subject.row.total), left }
      return receipt(
        sent,
        assessment.row.number,
        translate(sent.language, 'assessment:receipt.checked', values),
      )
    },
  }
}

function receipt({ language }: Submission, number: string, said: string) {
  const mine = { label: translate(language, 'assessment:own.title'), action: 'assessment.mine', value: {} }
  // The number is that of the assessment, not of what was just filled in.
  return { number, card: textCard(said, [{ ...mine, opens: 'beside' }]), alone: true, toast: said }
}

/** Throws PlainError for a guest. */
export function doingOf({ person, now }: Pick<Submission, 'person' | 'now'>): Doing {
  if (person === null) throw new PlainError('assessment:sign-in')
  return { by: person, now }
}

function givenIn(sheet: { groups: readonly Group[] }, values: FormValues): Given {
  return new Map(
    sheet.groups
      .flatMap(({ measures }) => measures)
      .map(({ name }) => [
        name,
        { points: Number(values[`p-${name}`] ?? 0), text: String(values[`n-${name}`] ?? '') },
      ]),
  )
}

/** A page for each group: points and a note for each measure, and files where it is filled in. */
function pagesOfSheet({ groups, beside, as }: Asked): FormPage[] {
  return groups.map(({ name, title, points, measures }) => ({
    name,
    intro: [inBothLanguages((to) => translate(to, 'assessment:form.group', { title: title[to], points }))],
    fields: [
      ...measures.flatMap((measure) => fieldsOf(measure, beside[measure.name]?.hint, as)),
      ...(as === 'fill'
        ? [
            {
              name: `f-${name}`,
              type: 'file' as const,
              label: label('files'),
              hint: label('files-hint'),
              most: 5,
            },
          ]
        : []),
    ],
    async check({ values }) {
      const found: Record<string, Problem> = {}
      for (const measure of measures) {
        const given = values[`p-${measure.name}`]
        if (typeof given !== 'number') continue
        const problem = problemOfPoints(measure, given)
        if (problem) found[`p-${measure.name}`] = problem
        const self = beside[measure.name]?.self ?? null
        const reason = String(values[`n-${measure.name}`] ?? '').trim()
        if (as === 'check' && self !== null && self !== given && reason === '') {
          found[`n-${measure.name}`] = { key: 'assessment:problem.reason', values: {} }
        }
      }
      return found
    },
  }))
}

function fieldsOf(
  { name, title, points }: Measure,
  hint: Readonly<Record<Language, string>> | undefined,
  as: Asked['as'],
): FormField[] {
  const say = (key: 'points' | 'note' | 'reason') =>
    inBothLanguages((to) => translate(to, `assessment:form.${key}`, { title: title[to], most: points }))
  return [
    {
      ...{ name: `p-${name}`, type: 'number', label: say('points'), required: true, least: 0, most: points },
      ...(hint && languages.every((to) => hint[to] !== '') ? { hint } : {}),
    },
    { name: `n-${name}`, type: 'text', label: say(as === 'fill' ? 'note' : 'reason'), most: 200 },
  ]
}

/** Opens the form of points, filled in with what was given before or what the records say. */
export async function openPoints(click: Click, context: AssessmentContext, doing: Doing, as: Asked['as']) {
  const id = click.action.value.subject ?? ''
  const find = as === 'fill' ? subjectToFill : subjectToCheck
  const { subject, assessment } = await find(click.trx, id, doing)
  const scores = await scoresOf(click.trx, id)
  const figures = await figuresOf(click.trx, context, assessment, subject, doing.now)
  const values: Record<string, string> = {}
  const beside: Record<string, Asked['beside'][string]> = {}
  for (const measure of measuresOf(assessment.sheet)) {
    const { name } = measure
    const score = scores.get(name)
    const read = figures.get(name) ?? []
    const before = score?.checked ?? score?.self ?? null
    const points = before === null ? pointsByFigures(measure, read) : before / 1000
    if (points !== null) values[`p-${name}`] = String(points)
    if (as === 'fill' && score?.note) values[`n-${name}`] = score.note
    if (as === 'check' && score?.reason) values[`n-${name}`] = score.reason
    const self = score?.self ?? null
    const given =
      as === 'check' && score && self !== null ? { points: pointsText(self), note: score.note } : null
    beside[name] = {
      hint: inBothLanguages((to) => hintOf(measure, read, given, to)),
      self: self === null ? null : self / 1000,
    }
  }
  const { groups } = assessment.sheet
  const about = `${assessment.row.number} ${subject.name}`.replaceAll('{{', '{ {')
  const asked = JSON.stringify({ groups, beside, as } satisfies Asked)
  return click.openForm(`assessment.${as}`, { values, context: { subject: id, about, asked } })
}

function hintOf(
  measure: Measure,
  figures: readonly Figure[],
  given: { points: string; note: string } | null,
  language: Language,
): string {
  const sources = sourcesOf(measure)
  const lines = [
    ...(given
      ? [
          translate(
            language,
            given.note === '' ? 'assessment:form.given' : 'assessment:form.given-note',
            given,
          ),
        ]
      : []),
    ...(measure.hint ? [measure.hint[language]] : []),
    ...ruleOf(measure, language),
    ...figures.map((figure, at) => figureText(figure, sources[at]?.of, language)),
  ]
  const text = lines.join(language === 'en' ? '; ' : '；').replaceAll('{{', '{ {')
  return Array.from(text).length <= mostHint
    ? text
    : `${Array.from(text)
        .slice(0, mostHint - 1)
        .join('')}…`
}

/** How a measure is judged, in words. */
function ruleOf(measure: Measure, language: Language): string[] {
  switch (measure.by) {
    case 'hand':
      return []
    case 'threshold': {
      const reach = measure.reach.map(({ least, what }) =>
        translate(language, 'assessment:form.reach', {
          ...{ least: amountText(least, undefined, language), what: what[language] },
        }),
      )
      return [reach.join(translate(language, 'assessment:form.or'))]
    }
    case 'each':
      return [translate(language, 'assessment:form.each', { each: measure.each, most: measure.points })]
    case 'bands':
      return measure.bands.map(({ least, points }) =>
        translate(language, 'assessment:form.band', {
          ...{ least: amountText(least, measure.figure?.of, language), points },
        }),
      )
  }
}

function returnForm(context: AssessmentContext): FormDefinition {
  return {
    name: 'assessment.return',
    version: 1,
    title: label('return-title'),
    subject: '{{about}}',
    seenBy: label('seen-by'),
    pages: [
      {
        ...{ name: 'reason', intro: [label('return-intro')] },
        fields: [{ name: 'reason', type: 'text', label: label('return-reason'), required: true, most: 200 }],
      },
    ],
    async submit(sent) {
      const { subject, assessment } = await sendBack(
        ...([
          sent.trx,
          context,
          sent.context.subject ?? '',
          String(sent.values.reason),
          doingOf(sent),
        ] as const),
      )
      context.wakeWorkers()
      const said = translate(sent.language, 'assessment:receipt.returned', { name: subject.name })
      return receipt(sent, assessment.row.number, said)
    },
  }
}
