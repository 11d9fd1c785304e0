/** Traditional characters of the words we look for, each followed by its simplified form. */
const traditional =
  '員员們们師师術术區区開开發发經经濟济園园條条業业組组單单獨独設设達达約约過过數数滿满萬万兩两幾几餘余個个龍龙頭头總总職职況况離离進进術术協协會会國国聯联統统嗎吗麼么應应該该當当還还廠厂來来從从關关邊边鎮镇號号靠靠纔才'
const simplified = new Map<string, string>()
for (let i = 0; i < traditional.length; i += 2) simplified.set(traditional[i]!, traditional[i + 1]!)

/** Longer questions are not read further: whoever states a number does so early. */
const longest = 1000

/**
 * The form in which questions are read here: half width, simplified, without thousands separators and
 * without spaces between Han characters and figures; at most 1,000 characters of it.
 */
export function plainText(question: string): string {
  const text = [...question.slice(0, longest).normalize('NFKC')]
    .map((sign) => simplified.get(sign) ?? sign)
    .join('')
  return text
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replaceAll(/[−﹣]/g, '-')
    .replaceAll(/(?<=\p{Script=Han})[ \t]+(?=[\p{Script=Han}\d])|(?<=\d)[ \t]+(?=\p{Script=Han})/gu, '')
}
