import { none, own, wish } from './asking.ts'
import { byLength, literal, type Openable, sought } from './sentence-words.ts'

/** What somebody wants and says in the same words. */
export interface Saying {
  /** What stands within the phrase's brackets; empty where it has none. */
  named: string
}

/** UTF-16 units that are looked at. */
const longest = 300
const gap = `${none}{1,30}?`
/** Of others, of what is over, or of what one would only know. */
const otherSaying =
  /已经?[被获加批推]|没有?[被获加批推]|不[想要再会能]|上次|去年|通知|大家|听说|领导说|有人|了解|咨询|模板|范文|怎么|如何|什么|吗|谁|\b(?:was|were|has|have|had|not|who|how|what|which|already)\b/iu

/**
 * 我想推荐张三为典型, 申请经费5000元办讲座: phrases of the kind's file (`says`), in which … is something within a clause.
 * Null: nobody says so.
 * @param said No question.
 */
export function readSaying(said: string, { says }: NonNullable<Openable['opens']>): Saying | null {
  const head = said.slice(0, longest)
  if (otherSaying.test(head) || sought.test(said)) return null
  for (const phrase of byLength(says)) {
    const met = (/\p{Script=Han}/u.test(phrase) ? inChinese(phrase) : inEnglish(phrase)).exec(head)
    if (met) return { named: (met.groups?.named ?? '').trim() }
  }
  return null
}

function inChinese(phrase: string): RegExp {
  // What begins with the deed is its own wish; 加入学会 might be said of anything.
  const wanted = /^(?:申请|推荐|申报)/.test(phrase) ? `${wish}{0,3}` : `${wish}{1,3}`
  return new RegExp(
    `(?:^|[，,。；;！!：:\\s])${own}(?:[向跟]${none}{1,10}?)?${wanted}${bodyOf(phrase, gap)}`,
    'u',
  )
}

function inEnglish(phrase: string): RegExp {
  const wanted = "(?:(?:i|we)(?:'d| would)? (?:like|want|wish|hope) to|please|let me)"
  return new RegExp(`(?:^|[,.;!]\\s*)${wanted} ${bodyOf(phrase, '[^.;!?,]{1,60}?')}(?![\\p{L}])`, 'iu')
}

/** The phrase as a piece of a regular expression: … is a gap, brackets are the group `named`. */
function bodyOf(phrase: string, between: string): string {
  return phrase
    .split(/([[\]…])/u)
    .map((piece) => ({ '…': between, '[': '(?<named>', ']': ')' })[piece] ?? literal(piece))
    .join('')
}

/** A sum of money in a sentence, in 元 as a form takes it: 5000元, 1.2万元, 5,000 yuan; null: none. */
export function amountIn(text: string): string | null {
  const met = /(\d[\d,，]*(?:\.\d+)?)\s*(万|千)?\s*(?:元|块|yuan|rmb)/iu.exec(text.normalize('NFKC'))
  if (!met) return null
  const times = met[2] === '万' ? 10_000 : met[2] === '千' ? 1000 : 1
  const amount = Math.round(Number(met[1]?.replaceAll(/[,，]/g, '')) * times * 100) / 100
  return Number.isFinite(amount) && amount > 0 ? String(amount) : null
}
