import { randomUUID } from 'node:crypto'
import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Membership } from '../memberships.ts'
import { type PlacedOrganisation, pathSeparator } from '../organisations.ts'
import type { OrganisationKind, Role } from '../roles.ts'
import type { ImportRow } from './parse-row.ts'
import { type OrganisationResolver, settleOrganisations } from './resolve-organisations.ts'

/** Something of the house, and whether it has to be written. */
type Tracked<T> = T & { mark: 'kept' | 'new' | 'changed' }

/** All that an import looks at and writes, in memory. */
export interface House {
  /** By path, each after its parent. */
  organisations: Map<string, Tracked<PlacedOrganisation>>
  people: Map<string, Tracked<{ id: string; name: string; preferred: string | null }>>
  /** By `accountKey`. */
  accounts: Map<string, Tracked<Account & { person: string }>>
  memberships: Tracked<Membership>[]
}

/** What became of a row. */
export interface RowReport {
  line: number
  /** The person, or the organisation where the row is about it alone. */
  name: string
  outcome: 'added' | 'changed' | 'unchanged' | 'refused'
  /** Why it was refused; or what else to know of a row that was taken. */
  reason: PlainError | null
}

/**
 * Takes rows into the house, in memory: what they say is added or changed, what they leave empty stays as it is.
 * The same rows again change nothing, their order never matters, and a row that cannot be taken changes nothing.
 */
export function planImport(house: House, rows: readonly ImportRow[]): RowReport[] {
  return new ImportPlan(house, rows).run()
}

class ImportPlan {
  readonly #house: House
  readonly #rows: readonly ImportRow[]
  readonly #resolver: OrganisationResolver
  readonly #membershipsOf = new Map<string, Tracked<Membership>[]>()
  readonly #peopleOf = new Map<string, Set<string>>()
  readonly #accountsOf: Map<string, Account[]>
  readonly #kinds = new Map<string, Set<OrganisationKind>>()
  /** Which row spoke of a membership: another may not contradict it, nor mean it with another first day. */
  readonly #setBy = new Map<string, ImportRow>()
  /** Which row gave a role its last day without a first one: two such rows contradict each other. */
  readonly #endedBy = new Map<string, ImportRow>()

  constructor(house: House, rows: readonly ImportRow[]) {
    this.#house = house
    // What depends on order depends on what the rows say, not on where they stand.
    this.#rows = rows.toSorted((a, b) => compare(orderOf(a), orderOf(b)) || a.line - b.line)
    this.#resolver = settleOrganisations(house.organisations.keys(), this.#rows)
    this.#accountsOf = Map.groupBy(house.accounts.values(), ({ person }) => person)
    for (const membership of house.memberships) this.#index(membership)
  }

