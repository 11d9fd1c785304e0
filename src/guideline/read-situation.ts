import type { FoundingSituation } from './founding-rule.ts'
import { plainText } from './plain-text.ts'
import { readHeadcount } from './read-headcount.ts'

/**
 * The case that a question puts to clause 10, in Chinese or English: “我们有 86 名科技人员，在高新区”. Null where it
 * states no count of technical staff, as in “达到多少人要单独组建？”. What is not said is null in the result.
 * Whether the question is about founding at all is for `asksAboutFounding` and the clause that was found.
 */
export function readSituation(question: string): FoundingSituation | null {
  const text = plainText(question)
  const read = readHeadcount(text)
  if (!read) return null
  return {
    technicalStaff: read.staff,
    countOf: read.countOf,
    conditionsMature: conditionsOf(text),
    smallFirmsCluster: cluster.test(text) ? true : null,
    zone: zoneOf(text),
    leadingFirm: leadingFirmOf(text),
  }
}

/** Whether a question is about founding an association, or follows up with a number (“那我们 86 人呢？”). */
export function asksAboutFounding(question: string): boolean {
  const text = plainText(question)
  if (founding.some((pattern) => pattern.test(text))) return true
  return followsUp.test(text) && readHeadcount(text) !== null
}

const founding = [
  /(单独|独立)(组建|成立|建|设|搞|办|弄)|区域联建|行业统建|联建|统建|依托(园区|组建)|组建|自立门户|够格|够线|达标/,
  /(成立|筹建|筹备|设立|创建|新建|建立(?!健全)|(?<!构|搭|共|扩|改|修)建(?![言议设家立模])|搞|办|弄|设)[^,。;?!，]{0,8}(科协|科学技术协会|协会)/,
  /(科协|协会)(组织)?[^,。;?!，]{0,8}(成立|筹建|设立|(?<!搭|构)建(?![言议设家立模])|挂牌|搞起来|办起来|弄起来)/,
  /(要不要|该不该|能不能|可不可以|用不用|需不需要|是否|是不是|应不应该|怎么|如何|怎样|咋|必须|非得|应该?|该|得|要|想|打算|可以|能)(也|都|自己|单独|独立|就|去|先|必须|得|要|该)*(成立|建)(?=吗|呢|么|了|好|才|一个|个|$|[?,。])/,
  /\b(found(?!ation|ed in|ry)(ed|ing)?|set(ting)? up|establish(ed|ing|ment)?|creat(e|ing)|start(ing)?|form(ing)?|stand[- ]?alone|have|need) (up )?(an?|our|its|their|the|one|your)?\s*(\w+\s+){0,4}(association|kexie|own|one)\b/i,
  /\b(founding|stand[- ]?alone|set(ting)? (one|it) up)\b/i,
]
const followsUp =
  /^(那|那么|如果|要是|假如|若|但|可|而|我们?|咱|只|才)?[^。?!]{0,24}(呢|怎么办|咋办|行吗|行不行|可以吗|够吗|够不够|算吗|算不算)[?。!]*$|^\s*(and|but|so)?\s*(what|how) (about|if)\b|^\s*(and|but) (we|if|with)\b|\bis that enough\b/i

const cluster =
  /中小企业[^,。;?!]{0,6}(集中|扎堆|聚集|集聚|密集|成片|成群|林立)|(周边|周围|附近|这一带|一带|这片|片区)[^,。;?!]{0,6}(中小企业|小企业|小厂|小公司)|(小企业|小厂|小公司)[^,。;?!]{0,4}(集中|扎堆|聚集|成片)|\b(cluster|concentration) of (small|sme)|\b(small\b[^.;?!]{0,40}|smes?) (are |is )?(cluster|concentrat)/i

/** A zone is where one is, so 高新技术企业 is none; “不在高新区” is told from “在高新区”. */
const zones: [Exclude<FoundingSituation['zone'], 'none' | null>, RegExp][] = [
  [
    'high-tech',
    /高新(技术)?(产业)?(开发)?(园?区|园)|国家高新(?!技术企业)|\bhi(gh)?-?\s?tech(nology)?( industrial)?( development)? (zone|park|district|area)/i,
  ],
  [
    'economic',
    /经济(技术)?开发区|经开区|\beconomic (and|&) technolog\w+ development (zone|area)|\beconomic development (zone|area)|\betdz\b/i,
  ],
  [
    'park',
    /开发区|园区|(产业|工业|科技|物流|软件|化工|创业)园|\b(industrial|science|technology|software|business|logistics|tech|high-tech|hi-tech) park|\bdevelopment zone|\bin (a|the|this) park\b/i,
  ],
]
const outside =
  /((不|没有?|未|非)(在|进|入|属于?|位于|是)?[^,。;?!]{0,6}|\b(not|outside|isn't|aren't)\b[^,.;?!]{0,24})$/i

function zoneOf(text: string): FoundingSituation['zone'] {
  let denied = false
  for (const [zone, pattern] of zones) {
    const match = pattern.exec(text)
    if (!match) continue
    if (!outside.test(text.slice(Math.max(0, match.index - 30), match.index))) return zone
    denied = true
    // 不在高新区 must not be read again as a park of another kind.
    break
  }
  return denied ? 'none' : null
}

const notMature =
  /(条件|时机)[^,。;?!]{0,4}(不|没|未|欠)[^,。;?!]{0,3}(成熟|具备|够|齐)|(不|没有?|未|尚未)(完全)?具备[^,。;?!]{0,4}条件|\bconditions?\b[^.;?!]{0,12}\b(not|aren't|isn't)\b|\bimmature\b/i
const mature =
  /(条件|时机)[^,。;?!不没未]{0,5}(成熟|具备|齐备)|具备(了|组建|成立|建|相应|相关|各项|的)*条件|\bconditions? (is|are|were|have|all|also|now|already|become|\s)*(mature|ripe|right|ready|met|in place)\b/i
const maturityAsked =
  /(条件|时机)[^,。;?!]{0,4}(成不成熟|是否|算不算|成熟不成熟|成熟与否)|(怎样|怎么|如何|什么|啥)[^,。;?!]{0,4}条件[^,。;?!]{0,3}成熟|条件[^,。;?!]{0,3}成熟(吗|是什么|怎么|是指|指)|(如果|要是|假如|若|等)[^,。;?!]{0,4}条件/

function conditionsOf(text: string): boolean | null {
  if (maturityAsked.test(text)) return null
  if (notMature.test(text)) return false
  return mature.test(text) ? true : null
}

const leading = /龙头|链主|\bleading (firm|enterprise|company|manufacturer)|\bindustry leader/i

function leadingFirmOf(text: string): boolean | null {
  const match = leading.exec(text)
  if (!match) return null
  return !/(不|非|没有?|未|\bnot)[^,。;?!]{0,6}$/i.test(text.slice(0, match.index))
}
