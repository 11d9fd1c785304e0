import { isWordedAsQuestion } from '../../policy/port.ts'
import type { Kind } from '../definition/schema.ts'

/** How a kind is opened. */
export type Openable = Pick<Kind, 'opens' | 'pages'>

/** What is shorter says nothing that could be filled in. */
export const leastContent = 6
/** What asks politely for something says so much at least; 能不能帮忙 does not. */
const leastWish = 12

/** Somebody wants to know how it is done, whatever else they say. */
export const asksHow =
  /(?:怎么|如何|怎样|咋)(?:提|写|交|报|填|办|弄|反映|申请|登记)|(?:找|交给|报给|提给|给|问|向)(?:谁|哪)|谁(?:来|负责|评|管|处理|审|办)|在?哪(?:里|儿|个部门)|什么时候|何时|多久|流程(?=是|怎|有|呢|[。.？?\s]*$)|程序是|有没有(?:奖|人|用|回|模板|格式)|匿名|会不会|(?:不|怎么)署名|不写名|需要(?:什么|哪些)|要写(?:什么|哪些)|(?:行|可以|能提|有用|合适|能行|好)吗|算不算|算(?:是)?(?:合理化建议|五小|小革新)吗|有奖|奖多少|\b(?:where|how|when|who|whom|to whom|which form|whether)\b[^.]{0,40}\b(?:submit|send|hand|file|put|decide|review|report|go|write|is it|do i|should i|can i)\b/i
/** A wish in the shape of a question. */
export const politeWish =
  /(?:能不能|可不可以|能否|可否|是否(?:可以|能)|是不是(?:可以|应该|能)|要不要|可以.{0,40}吗|能.{0,40}吗|(?:can|could) we|why (?:don't|not)|what about|how about)/i
export const changes =
  /[把将给]|改|换|增|加|设|装|用|建|配|放|修|减|统一|取消|\b(?:use|add|replace|change|install|put|switch|make|move)\b/i
/** Nouns with which a search ends: 反映问题的渠道. */
export const sought =
  /(?:渠道|流程|办法|制度|(?<!小)程序|规定|途径|方式|条件|要求|电话|部门|格式|模板|表|范围|时限|期限|标准|平台|网址|奖励|案例|原则|措施|内容|情况汇总)[。.!！\s]*$/
/** Whether what follows says a matter, also where it asks politely for it. */
export function saysSomething(content: string): boolean {
  if (content.length < 2 || asksHow.test(content.slice(0, 2000))) return false
  if (!isWordedAsQuestion(content)) return !sought.test(content) || content.length >= 20
  if (politeWish.test(content) && (changes.test(content) || content.length >= leastWish)) return true
  // 食堂的菜太贵了，怎么回事？ states something before it asks.
  const [first = ''] = content.split(/[，,。；;！!\n]/)
  return first.length < content.length - 1 && first.length >= leastContent && !isWordedAsQuestion(first)
}

/** The words of both languages, the longest first. */
export function byLength(words: { 'zh-CN': string[]; en: string[] } | undefined): string[] {
  return words ? [...words['zh-CN'], ...words.en].toSorted((one, other) => other.length - one.length) : []
}

/** As a piece of a regular expression. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
