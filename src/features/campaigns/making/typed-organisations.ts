import type { Problem } from '../../../forms/fields/refuse.ts'
import { listOrganisations, pathSeparator } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'

/** The id of the one organisation of this name, path or id. */
export async function organisationTyped(db: Reads, typed: string): Promise<string | Problem> {
  const all = await listOrganisations(db)
  const exact = all.find(({ id, path }) => id === typed || path === typed)
  if (exact) return exact.id
  const named = all.filter(({ name, path }) => name === typed || path.endsWith(pathSeparator + typed))
  const [first, more] = named
  const name = Array.from(typed).slice(0, 60).join('')
  if (first && !more) return first.id
  if (!first) return { key: 'forms:problem.organisation-unknown', values: { name } }
  const paths = named.map(({ path }) => path).join('、')
  return { key: 'forms:problem.organisation-ambiguous', values: { name, paths } }
}

/** 「一分公司、二分公司」 as ids. */
export async function organisationsTyped(db: Reads, text: string): Promise<string[] | Problem> {
  const ids = new Set<string>()
  for (const name of text.split(/[、,，;；\n]/).map((one) => one.trim())) {
    if (name === '') continue
    const found = await organisationTyped(db, name)
    if (typeof found !== 'string') return found
    ids.add(found)
  }
  return [...ids]
}
