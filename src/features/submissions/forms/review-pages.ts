import type { FormField, FormPage, FormValues } from '../../../forms/definition.ts'
import { inHundredths, type Rubric } from '../definition/rubric.ts'
import { sumOf } from '../review/score.ts'

/** What a reviewer is asked: whether they may review at all, then the points, then what they think of it. */
export function reviewPages(rubric: Rubric): FormPage[] {
  const isLow = (values: FormValues) =>
    inHundredths(rubric, sumOf(rubric, values as Record<string, number>)) < rubric.opinionBelow
  const scores = (values: FormValues) => values.hasInterest === 'no'
  return [
    {
      name: 'interest',
      intro: ['submissions:act.about', 'submissions:review.interest-intro'],
      fields: [
        {
          name: 'hasInterest',
          type: 'select',
          label: 'submissions:review.has-interest',
          required: true,
          options: [
            { value: 'no', label: 'submissions:review.no-interest' },
            { value: 'yes', label: 'submissions:review.interest' },
            { value: 'unable', label: 'review:form.unable' },
          ],
        },
      ],
    },
    {
      name: 'declare',
      intro: [],
      when: (values) => values.hasInterest === 'yes',
      fields: [text('interest', 'submissions:review.which-interest')],
    },
    {
      name: 'obstacle',
      intro: [],
      when: (values) => values.hasInterest === 'unable',
      fields: [text('obstacle', 'review:form.obstacle')],
    },
    { name: 'score', intro: [], when: scores, fields: rubric.criteria.map(toField) },
    {
      name: 'opinion',
      intro: ['review:form.opinion-intro'],
      when: (values) => scores(values) && isLow(values),
      fields: [opinion('opinion', true)],
    },
    {
      name: 'remark',
      intro: ['review:form.opinion-intro'],
      when: (values) => scores(values) && !isLow(values),
      fields: [opinion('remark', false)],
    },
  ]
}

function text(name: string, label: string): FormField {
  return { name, type: 'text', label, required: true, most: 200 }
}

function opinion(name: string, required: boolean): FormField {
  return {
    name,
    type: 'long-text',
    label: 'submissions:review.opinion',
    required,
    ...(required ? { least: 4 } : {}),
    most: 1000,
  }
}

/** A criterion with its bands as a hint: 26–30 分：年效益 50 万元以上. */
function toField({ name, title, most, hint, bands }: Rubric['criteria'][number]): FormField {
  const lines = (language: 'zh-CN' | 'en') => {
    const points = language === 'en' ? '' : ' 分'
    const shown = bands.map(
      ({ from, to, for: what }) => `${from === to ? from : `${from}–${to}`}${points}：${what[language]}`,
    )
    return [...(hint ? [hint[language]] : []), ...shown].join(language === 'en' ? '; ' : '；')
  }
  const hints = { 'zh-CN': lines('zh-CN'), en: lines('en') }
  return {
    name,
    type: 'number',
    label: { 'zh-CN': `${title['zh-CN']}（0–${most} 分）`, en: `${title.en} (0–${most})` },
    ...(hints['zh-CN'] === '' ? {} : { hint: hints }),
    required: true,
    least: 0,
    most,
  }
}
