import { expect, test } from 'vitest'
import { parseDutyTemplates, readDutyTemplates, ruleOfDuty } from './templates.ts'

const good = `duties:
  - id: review
    clause: 17
    title: { zh-CN: 检查, en: Review }
    text: { zh-CN: 请检查, en: Please }
    to: cadre
    rule: { type: yearly, day: "11-01", time: "09:00" }
`

test('the file of the product can be read, and no file is none', () => {
  const duties = readDutyTemplates('knowledge/planning/duties.yaml')
  expect(duties.map(({ id }) => id)).toEqual(['report-meeting', 'rules-review', 'learning-plan'])
  expect(readDutyTemplates('knowledge/planning/no-such.yaml')).toEqual([])
  expect(parseDutyTemplates('', 'duties.yaml')).toEqual([])
})

test('a year begins with the next day of its kind, on the next working day', () => {
  const [duty] = parseDutyTemplates(good, 'duties.yaml')
  expect(ruleOfDuty(duty!, '2026-11-02')).toEqual({
    ...{ type: 'rrule', rrule: 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1', from: '2027-11-01T09:00' },
    onDayOff: 'next-working-day',
  })
  expect(ruleOfDuty(duty!, '2026-11-01')).toMatchObject({ from: '2026-11-01T09:00' })
})

test.each([
  ['to: cadre', 'to: everybody', 6, 'to'],
  ['day: "11-01"', 'day: "02-29"', 7, 'rule.day'],
  ['time: "09:00"', 'time: "24:00"', 7, 'rule.time'],
  ['    to: cadre\n', '    to: cadre\n    colour: red\n', 7, 'colour'],
])('%j made %j is refused with its line', (from, to, line, field) => {
  expect(() => parseDutyTemplates(good.replace(from, to), 'duties.yaml')).toThrow(
    expect.objectContaining({
      key: 'planning:duty.file-field',
      values: { file: 'duties.yaml', line, field: expect.stringContaining(field) },
    }),
  )
})

test('what is no YAML is refused with its line', () => {
  expect(() => parseDutyTemplates(`${good}  : [\n`, 'duties.yaml')).toThrow(
    expect.objectContaining({ key: 'planning:duty.file-broken' }),
  )
})
