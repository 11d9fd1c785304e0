import { isWordedAsQuestion } from '../../policy/port.ts'
import type { Kind } from '../definition/schema.ts'
import { readAsking } from './asking.ts'
import { readSaying } from './saying.ts'
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
import { beginsProposal, insideOf, readTelling, readWish } from './telling.ts'

/** A sentence that sends something in rather than asking. */
export interface Opening {
  kind: Kind
  /** What is said after the words that open it; a piece of the sentence, empty where nothing more was said. */
  content: string
}

/** Characters in which the words that open it must stand. */
const openedWithin = 200

const greeting =
  '(?:(?:您好|你好|大家好|各位(?:领导|老师|同事|专家|同志)?们?好?|各位领导|领导好?|同志们?|小助手|hi|hello|hey|dear all|good morning)[\\s，,！!。.~、：:]*)*'
/** Said of oneself or of the matter first: 我是二分厂钳工，想提个建议. */
const before =
  '(?:(?:我是|我叫|我在|我们是|关于|针对|为了|我[搞做写想琢])[^，,。：:；;！!？?\\n]{1,25}?[，,]?)?'
const speaker =
  '(?:[我俺咱]们?(?:个人|自己|觉得|认为|车间|班组|部门|科室|小组|工段|班|组|厂|这边|这里)?|本人|大家)?[这那儿里]?(?:今天|现在|刚好|正好|还|也|就|先|再|又|都|可以|正式|冒昧|匿名|实名|想|要|来|打算|希望|准备|需要|一直|必须|(?:请|麻烦|劳驾|能不能)?[帮替]我们?)*'
const toWhom = '(?:[向给跟对][^，,。：:；;！!？?\\n]{1,12}?(?=提|反映|报|说))?'
const bringing =
  '(?:提出|提交|提|登记|登|发布|发|申请|征集|求助|反映|上报|申报|报送|报|交|说|讲|有|出|写|做|搞|琢磨出|贡献|分享|想到|想出|遇到|碰到)'
const measure =
  '(?:了|一下)?[一两二三四五六七八九十几多个条点项件份篇下些小]*(?:关于[^，,。：:；;！!？?\\n]{1,30}?的|(?:(?!领导|上级|专家|同事|别|他|人|过|没|不|无)\\p{Script=Han}){1,8}的|新的?|好的?)?'
/** 我有个建议想反馈给公司，… */
const handedIn =
  '(?:成果|项目)?[吧哈啊呀哦呢了]?(?:请(?:转|帮)[^，,。：:；;！!？?\\n]{0,8})?(?:[想要](?:给|向|跟)?[^，,。：:；;！!？?\\n]{0,8}?(?:提交|反馈|反映|上报|报|提|说|交|投)[^，,。：:；;！!？?\\n]{0,8}?)?'
const after = `${handedIn}(?:[\\s：:，,。；;！!、—-]+(?:就是|是)?|就是|是这样的?)`

const englishBringing =
  "(?:(?:(?:i|we)(?:'d| would)? )?(?:like|want|wish) to (?:make|submit|send in|hand in|put forward|offer|share|file|raise|report|register|post|publish)|(?:i|we)(?:'ve| have)(?: got)?|please (?:file|take|register|post)|here is|here's|let me (?:make|offer))"
const englishAfter =
  '(?: (?:for|about|on|regarding|to improve|(?:that )?(?:we|i)) [^:,.?!\\n]{1,60})?\\s*(?:[:,.;!–—-]+|$)'

/** 帮我写一份合理化建议 asks for a text, not for taking one in. */
const wantsWritten = /[帮替给]我们?(?:写|起草|草拟|拟|想|做|编|生成|润色|修改)/

/** What cannot begin a matter after 建议 or 反映: the word is then a noun. */
const otherUse =
  /^(?:书|表|人|者|的|单|奖|是|评|采纳|办法|制度|[和与及、]|有|多|什么|怎|如何|谁|哪|被|征集|收集|处理|提交|流程|类|箱|活动|工作|数|量|内容|格式|模板|登记|没|会|分|收到|一般|等|都|栏|系统|平台|渠道|机制|实施|审|已|早|刚|很|挺|真|太|确实|不错|可行|通过|截止|退)/

