import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormField } from '../definition.ts'
import { checkField } from './field-schema.ts'
import type { Lookup } from './lookup.ts'
import { parseNumber } from './number.ts'
import { storable, type Typed } from './typed.ts'

const lookup: Lookup = {
  today: '2026-03-02',
  person: async (typed) =>
    typed === '王芳'
      ? { id: 'p1', name: '王芳' }
      : { key: 'forms:problem.person-unknown', values: { name: typed } },
  organisation: async (typed) =>
    typed === '集团/分公司一'
      ? { id: 'o1', path: typed }
      : { key: 'forms:problem.organisation-unknown', values: { name: typed } },
}

/** The value, or the last part of the problem's key. */
async function check(field: Partial<FormField>, typed: Typed | undefined): Promise<unknown> {
  const checked = await checkField({ name: 'x', type: 'text', label: 'l', ...field }, typed, lookup)
  return 'problem' in checked ? `! ${checked.problem.key.replace('forms:problem.', '')}` : checked.value
}

const options = [
  { value: 'a', label: 'web:send' },
  { value: 'b', label: 'web:close' },
  { value: 'c', label: 'web:title' },
]

describe('each type of field', () => {
  test.each<[Partial<FormField>, Typed | undefined, unknown]>([
    [{ type: 'text' }, '  节能\n改造 ', '节能 改造'],
    [{ type: 'text', most: 2 }, '😀😀', '😀😀'],
    [{ type: 'text', most: 2 }, '😀😀😀', '! too-long'],
    [{ type: 'text', least: 2 }, '一', '! too-short'],
    [{ type: 'text' }, '<script>{{y}}$t(z)', '<script>{{y}}$t(z)'],
    [{ type: 'text' }, '一'.repeat(201), '! too-long'],
    [{ type: 'text' }, '\u200b\u2060 ', undefined],
    [{ type: 'text', required: true }, '\u200b\ufeff', '! required'],
    [{ type: 'text', required: true }, undefined, '! required'],
    [{ type: 'long-text' }, ' 一\n\n二 ', '一\n\n二'],
    [{ type: 'long-text' }, '字'.repeat(5001), '! too-long'],
    [{ type: 'number' }, '１２，０００', 12000],
    [{ type: 'number' }, '-3.5', -3.5],
    [{ type: 'number' }, '三十五', 35],
    [{ type: 'number' }, '-0', 0],
    [{ type: 'number', least: 1 }, '0.999', '! too-small'],
    [{ type: 'number', most: 500 }, '500.1', '! too-large'],
    [{ type: 'number' }, '1e5', '! number'],
    [{ type: 'number' }, '0x10', '! number'],
    [{ type: 'number' }, 'Infinity', '! number'],
    [{ type: 'number' }, '1,2', '! number'],
    [{ type: 'number' }, '12 个人', '! number'],
    [{ type: 'number' }, '9'.repeat(5000), '! number'],
    [{ type: 'number' }, '9007199254740993', '! number'],
    [{ type: 'money' }, '1.2万', 12000],
    [{ type: 'money' }, '12,000', 12000],
    [{ type: 'money' }, '3亿', 300_000_000],
    [{ type: 'money' }, '￥12,000.50元', 12000.5],
    [{ type: 'money' }, '1.1万元', 11000],
    [{ type: 'money' }, '0.015', '! money-decimals'],
    [{ type: 'money' }, '1.2345678万', '! money-decimals'],
    [{ type: 'money' }, '-5', '! too-small'],
    [{ type: 'money' }, 'RMB 300', 300],
    [{ type: 'money' }, '500 块', 500],
    // As many as a page holds would keep the process busy for minutes.
    [{ type: 'money' }, `1${' '.repeat(120)}元`, '! money'],
    [{ type: 'number' }, `1${' '.repeat(120)}`, '! number'],
    [{ type: 'money' }, '大约五万', '! money'],
    [{ type: 'date' }, '2026年12月1日', '2026-12-01'],
    [{ type: 'date' }, '明天', '2026-03-03'],
    [{ type: 'date' }, '2026-02-30', '! date'],
    [{ type: 'date' }, '0000-00-00', '! date'],
    [{ type: 'date' }, '下周', '! date'],
    [{ type: 'time' }, '下午3点半', '15:30'],
    [{ type: 'time' }, '24:00', '! time'],
    [{ type: 'time' }, '14:60', '! time'],
    [{ type: 'person' }, '王芳', 'p1'],
    [{ type: 'person' }, "' or 1=1 --", '! person-unknown'],
    [{ type: 'organisation' }, '集团/分公司一', 'o1'],
    [{ type: 'organisation' }, '%', '! organisation-unknown'],
    [{ type: 'select', options }, 'b', 'b'],
    [{ type: 'select', options }, '2', '! option'],
    [{ type: 'select', options }, '__proto__', '! option'],
    [{ type: 'select', options, required: true }, '', '! option-required'],
    [{ type: 'multi-select', options }, ['c', 'a', 'c'], ['a', 'c']],
    [{ type: 'multi-select', options }, ['a', 'd'], '! options'],
    [{ type: 'multi-select', options, most: 1 }, ['a', 'b'], '! too-many-options'],
    [{ type: 'multi-select', options, least: 2 }, ['a'], '! too-few-options'],
    [{ type: 'multi-select', options, least: 2 }, [], undefined],
    [{ type: 'multi-select', options, required: true }, [], '! option-required'],
    [{ type: 'checkbox' }, '', false],
    [{ type: 'checkbox' }, 'yes', true],
    [{ type: 'checkbox' }, 'true', '! checkbox'],
    [{ type: 'checkbox', required: true }, '', '! checkbox-required'],
    [{ type: 'file', required: true }, [], '! file-required'],
    [{ type: 'file', most: 1 }, [file('a.pdf'), file('b.pdf')], '! too-many-files'],
    [{ type: 'file' }, [file('a.pdf')], [file('a.pdf')]],
    [{ type: 'file' }, ['a.pdf'], '! unclear'],
  ])('%j takes %j for %j', async (field, typed, expected) => {
    expect(await check(field, typed)).toEqual(expected)
  })

  test('is safe from any text', async () => {
    const types = ['text', 'long-text', 'number', 'money', 'date', 'time', 'select', 'checkbox'] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.string({ unit: 'binary' }), async (type, text) => {
        const field: FormField = { name: 'x', type, label: 'l', options }
        const kept = storable(field, text)!
        const checked = await checkField(field, kept, lookup)
        // What was taken is taken once more as it was kept, so that a draft never turns wrong by itself.
        if ('value' in checked && (type === 'date' || type === 'time') && checked.value !== undefined) {
          expect(await check(field, String(checked.value))).toBe(checked.value)
        }
        expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      { numRuns: 200 },
    )
  })
})

