import { parseChineseNumeral } from '../../knowledge/parse/chinese-numeral.ts'

const numeral =
  /(?<![周期拜〇零一二两三四五六七八九十廿卅])[〇零一二两三四五六七八九十廿卅]+(?=[年月日号点时分刻天])/g

/**
 * Chinese numerals before a unit of time as figures: 二〇二六年十二月二十一日 → 2026年12月21日, 下午三点一刻 → 下午3点1刻.
 * Weekdays (周二, 星期日) stay as they are.
 */
export function arabicNumerals(text: string): string {
  return text.replaceAll(numeral, (found) => String(parseChineseNumeral(found) ?? found))
}
