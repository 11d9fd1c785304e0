import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainFounding } from './explain-founding.ts'
import { adviseFounding, type FoundingSituation, isBorneByClause } from './founding-rule.ts'
import { around, type Headcount, together } from './headcount.ts'

const guideline = readFileSync(new URL('../../knowledge/documents/guideline.md', import.meta.url), 'utf8')
const clauseTen = /（十）.*/.exec(guideline)?.[0] ?? ''

const known: FoundingSituation = {
  technicalStaff: null,
  conditionsMature: null,
  smallFirmsCluster: null,
  zone: null,
  leadingFirm: null,
}
const flag = fc.constantFrom(true, false, null)
const headcounts: fc.Arbitrary<Headcount> = fc
  .tuple(fc.nat(400), fc.option(fc.nat(400)))
  .map(([least, more]) => ({ least, most: more === null ? null : least + more }))
const situations: fc.Arbitrary<FoundingSituation> = fc.record({
  technicalStaff: fc.oneof(fc.constant(null), fc.nat(300), headcounts),
  countOf: fc.constantFrom('own', 'general', 'unclear'),
  conditionsMature: flag,
  smallFirmsCluster: flag,
  zone: fc.constantFrom('high-tech', 'economic', 'park', 'none', null),
  leadingFirm: flag,
})
const isStandalone = (mode: string) => mode.startsWith('standalone') && mode !== 'standalone-or-park'
const toldToStandAlone = (situation: FoundingSituation) =>
  adviseFounding(situation).statements.some(({ key }) => key === 'reached' || key === 'reached-mature')

describe('the rule', () => {
  test.each([
    [{ technicalStaff: 100, conditionsMature: true }, 'standalone'],
    [{ technicalStaff: 100 }, 'standalone-if-mature'],
    [{ technicalStaff: 100, conditionsMature: false }, 'choose'],
    [{ technicalStaff: 99, conditionsMature: true }, 'choose'],
    [{ technicalStaff: 86, zone: 'high-tech' }, 'standalone-or-park'],
    [{ technicalStaff: 86, zone: 'economic' }, 'standalone-or-park'],
    [{ technicalStaff: 86, zone: 'park' }, 'choose'],
    [{ technicalStaff: 86, smallFirmsCluster: true }, 'regional-or-industry'],
    [{ technicalStaff: 86, smallFirmsCluster: true, zone: 'economic' }, 'choose'],
    [{ technicalStaff: 160, smallFirmsCluster: true, conditionsMature: true }, 'standalone'],
    [{ technicalStaff: 160, conditionsMature: false, zone: 'economic' }, 'standalone-or-park'],
    [{ technicalStaff: around(100), zone: 'economic' }, 'depends-on-count'],
    [{ technicalStaff: { least: 101, most: null } }, 'standalone-if-mature'],
    [{ zone: 'high-tech' }, 'standalone-or-park'],
    [{ technicalStaff: 0 }, 'choose'],
    [{}, 'choose'],
  ] as [Partial<FoundingSituation>, string][])('%o gives %s', (situation, mode) => {
    expect(adviseFounding({ ...known, ...situation }).mode).toBe(mode)
  })

  test('more staff never loses the advice to stand alone', () => {
    fc.assert(
      fc.property(situations, fc.nat(500), fc.nat(500), (situation, staff, more) => {
        const fewer = adviseFounding({ ...situation, technicalStaff: staff }).mode
        const larger = adviseFounding({ ...situation, technicalStaff: staff + more }).mode
        expect(isStandalone(fewer) && !isStandalone(larger)).toBe(false)
      }),
    )
  })

  test('exactly 100 counts, wherever the enterprise is', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const told = toldToStandAlone({ ...situation, technicalStaff: 100 })
        expect(told).toBe(situation.conditionsMature !== false)
      }),
    )
  })

  test('below 100 nobody is told to stand alone, nor that it is forbidden', () => {
    fc.assert(
      fc.property(situations, fc.nat(99), (situation, staff) => {
        const below = { ...situation, technicalStaff: staff }
        expect(toldToStandAlone(below)).toBe(false)
        expect(isStandalone(adviseFounding(below).mode)).toBe(false)
        expect(adviseFounding(below).notSaid).toContain('below-not-forbidden')
        const [, applied = ''] = explainFounding(adviseFounding(below), 'zh-CN').split('。')
        expect(applied).not.toContain('应单独组建')
      }),
    )
  })

  test('every word it stands on is in clause 10, so a changed clause is noticed', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const advice = adviseFounding(situation)
        for (const { words } of advice.statements) {
          for (const piece of words) expect(clauseTen).toContain(piece)
        }
        expect(isBorneByClause(advice, clauseTen.replaceAll(' ', ''))).toBe(true)
        expect(isBorneByClause(advice, clauseTen.replaceAll('100', '200'))).toBe(false)
      }),
    )
  })

  test('应 is said only where the clause says it, 要 where it says that', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        for (const { force, words } of adviseFounding(situation).statements) {
          if (force) expect(words.join('')).toContain(force)
        }
      }),
    )
  })

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no staff count', (technicalStaff) => {
    expect(() => adviseFounding({ ...known, technicalStaff })).toThrow(RangeError)
  })
})

