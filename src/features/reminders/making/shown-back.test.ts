import { expect, test } from 'vitest'
import type { Step } from '../records.ts'
import { stepsInWords } from './shown-back.ts'

test('a step that is taken once more says so; what is told again does by itself', () => {
  const steps: Step[] = (['again', 'again', 'superior', 'superior'] as const).map((to) => ({
    ...{ after: { workingHours: 4 }, to },
  }))
  const said = stepsInWords(steps, 'zh-CN')
  expect(said.match(/再提醒一次/g)).toHaveLength(2)
  expect(said).toContain('告诉上级，再过 4 个工作小时再次告诉上级')
  expect(stepsInWords(steps.slice(2), 'en')).toContain('the superior is told again')
  expect(stepsInWords(steps.slice(2, 3), 'zh-CN')).not.toContain('再次')
})
