import { z } from 'zod'
import { parseChineseNumeral } from '../../knowledge/parse/chinese-numeral.ts'
import type { FormField } from '../definition.ts'
import { refuse } from './refuse.ts'

const powers: Record<string, number> = { '': 0, 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 万亿: 12 }
const figures = /^(-?)(\d{1,20}|\d{1,3}(?:,\d{3}){1,6})(?:\.(\d{1,20}))?(十|百|千|万亿|万|亿|)$/
/** Digits that a binary number keeps exactly. */
const mostDigits = 15
/** With signs, units and white space. */
const mostCharacters = 100

/**
 * The number that a text is and nothing else, exactly, or null: 12, 12,000, -3.5, 1.2万, 3亿, 三十五, １２. Figures with
 * more than 15 digits are none: they would be kept as others.
 */
export function parseNumber(text: string): number | null {
  if (text.length > mostCharacters) return null
  const plain = text.normalize('NFKC').replaceAll(/[\s_]/g, '').replace(/^−/, '-').replace(/^\+/, '')
  const [, sign, whole = '', decimals = '', unit = ''] = figures.exec(plain) ?? []
  if (sign === undefined) {
    const negative = /^[-负]/.test(plain)
    const value = /^[-负]?[\p{Script=Han}〇○]+$/u.test(plain)
      ? parseChineseNumeral(plain.slice(negative ? 1 : 0))
      : null
    return value === null || String(value).length > mostDigits
      ? null
      : negative && value !== 0
        ? -value
        : value
  }
  // Shifted as text: 1.1 × 10000 is not 11000 in binary.
  const power = powers[unit]!
  const shifted = `${whole.replaceAll(',', '')}${decimals.slice(0, power).padEnd(power, '0')}.${decimals.slice(power)}`
  const bare = shifted.replace(/^0+(?=\d)/, '').replace(/\.?0*$/, (end) => (end.includes('.') ? '' : end))
  if (bare.replace('.', '').replace(/^0+/, '').length > mostDigits) return null
  const value = Number(bare)
  return sign === '-' && value !== 0 ? -value : value
}

/** 1.2万元, ￥12,000.50, 3亿, 500块, RMB 300: in yuan, with two decimals at most. */
function parseMoney(text: string): number | null {
  if (text.length > mostCharacters) return null
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:¥|rmb|cny|人民币)/i, '')
    .replace(/(?:元整?|块钱?|圆整?|rmb|cny|yuan)$/i, '')
  return parseNumber(bare)
}

export function numberSchema(field: FormField) {
  return z
    .string()
    .transform((text, context) => parseNumber(text) ?? refuse(context, 'forms:problem.number'))
    .superRefine(bounds(field))
}

export function moneySchema(field: FormField) {
  return z
    .string()
    .transform((text, context) => parseMoney(text) ?? refuse(context, 'forms:problem.money'))
    .superRefine((value, context) => {
      if (!/^-?\d+(?:\.\d{1,2})?$/.test(String(value))) refuse(context, 'forms:problem.money-decimals')
    })
    .superRefine(bounds({ ...field, least: field.least ?? 0 }))
}

function bounds({ least, most }: FormField) {
  return (value: number, context: z.RefinementCtx) => {
    if (least !== undefined && value < least) {
      refuse(context, 'forms:problem.too-small', { least: grouped(least) })
    }
    if (most !== undefined && value > most)
      refuse(context, 'forms:problem.too-large', { most: grouped(most) })
  }
}

/** 12000.5 as 12,000.5: the same in both languages, whatever the machine is set to. */
export function grouped(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 15 }).format(value)
}
