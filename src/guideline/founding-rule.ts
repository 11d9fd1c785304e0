import { exactly, type Headcount } from './headcount.ts'

/** From how many technical staff on clause 10 speaks of founding alone; the number itself counts (含 100 人). */
export const standaloneFrom = 100

/** What is known of an enterprise that asks how to found its association. Null: not known. */
export interface FoundingSituation {
  /** All scientific and technical staff (科技人员总数), not all employees. */
  technicalStaff: Headcount | number | null
  /**
   * Whose count it is: of the enterprise that asks, of enterprises in general, or people of whom it was
   * not said that they are technical staff. Only the wording depends on it. Default `own`.
   */
  countOf?: 'own' | 'general' | 'unclear'
  /** 条件成熟: the clause sets no measure for it. */
  conditionsMature: boolean | null
  /** In a region where small and medium enterprises concentrate (中小企业集中的区域). */
  smallFirmsCluster: boolean | null
  /** 高新技术开发区, 经济技术开发区, a park or zone of another or unknown kind, or none of these. */
  zone: 'high-tech' | 'economic' | 'park' | 'none' | null
  /** A leading enterprise of its industry (龙头企业). */
  leadingFirm: boolean | null
}

/**
 * `standalone`: 应单独组建. `standalone-if-mature`: the number is reached, 条件成熟 is open.
 * `depends-on-count`: the count leaves open whether 100 is reached. The others are what the clause has for
 * the region, the zone, or, as `choose`, for every enterprise.
 */
export type FoundingMode =
  | 'standalone'
  | 'standalone-if-mature'
  | 'depends-on-count'
  | 'regional-or-industry'
  | 'standalone-or-park'
  | 'choose'

export interface FoundingStatement {
  /** Below `policy:founding.` in the message catalogues. */
  key: string
  /** The clause's own word: 应 (should), 要 (is to); null where the statement only compares. */
  force: '应' | '要' | null
  /** Words of clause 10, to the letter, that bear the statement. */
  words: string[]
}

export interface FoundingAdvice {
  mode: FoundingMode
  staff: Headcount | null
  countOf: 'own' | 'general' | 'unclear'
  statements: FoundingStatement[]
  /** What the clause leaves open, as keys below `policy:founding.not-said.`, so that nobody reads it in. */
  notSaid: string[]
}

const standaloneWords = '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织'
const clusterWords =
  '中小企业集中的区域,要根据企业的所属行业分布情况，采取区域联建、行业统建等方式成立科协组织'
const zoneWords = '高新技术开发区和经济技术开发区所在区域，要采取单独组建和依托园区组建等方式'
const leadingWords = '要采取单独组建和依托园区组建等方式，实现龙头企业辐射产业上下游企业'
const choiceWords =
  '要根据国有企业的地区分布、行业特点、规模大小、科技人员数量等，分别采取单独组建、区域联建、行业统建、依托组建等多种方式成立企业科协'

/**
 * Clause （十） of 《关于加强国有企业科协组织建设的意见》 applied to one enterprise. It says what the clause says
 * and no more. Throws RangeError where the staff count is no whole number from 0 up.
 */
export function adviseFounding(situation: FoundingSituation): FoundingAdvice {
  const { technicalStaff } = situation
  const staff = typeof technicalStaff === 'number' ? exactly(technicalStaff) : technicalStaff
  const reached = staff !== null && staff.least >= standaloneFrom
  const below = staff !== null && staff.most !== null && staff.most < standaloneFrom
  const statements = [statement('rule', '应', standaloneWords)]
  const notSaid: string[] = []
  const binding = reached && situation.conditionsMature !== false

  if (reached) statements.push(reachedStatement(situation.conditionsMature))
  else if (below) statements.push(statement('below', null, standaloneWords))
  else if (staff) statements.push(statement('uncertain', '应', standaloneWords))

  const places = placeStatements(situation, binding)
  statements.push(...places)
  if (!binding && places.length === 0) {
    const unmet = below || reached
    statements.push(statement(unmet ? 'choose' : 'choose-otherwise', '要', choiceWords))
  }

  if (below) notSaid.push('below-not-forbidden')
  if (reached && situation.conditionsMature === null) notSaid.push('maturity')
  // The clause has both sentences and no word on which of them goes first.
  if (binding && situation.smallFirmsCluster) notSaid.push('reached-in-cluster')
  return {
    mode: modeOf(situation, staff, { reached, below, binding }),
    staff,
    countOf: situation.countOf ?? 'own',
    statements,
    notSaid,
  }
}

/**
 * Whether the text of a clause has all the words that the advice stands on, white space aside. A newer
 * version of the guideline may say otherwise; then the advice must not be given.
 */
export function isBorneByClause(advice: FoundingAdvice, clauseText: string): boolean {
  const text = withoutSpace(clauseText)
  return advice.statements.every(({ words }) => words.every((piece) => text.includes(withoutSpace(piece))))
}

