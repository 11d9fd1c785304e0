import type { z } from 'zod'
import type { Problem } from './fields/refuse.ts'

/** Where something stands in a file: names and places in lists, from the outside inwards. */
type Path = readonly (string | number)[]

/** What a schema found wrong in a file that people wrote, each where it stands and in words of the catalogues. */
export function problemsOfIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
): { path: Path; problem: Problem }[] {
  return issues.flatMap((issue) => problemsOf(issue, [], value))
}

/** A copy of a file's value without the names that are not known: they hide nothing of what else is wrong. */
export function withoutUnknown(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value)
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const around = valueAt(copy, namesIn(issue.path))
    if (typeof around !== 'object' || around === null) continue
    for (const key of issue.keys) Reflect.deleteProperty(around, key)
  }
  return copy
}

function problemsOf(
  issue: z.core.$ZodIssue,
  around: Path,
  value: unknown,
): { path: Path; problem: Problem }[] {
  const path = [...around, ...namesIn(issue.path)]
  const typed = valueAt(value, path)
  const name = String(path.findLast((one) => typeof one === 'string') ?? '')
  const found = (what: string, values: Problem['values'] = {}, at: Path = path) => ({
    ...{ path: at, problem: { key: `forms:file.${what}`, values: { name, ...values } } },
  })
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => found('unknown', { name: key }, [...path, key]))
  }
  if (typed === undefined) return [found('missing')]
  switch (issue.code) {
    case 'invalid_union': {
      // Of words that may stand in one language or in both, what is wrong with the form that was chosen.
      const inner = issue.errors.find((errors) => errors.every(({ path: below }) => below.length > 0))
      const other = issue.errors.find((errors) => errors.every(({ code }) => code !== 'invalid_type'))
      const meant = (typeof typed === 'object' ? inner : other) ?? []
      return meant.length > 0 ? meant.flatMap((one) => problemsOf(one, path, value)) : [found('unclear')]
    }
    case 'invalid_value':
      return [found('choice', { choices: issue.values.map(String).join(' / ') })]
    case 'invalid_type':
      return [found(kinds[issue.expected] ?? 'type-text')]
    case 'invalid_format':
      return [found(issue.format === 'date' ? 'date' : 'format', { value: String(typed).slice(0, 40) })]
    case 'not_multiple_of':
      return [found('step', { step: issue.divisor })]
    case 'too_big': {
      const { origin } = issue
      const what = origin === 'array' ? 'too-many' : origin === 'string' ? 'too-long' : 'too-big'
      return [found(what, { most: Number(issue.maximum) })]
    }
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return [found('empty')]
      return [found(issue.inclusive === false ? 'not-above' : 'too-small', { least: Number(issue.minimum) })]
    default:
      return [found('unclear')]
  }
}

const kinds: Readonly<Record<string, string>> = {
  ...{ array: 'type-list', object: 'type-names', record: 'type-names', boolean: 'type-boolean' },
  ...{ int: 'type-number', number: 'type-number', string: 'type-text' },
}

function namesIn(path: readonly PropertyKey[]): (string | number)[] {
  return path.filter((one) => typeof one !== 'symbol')
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
