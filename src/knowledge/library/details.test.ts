import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlainError } from '../../messages/plain-error.ts'
import type { Clause, DocumentVersion } from '../clause.ts'
import { dayInChina, parseDay } from './day.ts'
import { checkName, nameFromTitle } from './document-name.ts'
import { findClause } from './find-clause.ts'
import { formatVisibleTo, parseVisibleTo } from './visible-to.ts'

describe('days', () => {
  test.each(['2026-03-01', '2026年3月1日', '2026/3/1', '2026．3．1', ' 2026年 3月 1日 '])(
    '%s is a day',
    (text) => {
      expect(parseDay(text)).toBe('2026-03-01')
    },
  )

  test.each(['2026-02-30', '2026-13-01', '26-3-1', '明年', '2026-03', ''])('%s is none', (text) => {
    expect(() => parseDay(text)).toThrow(new PlainError('knowledge:library.effective-invalid', { text }))
  })

  test('the day begins at midnight in China', () => {
    expect(dayInChina(new Date('2026-04-30T15:59:59Z'))).toBe('2026-04-30')
    expect(dayInChina(new Date('2026-04-30T16:00:00Z'))).toBe('2026-05-01')
  })
})

describe('who may see it', () => {
  test('reads organisations and roles, in either punctuation', () => {
    const expected = { open: false, organisations: ['分公司一', '总部'], roles: ['cadre'] }
    expect(parseVisibleTo('org:总部,role:cadre,org:分公司一')).toEqual(expected)
    expect(parseVisibleTo('org：分公司一，role：Cadre、org:总部')).toEqual(expected)
    expect(parseVisibleTo('all')).toEqual({ open: true })
    expect(parseVisibleTo('公开')).toEqual({ open: true })
  })

  test.each(['', '分公司一', 'role:干部', 'role:cader', 'org:', 'all,org:总部', 'orgs:总部'])(
    '“%s” is refused rather than guessed',
    (text) => {
      expect(() => parseVisibleTo(text)).toThrow(PlainError)
    },
  )

  test('what is written is read again alike', () => {
    const name = fc.stringMatching(/^[一-龥a-z]([一-龥a-z: ]{0,8}[一-龥a-z])?$/)
    const names = fc.uniqueArray(name).map((all) => all.sort())
    const roles = fc.subarray(['admin', 'cadre', 'leader'])
    fc.assert(
      fc.property(names, roles, (organisations, held) => {
        fc.pre(organisations.length + held.length > 0)
        const visibility = { open: false as const, organisations, roles: held }
        expect(parseVisibleTo(formatVisibleTo(visibility))).toEqual(visibility)
      }),
    )
  })
})

describe('names', () => {
  test('a title names its document, readably', () => {
    expect(nameFromTitle('关于加强国有企业科协组织建设的意见')).toBe('关于加强国有企业科协组织建设的意见')
    expect(nameFromTitle('《讲、比》活动（试行） 2026')).toBe('讲-比-活动-试行-2026')
    expect(nameFromTitle('规'.repeat(200))).not.toBe(nameFromTitle('规'.repeat(201)))
  })

  test('every title gives a name that can be given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = nameFromTitle(title)
        expect(checkName(name)).toBe(name)
      }),
    )
  })

  test.each(['', ' ', 'a/b', '../x', '-x', 'a b', 'a\nb', '规'.repeat(81)])('%j cannot be a name', (name) => {
    expect(() => checkName(name)).toThrow(PlainError)
  })
})

describe('finding a clause', () => {
  const clause = (key: string, label: string, number: number | null): Clause => {
    return { key, kind: 'clause', number, label, path: [], lead: '', text: `${label}内容` }
  }
  const version: DocumentVersion = {
    document: 'd',
    version: 1,
    title: '办法',
    issuers: '',
    effective: null,
    visibility: { open: true },
    clauses: [
      clause('preamble', '', null),
      clause('一/一', '（一）', 1),
      clause('二/一', '（一）', 1),
      clause('二/十', '（十）', 10),
      clause('3/3.1', '3.1', null),
      clause('第三十一条', '第三十一条', 31),
    ],
  }

  test.each([
    ['10', '二/十'],
    ['１０', '二/十'],
    ['（十）', '二/十'],
    ['(十)', '二/十'],
    ['十', '二/十'],
    ['二/一', '二/一'],
    ['3.1', '3/3.1'],
    ['31', '第三十一条'],
    ['第三十一条', '第三十一条'],
    ['preamble', 'preamble'],
  ])('%s is %s', (wanted, key) => {
    expect(findClause(version, wanted).key).toBe(key)
  })

  test('names the keys where several have the number', () => {
    const keys = '一/一　二/一'
    for (const wanted of ['1', '（一）']) {
      const error = new PlainError('knowledge:library.ambiguous-clause', { clause: wanted, keys })
      expect(() => findClause(version, wanted)).toThrow(error)
    }
  })

  test.each(['99', '', '（）', '内容'])('“%s” is none', (wanted) => {
    expect(() => findClause(version, wanted)).toThrow('no-such-clause')
  })
})