function reachedStatement(mature: boolean | null): FoundingStatement {
  if (mature === false) return statement('reached-not-mature', null, standaloneWords)
  return statement(mature ? 'reached-mature' : 'reached', '应', standaloneWords)
}

function placeStatements(situation: FoundingSituation, binding: boolean): FoundingStatement[] {
  const places: FoundingStatement[] = []
  const { zone } = situation
  if (zone && zone !== 'none') {
    places.push(statement(`zone-${zone}`, '要', zoneWords))
    // The clause speaks of leading enterprises in its sentence on zones only.
    if (situation.leadingFirm && zone !== 'park') {
      places.push(statement('leading-firm', '要', leadingWords))
    }
  }
  if (situation.smallFirmsCluster && !binding) places.push(statement('cluster', '要', clusterWords))
  return places
}

function modeOf(
  { conditionsMature, zone, smallFirmsCluster }: FoundingSituation,
  staff: Headcount | null,
  { reached, below, binding }: { reached: boolean; below: boolean; binding: boolean },
): FoundingMode {
  if (binding) return conditionsMature ? 'standalone' : 'standalone-if-mature'
  if (staff && !reached && !below) return 'depends-on-count'
  // A park of another kind is not named in the clause, so it decides nothing.
  const named = zone === 'high-tech' || zone === 'economic'
  if (named === Boolean(smallFirmsCluster)) return 'choose'
  return named ? 'standalone-or-park' : 'regional-or-industry'
}

function statement(key: string, force: FoundingStatement['force'], words: string): FoundingStatement {
  return { key, force, words: [words] }
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** 单独组建, 区域联建, 行业统建, 依托组建: the ways that clause 10 names, in its order. */
export const foundingWays = ['standalone', 'regional', 'industry', 'hosted'] as const

export type FoundingWay = (typeof foundingWays)[number]

/** What else is asked of an enterprise that wants to know which way to go. Null: not known. */
export interface FoundingSurroundings {
  /** There is an industry association or a leading enterprise that could unify it. */
  industryLead: boolean | null
  /** There is a park, an association or another unit with which it could be founded. */
  host: boolean | null
}

export interface FoundingChoice {
  advice: FoundingAdvice
  /** Null: what is known decides nothing, and the clause leaves the choice. */
  way: FoundingWay | null
  /** The clause says so; else it only leaves the choice, and what is at hand speaks for it. */
  isByClause: boolean
  /** What speaks for the way, and what is not known though it matters. */
  reasons: ('staff' | 'cluster' | 'zone' | 'industry' | 'host')[]
  open: ('staff' | 'mature' | 'zone' | 'cluster' | 'industry' | 'host')[]
  others: FoundingWay[]
}

/** Of the ways that clause 10 leaves an enterprise, the one for which most is at hand. Throws as `adviseFounding` does. */
export function chooseWay(
  situation: FoundingSituation,
  { industryLead, host }: FoundingSurroundings,
): FoundingChoice {
  const advice = adviseFounding(situation)
  const { mode } = advice
  const isBinding = mode === 'standalone' || mode === 'standalone-if-mature'
  const inZone = situation.zone === 'high-tech' || situation.zone === 'economic'
  const reasons: FoundingChoice['reasons'] = []
  if (isBinding) reasons.push('staff')
  else {
    if (situation.smallFirmsCluster) reasons.push('cluster')
    if (inZone) reasons.push('zone')
    if (industryLead) reasons.push('industry')
    if (host) reasons.push('host')
  }
  const wayOf = (): FoundingWay | null => {
    if (isBinding) return 'standalone'
    // Which of the two the clause leaves to how industries are spread there.
    if (mode === 'regional-or-industry') return industryLead ? 'industry' : 'regional'
    if (mode === 'standalone-or-park') return host === false ? 'standalone' : 'hosted'
    if (host || inZone) return 'hosted'
    if (industryLead) return 'industry'
    return situation.smallFirmsCluster ? 'regional' : null
  }
  const way = wayOf()
  const open: FoundingChoice['open'] = []
  if (advice.staff === null || mode === 'depends-on-count') open.push('staff')
  if (!isBinding || situation.conditionsMature === null) {
    if (situation.conditionsMature === null && mode === 'standalone-if-mature') open.push('mature')
    if (!isBinding && (situation.zone === null || situation.zone === 'park')) open.push('zone')
    if (!isBinding && situation.smallFirmsCluster === null) open.push('cluster')
    if (!isBinding && industryLead === null) open.push('industry')
    if (!isBinding && host === null) open.push('host')
  }
  return {
    ...{ advice, way, reasons, open },
    isByClause: mode !== 'choose' && mode !== 'depends-on-count',
    others: mode === 'standalone' ? [] : foundingWays.filter((one) => one !== way),
  }
}
