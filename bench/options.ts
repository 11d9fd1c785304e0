import { parseArgs } from 'node:util'

/** How large something is in a quick run and in a full one, where nothing else is said. */
interface Size {
  quick: number
  full: number
}

interface Described<Flag extends string, Number extends string, Text extends string> {
  /** Beside `--quick` and `--json`, which every benchmark knows. */
  flags?: readonly Flag[]
  numbers?: Record<Number, Size>
  texts?: readonly Text[]
}

/** What a benchmark was told to do; a text that was not given is undefined. */
type Options<Flag extends string, Number extends string, Text extends string> = Record<
  Flag | 'quick' | 'json',
  boolean
> &
  Record<Number, number> &
  Record<Text, string | undefined>

/**
 * The options of a benchmark's command line, `process.argv`. Throws a TypeError for an option that it does not know
 * and for a number that is none.
 */
export function readOptions<
  Flag extends string = never,
  Number extends string = never,
  Text extends string = never,
>(described: Described<Flag, Number, Text>): Options<Flag, Number, Text> {
  const sizes = Object.entries<Size>(described.numbers ?? {})
  const flags = ['quick', 'json', ...(described.flags ?? [])]
  const parsed = parseArgs({
    options: Object.fromEntries([
      ...flags.map((name) => [name, { type: 'boolean' as const }]),
      ...[...sizes.map(([name]) => name), ...(described.texts ?? [])].map((name) => [
        name,
        { type: 'string' as const },
      ]),
    ]),
  })
  const values: Record<string, unknown> = parsed.values
  const numbers = sizes.map(([name, { quick, full }]) => {
    const value = Number(values[name] ?? (values.quick ? quick : full))
    if (Number.isNaN(value)) throw new TypeError(`--${name} takes a number`)
    return [name, value]
  })
  return {
    ...values,
    ...Object.fromEntries(flags.map((name) => [name, values[name] === true])),
    ...Object.fromEntries(numbers),
  }
}
