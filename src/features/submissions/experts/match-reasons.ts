import { isHan, normalise } from '../../../knowledge/search/normalise.ts'

/** More reasons say no more. */
const mostReasons = 4
/** A field of work is one of the problem's where so much of it is said there: of 管网检漏 one pair of three. */
const fieldFrom = 0.33
/** What so many fields of work are called that it tells none from another. */
const general = new Set(
  '技术 工艺 设备 系统 材料 设计 研究 控制 检测 管理 分析 改造 工程 方法 机械 生产 应用 优化 治理 开发 制造 加工'.split(
    ' ',
  ),
)
/** Characters that join words: what two texts share begins and ends at them. */
const joining = /[的了和与及在为是等对由从到将把被于以可能要不有]/

/**
 * Why an expert fits a problem, in words that both have: fields of theirs that the problem is about, then what else of
 * their description is said of it. Pure.
 */
export function matchReasons(
  problem: string,
  { fields, description }: { fields: string; description: string },
): string[] {
  const asked = normalise(problem)
  const pairs = new Set(piecesOf(asked))
  const named = fields.split('、').filter((field) => {
    const own = piecesOf(normalise(field)).filter((piece) => !general.has(piece))
    const met = own.filter((piece) => pairs.has(piece)).length
    return met > 0 && met / own.length >= fieldFrom
  })
  const said = new Set(named.map((field) => normalise(field)))
  const shared = sharedRuns(asked, normalise(`${fields} ${description}`)).filter(
    (run) => ![...said].some((field) => field.includes(run)),
  )
  return [...new Set([...named, ...shared])].slice(0, mostReasons)
}

/** Whether an expert is meant by some words: as they stand there, or by fields of work. No words mean everybody. */
export function isAbout(
  words: string,
  expert: { number: string; name: string; organisation: string; fields: string; description: string },
): boolean {
  const { number, name, organisation, fields, description } = expert
  return (
    words === '' ||
    [number, name, organisation, fields, description].some((text) => text.includes(words)) ||
    matchReasons(words, expert).length > 0
  )
}

/** Pairs of Han characters and whole words of a text. */
function piecesOf(normalised: string): string[] {
  return runsOf(normalised).flatMap((run) => {
    if (!isHan(run.charCodeAt(0))) return run.length > 1 ? [run] : []
    return run.length === 1 ? [] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
  })
}

/** What stands in both, three characters or a word at least, the longest first; nothing that stands in another. */
function sharedRuns(one: string, other: string): string[] {
  const found = new Set<string>()
  for (const run of runsOf(other)) {
    if (!isHan(run.charCodeAt(0))) {
      if (run.length > 2 && ` ${one} `.includes(run)) found.add(run)
      continue
    }
    for (let from = 0; from < run.length; from += 1) {
      let until = from
      while (until < run.length && one.includes(run.slice(from, until + 1))) until += 1
      if (until - from >= 3) found.add(run.slice(from, until))
    }
  }
  const longest = [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  return longest.filter((run, at) => !longest.slice(0, at).some((longer) => longer.includes(run)))
}

/** Runs of Han characters, parted where they are joined, and words of letters and digits. */
function runsOf(normalised: string): string[] {
  return (normalised.match(/[\u4e00-\u9fff]+|[^\u4e00-\u9fff\s]+/g) ?? []).flatMap((run) =>
    run.split(joining).filter((part) => part !== ''),
  )
}
