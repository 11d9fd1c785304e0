/** What a clause of a sentence tells, as far as its words say so. */
export type Part = 'defect' | 'method' | 'effect'

interface Piece {
  start: number
  end: number
}

/** Clauses end here; a comma within a number is none, nor is a point. */
const ends = /[，。；;！!？?\n]|,(?!\d{3})|\.(?=\s|$)/g

const fromTo =
  /[从由].{1,40}?(?:降|减|缩|提|增|升|变|压|下降|上升|延长).{0,6}?[到至为成]|\bfrom\b.{1,60}\b(?:down |up )?to\b/i
const gains =
  /(?:可以?|能够?|预计|预期|这样|从而|以便|就能|将会|会|每(?:年|月|天|次|班|件)).{0,16}(?:提高|提升|节约|节省|节能|减少|降低|缩短|避免|防止|消除|增加|省|改善|杜绝|保证|创造)|\b(?:saves?|saving|would (?:cut|reduce|save)|(?:reduces|cuts|increases|improves|avoids|prevents|shortens|lowers|raises)|(?:reducing|cutting|improving|avoiding|preventing))\b/i
/** 电费能降三成, 发错料的事就少了. */
const less =
  /[能会可].{0,4}(?:降|省|少)|就(?:少|快|省|不用|不会|没)[^，。]{0,4}了|(?:降|省|少).{0,2}(?:成|一半)/
const beginsWithGain = /^\s*(?:提高|提升|节约|节省|减少|降低|缩短|避免|防止|消除|杜绝|省下|省)/
const now =
  /^\s*(?:现在|目前|当前|现有|眼下|如今|原来|以前|一直|因为|由于|我们现在|now\b|currently\b|at present\b|today\b|because\b|at the moment\b)/i
const change =
  /[把将].+?(?:改|换|变|装|移|放|设|加|做|调|并|分|合|缩|升级|统一|纳入|建|用)|改(?:成|为|用|造|进|在)|换(?:成|用|为)|采用|增设|加装|安装|增加|设置|设立|建立|使用|利用|代替|替代|取消|统一|配备|引进|推广|优化|调整|合并|简化|购买|采购|搭建|开通|开设|(?:建议|应该?|最好|希望).*[用加装设建开改换]|\b(?:use|replace|change|install|add|put|switch|introduce|instead of|move|fit|provide)\b/i
const lack =
  /太|老是|总是|经常|容易|不方便|浪费|堵|坏|漏|费时|费力|费工|慢|不足|缺|没有|隐患|困难|麻烦|不便|不够|来不及|难以|导致|造成|要[花拆等跑]|需要[花拆等跑]|得[花拆等跑]|\b(?:too|takes|always|often|keeps|slow|broken|leaks?|wastes?|missing|lacks?|no)\b/i

/**
 * Parts a text into what is wrong, what is to be done and what it brings, by its words. What tells nothing goes with
 * what stands beside it; nothing is put into other words.
 */
export function partsOf(text: string): Partial<Record<Part, string>> {
  const found: { part: Part; piece: Piece }[] = []
  let before: Piece | null = null
  for (const piece of piecesOf(text)) {
    const last = found.at(-1)
    const part = partOf(
      text.slice(piece.start, piece.end),
      found.some((one) => one.part === 'method'),
    )
    const start: number = before?.start ?? piece.start
    if (part === null && !last) before = { start, end: piece.end }
    else if (part === null || part === last?.part) last!.piece.end = piece.end
    else {
      found.push({ part, piece: { start, end: piece.end } })
      before = null
    }
  }
  const parts: Partial<Record<Part, string>> = {}
  for (const { part, piece } of found) {
    const words = text.slice(piece.start, piece.end).trim()
    const said = parts[part]
    parts[part] = said === undefined ? words : `${said}；${words}`
  }
  return parts
}

/** The first clause, without the words that only lead to it. */
export function firstClause(text: string): string {
  const [piece] = piecesOf(text)
  if (!piece) return ''
  const clause = text.slice(piece.start, piece.end).trim()
  const bare = clause.replace(
    /^(?:我们?|公司)?(?:应该|可以|最好|希望|请|建议|能不能|可不可以|能否|可否|是否可以|要不要)*[把将]?|[的吧呢吗]$/g,
    '',
  )
  return bare.trim() === '' ? clause : bare.trim()
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const { index } of [...text.matchAll(ends), { index: text.length }]) {
    if (text.slice(start, index).trim() !== '') pieces.push({ start, end: index })
    start = index + 1
  }
  return pieces
}

function partOf(clause: string, hasMethod: boolean): Part | null {
  const said = clause.slice(0, 300)
  if (fromTo.test(said) || gains.test(said) || (hasMethod && less.test(said))) return 'effect'
  if (now.test(said)) return 'defect'
  if (hasMethod && beginsWithGain.test(said)) return 'effect'
  if (change.test(said)) return 'method'
  if (lack.test(said)) return 'defect'
  return beginsWithGain.test(said) ? 'effect' : null
}
