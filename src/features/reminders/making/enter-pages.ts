import type { FormField, FormPage, FormValues } from '../../../forms/definition.ts'
import { roles } from '../../../people/roles.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { periods } from '../../../timers/recurrence/rule.ts'
import { checkFollow, checkSpan, checkWhen, checkWhom } from './enter-checks.ts'
import { daysOff, hasSpan, mayFallOnDayOff, rhythms, weekdayNumbers } from './rule-form.ts'
import type { StepsPreset } from './steps-file.ts'

/** What is written alike in every language. */
const alike = (text: string) => ({ 'zh-CN': text, en: text })
const label = (name: string) => `reminders:form.${name}`

const text = (name: string, most: number, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'text', label: label(name), most, ...more },
})

const figure = (name: string, least: number, most: number, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'number', label: label(name), least, most, ...more },
})

const choice = (
  name: string,
  options: readonly string[],
  of:
    | 'reminders:means.'
    | 'reminders:off.'
    | 'reminders:period.'
    | 'reminders:rhythm.'
    | 'reminders:whom-kind.',
  more: Partial<FormField> = {},
): FormField => ({
  ...{ name, type: 'select', label: label(name), required: true },
  options: options.map((value) => ({ value, label: of + value })),
  ...more,
})

const day = (name: string, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'date', label: label(name), ...more },
})

const check = (name: string, hint?: string): FormField => ({
  ...{ name, type: 'checkbox', label: label(name), ...(hint ? { hint: label(hint) } : {}) },
})

/**
 * The pages of a reminder: what, whom, when, what follows.
 * @param isKnown There is a reminder already, whose targets, form and steps may stay as they are.
 */
export function enterPages(presets: readonly StepsPreset[], isKnown: boolean): FormPage[] {
  return [...whatAndWhom(isKnown), ...whenPages(), followPage(presets, isKnown)]
}

function whatAndWhom(isKnown: boolean): FormPage[] {
  const kinds = [...(isKnown ? ['same'] : []), 'me', 'people', 'group', 'role']
  return [
    {
      name: 'what',
      intro: [label('intro')],
      fields: [
        text('title', 60, { required: true, example: label('title-example') }),
        text('text', 1000, { type: 'long-text' }),
        choice('whom', kinds, 'reminders:whom-kind.', isKnown ? { usual: 'same' } : {}),
      ],
    },
    {
      ...{ name: 'people', intro: [], when: (values) => values.whom === 'people', check: checkWhom },
      fields: [{ name: 'people', type: 'people', label: label('people'), required: true }],
    },
    {
      ...{ name: 'group', intro: [], when: (values) => values.whom === 'group', check: checkWhom },
      fields: [
        {
          ...{ name: 'groupOf', type: 'organisation', label: label('groupOf'), required: true },
          hint: label('groupOf-hint'),
        },
      ],
    },
    {
      ...{ name: 'role', intro: [], when: (values) => values.whom === 'role', check: checkWhom },
      fields: [
        {
          ...{ name: 'role', type: 'select', label: label('role'), required: true },
          options: roles.map((role) => ({ value: role, label: `console:role.${role}` })),
        },
        { name: 'roleAt', type: 'organisation', label: label('roleAt'), required: true },
        check('below'),
      ],
    },
  ]
}

function whenPages(): FormPage[] {
  const asks = (rhythm: string) => (values: FormValues) => values.rhythm === rhythm
  const page = (name: string, fields: FormField[]): FormPage => ({
    ...{ name, intro: [], when: asks(name), fields, check: checkWhen },
  })
  const required = true
  return [
    {
      name: 'when',
      intro: [],
      fields: [
        choice('rhythm', rhythms, 'reminders:rhythm.'),
        { name: 'time', type: 'time', label: label('time'), required, example: alike('09:00') },
        text('timeZone', 60, { hint: label('timeZone-hint'), example: alike(defaultZone) }),
      ],
      check: checkWhen,
    },
    page('once', [day('day', { required })]),
    page('weekly', [
      {
        ...{ name: 'weekdays', type: 'multi-select', label: label('weekdays'), required },
        options: weekdayNumbers.map((value) => ({ value, label: `reminders:weekday.${value}` })),
      },
      figure('everyWeeks', 1, 52, { hint: label('everyWeeks-hint') }),
    ]),
    page('monthly', [
      figure('monthDay', 1, 31, { required, hint: label('monthDay-hint') }),
      figure('everyMonths', 1, 24, { hint: label('everyMonths-hint') }),
    ]),
    page('yearly', [day('yearDay', { required, hint: label('yearDay-hint') })]),
    page('nth', [
      choice('period', periods, 'reminders:period.'),
      figure('nth', -260, 260, { required, hint: label('nth-hint') }),
    ]),
    page('before', [
      figure('daysBefore', 0, 250, { required }),
      check('countWorking', 'countWorking-hint'),
      day('targetDay', { required }),
      check('everyYear'),
    ]),
    page('words', [text('words', 100, { required, example: label('words-example') })]),
    page('rrule', [
      text('rrule', 300, { required, hint: label('rrule-hint'), example: alike('FREQ=MONTHLY;BYDAY=1FR') }),
    ]),
    {
      ...{ name: 'off', intro: [], when: ({ rhythm }) => mayFallOnDayOff.has(String(rhythm)) },
      fields: [choice('onDayOff', daysOff, 'reminders:off.', { usual: 'send' })],
    },
    {
      ...{ name: 'span', intro: [], when: ({ rhythm }) => hasSpan.has(String(rhythm)), check: checkSpan },
      fields: [day('from', { hint: label('from-hint') }), day('until', { hint: label('until-hint') })],
    },
  ]
}

function followPage(presets: readonly StepsPreset[], isKnown: boolean): FormPage {
  const kept = isKnown ? [{ value: 'same', label: 'reminders:form.steps-same' }] : []
  return {
    name: 'follow',
    intro: [],
    fields: [
      choice('means', [...(isKnown ? ['same'] : []), 'know', 'done'], 'reminders:means.', {
        usual: isKnown ? 'same' : 'know',
      }),
      check('each', 'each-hint'),
      {
        ...{ name: 'steps', type: 'select', label: label('steps'), required: true },
        options: [...kept, ...presets.map(({ name, title }) => ({ value: name, label: title }))],
        usual: isKnown ? 'same' : presets[0]!.name,
      },
      text('quiet', 11, { hint: label('quiet-hint'), example: alike('22:00-07:00') }),
      figure('useful', 1, 2000, { hint: label('useful-hint') }),
    ],
    check: checkFollow,
  }
}
