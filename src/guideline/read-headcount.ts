import { boundsOf } from './bounds.ts'
import { standaloneFrom } from './founding-rule.ts'
import { type Headcount, together } from './headcount.ts'
import { readNumbers, type SpokenNumber } from './read-numbers.ts'
import { findStaffWords, type StaffKind, type StaffWord } from './staff-words.ts'

export interface ReadHeadcount {
  staff: Headcount
  countOf: 'own' | 'general' | 'unclear'
}

interface Candidate {
  kind: StaffKind | 'unclear'
  staff: Headcount
  /** Not the present state: last year's, planned, to be hired. */
  otherTime: boolean
}

/** 人次, 人民币, 人才 count no people. */
const chineseUnit = /^\s*(号人|口人|个人|名|位|个|人(?!次|民|天|月|均|工|力|大会|事|家|机|为|物|选|情))/
const notPeople =
  /^\s*(%|％|年|月|日|号|元|块|万|亿|千|百|项|家|条|款|章|篇|岁|天|次|台|套|级|期|届|周|小时|分|倍|成|种|间|所|层|楼|吨|亩|公里|平|多年|多万|余万|percent|years?|months?|days?|hours?|yuan|rmb|million|projects?|papers?|patents?|reports?|companies|firms|enterprises|subsidiaries|parks?|workshops|plants|factories|%)/i
/** What may stand between 科技人员 and its number. */
const link =
  /^(?:总数|总人数|总量|总共|人数|数量|数|规模|一共|合计|共计|共有|共|有|是|为|达到|达|到|刚好|正好|恰好|刚刚|目前|现有|现在|已经?|只有?|仅仅?|才|就|也|都|在册|登记|的|了|满|够|加起来|算下来|大约|大概|约|差不多|估计|将近|接近|近|快|超过|超|多于|大于|突破|不止|过|不到|不足|未满|不满|未到|没到|没有|没达到?|达不到|少于|低于|小于|不够|未达|早|整|逾|不超过|不少于|不低于|不多于|不下|至少|起码|最少|最多|至多|顶多|还|在|我们|公司|:|：|-|—|\s|is|are|was|numbers?|totals?|of|at|strong|count|headcount|about|around|over|under|nearly|almost|only|exactly|just|than|more|fewer|less|least|most|below|above|we|have|has|currently|now|stands|came to|comes to)*$/i
/** What may stand between 86 名 and 科技人员. */
const attribute =
  /^(?:左右|以上|以下|以内|上下|出头|多|余|的|在册|在岗|在编|在职|全职|专职|正式|各类|各种|各级|高级|中级|初级|中高级|资深|年轻|青年|一线|专业|从事|是|都是|均为|算|全是|注册|持证|企业|公司|or so|or more|or fewer|full-time|qualified|registered|senior|junior|our|own|of|of them|of whom|of these|who|are|is|work as|in|total|permanent|highly|skilled|\+|\s|-)*$/i
/** After a bare count the sentence must go on as if the count was its subject: 86 人呢, 86 人要不要单独建. */
const goesOn =
  /^(?:左右|以上|以下|以内|上下|出头|不到|的|规模|企业|公司|单位|厂子?|院|所|集团|小|刚刚?好|啱啱好|正好|呢|吗|啊|呀|了|吧|,|\s)*(?:$|要|该|应|能|可|需|怎|如何|够|算|行|是不是|是否|属|单独|建|成立|组建|也|就|都|必须|得|what|how|do|does|should|can|must|is that|enough|so|strong|in)/i
const leadsIn =
  /(?:^|我们?|咱们?|公司|厂|单位|院|所|集团|企业|里|那|那么|如果|要是|假如|若|比如|有|才|只|就|仅|共|数|是|刚好|正好|恰好|满|够|达到?|约|大概|近|快|过|到|足|于|\b(?:we|have|has|are|with|if|only|about|of|just|than|over|under|least|nearly|around|exactly|for|at|employ))\s*$/i
