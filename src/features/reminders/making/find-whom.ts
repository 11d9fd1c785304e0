import type { Conversation } from '../../../chat/incoming.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { chatsOf, organisationOfChat } from '../../../people/chats.ts'
import { listOrganisations, type PlacedOrganisation } from '../../../people/organisations.ts'
import { bareName, type Reads } from '../../../people/people.ts'
import type { Role } from '../../../people/roles.ts'
import type { Target } from '../records.ts'
import { type Maker, refusalOf, wholeChat } from './access.ts'
import { namesJoined } from './split-request.ts'

/** Whom a sentence means. */
export interface FoundWhom {
  /** Those that are certain. */
  targets: Target[]
  /** Where several fit: the maker chooses. */
  choices: Target[]
  /** Why something of it is nobody; null: all was found. */
  problem: Problem | null
}

/** Buttons of one card. */
const mostChoices = 8

const self = /^(?:我|我自己|自己|本人|我本人|me|myself)$/i
const here =
  /^(?:本群|这个群|该群|群里|群内|我们群|本群(?:所有人|全体)?|大家|各位|所有人|this group|everyone|everybody|us|all)$/i
const roleWords: readonly [RegExp, Role][] = [
  [/(?:专职|兼职|专兼职)?(?:科协)?干部$|cadres?$/i, 'cadre'],
  [/联络员$|联络人$|liaisons?$/i, 'liaison'],
  [/指导员$|instructors?$/i, 'instructor'],
  [/(?:分管)?领导$|leaders?$/i, 'leader'],
  [/评审(?:员|专家)?$|reviewers?$/i, 'reviewer'],
  [/科技工作者$|职工$|员工$|(?:全体)?成员$|staff$|members$/i, 'staff'],
]
const everywhere =
  /^(?:全体|所有|各|各级|各单位|各分会|各分公司|下属|下属各?单位|全部|all|every)(?:的)?|(?:及|和)?(?:下属|下级|各)(?:单位|分会|分公司|车间)?$|(?:全体|所有|各)$/i

/**
 * Finds whom a sentence names: 我, 本群, 一分公司群, 各分会联络员, 全体干部, people by name, several with 、 or 和 between.
 * Only those whom the maker may remind are found; others are as if they were not there.
 * @param at The group in which it was said; null: in private.
 */
export async function findWhom(
  db: Reads,
  text: string,
  maker: Maker,
  at: Conversation | null,
): Promise<FoundWhom> {
  const found: FoundWhom = { targets: [], choices: [], problem: null }
  const said = text.normalize('NFKC').trim()
  const whole = said === '' ? '我' : said
  const organisations = await listOrganisations(db)
  const find = (part: string) => findOne(db, part.trim(), { maker, at, organisations })
  const partsBy = (separator: RegExp, list: string) =>
    list.split(separator).filter((part) => part.trim() !== '')
  // A name may hold 和: what is found as a whole is not parted.
  const asOne = await find(whole)
  const all = asOne.problem === null ? [asOne] : []
  for (const part of asOne.problem === null ? [] : partsBy(/[、,，;；]|以及|[与及]|\s+and\s+/, whole)) {
    const one = await find(part)
    const names = one.problem === null ? [] : namesJoined(part)
    if (names.length < 2) all.push(one)
    else for (const name of names) all.push(await find(name))
  }
  for (const one of all) {
    found.targets.push(...one.targets)
    found.choices.push(...one.choices)
    found.problem ??= one.problem
  }
  found.choices.splice(mostChoices)
  return found
}

interface Around {
  maker: Maker
  at: Conversation | null
  organisations: readonly PlacedOrganisation[]
}

