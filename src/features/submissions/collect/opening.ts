import { isWordedAsQuestion } from '../../policy/port.ts'
import type { Kind } from '../definition/schema.ts'
import { beginsProposal, insideOf, readTelling } from './telling.ts'

/** A sentence that sends something in rather than asking. */
export interface Opening {
  kind: Kind
  /** What is said after the words that open it; a piece of the sentence, empty where nothing more was said. */
  content: string
}

export type Openable = Pick<Kind, 'opens'>

/** Characters in which the words that open it must stand. */
const openedWithin = 200
/** What is shorter says nothing that could be filled in. */
const leastContent = 6
/** What asks politely for something says so much at least; 能不能帮忙 does not. */
const leastWish = 12

const greeting =
  '(?:(?:您好|你好|大家好|各位领导|领导好?|同志们?|小助手|hi|hello|hey|dear all|good morning)[\\s，,！!。.~、：:]*)*'
/** Said of oneself or of the matter first: 我是二分厂钳工，想提个建议. */
const before =
  '(?:(?:我是|我叫|我在|我们是|关于|针对|为了|我[搞做写想琢])[^，,。：:；;！!？?\\n]{1,25}?[，,]?)?'
const speaker =
  '(?:[我俺咱]们?(?:个人|自己|觉得|认为|车间|班组|部门|科室|小组|工段|班|组|厂|这边|这里)?|本人|大家)?[这那儿里]?(?:今天|现在|刚好|正好|还|也|就|先|再|又|都|可以|正式|冒昧|想|要|来|打算|希望|准备|需要|一直)*'
const toWhom = '(?:[向给跟对][^，,。：:；;！!？?\\n]{1,12}?(?=提|反映|报|说))?'
const bringing =
  '(?:提出|提交|提|反映|上报|申报|报送|报|交|说|讲|有|出|写|做|搞|琢磨出|贡献|分享|想到|想出|遇到|碰到)'
const measure =
  '(?:了|一下)?[一两二三四五六七八九十几多个条点项件份篇下些小]*(?:关于[^，,。：:；;！!？?\\n]{1,30}?的|新的?|好的?)?'
/** 我有个建议想反馈给公司，… */
const handedIn =
  '(?:成果|项目)?[吧哈啊呀哦呢了]?(?:[想要](?:给|向|跟)?[^，,。：:；;！!？?\\n]{0,8}?(?:提交|反馈|反映|上报|报|提|说|交|投)[^，,。：:；;！!？?\\n]{0,8}?)?'
const after = `${handedIn}(?:[\\s：:，,。；;！!、—-]+(?:就是|是)?|就是|是这样的?)`

const englishBringing =
  "(?:(?:i|we)(?:'d| would)? (?:like|want|wish) to (?:make|submit|send in|put forward|offer|share|file|raise|report)|(?:i|we)(?:'ve| have)(?: got)?|here is|here's|let me (?:make|offer))"
const englishAfter = '(?: (?:for|about|on|regarding|to improve) [^:,.?!\\n]{1,60})?\\s*(?:[:,.;!–—-]+|$)'

/** Somebody wants to know how it is done, whatever else they say. */
const asksHow =
  /(?:怎么|如何|怎样|咋)(?:提|写|交|报|填|办|弄|反映|申请|登记)|(?:找|交给|报给|提给|给|问|向)(?:谁|哪)|谁(?:来|负责|评|管|处理|审|办)|在?哪(?:里|儿|个部门)|什么时候|何时|多久|流程(?=是|怎|有|呢|[。.？?\s]*$)|程序是|有没有(?:奖|人|用|回|模板|格式)|匿名|不?署名|不写名|需要(?:什么|哪些)|要写(?:什么|哪些)|(?:行|可以|能提|有用|合适|能行|好)吗|算不算|算(?:是)?(?:合理化建议|五小|小革新)吗|有奖|奖多少|\b(?:where|how|when|who|whom|to whom|which form|whether)\b[^.]{0,40}\b(?:submit|send|hand|file|put|decide|review|report|go|write|is it|do i|should i|can i)\b/i