/** Hired, retired or missing people, and so many each, are not those who are there. */
const change =
  /每|招|引进|调入|调走|退休|离职|培养|培训|增加了|减少了|还差|差(?=\d|[一二三四五六七八九十])|缺|\bhire|\brecruit|\bretir|\bleft\b/
const otherTime =
  /去年|前年|以前|原来|从前|过去|曾|当年|明年|后年|将来|预计|计划|目标|到时|打算|\blast year|\bnext year|\bplan|\bused to|\bwill\b/i
/** “要 100 人才能建”: the number asked for, not the number there is. */
const demandAfter =
  /^[^,。，]{0,4}(才(?!\d)(能|可|要|算|行|够|得|有资格|须|用)|以上才|门槛|的(门槛|标准|要求|规定|线))/
const demandBefore =
  /(?<!想)(要求|要有|要满|要够|需要?有?|须有?|必须有?|凑(够|齐|满)|就(够|满|到)|门槛(是|为)?|标准(是|为)?|包?含|\bneeds?|\brequires?d?|\bmust have|\bminimum( of| is)?|\bthreshold( of| is)?)\s*(at least|to have|have)?\s*$/i
const own =
  /我们|咱|俺|我(?=公司|厂|单位|院|所|集团|司|校|矿|局|区|市|县|省|企|这|在|有)|本(?=公司|单位|厂|院|所|企业|集团|校|矿)|\b(we|our|us|my)\b/i
const asking = /(我们?|咱们?)(就是|只是)?(想|要)?(请?问|请教|知道|了解|咨询|确认|打听)/g

/**
 * The number of technical staff that a text states, null where it states none. Numbers of something else
 * (years, money, clauses, party members), of the rule itself (“要 100 人才能单独建？”) and counts of all
 * employees are no such number, but for a total below 100, which bounds it. A count that does not say of whom
 * is `unclear`. The text must be in NFKC, in simplified characters, without thousands separators.
 */
export function readHeadcount(text: string): ReadHeadcount | null {
  const isOwn = own.test(text.replaceAll(asking, ''))
  const candidates: Candidate[] = []
  let carried: StaffWord['kind'] | null = null
  for (const segment of text.split(/[,，。;；!！?？、\n()（）“”]|\.(?=\s|$)/)) {
    const numbers = readNumbers(segment)
    const staffWords = findStaffWords(segment)
    for (const [index, number] of numbers.entries()) {
      const from = numbers[index - 1]?.end ?? 0
      const to = numbers[index + 1]?.start ?? segment.length
      const candidate = readCandidate(segment, number, staffWords, { from, to, carried, isOwn })
      if (candidate) candidates.push(candidate)
    }
    carried = numbers.length === 0 ? (staffWords.at(-1)?.kind ?? carried) : null
  }
  return settle(candidates, isOwn)
}

interface Place {
  /** Between the numbers before and behind. */
  from: number
  to: number
  /** Whom a numberless piece just before spoke of: “科技人员呢，一共八十个人”. */
  carried: StaffKind | null
  isOwn: boolean
}

function readCandidate(
  segment: string,
  number: SpokenNumber,
  staffWords: readonly StaffWord[],
  place: Place,
): Candidate | null {
  const { from, to, isOwn } = place
  const textBefore = segment.slice(from, number.start)
  const behind = segment.slice(number.end)
  const position = /^(左右|上下|以上|以下|以内|出头)(?=[名位个人的])/.exec(behind)?.[0] ?? ''
  const unit = chineseUnit.exec(behind.slice(position.length))?.[0] ?? ''
  const afterUnit = position + behind.slice(position.length + unit.length).replace(/^(多|余|来)/, '')
  if (!unit && notPeople.test(behind)) return null
  // 一盘散沙, 一个没请: a lone 一 counts nobody, unless with 名 or 人.
  if (
    segment.slice(number.start, number.end).startsWith('一') &&
    number.least === 1 &&
    /^\s*个?$/.test(unit)
  ) {
    return null
  }
  if (change.test(textBefore) || demandBefore.test(textBefore) || demandAfter.test(afterUnit)) return null

  // “达到 100 人” without an enterprise of one's own asks about the rule.
  if (!isOwn && number.least === standaloneFrom && /(达到?|满|够)了?\s*$/.test(textBefore)) return null

  const staff = boundsOf(number, textBefore, behind, afterUnit)
  const kind = kindOf(segment, number, unit, staffWords, place, afterUnit)
  if (!kind || kind === 'other') return null
  return { kind, staff, otherTime: otherTime.test(segment.slice(from, to)) }
}