describe('in words', () => {
  test.each([
    [
      { technicalStaff: 86, zone: 'high-tech' },
      '按第（十）条，科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织。贵单位科技人员 86 人，未达到这一人数；所在地为高新技术开发区，要采取单独组建和依托园区组建等方式；该条未规定不足 100 人的企业不得单独组建。',
    ],
    [
      { technicalStaff: 100, conditionsMature: true },
      '按第（十）条，科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织。贵单位科技人员 100 人，已达到这一人数，且条件成熟，应单独组建。',
    ],
  ] as [Partial<FoundingSituation>, string][])('%o', (situation, words) => {
    expect(explainFounding(adviseFounding({ ...known, ...situation }), 'zh-CN')).toBe(words)
  })

  test('in English, sentences begin with capitals and keep the clause’s force', () => {
    const advice = adviseFounding({ ...known, technicalStaff: 40, countOf: 'general' })
    expect(explainFounding(advice, 'en')).toBe(
      'Under clause (10), an enterprise with 100 or more scientific and technical staff in total (100 included) and mature conditions should found an association of its own. With 40 technical staff, that number is not reached; founding alone, jointly in the region, unified by industry or with a host are to be used according to location, industry, size, number of technical staff and the like; the clause does not forbid founding alone with fewer than 100.',
    )
  })

  test.each([
    [{ least: 91, most: 99 }, '90 多人'],
    [{ least: 0, most: 99 }, '不足 100 人'],
    [{ least: 0, most: 100 }, '100 人以下'],
    [{ least: 101, most: null }, '超过 100 人'],
    [{ least: 100, most: null }, '100 人以上'],
    [{ least: 80, most: 95 }, '80 至 95 人'],
    [{ least: 90, most: 99, about: 100 }, '近 100 人'],
    [{ least: 90, most: 110, about: 100 }, '100 人左右'],
  ] as [Headcount, string][])('%o is said %s', (technicalStaff, words) => {
    expect(explainFounding(adviseFounding({ ...known, technicalStaff }), 'zh-CN')).toContain(`员 ${words}，`)
  })

  test('no message is missing or left unfilled, in either language', () => {
    fc.assert(
      fc.property(situations, fc.constantFrom('zh-CN' as const, 'en' as const), (situation, language) => {
        const words = explainFounding(adviseFounding(situation), language)
        expect(words).not.toMatch(/\{\{|founding\.|undefined|null|。。|；。/)
        expect(words.length).toBeGreaterThan(40)
      }),
    )
  })
})

describe('several counts', () => {
  test.each([
    [[], null],
    [
      [
        { least: 86, most: 86 },
        { least: 0, most: 99 },
      ],
      { least: 86, most: 86 },
    ],
    [
      [
        { least: 60, most: 60 },
        { least: 50, most: 50 },
      ],
      { least: 60, most: 110 },
    ],
    [
      [
        { least: 60, most: 60 },
        { least: 101, most: null },
      ],
      { least: 101, most: null },
    ],
  ] as [Headcount[], Headcount | null][])('%o together are %o', (counts, all) => {
    expect(together(counts)).toEqual(all)
  })
})
