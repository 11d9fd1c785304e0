import { dayIn } from '../../../timers/calendar/day.ts'
import { readSentence, type SaidRule, type UnreadableTime } from '../../../timers/recurrence/read-sentence.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import { readLimits } from '../../../timers/recurrence/sentence-limits.ts'
import { inOriginal, plainSentence } from '../../../timers/recurrence/sentence-text.ts'
import { lastClause, soundsLikeTime, unclearBeside } from './request-rest.ts'
import { type RequestParts, splitChinese, splitEnglish, tidied } from './split-request.ts'

/** What a sentence asks for. */
export interface ReminderRequest {
  rule: Rule
  /** IANA name: by whose clock it is meant. */
  zone: string
  /** In the sentence's words, 一分厂群; empty: nobody is named, so the speaker. */
  whom: string
  /** Empty: nothing is said. */
  what: string
  /** Nothing of it was guessed. */
  sure: boolean
}

/** Why it cannot be made: a message key and its values. */
export type UnreadableRequest = UnreadableTime

const verbs =
  /提醒(?!我?的|列表|模板|事项|清单|设置|功能|方式)|催(?:一下|促)?|叫(?=我|大家)|通知(?=我|大家)|喊(?=我|大家)/
const making = /(?:设(?:置|定)?|建|新建|加|添加|定)(?:一)?(?:个|条)?(?:定时)?(?:提醒|闹钟)/
const english = /\b(?:remind(?! list)|set (?:up )?a reminder(?: for)?|nudge|ping)\b/i
/** Words of politeness before what is asked for. */
const polite =
  /^(?:\s|[,，、。!！]|(?:@\S+\s)|请(?:你|您)?|麻烦(?:你|您)?|劳烦|能不能|可不可以|可以|帮忙|帮我|给我|你|您|小科|机器人|记得|到时候?|届时|在|于|定时|每次|please\b|can you\b|could you\b|kindly\b)+/i
/** A proposal or an opinion that speaks of reminders asks for none. */
const speaksOfIt =
  /建议|希望|反映|意见|提案|诉求|规定|应当|有没有|查(?:询|看)|\b(?:suggest|propose|should)\b/i
const asksHow = /(?:怎么|如何|怎样|什么是|能否|吗[?？]?$)|^(?:how|what|can i|where)\b/i

/**
 * Reads a sentence that asks for a reminder: 每月最后一个工作日上午九点提醒一分厂群交联络记录, 明天下午3点提醒我开会,
 * “remind the workshop group to hand in the record every Friday at 4pm”. Null: it asks for none, or asks how it is done.
 * Pure; the rule is still to be checked, whom it means to be found.
 * @param zone IANA name, of the speaker's clock; the sentence may name another.
 */
export function readRequest(
  text: string,
  now: Date,
  zone: string,
): ReminderRequest | UnreadableRequest | null {
  const sentence = text.normalize('NFC').trim()
  const verb = verbOf(sentence)
  if (!verb || asksHow.test(sentence)) return null
  const before = sentence.slice(0, verb.from).replace(making, '')
  const after = sentence.slice(verb.to)
  if (speaksOfIt.test(before)) return null
  const split = verb.split
  // What stands before the verb says when it is sent; a day after it may belong to what is to be done.
  const tail = lastClause(after, zone)
  // 每逢周一提醒我报安排，上午8:40: the hour may come last.
  const [when, rest] = tail === null ? [before, after] : [`${before}${tail.clause}`, tail.left]
  const ahead = readSentence(when, now, zone)
  if (ahead && 'problem' in ahead) return ahead
  if (ahead) {
    const limits = limitsIn(rest, now, zone)
    // 每月15号提醒本群更新台账，遇节假日顺延: what limits the rhythm may come last.
    const limited = limits.words === '' ? null : readSentence(when + limits.words, now, zone)
    const whole = limited && 'rule' in limited && limited.rule.type !== 'once' ? limited : null
    const unclear = unclearBeside(when, ahead.spans)
    if (unclear) return unclear
    const parts = split(whole ? limits.left : rest)
    const mayMean = !ahead.hasTime && hasTime(parts.what, now, zone)
    return joined(whole ?? ahead, withSpare(parts, spareOf(when, ahead.spans)), !mayMean)
  }
  const unclear = verb.asksPlainly && soundsLikeTime(before.replace(polite, ''))
  if (unclear) return unclear
  const behind = readSentence(after, now, zone)
  if (behind && 'problem' in behind) return behind
  if (!behind) {
    // 提醒我2月30日交表: a day that there is not is none too.
    const wrong = verb.asksPlainly && saysDay.exec(after)
    if (wrong) return { problem: 'recurrence:sentence.no-such-time', values: { piece: wrong[0] } }
    return verb.asksPlainly && before.replace(polite, '') === ''
      ? { problem: 'recurrence:sentence.no-time', values: {} }
      : null
  }
  // 12月25日前交总结: the day belongs to what is to be done too.
  const belongs = behind.spans.some(([, to]) => /^\s*(?:的|之前|以前|前)/.test(after.slice(to)))
  const parts = split(belongs ? after : without(after, behind.spans))
  return joined(behind, withSpare(parts, tidied(before.replace(polite, ''))), !belongs)
}

