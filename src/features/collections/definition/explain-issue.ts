import type { z } from 'zod'
import { knownNames } from './file-schema.ts'
import { type Path, type ReadLines, type Refuse, shortened } from './read-lines.ts'
import { nearestOf, type Shown, shownChoice, shownName } from './words.ts'

/** What the schema found, in the words of whoever wrote the file. */
export function explainIssue(issue: z.core.$ZodIssue, read: ReadLines, refuse: Refuse): void {
  const whole = issue.path.filter((one) => typeof one !== 'symbol')
  // Words in one language were meant for both.
  const isBoth =
    /^(?:zh-CN|en)$/.test(String(whole.at(-1))) && typeof valueAt(read.value, whole.slice(0, -1)) !== 'object'
  const path = isBoth ? whole.slice(0, -1) : whole
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) explainName(key, path, read, refuse)
    return
  }
  const name = nameOf(path)
  const typed = valueAt(read.value, path)
  if (typed === undefined) refuse(path, 'missing', { name })
  else if (issue.code === 'invalid_value')
    explainChoice(issue.values.map(String), { path, name, typed }, refuse)
  else if (issue.code === 'invalid_type') refuse(path, `type-${kindOf(issue.expected, path)}`, { name })
  else if (issue.code === 'invalid_format') refuse(path, 'bad-name', { value: shortened(typed) })
  else if (issue.code === 'too_big') {
    const byOrigin = { array: 'too-many', string: 'too-long' }
    const what = byOrigin[issue.origin as keyof typeof byOrigin] ?? 'too-big'
    refuse(path, what, { name, most: Number(issue.maximum) })
  } else if (issue.code === 'too_small' && (issue.origin === 'number' || issue.origin === 'int')) {
    refuse(path, 'too-small', { name, least: Number(issue.minimum) })
  } else if (issue.code === 'too_small') refuse(path, 'empty-value', { name })
  else refuse(path, 'not-understood', { name })
}

function explainName(key: string, path: Path, read: ReadLines, refuse: Refuse): void {
  const known = namesAt(path)
  const near = nearestOf(key, known)
  const name = read.typedName([...path, key])
  if (near) refuse([...path, key], 'name-unknown-near', { name, near: shownName(near) })
  else refuse([...path, key], 'name-unknown', { name, names: known.map(shownName) })
}

function explainChoice(
  values: readonly string[],
  { path, name, typed }: { path: Path; name: Shown | string; typed: unknown },
  refuse: Refuse,
): void {
  const near = typeof typed === 'string' ? nearestOf(typed, values) : null
  const said = { name, value: shortened(typed) }
  if (near) refuse(path, 'choice-unknown-near', { ...said, near: shownChoice(near) })
  else refuse(path, 'choice-unknown', { ...said, choices: values.map(shownChoice) })
}

/** Names whose values are words, in one language or in both. */
const worded: ReadonlySet<string | number | undefined> = new Set([
  'title',
  'intro',
  'label',
  'hint',
  'options',
])

function kindOf(expected: string, path: Path): string {
  if (expected === 'array') return 'list'
  if (expected === 'object' && worded.has(path.findLast((one) => typeof one === 'string'))) return 'text'
  if (expected === 'object' || expected === 'record') return 'names'
  if (expected === 'int' || expected === 'number') return 'number'
  return expected === 'boolean' ? 'boolean' : 'text'
}

/** The innermost name in a path, as messages show it. */
function nameOf(path: Path): Shown | string {
  const named = path.findLast((one) => typeof one === 'string' && one !== 'zh-CN' && one !== 'en')
  return named === undefined ? '' : shownName(String(named))
}

function namesAt(path: Path): readonly string[] {
  const inner = path.findLast((one) => typeof one === 'string')
  if (inner === undefined) return knownNames.collection
  if (inner === 'audience' || inner === 'pages' || inner === 'questions') return knownNames[inner]
  return ['zh-CN', 'en']
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<string | number, unknown>)[part]
        : undefined,
    value,
  )
}
