import { isWordedAsQuestion } from '../../policy/port.ts'
import type { Kind } from '../definition/schema.ts'
import {
  asksHow,
  byLength,
  changes,
  leastContent,
  literal,
  type Openable,
  politeWish,
  saysSomething,
  sought,
} from './sentence-words.ts'
import { beginsProposal, insideOf, readTelling } from './telling.ts'

/** A sentence that sends something in rather than asking. */
export interface Opening {
  kind: Kind
  /** What is said after the words that open it; a piece of the sentence, empty where nothing more was said. */
  content: string
}

/** Characters in which the words that open it must stand. */
const openedWithin = 200

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

function contentAfter(said: string, { opens, pages }: Openable): string | null {
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
      `^${greeting}(?:${speaker}|(?:i|we)(?:'d| would)?(?: want to| like to| have to)? )?${toWhom}${literal(verb)}(?:一下|了)?`,
      'iu',
    )
    const met = opened.exec(head)
    const content = met ? said.slice(met[0].length).replace(/^(?:[\s：:，,]|that\b)+/i, '') : ''
    // 建议能不能把二楼改成分餐区 wishes, though it asks.
    if (isQuestion && !(politeWish.test(content.slice(0, 6)) && /[把将]/.test(content))) continue
    // After a stop no word of the matter belongs to the verb before it.
    const isApart = /[：:，,。]/.test(said.charAt(said.length - content.length - 1))
    if (met && isMatter(content, isApart)) return content
    if (!isQuestion && insideOf(said, verb, isMatter)) return said
  }
  return isQuestion ? null : readTelling(said, opens, hearsAll(pages))
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

/** Whether all that is said goes into one field: nothing of it need be something to change. */
function hearsAll(pages: Openable['pages']): boolean {
  return pages.some(({ fields }) => fields.some(({ hears }) => hears === 'whole'))
}

function isMatter(content: string, isApart = false): boolean {
  const isThere = content.length >= leastContent && (isApart || !otherUse.test(content))
  return isThere && (beginsProposal(content) || !sought.test(content))
}
