import { describe, expect, it } from 'vitest'
import { preferredLanguage } from './screen-language.ts'

describe('preferredLanguage', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['en;q=0.3, zh-Hant-TW;q=0.7', 'zh-CN'],
    ['fr-FR,fr;q=0.9,en;q=0.5', 'en'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['fr', undefined],
    ['enm', undefined],
    ['', undefined],
    [undefined, undefined],
    [';;q=x,,', undefined],
  ])('%s gives %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })
})