async function findOne(db: Reads, text: string, around: Around): Promise<FoundWhom> {
  const { maker, at, organisations } = around
  if (self.test(text)) return only([{ kind: 'person', person: maker.person }])
  if (here.test(text)) {
    if (!at) return failed('reminders:whom.not-in-group')
    return permitted(db, maker, [{ kind: 'chat', chat: wholeChat(at) }])
  }
  const group = /^(.*?)(?:的)?(?:工作|微信|飞书)?(?:群|group|channel)$/i.exec(text)
  if (group) return findGroup(db, group[1]!.trim(), around)
  for (const [pattern, role] of roleWords) {
    if (pattern.test(text)) return findRole(db, text.replace(pattern, '').trim(), role, around)
  }
  const people = await db
    .selectFrom('person')
    .select('id')
    .where('name', '=', bareName(text))
    .orderBy('id')
    .limit(50)
    .execute()
  const targets = people.map(({ id }): Target => ({ kind: 'person', person: id }))
  const reached = await permitted(db, maker, targets)
  if (reached.problem === null) return reached
  // Who is there is told to nobody who could not remind them anyway.
  if (maker.organisations.length === 0) return failed('reminders:refused.person')
  const named = organisationsNamed(organisations, text)
  if (named.length === 0) return failed('reminders:whom.nobody', { name: text.slice(0, 60) })
  const choices: Target[] = []
  for (const { id } of named) {
    const chats = (await chatsOf(db, [id])).map((chat): Target => ({ kind: 'chat', chat: wholeChat(chat) }))
    const roles = (['cadre', 'liaison', 'staff'] as const).map(
      (role): Target => ({ kind: 'role', role, organisation: id, below: false }),
    )
    choices.push(...chats, ...roles)
  }
  const allowed = await permitted(db, maker, choices)
  return allowed.problem
    ? allowed
    : { targets: [], choices: [...allowed.targets, ...allowed.choices], problem: null }
}

async function findGroup(db: Reads, name: string, { maker, at, organisations }: Around): Promise<FoundWhom> {
  const isOwn = name === '' || /^(?:我们|本单位|our|the|this)$/i.test(name)
  if (isOwn && at && (await organisationOfChat(db, at)) !== null) {
    return permitted(db, maker, [{ kind: 'chat', chat: wholeChat(at) }])
  }
  const named = isOwn
    ? organisations.filter(({ id }) => maker.organisations.includes(id))
    : organisationsNamed(organisations, name)
  if (named.length === 0) return failed('reminders:whom.no-group', { name: name.slice(0, 60) })
  const chats = await chatsOf(
    db,
    named.map(({ id }) => id),
  )
  if (chats.length === 0) return failed('reminders:whom.unbound', { name: named[0]!.name })
  return permitted(
    db,
    maker,
    chats.map((chat) => ({ kind: 'chat', chat: wholeChat(chat) })),
  )
}

async function findRole(
  db: Reads,
  place: string,
  role: Role,
  { maker, organisations }: Around,
): Promise<FoundWhom> {
  const below = everywhere.test(place)
  const name = place
    .replace(everywhere, '')
    .replace(/^(?:of|the)\s+/i, '')
    .replace(/的$/, '')
    .trim()
  const isOwn = name === '' || /^(?:本单位|我们单位|单位|我们|our|the)$/i.test(name)
  const named = isOwn
    ? organisations.filter(({ id }) => id === maker.organisations[0])
    : organisationsNamed(organisations, name)
  if (named.length === 0) {
    return isOwn
      ? failed('reminders:refused.organisation')
      : failed('reminders:whom.no-organisation', { name: name.slice(0, 60) })
  }
  return permitted(
    db,
    maker,
    named.map(({ id }) => ({ kind: 'role', role, organisation: id, below })),
  )
}

/** By path or name, else those whose names hold it: 铸造 is 铸造车间, where nothing else is. */
function organisationsNamed(
  organisations: readonly PlacedOrganisation[],
  text: string,
): PlacedOrganisation[] {
  const wanted = bareName(text)
  const exact = organisations.filter(({ name, path }) => name === wanted || path === wanted)
  if (exact.length > 0) return exact
  return wanted.length < 2 ? [] : organisations.filter(({ name }) => name.includes(wanted))
}

async function permitted(db: Reads, maker: Maker, targets: readonly Target[]): Promise<FoundWhom> {
  const allowed: Target[] = []
  let problem: Problem | null = null
  for (const target of targets) {
    const refusal = await refusalOf(db, maker, target)
    if (refusal) problem ??= refusal
    else allowed.push(target)
  }
  if (allowed.length === 1) return only(allowed)
  if (allowed.length > 1) return { targets: [], choices: allowed, problem: null }
  return {
    targets: [],
    choices: [],
    problem: problem ?? { key: 'reminders:whom.nobody', values: { name: '' } },
  }
}

const only = (targets: Target[]): FoundWhom => ({ targets, choices: [], problem: null })

const failed = (key: string, values: Record<string, string> = {}): FoundWhom => ({
  ...{ targets: [], choices: [], problem: { key, values } },
})
