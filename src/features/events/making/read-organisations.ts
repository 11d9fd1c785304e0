import { languages } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { translate } from '../../../messages/translate.ts'
import { type PlacedOrganisation, pathSeparator } from '../../../people/organisations.ts'
import { type Role, roles } from '../../../people/roles.ts'
import type { PriorityRule } from '../records.ts'
import { linesOf, namesIn, plainLine } from './plain-line.ts'

/** The organisations of one house: what stands under the same root. Others are told as if they were not there. */
export interface Nearby {
  all: readonly PlacedOrganisation[]
}

/** Those of the house to which an organisation belongs. */
export function nearbyOf(all: readonly PlacedOrganisation[], organisation: string): Nearby {
  const root = (path: string) => path.split(pathSeparator)[0]
  const own = all.find(({ id }) => id === organisation)
  return { all: own ? all.filter(({ path }) => root(path) === root(own.path)) : [] }
}

/** The one of this name, path or id. */
export function organisationNamed({ all }: Nearby, typed: string): PlacedOrganisation | Problem {
  const exact = all.find(({ id, path }) => id === typed || path === typed)
  if (exact) return exact
  const named = all.filter(({ name, path }) => name === typed || path.endsWith(pathSeparator + typed))
  if (named.length === 1) return named[0]!
  const name = [...typed].slice(0, 60).join('')
  if (named.length === 0) return { key: 'forms:problem.organisation-unknown', values: { name } }
  const paths = named.map(({ path }) => path).join('、')
  return { key: 'forms:problem.organisation-ambiguous', values: { name, paths } }
}

/** 「一分公司、二分公司」 as ids. */
export function readOrganisations(text: string, near: Nearby): { ids: string[] } | { problem: Problem } {
  const ids = new Set<string>()
  for (const name of namesIn(text)) {
    const found = organisationNamed(near, name)
    if (!('id' in found)) return { problem: found }
    ids.add(found.id)
  }
  return { ids: [...ids] }
}

/** Seats that are kept: 「一分公司：10」, one a line. */
export function readReserved(
  text: string,
  near: Nearby,
): { reserved: { organisation: string; seats: number }[] } | { problem: Problem } {
  const reserved: { organisation: string; seats: number }[] = []
  for (const line of linesOf(text).flatMap((one) => one.split(/[;；、]/).map(plainLine))) {
    if (line === '') continue
    const [, name = '', seats = ''] =
      /^(.+?)\s*[:：\s]\s*(\d{1,6})\s*(?:[个人名]|个?名额|seats?)?$/.exec(line) ?? []
    if (name === '') return refused('reserved-unclear', line)
    const found = organisationNamed(near, plainLine(name))
    if (!('id' in found)) return { problem: found }
    reserved.push({ organisation: found.id, seats: Number(seats) })
  }
  return { reserved }
}

/** Who goes first on the waiting list: 「一分公司：10」, 「联络员：5」, 「一分公司、联络员：20」, one a line. */
export function readPriority(
  text: string,
  near: Nearby,
): { priority: PriorityRule[] } | { problem: Problem } {
  const priority: PriorityRule[] = []
  for (const line of linesOf(text)) {
    const [, who = '', points = ''] = /^(.+?)\s*[:：\s]\s*\+?(\d{1,3})\s*分?$/.exec(line) ?? []
    if (who === '' || Number(points) < 1) return refused('priority-unclear', line)
    const rule: PriorityRule = { points: Number(points) }
    for (const word of namesIn(who)) {
      const role = roleNamed(word)
      if (role) {
        rule.role = role
        continue
      }
      const found = organisationNamed(near, word)
      if (!('id' in found)) return { problem: found }
      rule.organisation = found.id
    }
    priority.push(rule)
  }
  return priority.length > 20 ? refused('priority-unclear', '…') : { priority }
}

function roleNamed(word: string): Role | undefined {
  return roles.find(
    (role) =>
      role === word || languages.some((language) => translate(language, `console:role.${role}`) === word),
  )
}

function refused(key: string, line: string): { problem: Problem } {
  return { problem: { key: `making:problem.${key}`, values: { line: [...line].slice(0, 40).join('') } } }
}
