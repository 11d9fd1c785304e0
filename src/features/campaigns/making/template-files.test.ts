import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readYaml } from '../../events/port.ts'
import { campaignFileSchema } from './campaign-schema.ts'
import { fillable } from './template-files.ts'
import { templateFiles } from './templates.ts'

test('a template that is taken along is a campaign file of its own', () => {
  const files = templateFiles('knowledge')
  expect([...files.keys()]).toContain('jiang-bi')
  for (const file of files.values()) {
    const text = fillable(readFileSync(join('knowledge', 'campaigns', file), 'utf8'), '2026-03-02')
    const [document] = readYaml(text)
    const read = campaignFileSchema.parse(document?.value)
    expect(read).toMatchObject({ starts: '2026-03-02', organisation: '请填写单位名称' })
    expect(read.awards?.length).toBeGreaterThan(0)
  }
})
