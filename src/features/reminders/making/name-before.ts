import type { Conversation } from '../../../chat/incoming.ts'
import { bareName, type Reads } from '../../../people/people.ts'
import type { Maker } from './access.ts'
import { type FoundWhom, findWhom } from './find-whom.ts'
import { tidied } from './split-request.ts'

/** Letters of a name that is looked for. */
const [leastLetters, mostLetters] = [2, 8]

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const titles =
  '工(?!作|资|会|具|程|时|期|装|厂)|总工|主任|主席|书记|部长|处长|科长|厂长|院长|所长|局长|经理|组长|班长|老师|师傅|秘书长|会长'
const callsSomebody = new RegExp(
  `^(?:[${surnames}](?:${titles})|[老小][${surnames}](?![\\p{Script=Han}]*[报表稿]$))`,
  'u',
)

/**
 * The longest beginning of a text that is the name of somebody whom the maker may remind, and what is left of the text: no
 * list of verbs knows where each name ends. Null: it begins with no such name.
 */
export async function nameBefore(
  db: Reads,
  text: string,
  maker: Maker,
  at: Conversation | null,
): Promise<{ found: FoundWhom; what: string } | null> {
  const letters = Array.from(text.trim())
  const beginnings = Array.from({ length: mostLetters - leastLetters + 1 }, (_, more) =>
    letters.slice(0, mostLetters - more).join(''),
  )
  const known = await db
    .selectFrom('person')
    .select('name')
    .distinct()
    .where('name', 'in', beginnings.map(bareName))
    .execute()
  const names = new Set(known.map(({ name }) => name))
  for (const beginning of beginnings) {
    if (!names.has(bareName(beginning))) continue
    const found = await findWhom(db, beginning, maker, at)
    if (found.problem === null) return { found, what: tidied(text.trim().slice(beginning.length)) }
  }
  return null
}

/** How somebody is called at the beginning of a text, as 刘工 or 王主任; null: nobody is. */
export function calledBefore(text: string): string | null {
  return callsSomebody.exec(text.trim())?.[0] ?? null
}