function file(name: string) {
  return { name, type: 'application/pdf', size: 1, blob: 'ab' }
}

describe('numbers', () => {
  test('are read exactly in every way to write them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (number) => {
        expect(parseNumber(String(number))).toBe(number)
        expect(parseNumber(new Intl.NumberFormat('en-US').format(number))).toBe(number)
        expect(
          parseNumber(`${Math.floor(number / 10_000)}.${String(number % 10_000).padStart(4, '0')}万`),
        ).toBe(number)
      }),
      { numRuns: 200 },
    )
  })
})

describe('what a draft keeps', () => {
  const text: FormField = { name: 'x', type: 'text', label: 'l' }
  test.each<[FormField, string | string[], unknown]>([
    [text, 'a\0b', 'ab'],
    [text, 'a\ud800b', 'a\ufffdb'],
    [text, 'a\r\nb\rc', 'a\nb\nc'],
    [text, ['a', 'b'], 'a'],
    [text, [], ''],
    [text, '字'.repeat(20_001), null],
    [text, '😀'.repeat(20_000), '😀'.repeat(20_000)],
    [{ ...text, type: 'multi-select' }, 'a', ['a']],
    [{ ...text, type: 'multi-select' }, '', []],
    [{ ...text, type: 'multi-select' }, Array(201).fill('a'), null],
  ])('%j of %#', (field, given, expected) => {
    expect(storable(field, given)).toEqual(expected)
  })
})