  run(): RowReport[] {
    for (const row of this.#rows) {
      const path = this.#resolver.findPath(row)
      if (path === null || row.kind === null) continue
      this.#kinds.set(path, (this.#kinds.get(path) ?? new Set()).add(row.kind))
    }
    const taken: { row: ImportRow; person: string; report: RowReport }[] = []
    // A parent before what stands below it, so that its own row is the one that adds it.
    const depth = (row: ImportRow) =>
      row.person === '' ? (this.#resolver.findPath(row)?.split(pathSeparator).length ?? 0) : 99
    const reports = this.#rows
      .toSorted((a, b) => depth(a) - depth(b))
      .map((row) => {
        const report: RowReport = {
          line: row.line,
          name: row.person || row.organisation,
          outcome: 'refused',
          reason: null,
        }
        try {
          const { outcome, person } = this.#take(row)
          report.outcome = outcome
          if (person) taken.push({ row, person, report })
        } catch (error) {
          if (!(error instanceof PlainError)) throw error
          report.reason = error
        }
        return report
      })
    // Superiors may stand in any row, so they are looked for when everybody is there.
    for (const { row, person, report } of taken) this.#setSuperior(row, person, report)
    return reports.toSorted((a, b) => a.line - b.line)
  }

  #take(row: ImportRow): { outcome: 'added' | 'changed' | 'unchanged'; person: string | null } {
    const path = this.#resolver.pathOf(row)
    if ((this.#kinds.get(path)?.size ?? 0) > 1) {
      throw new PlainError('people:import.kinds-differ', { name: row.organisation })
    }
    const existing = this.#house.organisations.get(path)?.id
    const known = row.person === '' ? null : this.#matchPerson(row, existing)
    const roles =
      row.roles.length > 0 || row.person === '' ? row.roles : this.#rolesUnsaid(row, known, existing)
    const stints = roles.map((role) => ({ role, found: this.#matchStint(row, role, known, existing) }))
    // From here on nothing is refused any more.
    const done = new Set<'added' | 'changed'>()
    const organisation = this.#ensureOrganisation(path, done)
    const person = row.person === '' ? null : (known ?? this.#addPerson(row.person, done))
    if (person !== null) {
      for (const account of row.accounts) this.#addAccount(account, person, done)
      for (const { role, found } of stints) this.#setStint(row, { role, found, person, organisation }, done)
    }
    return { outcome: done.has('added') ? 'added' : done.has('changed') ? 'changed' : 'unchanged', person }
  }

  /** Whom a row means: the owner of its account, else the one of that name in that organisation. Null: somebody new. */
  #matchPerson(row: ImportRow, organisation: string | undefined): string | null {
    const { accounts, people } = this.#house
    const owners = new Set(row.accounts.flatMap((one) => accounts.get(accountKey(one))?.person ?? []))
    const [owner, ...others] = owners
    if (others.length > 0) throw new PlainError('people:import.accounts-of-several')
    if (owner !== undefined) {
      const name = people.get(owner)!.name
      if (name !== row.person) throw new PlainError('people:import.account-of-other', { name })
      return owner
    }
    const members = organisation === undefined ? [] : [...(this.#peopleOf.get(organisation) ?? [])]
    const alike = members.filter(
      (id) => people.get(id)!.name === row.person && row.accounts.every((one) => !this.#hasOther(id, one)),
    )
    if (alike.length > 1) throw new PlainError('people:import.person-ambiguous', { name: row.person })
    return alike[0] ?? null
  }

  /** Whether the person already has an account where this one is: then it is somebody else of the same name. */
  #hasOther(person: string, account: Account): boolean {
    return (this.#accountsOf.get(person) ?? []).some(
      ({ platform, installation }) => platform === account.platform && installation === account.installation,
    )
  }

  /** A row without a role means staff; of somebody who holds a role there it says nothing, unless it gives days. */
  #rolesUnsaid(row: ImportRow, person: string | null, organisation: string | undefined): Role[] {
    const held = person === null ? [] : (this.#membershipsOf.get(person) ?? [])
    const holdsOne = held.some((membership) => membership.organisation === organisation)
    return holdsOne && row.from === null && row.until === null ? [] : ['staff']
  }

  /** The time in a role that the row speaks of, by the days it gives; null: one that is not there yet. */
  #matchStint(
    row: ImportRow,
    role: Role,
    person: string | null,
    organisation: string | undefined,
  ): Tracked<Membership> | null {
    const stints = (person === null ? [] : (this.#membershipsOf.get(person) ?? []))
      .filter((one) => one.role === role && one.organisation === organisation)
      .sort((a, b) => compare(a.from ?? '', b.from ?? ''))
    const free = (one: Membership) => !this.#setBy.has(one.id)
    let found: Tracked<Membership> | undefined
    if (row.from !== null) {
      found = stints.find(({ from }) => from === row.from)
      found ??= stints.find((one) => free(one) && mayBegin(one, row.from))
    } else if (row.until === null) {
      found = stints.at(-1)
    } else {
      const other = this.#endedBy.get(JSON.stringify([person, organisation, role]))
      if (other && other.until !== row.until) {
        throw new PlainError('people:import.contradicts', { line: other.line })
      }
      found = stints.find(({ until }) => until === row.until)
      found ??= stints.findLast((one) => free(one) && one.until === null)
    }
    if (!found) return null
    const from = row.from ?? found.from
    const until = row.until ?? found.until
    const setBy = this.#setBy.get(found.id)
    if (setBy && row.until !== null && setBy.until !== null && setBy.until !== row.until) {
      throw new PlainError('people:import.contradicts', { line: setBy.line })
    }
    if (from !== null && until !== null && from > until) {
      throw new PlainError('people:membership.days', { from, until })
    }
    return found
  }

  #setStint(
    row: ImportRow,
    stint: { role: Role; found: Tracked<Membership> | null; person: string; organisation: string },
    done: Set<'added' | 'changed'>,
  ): void {
    const { role, found, person, organisation } = stint
    const { from, until } = row
    if (from === null && until !== null) {
      this.#endedBy.set(JSON.stringify([person, organisation, role]), row)
    }
    if (!found) {
      const added = { id: randomUUID(), person, organisation, role, superior: null, from, until }
      const tracked: Tracked<Membership> = { ...added, mark: 'new' }
      this.#house.memberships.push(tracked)
      this.#index(tracked)
      this.#setBy.set(tracked.id, row)
      done.add('added')
      return
    }
    if (row.until !== null || !this.#setBy.has(found.id)) this.#setBy.set(found.id, row)
    const next = { from: from ?? found.from, until: until ?? found.until }
    if (next.from === found.from && next.until === found.until) return
    Object.assign(found, next)
    touch(found)
    done.add('changed')
  }

  #index(membership: Tracked<Membership>): void {
    const { person, organisation } = membership
    const list = this.#membershipsOf.get(person)
    if (list) list.push(membership)
    else this.#membershipsOf.set(person, [membership])
    this.#peopleOf.set(organisation, (this.#peopleOf.get(organisation) ?? new Set()).add(person))
  }

  #ensureOrganisation(path: string, done: Set<'added' | 'changed'>): string {
    const { organisations } = this.#house
    const [stated] = this.#kinds.get(path) ?? []
    const existing = organisations.get(path)
    if (existing) {
      if (stated && existing.kind !== stated) {
        existing.kind = stated
        touch(existing)
        done.add('changed')
      }
      return existing.id
    }
    const cut = path.lastIndexOf(pathSeparator)
    const parent = cut < 0 ? null : this.#ensureOrganisation(path.slice(0, cut), done)
    const name = path.slice(cut + 1)
    const kind = stated ?? (parent === null ? 'enterprise' : 'branch')
    const depth = path.split(pathSeparator).length - 1
    const id = randomUUID()
    organisations.set(path, { id, name, kind, parent, path, depth, mark: 'new' })
    done.add('added')
    return id
  }

  #addPerson(name: string, done: Set<'added' | 'changed'>): string {
    const id = randomUUID()
    this.#house.people.set(id, { id, name, preferred: null, mark: 'new' })
    done.add('added')
    return id
  }

  #addAccount(account: Account, person: string, done: Set<'added' | 'changed'>): void {
    const key = accountKey(account)
    if (this.#house.accounts.has(key)) return
    this.#house.accounts.set(key, { ...account, person, mark: 'new' })
    this.#accountsOf.set(person, [...(this.#accountsOf.get(person) ?? []), account])
    const owner = this.#house.people.get(person)!
    if (owner.preferred === null) {
      owner.preferred = key
      touch(owner)
    }
    done.add('changed')
  }

  #setSuperior(row: ImportRow, person: string, report: RowReport): void {
    if (row.superior === '') return
    const { organisations, people } = this.#house
    // One reports to somebody of the same organisation or of one above it.
    const parts = this.#resolver.pathOf(row).split(pathSeparator)
    const above = parts.map((_, i) => organisations.get(parts.slice(0, i + 1).join(pathSeparator))!.id)
    const members = new Set(above.flatMap((id) => [...(this.#peopleOf.get(id) ?? [])]))
    const named = [...members].filter((id) => people.get(id)!.name === row.superior && id !== person)
    if (named.length !== 1) {
      report.reason = new PlainError('people:import.superior-unclear', { name: row.superior })
      return
    }
    const organisation = above.at(-1)
    for (const membership of this.#membershipsOf.get(person) ?? []) {
      if (membership.organisation !== organisation || membership.superior === named[0]) continue
      if (row.roles.length > 0 && !row.roles.includes(membership.role)) continue
      membership.superior = named[0]!
      touch(membership)
      if (report.outcome === 'unchanged') report.outcome = 'changed'
    }
  }
}

/** Whether the first day of a stint is open, and this may be it. */
function mayBegin({ from, until }: Pick<Membership, 'from' | 'until'>, day: string | null): boolean {
  return from === null && (until === null || day === null || until >= day)
}

/** Organisations first, then people with accounts, who are known for certain; of each, who has a role before who has none. */
function orderOf(row: ImportRow): string {
  const rank = row.person === '' ? 0 : row.accounts.length > 0 ? 1 : 2
  const { line: _, ...said } = row
  return JSON.stringify([
    rank,
    said.roles.length === 0,
    said.organisation,
    said.person,
    said.from ?? '',
    said,
  ])
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function touch(one: { mark: 'kept' | 'new' | 'changed' }): void {
  if (one.mark === 'kept') one.mark = 'changed'
}
