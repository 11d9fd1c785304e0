import { partsOf } from './parts.ts'
import { byLength, changes, literal, type Openable, saysSomething } from './sentence-words.ts'

/** What follows 建议 in the midst of a sentence that proposes. */
const proposed =
  /^(?:[：:，,]\s*)?(?:[把将给在由对用让按]|改|换|更换|增|加|设|做|装|修|买|移|搬|挂|贴|分|合并|采用|取消|停|统一|安装|使用|推广|优化|调整|减少|缩|延长|提前|清理|升级|恢复|配|引进|组织|开展|实行|定期|每|尽快|不要|建)/
/** Somebody else's, told on: 专家看了方案，建议增加预算. */
const ofOthers =
  /(?:领导|专家|上级|评委|评审|组长|主任|客户|厂家|医生|对方|老师|文件|《[^》]*》|审计|检查组|[他她]们?)[^。；;！!\n]{0,20}[，,]\s*$/
/** What has become of one already, or is only spoken of. */
export const isOver =
  /已|采纳|评审|汇总|通知|收到|谢谢|感谢|祝贺|大家|各班组|各单位|回头|麻烦|转告|开会|会上|最后一天|不错|同意|支持|没有|截止|以前|去年|今年|上次提|thank|accepted/i
const ownVoice = /[我俺咱]|本人|提[一个条出交]|有[一个条]/

/** Whether what follows 建议 is something to be done. */
export function beginsProposal(content: string): boolean {
  return proposed.test(content)
}

/**
 * 三号线换型太慢，建议改成快换: what is the matter comes first.
 * @param isMatter Whether a text may be what is proposed.
 */
export function insideOf(said: string, verb: string, isMatter: (content: string) => boolean): boolean {
  const head = said.slice(0, 2000)
  if (!/\p{Script=Han}/u.test(verb)) return false
  const met = new RegExp(
    // Without a comma 太费劲了建议改成… says it too; 提了建议 is somebody's noun.
    `(?:[，,。；;！!\\s]|(?<![提给有出写交收到])了)(我们?|本人|特此?|故|所以|因此|现)*${literal(verb)}`,
    'u',
  ).exec(head)
  // Shorter than that nothing was the matter.
  if (!met || met.index < 6) return false
  const before = said.slice(0, met.index + 1)
  if (ofOthers.test(before.slice(-40))) return false
  const content = said.slice(met.index + met[0].length)
  if (beginsProposal(content)) return true
  const isOwn = met[1] !== undefined || partsOf(before).defect !== undefined
  return isOwn && isMatter(content)
}

/**
 * What is told in other orders, and is no question: 算我一条建议 at the end, or the words that open it somewhere at the
 * beginning and something to be changed after them. Gives what is said; null: it sends in nothing.
 * @param hearsAll Whether it need not be something to change.
 */
export function readTelling(
  said: string,
  { nouns, verbs }: NonNullable<Openable['opens']>,
  hearsAll: boolean,
): string | null {
  for (const noun of byLength(nouns)) {
    const content = beforeClosing(said, noun) ?? afterMention(said, noun, hearsAll)
    if (content !== null) return content
  }
  return hearsAll ? beforeVerb(said, byLength(verbs)) : null
}

/** 食堂的饭菜又贵又难吃，我要投诉. */
function beforeVerb(said: string, verbs: readonly string[]): string | null {
  for (const verb of verbs) {
    const met = new RegExp(
      `[，,。；;！!\\s](?:(?:我们?|本人)(?:要|想|来)?|[向跟][^，,。；;！!\\s]{1,8})${literal(verb)}(?:一下|了)?[。.！!\\s]*$`,
      'u',
    ).exec(said.slice(-40))
    const content = met ? said.slice(0, said.length - met[0].length).trim() : ''
    if (content.length >= 6 && saysSomething(content)) return content
  }
  return null
}

/** 夹具可以改成快换的，算我一条建议. */
function beforeClosing(said: string, noun: string): string | null {
  const tail = said.slice(-80)
  const word = literal(noun)
  const closing = /\p{Script=Han}/u.test(noun)
    ? `[，,。；;！!\\s](?:这个?|以上)?(?:就?算|作为|当作?|就?是)是?[我咱俺]?们?(?:提)?的?[一个条份点]*${word}[吧了。.！!\\s]*$`
    : `[,.;!]\\s*(?:please )?(?:i (?:want|would like|'d like) to submit (?:that|this|it) as|(?:take )?(?:that|this|it) (?:is|as)|that's) (?:an? |my )?${word}[.!\\s]*$`
  const met = new RegExp(closing, 'iu').exec(tail)
  const content = met ? said.slice(0, said.length - tail.length + met.index).trim() : ''
  return saysSomething(content) && changes.test(content) ? content : null
}

/** 我有个点子不知道行不行，用磁铁把铁屑吸走. */
function afterMention(said: string, noun: string, hearsAll: boolean): string | null {
  if (!/\p{Script=Han}/u.test(noun)) return null
  const mention = new RegExp(
    `^([^。；;！!？?\\n]{0,30}?)${literal(noun)}[^，,。：:；;！!？?\\n]{0,10}[，,。：:；;！!\\s]+`,
    'u',
  )
  const [opened = '', before = ''] = mention.exec(said.slice(0, 200)) ?? []
  if (opened === '' || !ownVoice.test(before) || /[没无不未]/.test(before) || isOver.test(opened)) return null
  const content = said.slice(opened.length).trim()
  const isSaid = content.length >= 6 && (hearsAll || changes.test(content.slice(0, 200)))
  return isSaid && !isOver.test(content.slice(0, 200)) ? content : null
}

/**
 * 我觉得标签可以改成带颜色的，发错料的事就少了: nobody names a proposal, but method and effect are both there, in a voice of
 * their own. Only for kinds that ask for both.
 */
export function readWish(said: string, pages: Openable['pages']): string | null {
  const heard = pages.flatMap(({ fields }) => fields.flatMap(({ hears }) => hears ?? []))
  if (!heard.includes('method') || !heard.includes('effect') || isOver.test(said.slice(0, 2000))) return null
  const begun =
    /^(?:您好|你好|[，,。\s])*(?:[我俺咱]们?(?:个人)?(?:觉得|认为|看|感觉|想着|琢磨|希望)|希望(?:公司|厂里|单位|车间|领导)?|最好)/u.exec(
      said,
    )
  const parts = begun && said.length < 2000 ? partsOf(said) : {}
  return parts.method !== undefined && parts.effect !== undefined ? said : null
}
