/** What gives a sentence its force: whether it denies, obliges, permits, forbids, and how it bounds a number. */
export interface Force {
  /** How many negations; a bound such as 不少于 or a ban such as 不得 is not counted here. */
  negations: number
  /** must: 应、应当、必须、须、要, shall. may: 可以、可、鼓励, may, can. forbid: 不得、禁止, must not. */
  modality: Set<'must' | 'may' | 'forbid'>
  /** least: 以上、不少于, at least. most: 以下、不超过, fewer than. */
  bounds: Set<'least' | 'most'>
}

/** Words that hold a sign of negation or duty without being one: 不断, 非常, 重要, 应用. */
const neutral =
  /是否|不断|不仅|不但|不同(?!意)|不论|不管|无论|非常|以下简称|主要|重要|首要|摘要|纪要|概要|要求|要素|要点|只要|应用|应对|应急|适应|响应|相应|供应|效应|反应|对应|可靠|可行|可见|可持续|能力|能源|能量|能动|能手|智能|功能|技能|职能|才能|性能|产能|节能|效能|需求|必要|必需品|未来|无线|别具/g

const atMost =
  /不得?(?:超过|多于|高于|大于)|至多|最多|以下|以内|不足|不到|不满(?!意)|未满|未达到?|少于|低于|小于|at most|up to|(?:no|not) (?:more|greater) than|(?:not|n't) exceed\w*|maximum|(?:fewer|less|lower) than|or (?:fewer|less|below)|\bbelow\b|\bunder(?=\s+(?:\d|one|a hundred))|\bwithin\b/gi
const atLeast =
  /不得?(?:少于|低于|小于)|以上|至少|起码|超过|大于|多于|高于|达到|达(?=\s*\d)|满(?=\s*[\d一二三四五六七八九十百])|at least|(?:no|not) (?:less|fewer|lower) than|or (?:more|above|over)|and (?:above|over)|(?:more|greater) than|minimum|exceed\w*|\babove\b|\bover(?=\s+(?:\d|one|a hundred))|\breach\w*/gi
const forbid =
  /不得|不准|不许|不要|不应当?|不可以?|不能|严禁|禁止|切勿|\b(?:must|shall|should|may|can)(?: not|n't)\b|\bcannot\b|\b(?:prohibit\w*|forbid\w*|forbad\w*|ban(?:s|ned)?)\b|\bnot (?:be )?(?:allowed|permitted)\b/gi
const must =
  /必须|务必|应当|应该|应|须|需要|需|要|\b(?:must|shall|should|ought to|mandatory|compulsory|obligatory|required?|requires|oblig\w+)\b|\b(?:needs?|has|have) to\b|\b(?:expected|supposed) to\b/gi
const may =
  /可以|可能|可|能够|能|允许|准许|鼓励|提倡|倡导|自愿|酌情|有权|\b(?:may|can|could|might|optional\w*|encourag\w+|voluntar\w+|permit\w*|allow\w*|entitled)\b/gi
const negation =
  /[不未无非没勿毋莫否免]|拒绝|取消|停止|除外|以外|例外|缺乏|反对|撤销|避免|防止|杜绝|暂缓|废止|\b(?:not|no|never|none|neither|nor|nothing|nobody|without|un(?:established|able|available|authorised|authorized|paid|necessary)|except\w*|exclud\w+|lack\w*|refus\w+|reject\w*|cancel\w*|stop\w*|avoid\w*|prevent\w*|abolish\w*|fail\w*|den(?:y|ies|ied))\b|\bnon-|n't\b/gi

/** Reads a Chinese or English text. Each word counts once: what a bound uses up is no negation any more. */
export function forceOf(text: string): Force {
  let rest = text
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/\p{Cf}/gu, '')
    // White space inside Chinese is the line break of the source: “应 当” is 应当.
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(neutral, '＿')
  const take = (pattern: RegExp): number => {
    const count = rest.match(pattern)?.length ?? 0
    rest = rest.replace(pattern, '＿')
    return count
  }
  const force: Force = { negations: 0, modality: new Set(), bounds: new Set() }
  if (take(atMost) > 0) force.bounds.add('most')
  if (take(atLeast) > 0) force.bounds.add('least')
  if (take(forbid) > 0) force.modality.add('forbid')
  if (take(may) > 0) force.modality.add('may')
  if (take(must) > 0) force.modality.add('must')
  force.negations = take(negation)
  return force
}

/**
 * Whether a statement says it with the force of its evidence. `near` are the phrases of the evidence that the
 * statement speaks of, `all` everything quoted: 要 at the head of a sentence also governs its later phrases.
 * Only a duty may be left unsaid (“应单独组建” retold as a fact); a permission may not, nor a ban or negation.
 */
export function hasSameForce(statement: Force, near: Force, all: Force, hasNumbers: boolean): boolean {
  if (statement.negations !== near.negations) return false
  for (const kind of statement.modality) if (!all.modality.has(kind)) return false
  for (const kind of near.modality) {
    if (kind === 'must' && statement.modality.size === 0) continue
    if (!statement.modality.has(kind)) return false
  }
  for (const kind of statement.bounds) if (!all.bounds.has(kind)) return false
  return !hasNumbers || [...near.bounds].every((kind) => statement.bounds.has(kind))
}
