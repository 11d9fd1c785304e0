import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  ['Who pays?', 'en'],
  ['WHO PAYS?', 'en'],
  ['HELP', 'en'],
  ['Article10', 'en'],
  ['SASAC是什么', 'zh-CN'],
])('%s is %s, whatever is spoken otherwise', (text, language) => {
  expect(languageOf(text, 'zh-CN')).toBe(language)
  expect(languageOf(text, 'en')).toBe(language)
})

test.each(['WD-2026-0001 MXVWQBJT', 'WD-2026-0001 AB2D3F4G', '60', '😀', ''])(
  '%s says nothing about the language',
  (text) => {
    expect(languageOf(text, 'zh-CN')).toBe('zh-CN')
    expect(languageOf(text, 'en')).toBe('en')
  },
)