const saysDay =
  /[\d〇零一二三四五六七八九十]{1,4}月[\d〇零一二三四五六七八九十]{1,3}[日号]|每隔?[\d〇零一二三四五六七八九十]+[天日周]/

interface Verb {
  from: number
  to: number
  split: (after: string) => RequestParts
  /** It asks for a reminder even where no time is said. */
  asksPlainly: boolean
}

function verbOf(sentence: string): Verb | null {
  const at = (match: RegExpExecArray) => ({ from: match.index, to: match.index + match[0].length })
  const set = making.exec(sentence)
  // 设个提醒，每周五提醒张三交周报: the second one says whom.
  const start = set ? set.index + set[0].length : 0
  const found = verbs.exec(sentence.slice(start))
  if (found) {
    const { from, to } = at(found)
    const asksPlainly = found[0] === '提醒' || set !== null
    return { from: start + from, to: start + to, split: splitChinese, asksPlainly }
  }
  if (set) return { ...at(set), split: ofOneself, asksPlainly: true }
  const inEnglish = english.exec(sentence)
  if (!inEnglish) return null
  return { ...at(inEnglish), split: splitEnglish, asksPlainly: !/nudge|ping/i.test(inEnglish[0]) }
}

function ofOneself(after: string): RequestParts {
  return { whom: '', what: tidied(after), sure: true }
}

/** Phrases of a text that limit a rhythm (遇节假日顺延, 共5次), and the text without them. */
function limitsIn(text: string, now: Date, zone: string): { words: string; left: string } {
  const sentence = plainSentence(text)
  const { stretches } = readLimits(sentence.plain, dayIn(zone, now))
  const spans = stretches.map((stretch) => inOriginal(sentence, stretch)).toSorted((a, b) => a[0] - b[0])
  return { words: spans.map(([from, to]) => text.slice(from, to)).join('，'), left: without(text, spans) }
}

/** What else was said before the verb: 周报要交了，每周五提醒我. */
function spareOf(before: string, spans: SaidRule['spans']): string {
  return tidied(
    without(before, spans)
      .replace(polite, '')
      .replace(/(?:请|的时候|时|就|帮我|给我|再)+\s*$/, ''),
  )
}

function withSpare(parts: RequestParts, spare: string): RequestParts {
  const isEmpty = spare.replace(/(?:please|can you|could you|请|你|帮|给|我|在|于|[\s,，])+/gi, '') === ''
  if (isEmpty) return parts
  // Nothing that was said is lost.
  return { ...parts, what: parts.what === '' ? spare : `${spare}，${parts.what}`, sure: parts.what === '' }
}

function joined(said: SaidRule, { whom, what, sure }: RequestParts, isTime: boolean): ReminderRequest {
  return { rule: said.rule, zone: said.zone, whom, what, sure: said.sure && sure && isTime && what !== '' }
}

function without(text: string, spans: SaidRule['spans']): string {
  let left = ''
  let at = 0
  for (const [from, to] of spans) {
    left += `${text.slice(at, from)} `
    at = to
  }
  const rest = left + text.slice(at)
  return rest
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[\p{Script=Han}，。：])|(?<=[\p{Script=Han}，。：]) /gu, '')
}

function hasTime(text: string, now: Date, zone: string): boolean {
  const said = readSentence(text, now, zone)
  return said !== null && 'rule' in said && said.hasTime
}
