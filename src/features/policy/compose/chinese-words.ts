import { bigrams, normalise, phrasesOf } from './clause-text.ts'

/**
 * Words with which the words of a clause are joined and turned, and which claim nothing by themselves. Duties,
 * negations, bounds and counting words are among them, since those are checked on their own.
 */
const joining = (
  '以及 并且 而且 或者 如果 那么 因此 所以 因为 由于 其中 包括 包含 分为 分别 根据 按照 依据 依照 规定 明确 指出 提出 通过 采取 ' +
  '进行 属于 作为 成为 具有 对于 关于 为了 同时 此外 另外 以便 从而 方面 内容 方式 任务 要求 情况 具体 主要 本条 条款 文件 意见 ' +
  '上述 下列 之间 之一 时候 即 应当 应该 必须 务必 需要 可以 能够 鼓励 允许 不得 禁止 没有 不应 不能 不少于 不低于 不超过 ' +
  '以上 以下 至少 达到 的 了 和 与 及 等 是 为 在 对 由 从 向 把 将 被 其 该 这 此 并 而 也 还 或 且 中 时 者 所 之 以 于 若 则 ' +
  '是指 称为 简称 有 含 给 让 使 用 应 要 须 需 可 能 不 未 无 没 人 名 位 个 种 条 项 次 家 第 年 月 日 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿'
).split(' ')

const onlyJoining = new RegExp(`^(?:${[...joining].sort((a, b) => b.length - a.length).join('|')})*$`, 'u')

/** What may stand alone before a comma. */
const leadIn = /^(因此|所以|其中|同时|此外|另外|即|.*\d.*|.*[一二三四五六七八九十百千万亿].*|)$/u

const edge = /[\p{P}\p{S}]+$/u

/**
 * Pieces of a Chinese statement that are neither words of the source nor joining words. A character is a
 * word of the source if it stands beside the same neighbour there. What stands in 《》 or quotation marks must
 * be in the source to the letter.
 */
export function unborneChinese(statement: string, source: string): string[] {
  const known = bigrams(source)
  const whole = normalise(source).text
  const named = /《([^》]*)》?|"([^"]*)"?/g
  const compared = normalise(statement).text
  const titles = [...compared.matchAll(named)].map((match) => (match[1] ?? match[2] ?? '').replace(edge, ''))
  const text = [...withoutNumerals(compared.replace(named, ','))]
  const borne = text.map(
    (character, i) =>
      known.has((text[i - 1] ?? '') + character) || known.has(character + (text[i + 1] ?? '')),
  )
  const rest = text.map((character, i) => (borne[i] || !/\p{L}/u.test(character) ? ' ' : character)).join('')
  // A verdict at the head (“是，……”) is not in any clause, though each of its words is.
  const verdict = /^是/.test(compared) ? ['是'] : []
  // “……，是” adds no unknown word, and yet something that no clause says.
  const empty = phrasesOf(statement).filter((phrase) => {
    const own = normalise(phrase).text.replace(/[^\p{L}\p{N}]/gu, '')
    return onlyJoining.test(own) && !leadIn.test(own)
  })
  const pieces = rest.split(' ').filter((piece) => piece !== '' && !onlyJoining.test(piece))
  const latin = new Set(source.toLowerCase().match(/[a-z]+/g) ?? [])
  const foreign = (statement.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => !latin.has(word))
  return [...pieces, ...foreign, ...verdict, ...empty, ...titles.filter((title) => !whole.includes(title))]
}

/** The share of a statement's neighbouring pairs that stand in the quotes themselves; 0 to 1. */
export function overlap(statement: string, quotes: string): number {
  const own = [...bigrams(statement)]
  const theirs = bigrams(quotes)
  return own.length === 0 ? 0 : own.filter((pair) => theirs.has(pair)).length / own.length
}

/** Figures in Chinese are checked as numbers; here they would be unknown words. */
function withoutNumerals(text: string): string {
  return text.replace(
    /百分之[零〇一二两三四五六七八九十百点]+|[零〇一二两三四五六七八九十百千万亿]{2,}/g,
    ',',
  )
}
