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
  /已经?[被获加批推]|没有?[被获加批推]|不[想要再会能]|上次|去年|通知|大家|听说|领导说|有人|了解|咨询|模板|范文|怎么|如何|什么|吗|谁|的(?:理由|材料|依据|表格|情况|事)[。.\s]*$|\b(?:was|were|has|have|had|not|who|how|what|which|already)\b/iu

/**
 * 我想推荐张三为典型, 申请经费5000元办讲座: phrases of the kind's file (`says`), in which … is something within a clause.
 * Null: nobody says so.
 * @param said No question.
 */
export function readSaying(said: string, { says }: NonNullable<Openable['opens']>): Saying | null {
  const head = said.slice(0, longest)
  if (otherSaying.test(head) || sought.test(said)) return null
  for (const phrase of byLength(says)) {
    const met = coreOf(phrase).exec(head)
    if (met && isWish(head.slice(0, met.index), phrase)) return { named: (met.groups?.named ?? '').trim() }
  }
  return null
}

/** Whether somebody speaks for themselves in the words before a phrase. */
function isWish(before: string, phrase: string): boolean {
  if (!/\p{Script=Han}/u.test(phrase)) return wishInEnglish.test(before)
  const clause = before.split(/[，,。；;！!：:\s]/u).at(-1) ?? ''
  const wished = wishInChinese.exec(clause)
  // What begins with the deed is its own wish; 加入学会 might be said of anything.
  return wished !== null && (wished[1] !== '' || /^(?:申请|推荐|申报)/.test(phrase))
}

const wishInChinese = new RegExp(`^${own}(?:[向跟]${none}{1,10}?)?(${wish}{0,3})$`)
const wishInEnglish = /(?:^|[,.;!]\s*)(?:(?:i|we)(?:'d| would)? (?:like|want|wish|hope) to|please|let me) $/i

const cores = new Map<string, RegExp>()

/**
 * The phrase: … is a gap, brackets are the group `named`. Apart from what stands before it, for in one expression the
 * engine's search for a place to begin grows fourfold with each letter.
 */
function coreOf(phrase: string): RegExp {
  const known = cores.get(phrase)
  if (known) return known
  const isChinese = /\p{Script=Han}/u.test(phrase)
  const between = isChinese ? gap : '[^.;!?]{1,60}?'
  const body = phrase
    .split(/([[\]…])/u)
    .map((piece) => ({ '…': between, '[': '(?<named>', ']': ')' })[piece] ?? literal(piece))
    .join('')
  const core = new RegExp(isChinese ? body : `${body}(?![a-z])`, 'i')
  cores.set(phrase, core)
  return core
}

const sum = /(\d[\d,，]*(?:\.\d+)?|[一二两三四五六七八九十])\s*([万千百])?\s*(?:元|块|yuan|rmb)/iu
const times: Record<string, number> = { 万: 10_000, 千: 1000, 百: 100 }

/** A sum of money in a sentence, in 元 as a form takes it: 5000元, 1.2万元, 三万元, 5,000 yuan; null: none. */
export function amountIn(text: string): string | null {
  const [, digits = '', unit = ''] = sum.exec(text.normalize('NFKC')) ?? []
  const word = '一二三四五六七八九十'.indexOf(digits.replace('两', '二')) + 1
  const number = /\d/.test(digits) ? Number(digits.replaceAll(/[,，]/g, '')) : word
  const amount = Math.round(number * (times[unit] ?? 1) * 100) / 100
  return digits !== '' && Number.isFinite(amount) && amount > 0 ? String(amount) : null
}

/** What a sum is for, as far as it is said behind it: 申请经费5000元办讲座; null: nothing is. */
export function behindSum(text: string): string | null {
  const met = sum.exec(text)
  const behind = met ? text.slice(met.index + met[0].length) : ''
  const [first = ''] = behind
    .replace(/^(?:钱|左右|的?经费|用于|用来|拿来|[，,\s])+/u, '')
    .split(/[，,。；;！!\n]/u)
  return /\p{Script=Han}{2}/u.test(first) ? first.trim() : null
}