function kindOf(
  segment: string,
  number: SpokenNumber,
  unit: string,
  staffWords: readonly StaffWord[],
  { from, to, carried }: Place,
  afterUnit: string,
): Candidate['kind'] | null {
  const ahead = staffWords.findLast((word) => word.start >= from && word.end <= number.start)
  const linked = ahead && joins(link, segment.slice(ahead.end, number.start)) ? ahead : null
  const next = staffWords.find((word) => word.start >= number.end && word.end <= to)
  const attached = next && joins(attribute, segment.slice(number.end + unit.length, next.start)) ? next : null
  // 人 ends what is counted, so the word before it says who; 名 and 个 wait for theirs.
  const nearest = unit.endsWith('人') ? (linked ?? attached) : (attached ?? linked)
  if (nearest) return nearest.kind
  const isPeople = /人|名|位/.test(unit) || /^\s*(people|persons|heads)\b/i.test(segment.slice(number.end))
  if (!isPeople || ahead) return null
  const rest = afterUnit.replace(/^\s*(people|persons|heads)\b/i, '')
  if (!leadsIn.test(segment.slice(from, number.start)) || !goesOn.test(rest.trimStart())) return null
  return carried ?? 'unclear'
}

/** Longer gaps join nothing, and would cost the patterns much time. */
function joins(pattern: RegExp, gap: string): boolean {
  return gap.length <= 24 && pattern.test(gap)
}

function settle(candidates: readonly Candidate[], isOwn: boolean): ReadHeadcount | null {
  // “100 人以上与不足 100 人有什么不同” compares the two sides of the rule.
  if (!isOwn && candidates.length > 1 && candidates.every(isSideOfRule)) return null
  const now = candidates.filter((one) => !one.otherTime)
  const present = now.length > 0 ? now : candidates
  const ofKind = (kind: Candidate['kind']) => present.filter((one) => one.kind === kind)
  const unclear = ofKind('unclear')
  const technical = ofKind('technical')
  // “100 人以上要单独建，我们 86 人”: the rule is quoted first, the case comes after it.
  const named = technical.some((one) => !isRule(one)) || unclear.length === 0
  const pool = named ? technical : unclear
  const cases = pool.filter((one) => !isRule(one))
  const staff = together((cases.length > 0 ? cases : pool).map((one) => one.staff))
  if (staff) {
    if (!isOwn && isRestated(staff)) return null
    return { staff, countOf: named ? (isOwn ? 'own' : 'general') : 'unclear' }
  }
  // All employees together are fewer than 100, so the technical staff among them are too.
  const tops = ofKind('total').map((one) => one.staff.most ?? Number.POSITIVE_INFINITY)
  const top = Math.min(...tops)
  return top < standaloneFrom ? { staff: { least: 0, most: top }, countOf: isOwn ? 'own' : 'general' } : null
}

/** “100 人以上” without an enterprise of one's own is the rule said again, not a case of it. */
function isRestated({ least, most }: Headcount): boolean {
  return most === null && (least === standaloneFrom || least === standaloneFrom + 1)
}

function isRule({ staff: { least, most } }: Candidate): boolean {
  return isRestated({ least, most }) || (least === standaloneFrom && most === standaloneFrom)
}

function isSideOfRule(candidate: Candidate): boolean {
  const { least, most } = candidate.staff
  return isRule(candidate) || (least === 0 && (most === standaloneFrom - 1 || most === standaloneFrom))
}