/** A wish in the shape of a question. */
const politeWish =
  /(?:能不能|可不可以|能否|可否|是否(?:可以|能)|是不是(?:可以|应该|能)|要不要|可以.{0,40}吗|能.{0,40}吗|(?:can|could) we|why (?:don't|not)|what about|how about)/i
export const changes =
  /[把将给]|改|换|增|加|设|装|用|建|配|放|修|减|统一|取消|\b(?:use|add|replace|change|install|put|switch|make|move)\b/i
/** Nouns with which a search ends: 反映问题的渠道. */
const sought =
  /(?:渠道|流程|办法|制度|(?<!小)程序|规定|途径|方式|条件|要求|电话|部门|格式|模板|表|范围|时限|期限|标准|平台|网址|奖励|案例|原则|措施|内容|情况汇总)[。.!！\s]*$/
/** What cannot begin a matter after 建议 or 反映: the word is then a noun. */
const otherUse =
  /^(?:书|表|人|者|的|单|奖|是|评|采纳|办法|制度|[和与及、]|有|多|什么|怎|如何|谁|哪|被|征集|收集|处理|提交|流程|类|箱|活动|工作|数|量|内容|格式|模板|登记|没|会|分|收到|一般|等|都|栏|系统|平台|渠道|机制|实施|审|已|早|刚|很|挺|真|太|确实|不错|可行|通过|截止|退)/

/**
 * Whether a message sends something in, of which kind, and what it says. Null: it is a question, and whatever is in
 * doubt is one.
 */
export function readOpening(text: string, kinds: readonly Kind[]): Opening | null {
  const said = text.trim()
  const found = kinds.flatMap((kind) => {
    const content = contentAfter(said, kind)
    return content === null ? [] : [{ kind, content }]
  })
  // 技术难题 opens a problem though 难题 alone might open something else: the longer words are the nearer.
  return found.toSorted((one, other) => one.content.length - other.content.length)[0] ?? null
}

function contentAfter(said: string, { opens }: Openable): string | null {
  if (!opens) return null
  const head = said.slice(0, openedWithin)
  for (const pattern of nounPatterns(opens)) {
    const met = pattern.exec(head)
    if (!met) continue
    const content = said.slice(met[0].length).trim()
    return content === '' || saysSomething(content) ? content : null
  }
  if (asksHow.test(said.slice(0, 2000))) return null
  const isQuestion = isWordedAsQuestion(said)
  for (const verb of byLength(opens.verbs)) {
    const opened = new RegExp(
      `^${greeting}(?:${speaker}|i |we |i'd |we'd )?${toWhom}${literal(verb)}(?:一下|了)?`,
      'iu',
    )
    const met = opened.exec(head)
    const content = met ? said.slice(met[0].length).replace(/^(?:[\s：:，,]|that\b)+/i, '') : ''
    // 建议能不能把二楼改成分餐区 wishes, though it asks.
    if (isQuestion && !(politeWish.test(content.slice(0, 6)) && /[把将]/.test(content))) continue
    if (met && isMatter(content)) return content
    if (!isQuestion && insideOf(said, verb, isMatter)) return said
  }
  return isQuestion ? null : readTelling(said, opens)
}

function nounPatterns(opens: NonNullable<Openable['opens']>): RegExp[] {
  return byLength(opens.nouns).flatMap((noun) => {
    const word = literal(noun)
    return /\p{Script=Han}/u.test(noun)
      ? [
          new RegExp(
            `^${greeting}${before}${speaker}${toWhom}${bringing}${measure}${word}(?:${after}|$)`,
            'iu',
          ),
          new RegExp(
            `^${greeting}(?:[【［[]${word}[】］\\]][：:]?|${word}[：:]|(?:这就?是)?[我俺]们?的${word}[就是：:，,]+|${word}[，,](?=.*(?:${changes.source})))`,
            'iu',
          ),
        ]
      : [
          new RegExp(
            `^${greeting}${englishBringing} (?:an? |my |this |the |another |one )?${word}s?${englishAfter}`,
            'iu',
          ),
          new RegExp(`^${greeting}(?:my )?${word}(?:\\s*[:：]| is (?:to |that ))`, 'iu'),
        ]
  })
}

/** Whether what follows says a matter, also where it asks politely for it. */
export function saysSomething(content: string): boolean {
  if (content.length < 2 || asksHow.test(content.slice(0, 2000))) return false
  if (!isWordedAsQuestion(content)) return !sought.test(content) || content.length >= 20
  if (politeWish.test(content) && (changes.test(content) || content.length >= leastWish)) return true
  // 食堂的菜太贵了，怎么回事？ states something before it asks.
  const [first = ''] = content.split(/[，,。；;！!\n]/)
  return first.length < content.length - 1 && first.length >= leastContent && !isWordedAsQuestion(first)
}

function isMatter(content: string): boolean {
  const isThere = content.length >= leastContent && !otherUse.test(content)
  return isThere && (beginsProposal(content) || !sought.test(content))
}

/** The words of both languages, the longest first. */
export function byLength(words: { 'zh-CN': string[]; en: string[] } | undefined): string[] {
  return words ? [...words['zh-CN'], ...words.en].toSorted((one, other) => other.length - one.length) : []
}

/** As a piece of a regular expression. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
