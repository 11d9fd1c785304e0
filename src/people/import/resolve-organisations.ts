import { PlainError } from '../../messages/plain-error.ts'
import { pathSeparator } from '../organisations.ts'
import type { ImportRow } from './parse-row.ts'

/** A name with the parent that a row gives it, as written. */
type Named = Pick<ImportRow, 'organisation' | 'parent'>

/**
 * Which organisation each row of a file means: its path from the root. Rows may stand in any order, so a name is
 * looked up among all that the file declares and all that exist, never among what an earlier row made.
 *
 * A row declares its organisation where it gives a parent or a kind, or is about the organisation alone; a row of
 * a person that gives only the name means one that exists or is declared. A name that fits several is refused.
 */
export class OrganisationResolver {
  readonly #existing: ReadonlySet<string>
  /** The same by their last names. */
  readonly #existingByName: Map<string, string[]>
  /** What the file declares, by last name, each pair of name and parent once. */
  readonly #declared: Map<string, Named[]>
  readonly #found = new Map<string, string | PlainError>()
  /** Names whose parents are being looked up, to notice a circle. */
  readonly #trail: string[] = []
  /** How often a circle was met: what was found meanwhile holds only for where the search began. */
  #circles = 0

  /** @param existing paths of the organisations that exist. */
  constructor(existing: Iterable<string>, rows: readonly ImportRow[]) {
    this.#existing = new Set(existing)
    const declaring = rows.filter((row) => row.parent !== '' || row.kind !== null || row.person === '')
    const distinct = new Map(declaring.map((row) => [key(row), row]))
    this.#existingByName = Map.groupBy(this.#existing, lastName)
    this.#declared = Map.groupBy(distinct.values(), ({ organisation }) => lastName(organisation))
  }

  /** The path of a row's organisation; null where it has none. */
  findPath(row: Named): string | null {
    const found = attempt(() => this.pathOf(row))
    return found instanceof PlainError ? null : found
  }

  /** The path that a row's organisation has or will have. Throws PlainError. */
  pathOf(row: Named): string {
    const known = this.#found.get(key(row))
    const found = known ?? this.#resolve(row)
    if (found instanceof PlainError) throw found
    return found
  }

  #resolve(row: Named): string | PlainError {
    const name = key(row)
    const begun = this.#trail.indexOf(name)
    if (begun >= 0) {
      this.#circles += 1
      return circle(row.organisation)
    }
    const circlesBefore = this.#circles
    this.#trail.push(name)
    const found = attempt(() => {
      const path = this.#place(row)
      const names = path.split(pathSeparator)
      if (new Set(names).size < names.length) throw circle(row.organisation)
      return path
    })
    this.#trail.pop()
    if (this.#trail.length === 0 || this.#circles === circlesBefore) this.#found.set(name, found)
    return found
  }

  #place({ organisation, parent }: Named): string {
    if (parent !== '') {
      return this.#lookUp(parent, 'people:import.unknown-parent') + pathSeparator + organisation
    }
    if (organisation.includes(pathSeparator)) {
      const cut = organisation.lastIndexOf(pathSeparator)
      const isDeclared = this.#declared
        .get(lastName(organisation))
        ?.some((one) => one.organisation === organisation)
      if (this.#existing.has(organisation)) return organisation
      if (!isDeclared) return this.#lookUp(organisation, 'people:import.unknown-organisation')
      return `${this.#lookUp(organisation.slice(0, cut), 'people:import.unknown-parent')}${organisation.slice(cut)}`
    }
    return this.#lookUp(organisation, 'people:import.unknown-organisation')
  }

  /** A name or path as it stands in a cell, looked up in the house and in the file. */
  #lookUp(text: string, unknown: string): string {
    if (this.#existing.has(text)) return text
    const paths = new Set<string>()
    let declaredAsRoot = false
    // A row that is broken itself counts only where no other is meant.
    let broken: PlainError | undefined
    for (const path of this.#existingByName.get(lastName(text)) ?? []) {
      if (path.endsWith(pathSeparator + text)) paths.add(path)
    }
    // A path is met by its last names: “分公司一/办公室” by 办公室 under 分公司一.
    for (const row of this.#declared.get(lastName(text)) ?? []) {
      if (row.parent === '' && !row.organisation.includes(pathSeparator)) {
        declaredAsRoot ||= row.organisation === text
        continue
      }
      const path = attempt(() => this.pathOf(row))
      if (path instanceof PlainError) broken ??= path
      else if (path === text || path.endsWith(pathSeparator + text)) paths.add(path)
    }
    const [only, ...others] = paths
    if (only !== undefined && others.length === 0) return only
    if (only !== undefined && !paths.has(text)) {
      throw new PlainError('people:import.ambiguous', { name: text, paths: [...paths].sort().join('、') })
    }
    if (paths.has(text)) return text
    // Rows that say a root stands below something contradict each other: none of them is right by itself.
    if (declaredAsRoot && !broken) return text
    throw broken ?? new PlainError(unknown, { name: text })
  }
}

/** Rows that contradict each other in a circle may need more rounds than this; what was found then counts. */
const mostRounds = 8

/**
 * A resolver whose answers stay the same once the organisations that it finds exist, so that the same file says the
 * same again. That takes one round more than usual only where rows contradict each other.
 */
export function settleOrganisations(
  existing: Iterable<string>,
  rows: readonly ImportRow[],
): OrganisationResolver {
  const before = [...existing]
  let resolver = new OrganisationResolver(before, rows)
  let known = ''
  for (let round = 0; round < mostRounds; round++) {
    const found = new Set(before)
    for (const row of rows) {
      const names = resolver.findPath(row)?.split(pathSeparator) ?? []
      names.forEach((_, i) => {
        found.add(names.slice(0, i + 1).join(pathSeparator))
      })
    }
    const now = JSON.stringify([...found].sort())
    if (now === known) break
    known = now
    resolver = new OrganisationResolver(found, rows)
  }
  return resolver
}

function attempt(find: () => string): string | PlainError {
  try {
    return find()
  } catch (error) {
    if (error instanceof PlainError) return error
    throw error
  }
}

function key({ organisation, parent }: Named): string {
  return JSON.stringify([organisation, parent])
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(pathSeparator) + 1)
}

function circle(name: string): PlainError {
  return new PlainError('people:import.cycle', { name })
}
