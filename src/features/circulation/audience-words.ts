import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Audience } from '../../people/audience.ts'
import { organisationsOfChats } from '../../people/chats.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'

/** Names in one line; of more it is said how many there are. */
const mostNames = 5

/** An audience in words, one line for each way in which people belong to it. */
export async function audienceInWords(db: Reads, audience: Audience, language: Language): Promise<string[]> {
  const say = (key: string, values: Record<string, string | number>) =>
    translate(language, `circulation:words.${key}`, values)
  const joined = (names: readonly string[]) => {
    const shown = names.slice(0, mostNames).join(language === 'en' ? ', ' : '、')
    return names.length > mostNames ? say('among-others', { names: shown, count: names.length }) : shown
  }
  const bound = await organisationsOfChats(db, audience.chats)
  const named = await namesOf(db, [
    ...bound.values(),
    ...audience.members.map(({ organisation }) => organisation),
  ])
  const lines: string[] = []
  if (audience.chats.length > 0) {
    const names = [...new Set(bound.values())].map((id) => named.get(id) ?? '')
    lines.push(say('groups', { names: joined(names), count: audience.chats.length }))
  }
  const byRole = Map.groupBy(audience.members, ({ role, below }) => `${role ?? ''} ${below}`)
  for (const members of byRole.values()) {
    const { role, below } = members[0]!
    const names = joined(members.map(({ organisation }) => named.get(organisation) ?? ''))
    const who =
      role === null
        ? translate(language, 'circulation:words.all')
        : translate(language, `console:role.${role}`)
    lines.push(say(below ? 'members-below' : 'members', { names, who }))
  }
  if (audience.people.length > 0) {
    const some = audience.people.slice(0, mostNames)
    const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', some).execute()
    const names = some.flatMap((id) => rows.find((row) => row.id === id)?.name ?? [])
    const shown = names.join(language === 'en' ? ', ' : '、')
    const { length: count } = audience.people
    lines.push(
      say('people', { names: count > mostNames ? say('among-others', { names: shown, count }) : shown }),
    )
  }
  return lines
}

/** Names of organisations by id. */
async function namesOf(db: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db.selectFrom('organisation').select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of rows) found.set(id, name)
  }
  return found
}
