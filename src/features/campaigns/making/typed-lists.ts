import { PlainError } from '../../../messages/plain-error.ts'
import type { Rubric } from '../../submissions/port.ts'
import type { AwardKind } from '../award-kind.ts'

const forWhom = { 单位: 'organisation', 项目: 'entry', 个人: 'person' } as const
const byWhat = { 得分: 'score', 件数: 'number', 效益: 'benefit', 推荐: 'chosen' } as const

/** The criteria of a rubric as people type them: 「创新性 30」, one a line. */
export function typedRubric({ criteria }: Pick<Rubric, 'criteria'>): string {
  return criteria.map(({ title, most }) => `${title['zh-CN']} ${most}`).join('\n')
}

/**
 * Reads what was typed. Criteria that a base has under the same title keep their bands; all else is the base's. Throws
 * PlainError with the line that is none.
 */
export function readRubric(text: string, base: Rubric | null): Rubric {
  const criteria = linesIn(text).map((line, at) => {
    const [, title = '', points = ''] = /^(.{1,40}?)\s*[:：,，\s]\s*(\d{1,3})\s*分?$/u.exec(line) ?? []
    const most = Number(points)
    if (title === '' || most < 1 || most > 100) throw new PlainError('campaigns:problem.criterion', { line })
    const known = base?.criteria.find((one) => one.title['zh-CN'] === title || one.title.en === title)
    // Bands of a criterion that weighs something else now would not fit it.
    if (known) return { ...known, most, bands: known.most === most ? known.bands : [] }
    return { name: `c${at + 1}`, title: { 'zh-CN': title, en: title }, most, bands: [] }
  })
  if (criteria.length === 0) throw new PlainError('campaigns:problem.no-criteria')
  const taken = new Set<string>()
  for (const one of criteria) {
    if (taken.has(one.name))
      throw new PlainError('campaigns:problem.criterion-twice', { title: one.title['zh-CN'] })
    taken.add(one.name)
  }
  return { ...(base ?? { reviews: 3, opinionBelow: 60, outlier: 20, proposes: [] }), criteria }
}

/** Awards as people type them: 「先进集体 3 单位 得分」, one a line. */
export function typedAwards(awards: readonly AwardKind[]): string {
  const word = (words: Readonly<Record<string, string>>, value: string) =>
    Object.keys(words).find((one) => words[one] === value) ?? ''
  return awards
    .map((award) =>
      [
        ...[award.title['zh-CN'], award.places, word(forWhom, award.for), word(byWhat, award.by)],
        ...(award.leastPoints === undefined ? [] : [`${award.leastPoints}分以上`]),
        ...(award.leastPeople === undefined ? [] : [`${award.leastPeople}人以上`]),
        ...(award.mostShare === undefined ? [] : [`${award.mostShare}%以内`]),
      ].join(' '),
    )
    .join('\n')
}

const conditions = {
  leastPoints: /(?<=\s)(\d{1,3}(?:\.\d)?)\s*分以上(?=\s|$)/u,
  leastPeople: /(?<=\s)(\d{1,2})\s*人以上(?=\s|$)/u,
  mostShare: /(?<=\s)(\d{1,3})\s*%以内(?=\s|$)/u,
}

/** What an award asks for at least or at most, and the line without it. Null: what was typed is out of range. */
function conditionsIn(line: string) {
  const found: Partial<Record<keyof typeof conditions, number>> = {}
  let rest = line
  for (const name of ['leastPoints', 'leastPeople', 'mostShare'] as const) {
    const typed = conditions[name].exec(rest)?.[1]
    if (typed === undefined) continue
    found[name] = Number(typed)
    rest = rest.replace(conditions[name], '').trim()
  }
  const { leastPoints = 0, leastPeople = 1, mostShare = 100 } = found
  const isRight = leastPoints <= 100 && leastPeople >= 1 && leastPeople <= 50
  return isRight && mostShare >= 1 && mostShare <= 100 ? { found, rest: rest.replaceAll(/\s+/g, ' ') } : null
}

/** Reads what was typed; whom and by what it is given default to 项目 and 得分. Throws PlainError with the line that is none. */
export function readAwards(text: string, base: readonly AwardKind[]): AwardKind[] {
  return linesIn(text).map((line, at) => {
    const { found = {}, rest = '' } = conditionsIn(line) ?? {}
    const [, title = '', places = '', whom = '项目', by = '得分'] =
      /^(.{1,40}?)\s+(\d{1,3})\s*[个名项]?(?:\s+(单位|项目|个人))?(?:\s+(得分|件数|效益|推荐))?$/u.exec(
        rest,
      ) ?? []
    const many = Number(places)
    if (title === '' || many < 1 || many > 500) throw new PlainError('campaigns:problem.award', { line })
    const known = base.find((one) => one.title['zh-CN'] === title || one.title.en === title)
    return {
      name: known?.name ?? `a${at + 1}`,
      title: known?.title ?? { 'zh-CN': title, en: title },
      for: forWhom[whom as keyof typeof forWhom],
      places: many,
      by: byWhat[by as keyof typeof byWhat],
      ...found,
      ...(known?.ladder === undefined ? {} : { ladder: known.ladder }),
    }
  })
}

function linesIn(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[\n;；]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
