import type { Language } from '../../../chat/language.ts'

/** Names of a file as cadres write them in Chinese, and what they stand for. */
const names: Readonly<Record<string, string>> = {
  ...{ 标题: 'title', 说明: 'intro', 单位: 'organisation', 署名: 'anonymity', 每份: 'per', 截止: 'deadline' },
  ...{ 提醒: 'remind', 对象: 'audience', 经办人: 'handlers', 公布结果: 'share-result', 页面: 'pages' },
  ...{ 条件: 'when', 题目: 'questions', 名称: 'name', 类型: 'type', 问题: 'label', 提示: 'hint' },
  ...{ 必填: 'required', 选项: 'options', 最少: 'least', 最多: 'most', 群: 'groups', 成员: 'members' },
  ...{ 含下级: 'below', 角色: 'roles', 人员: 'people' },
}

/** Values that are one of a few, the same way. */
const values: Readonly<Record<string, string>> = {
  ...{ 单行文字: 'text', 多行文字: 'long-text', 数字: 'number', 金额: 'money', 日期: 'date', 时间: 'time' },
  ...{ 人员: 'person', 多人: 'people', 单位: 'organisation', 单选: 'select', 多选: 'multi-select' },
  ...{
    是否: 'checkbox',
    附件: 'file',
    每人: 'person',
    每单位: 'unit',
    署名: 'named',
    仅经办人可见: 'handlers-only',
    匿名: 'anonymous',
  },
}

/** What a name of a file stands for; itself where it is none in Chinese. */
export const wordOf = (typed: string): string => (Object.hasOwn(names, typed) ? names[typed]! : typed)

/** As `wordOf`, of a value that is one of a few. */
export const choiceOf = (typed: unknown): unknown =>
  typeof typed === 'string' && Object.hasOwn(values, typed) ? values[typed] : typed

/** A word of a file as it is shown to readers of each language. */
export type Shown = Readonly<Record<Language, string>>

/** A name as messages show it: in Chinese where there is one and the reader's language is. */
export const shownName = (name: string): Shown => shown(names, name)

/** As `shownName`, of a value that is one of a few. */
export const shownChoice = (value: string): Shown => shown(values, value)

function shown(written: Readonly<Record<string, string>>, word: string): Shown {
  const [chinese = word] = Object.entries(written).find(([, one]) => one === word) ?? []
  return { 'zh-CN': chinese, en: word }
}

/** The nearest of some words, in either language; null: none is near. */
export function nearestOf(typed: string, wanted: readonly string[]): string | null {
  const written = [...Object.entries(names), ...Object.entries(values)]
  const candidates = wanted.flatMap((word) => [
    { word, text: word },
    ...written.flatMap(([chinese, english]) => (english === word ? [{ word, text: chinese }] : [])),
  ])
  const near = candidates
    .map(({ word, text }) => ({
      word,
      far: steps(typed.toLowerCase(), text),
      most: Math.ceil(text.length / 2),
    }))
    .filter(({ far, most }) => far <= Math.min(most, 3))
  return near.toSorted((one, other) => one.far - other.far)[0]?.word ?? null
}

/** How many signs are to be put in, taken out or changed to come from one text to the other (Levenshtein). */
function steps(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 3) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [i, sign] of [...from].entries()) {
    const next = [i + 1]
    for (let at = 1; at <= to.length; at += 1) {
      const changed = row[at - 1]! + (to[at - 1] === sign ? 0 : 1)
      next.push(Math.min(changed, row[at]! + 1, next[at - 1]! + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
