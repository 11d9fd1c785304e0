import type { Account, Conversation } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { type Action, type Actor, can } from '../../people/can.ts'
import { type DirectoryEntry, directoryEntryOf } from '../../people/directory.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../people/people.ts'
import { answeringRoles, holdsRole, lineOf } from '../../people/route.ts'
import type { HelpRequestTable } from '../../store/tables/help.ts'

/** A question that was put to a person, as it is kept. */
export type HelpRequest = HelpRequestTable

/** The request by its id. Throws PlainError where there is none. */
export async function readRequest(db: Reads, id: string): Promise<HelpRequest> {
  const row = await db.selectFrom('help_request').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('help:gone')
  return row
}

/**
 * Whether a person may see or answer a request: by their roles in the asker's organisation, where it lies now or
 * above, or because it was put to them, for as long as they hold an office that answers questions.
 */
export async function mayHandle(
  db: Reads,
  person: string,
  action: Extract<Action, 'help.view' | 'help.answer'>,
  request: HelpRequest,
  today: string,
): Promise<boolean> {
  if (await reaches(db, await actorOf(db, person, today), action, request)) return true
  const receiver = await db
    .selectFrom('help_receiver')
    .select('active')
    .where('request', '=', request.id)
    .where('person', '=', person)
    .executeTakeFirst()
  return receiver?.active === 1 && (await mayBeAsked(db, person, request, today))
}

/** Whether the roles of somebody reach a request, wherever it lies. */
export async function reaches(
  db: Reads,
  actor: Actor,
  action: Extract<Action, 'help.view' | 'help.answer'>,
  { organisation, lies_with }: Pick<HelpRequest, 'organisation' | 'lies_with'>,
): Promise<boolean> {
  if (organisation === null) return can(actor, action, { path: [] })
  if (can(actor, action, await placeOf(db, organisation))) return true
  return lies_with !== null && lies_with !== organisation && can(actor, action, await placeOf(db, lies_with))
}

/** Whether a request may be put to somebody: an office on the way to the root or, for a guest's question, any. */
export async function mayBeAsked(
  db: Reads,
  person: string,
  { organisation }: Pick<HelpRequest, 'organisation'>,
  today: string,
): Promise<boolean> {
  const line = organisation === null ? 'any' : await lineOf(db, organisation)
  return holdsRole(db, person, answeringRoles, line, today)
}

/** Whether the account, or another of the same person, asked. */
export async function isAsker(db: Reads, request: HelpRequest, account: Account): Promise<boolean> {
  if (request.asker_account === accountKey(account)) return true
  if (request.asker === null) return false
  return (await findPersonByAccount(db, account))?.id === request.asker
}

/** A person as cards name them. */
export interface Named {
  name: string
  /** The organisation in whose name they ask or answer; empty where there is none. */
  organisation: string
}

/** A request with the names that stand on its cards. */
export interface RequestFacts {
  request: HelpRequest
  /** Null: a guest. */
  asker: Named | null
  /** What the directory of their platform says of a guest. Default: nothing. */
  guest?: DirectoryEntry | null
  /** Whom it was asked for; empty: for the asker. */
  askedFor: string
  answeredBy: Named | null
  /** The time zone of whoever reads (IANA name). Default: China's. */
  zone?: string
}

export async function factsOf(db: Reads, request: HelpRequest): Promise<RequestFacts> {
  const { asker, asked_for, answered_by, organisation, lies_with } = request
  const askedFor = asked_for === null ? null : await readPerson(db, asked_for)
  return {
    request,
    asker: asker === null ? null : await named(db, asker, [organisation]),
    guest: asker === null ? await directoryEntryOf(db, accountOf(request.asker_account)) : null,
    askedFor: askedFor?.name ?? '',
    answeredBy: answered_by === null ? null : await named(db, answered_by, [lies_with, organisation]),
  }
}

/** A person, of the first of these organisations in which they ever held a role, else of their last one. */
export async function named(
  db: Reads,
  id: string,
  organisations: readonly (string | null)[],
): Promise<Named> {
  const person = await readPerson(db, id)
  const rows = await db
    .selectFrom('membership')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation')
    .select(['organisation.id', 'organisation.name'])
    .where('person', '=', id)
    .orderBy('membership.id')
    .execute()
  const home = organisations.flatMap((wanted) => rows.filter((row) => row.id === wanted)).at(0) ?? rows.at(0)
  return { name: person?.name ?? '', organisation: home?.name ?? '' }
}

/** The language in which somebody is written to. */
export async function languageOfPerson(db: Reads, person: string): Promise<Language> {
  return (await readPerson(db, person))?.language ?? 'zh-CN'
}

/** The account or conversation that its key (`accountKey`, `conversationKey`) stands for. */
export function accountOf(key: string): Account {
  const [platform, installation, user] = JSON.parse(key) as [string, string, string]
  return { platform, installation, user }
}

export function conversationOf(key: string): Conversation {
  const [platform, installation, chat, thread] = JSON.parse(key) as [string, string, string, string]
  return { platform, installation, chat, thread }
}

/** Whether a reply is still wanted. */
export function isAskable({ state }: Pick<HelpRequest, 'state'>): boolean {
  return state === 'open'
}

/** The id of a message or timer about a request: the same for the same matter, so that it is there once. */
export function ownId(request: string, ...matter: (string | number)[]): string {
  return ['help', request, ...matter].join(':')
}
