import { byLength, literal, type Openable, saysSomething } from './sentence-words.ts'
import { isOver } from './telling.ts'

/** A clause ends here; where nobody sets commas, a blank does. */
const clauseEnds = /[，,。；;！!：:\s]+/u
/** Within a clause. */
export const none = '[^，,。；;！!：:？?\\s]'
/** Who speaks; 领导要我们登记成果 is somebody else's wish. */
export const own = `(?:那|所以|因此|故|现在?|特|今天|您好|你好){0,3}(?:[我俺咱]们?|本人|[我本咱]们?${none}{0,8}?(?:组|班|车间|单位|分厂|团队|部门))?(?:也|还|就|都|正式|现在?|特){0,3}`
export const wish = '(?:想|要求|要|请求|请|寻求|求|申请|希望|必须|需要|麻烦|劳驾|打算|准备|帮忙|帮)'
/** Who wishes to know, to take part in something or to wait sends nothing in. */
const otherWish =
  /了解|知道|明白|清楚|问(?!题)|咨询|查(?:一下|询|找|看|到)|[想要]查|看(?!法)|学习|参加|参与|介绍|解释|推荐|搜|下载|模板|范文|写|再(?!次)|以后|下次|改天|回头|不想|不要|不必|不用|别(?!人)/
/** 领导要我们登记成果 is theirs; 想跟领导反映 is one's own. */
const others =
  /(?<![跟向和给对让请找帮望][^，]{0,4})(?:领导|上级|专家|客户|大家|各单位|各部门|各班组|别人|有人|同事|[他她])/
const tail = '(?:一下子?|下|吧|呗|哈|啊|呀|了|的){0,4}'
/** What stands between wish and phrase says no matter by itself up to here, such as 想请科协帮我维权. */
const longestBare = 8
/** UTF-16 units that are looked at, and of one clause: what is longer is a matter, and tries patterns' patience. */
const longest = 2000
const longestClause = 60

/**
 * What somebody wants, said anywhere: 加班费拖了三个月，我要维权. The phrases stand in the kind's file (`asks`), a gap within
 * a clause as …. Gives what is said beside it; null: nobody asks for that, or nothing more is said.
 * @param said No question.
 */
export function readAsking(said: string, { asks }: NonNullable<Openable['opens']>): string | null {
  const head = said.slice(0, longest)
  for (const phrase of byLength(asks)) {
    const content = /\p{Script=Han}/u.test(phrase) ? inChinese(head, phrase) : inEnglish(head, phrase)
    if (content !== null) return content === head ? said : content + said.slice(head.length)
  }
  return null
}

function inChinese(said: string, phrase: string): string | null {
  const pieces = phrase.split('…').map(literal)
  const words = pieces.join(`${none}{0,14}?`)
  const parted = pieces.join(`${none}{0,6}?${wish}${none}{0,6}?`)
  const wished = new RegExp(
    `^(?:${own}|${none}{2,30}了[我]?)${wish}{1,4}(${none}{0,16}?)${words}${tail}$`,
    'u',
  )
  // 我们组的成果想登记一下: the wish stands within the phrase.
  const within = pieces.length === 2 ? new RegExp(`^${none}{0,16}?${parted}${tail}$`, 'u') : null
  const bare = new RegExp(`^${none}{0,12}?${words}${tail}$`, 'u')
  const heads = new RegExp(`^(?!关于)${none}{0,4}?${words}${tail}$`, 'u')
  const begins = new RegExp(`^${own}(?:${wish}|求)`, 'u')

  const clauses = clausesOf(said)
  for (const [at, { text, start, end }] of clauses.entries()) {
    if (text.length > longestClause || isOver.test(text) || others.test(text) || otherWish.test(text))
      continue
    const met = wished.exec(text)
    const next = clauses[at + 1]?.text ?? ''
    const isHead = at === 0 && heads.test(text)
    if (!met && !within?.test(text) && !isHead && !(at > 0 && bare.test(text) && begins.test(next))) continue
    const isBare = isHead || (met !== null && (met[1] ?? '').length <= longestBare)
    const rest = beside(said, start, end)
    if (!isBare && text.length >= longestBare + 4 && rest.length < 6) return said
    if (rest.length < 6 || !saysSomething(rest) || (isHead && !met && isOver.test(rest))) return null
    // The clause goes where it says no matter, so that nothing said is lost.
    return isBare && (at === 0 || at === clauses.length - 1) ? rest : said
  }
  return null
}

/** The matter before or after the clause. */
function beside(said: string, start: number, end: number): string {
  const [before, after] = [said.slice(0, start), said.slice(end)].map((one) =>
    one.replace(/^[，,。；;！!：:\s]+|[，,；;：:\s]+$/gu, ''),
  )
  return start === 0 ? (after ?? '') : end >= said.trimEnd().length - 1 ? (before ?? '') : said
}

function clausesOf(said: string): { text: string; start: number; end: number }[] {
  let at = 0
  return said.split(clauseEnds).flatMap((text) => {
    if (text === '') return []
    const start = said.indexOf(text, at)
    at = start + text.length
    return [{ text, start, end: at }]
  })
}

/** The overtime was not paid, I want my rights protected. */
function inEnglish(said: string, phrase: string): string | null {
  const words = phrase.split('…').map(literal).join('[^.;!?]{0,30}?')
  const met = new RegExp(
    `(?:^|[,.;!]\\s*|\\band )(?:(?:i|we)(?:'d| would)? (?:want|need|like|wish)\\b|please|somebody please|help|looking for)[^.;!?]{0,40}?\\b${words}\\b`,
    'iu',
  ).exec(said)
  return met && said.length - met[0].length >= 12 ? said : null
}
