import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexie-config-'))
  writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST="0.0.0.0"\n# LOG_LEVEL=debug\nMODEL_NAME=\nOTHER=x\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('.env lies beneath the environment, and above the defaults', () => {
  expect(loadConfig({ environment: {}, folder })).toMatchObject({
    PORT: 4000,
    HOST: '0.0.0.0',
    LOG_LEVEL: 'info',
  })
  expect(loadConfig({ environment: { PORT: '5000' }, folder })).toMatchObject({ PORT: 5000, HOST: '0.0.0.0' })
})

test('an empty value counts as not set, and unknown names are passed over', () => {
  const config = loadConfig({ environment: {}, folder })
  expect(config.MODEL_NAME).toBeUndefined()
  expect(config).not.toHaveProperty('OTHER')
})

test('a wrong value is named in one line, in the language asked for', () => {
  const complaint = (language: 'zh-CN' | 'en') => {
    try {
      loadConfig({ environment: { LOG_LEVEL: 'many' }, folder, language })
    } catch (error) {
      if (error instanceof ConfigError) return error.message
    }
    return 'nothing'
  }
  expect(complaint('en')).toMatch(/^LOG_LEVEL: [^\p{Script=Han}\n]+$/u)
  expect(complaint('zh-CN')).toMatch(/^LOG_LEVEL[:：].*\p{Script=Han}.*$/u)
})