/**
 * Whether a message sends something in, of which kind, and what it says. Null: it is a question, and whatever is in
 * doubt is one.
 */
export function readOpening(text: string, kinds: readonly Kind[]): Opening | null {
  const said = text.trim()
  const spelt = withoutSlips(said)
  if (wantsWritten.test(spelt.slice(0, 60))) return null
  const found = openedBy(kinds, (kind) => contentAfter(spelt, kind))
  // What begins nothing may still say at its end, or in the midst, what is wanted.
  const isAsked = found.length === 0 && !asksHow.test(spelt.slice(0, 2000)) && !isWordedAsQuestion(spelt)
  const wanted = isAsked
    ? openedBy(
        kinds,
        ({ opens, pages }) =>
          opens && (readAsking(spelt, opens) ?? sayingIn(spelt, opens) ?? readWish(spelt, pages)),
      )
    : []
  // 技术难题 opens a problem though 难题 alone might open something else: the longer words are the nearer.
  const [nearest] = [...found, ...wanted].toSorted(
    (one, other) =>
      one.content.length - other.content.length || longestNoun(other, said) - longestNoun(one, said),
  )
  if (!nearest) return null
  // As it was typed: nothing is put into other words.
  const start = spelt.indexOf(nearest.content)
  return { ...nearest, content: said.slice(start, start + nearest.content.length) }
}

/** All of it: what names the deed says the matter too. */
function sayingIn(said: string, opens: NonNullable<Openable['opens']>): string | null {
  return readSaying(said, opens) ? said : null
}

function openedBy(kinds: readonly Kind[], read: (kind: Kind) => string | null | undefined): Opening[] {
  return kinds.flatMap((kind) => {
    const content = read(kind)
    return content === null || content === undefined ? [] : [{ kind, content }]
  })
}

/** 改进意见 is nearer than 意见 where both open with the same words after them. */
function longestNoun({ kind, content }: Opening, said: string): number {
  const head = said.slice(0, said.length - content.length)
  const met = byLength(kind.opens?.nouns).find((noun) => head.includes(noun))
  return met?.length ?? 0
}

/** What is often mistyped, in as many letters. */
function withoutSlips(said: string): string {
  return said.replaceAll(/建[意仪义](?!的|识|上)/g, '建议').replaceAll(/反应(?=一下|下|个|几个)/g, '反映')
}

function contentAfter(said: string, { opens, pages }: Openable): string | null {
  if (!opens) return null
  const head = said.slice(0, openedWithin)
  for (const pattern of nounPatterns(opens)) {
    const met = pattern.exec(head)
    if (!met) continue
    // 没意见, 有没有建议: nobody brings any.
    if (/[没无]|吗|谁/.test(met[0].replace(/没(?=人管|用)/g, ''))) return null
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
            `^${greeting}${before}${speaker}${toWhom}${bringing}${measure}${word}(?:${after}|${handedIn}$)`,
            'iu',
          ),
          // 对绩效考核有意见，…
          new RegExp(
            `^${greeting}(?:[我俺咱]们?(?:车间|班组|班|组)?)?对[^，,。：:；;！!？?\\n]{1,24}?(?<![没无])有(?:不同|很大|较大|一些|几[点条]|[点些])?的?${word}[\\s：:，,。；;！!]+`,
            'iu',
          ),
          new RegExp(
            `^${greeting}(?:[【［[]${word}[】］\\]][：:]?|${word}(?:[一两][份条个项点])?[：:]|(?:这就?是)?[我俺]们?的${word}[就是：:，,]+|(?:个人)?${word}[哈呀啊]*[，,](?=.*(?:${changes.source})))`,
            'iu',
          ),
        ]
      : [
          new RegExp(
            `^${greeting}${englishBringing} (?:an? |my |our |this |the |another |one )?${word}s?${englishAfter}`,
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
