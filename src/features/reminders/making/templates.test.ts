import { expect, test } from 'vitest'
import { PlainError } from '../../../messages/plain-error.ts'
import { openDutyFiles } from './duty-files.ts'
import { parseYaml } from './read-yaml.ts'
import { templatesFile } from './templates.ts'

const template = (when: string) => `templates:
  - name: one
    title: { zh-CN: 甲, en: a }
    text: { zh-CN: 乙, en: b }
    clause: 17
    when: ${when}
    whom: { role: cadre, below: true }
    means: know
    steps: usual
    useful-days: 3
`
const refusalOf = (text: string) => {
  try {
    parseYaml(text, 'templates.yaml', templatesFile)
    return null
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { key: error.key, ...error.values }
  }
}

test('the templates and steps of the product can be read, and each names steps that there are', () => {
  const { templates, presets, problems } = openDutyFiles('knowledge')
  expect(problems).toEqual([])
  expect(templates.length).toBeGreaterThan(10)
  expect(presets[0]?.name).toBe('usual')
})

test('what is wrong in a file is told with its line', () => {
  expect(refusalOf(template('{ every: month, working-day: -1, at: "09:00" }'))).toBeNull()
  expect(refusalOf(template('{ every: month, working-day: -1, at: "9 Uhr" }'))).toMatchObject({
    ...{ key: 'reminders:file.wrong', file: 'templates.yaml', line: 6 },
  })
  expect(refusalOf(template('{ every: month').replace('clause: 17', 'clause: ['))).toMatchObject({
    key: 'reminders:file.wrong',
  })
  const typo = template('{ every: month, working-day: -1, at: "09:00" }').replace(
    'means: know',
    'means: maybe',
  )
  expect(refusalOf(typo)).toMatchObject({ line: 8, at: 'templates.means' })
})

test('without files reminders are made with the usual steps, and the reason names no path', () => {
  const { templates, presets, problems } = openDutyFiles('/nowhere/at all')
  expect([templates.length, presets.length, problems.length]).toEqual([0, 2, 2])
  expect(JSON.stringify(problems.map(({ key, values }) => ({ key, values })))).not.toContain('nowhere')
})
