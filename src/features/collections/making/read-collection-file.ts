import type { Language } from '../../../chat/language.ts'
import { createLookup } from '../../../forms/lookup-people.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { onlyOrganisation } from '../../../people/only-organisation.ts'
import type { Reads } from '../../../people/people.ts'
import { roles } from '../../../people/roles.ts'
import { audienceOf, type CirculationPort } from '../../circulation/port.ts'
import { mayMake } from '../access.ts'
import { type ParsedFile, parseDefinition, placesIn, sorted } from '../definition/parse-definition.ts'
import { type Mistake, type Path, shortened } from '../definition/read-lines.ts'
import { chosenByFile } from './chosen-audience.ts'
import type { CollectionDraft } from './keep-collection.ts'

/** Whoever brings a file. */
interface Bringing {
  circulation: CirculationPort
  person: string
  now: Date
  language: Language
}

/** Reads a collection of a file. Throws PlainError `collections:file.wrong` with the lines of all that is wrong. */
export async function readCollectionFile(
  db: Reads,
  bytes: Uint8Array,
  bringing: Bringing,
): Promise<CollectionDraft> {
  const { now, language } = bringing
  const parsed = parseDefinition(bytes, now)
  if (Array.isArray(parsed)) {
    const named = placesIn(bytes)
    const places = named ? (await placesOf(db, named, bringing)).mistakes : []
    throw wrongFile(sorted([...parsed, ...places]), language)
  }
  const { draft, mistakes } = await placeDraft(db, parsed, bringing)
  if (!draft || mistakes.length > 0) throw wrongFile(sorted(mistakes), language)
  return draft
}

/** Mistakes as one message, a line each. */
function wrongFile(mistakes: readonly Mistake[], language: Language): PlainError {
  const lines = mistakes.map((mistake) => mistakeInWords(mistake, language))
  return new PlainError('collections:file.wrong', { count: mistakes.length, lines: lines.join('\n') })
}

export function mistakeInWords({ line, what, values }: Mistake, language: Language): string {
  const isOwn = !what.includes(':')
  const said = Object.entries(values).map(([name, value]) => [name, inLanguage(value, language)])
  const problem = translate(language, isOwn ? `collections:wrong.${what}` : what, Object.fromEntries(said))
  return translate(language, 'collections:file.line', { line, problem })
}

function inLanguage(value: Mistake['values'][string], language: Language): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (!('zh-CN' in value)) return value.map((one) => one[language]).join(language === 'en' ? ', ' : '、')
  return value[language]
}

async function placeDraft(
  db: Reads,
  { file, definition, deadline, lineOf }: ParsedFile,
  bringing: Bringing,
): Promise<{ draft: CollectionDraft | null; mistakes: Mistake[] }> {
  const { organisation, handlers, audience, mistakes } = await placesOf(
    db,
    { organisation: file.organisation, handlers: file.handlers, audience: file.audience, lineOf },
    bringing,
  )
  if (organisation === null) return { draft: null, mistakes }
  const { anonymity, per, remind } = file
  const shares = file['share-result']
  return {
    draft: { definition, organisation, anonymity, per, audience, deadline, remind, shares, handlers },
    mistakes,
  }
}

/** Units and people that a file names, looked up. */
async function placesOf(
  db: Reads,
  { lineOf, ...file }: Places,
  { circulation, person, now }: Bringing,
): Promise<
  Pick<CollectionDraft, 'handlers' | 'audience'> & { organisation: string | null; mistakes: Mistake[] }
> {
  const mistakes: Mistake[] = []
  const refuse = (path: Path, what: string, values: Mistake['values'] = {}) =>
    mistakes.push({ line: lineOf(path), what, values })
  const lookup = createLookup(db, person, dayInChina(now))
  const people = async (names: readonly string[], path: Path) => {
    const ids: string[] = []
    for (const [n, name] of names.entries()) {
      const found = await lookup.person(name, true)
      if ('id' in found) ids.push(found.id)
      else refuse([...path, n], found.key, found.values)
    }
    return ids
  }
  const organisation =
    file.organisation === null ? null : await organisationIn(db, file.organisation, { person, now })
  if (organisation === null && file.organisation !== null) {
    refuse(
      ['organisation'],
      file.organisation === undefined ? 'organisation-missing' : 'organisation-not-yours',
      {
        name: shortened(file.organisation ?? ''),
      },
    )
  }
  const handlers = await people(file.handlers, ['handlers'])
  let audience: CollectionDraft['audience'] = null
  if (file.audience) {
    const wanted = file.audience.roles.map((role, n) => {
      const known = roles.find((one) => one === role || translate('zh-CN', `console:role.${one}`) === role)
      if (!known) refuse(['audience', 'roles', n], 'role-unknown', { value: shortened(role) })
      return known ?? 'staff'
    })
    const named = await people(file.audience.people, ['audience', 'people'])
    audience = chosenByFile(file.audience, { people: named, roles: wanted })
    try {
      await circulation.mustReach(db, await audienceOf(db, { ...audience }, { person, now }), {
        by: person,
        now,
      })
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      refuse(['audience'], error.key, error.values)
    }
  }
  return { organisation, handlers, audience, mistakes }
}

type Places = NonNullable<ReturnType<typeof placesIn>>

/** The organisation that is named, or the only one for which somebody makes collections; null: none. */
async function organisationIn(
  db: Reads,
  named: string | undefined,
  { person, now }: { person: string; now: Date },
): Promise<string | null> {
  const today = dayInChina(now)
  if (named === undefined) return (await onlyOrganisation(db, person, 'collection.make', today))?.id ?? null
  const found = await createLookup(db, person, today).organisation(named)
  return 'id' in found && (await mayMake(db, person, found.id, now)) ? found.id : null
}
