import { randomUUID } from 'node:crypto'
import { platformName } from '../../../bench/submissions/silent-platform.ts'
import { accountKey } from '../../../src/chat/keys.ts'
import { createEvent, type EventDraft } from '../../../src/features/events/making/keep-event.ts'
import { createOrganisation } from '../../../src/people/organisations.ts'
import { inPieces } from '../../../src/store/in-pieces.ts'
import type { Store } from '../../../src/store/store.ts'
import { lecture } from '../event-drafts.ts'

const perBranch = 50

export function accountOf(person: number) {
  return { platform: platformName, installation: 'r', user: `u${person}` }
}

export interface RushHouse {
  root: string
  /** Of fifty people each, who are called `person-0`, `person-1`, …. */
  branches: string[]
  cadre: string
}

/** A house of branches with fifty people each, and a cadre above them. */
export async function settlePeople(store: Store, count: number): Promise<RushHouse> {
  return store.transaction(async (trx) => {
    const at = (await store.now(trx)).toISOString()
    const { id: root } = await createOrganisation(trx, { name: '华北重工', kind: 'group', parent: null })
    const branches: string[] = []
    for (let n = 0; n * perBranch < count; n += 1) {
      const name = `分公司${n}`
      branches.push((await createOrganisation(trx, { name, kind: 'branch', parent: root })).id)
    }
    const cadre = randomUUID()
    const people = [
      { id: cadre, name: '干部', organisation: root, role: 'cadre' as const, account: null },
      ...Array.from({ length: count }, (_, n) => ({
        ...{ id: `person-${n}`, name: `职工${n}`, role: 'staff' as const },
        ...{ organisation: branches[Math.floor(n / perBranch)]!, account: accountOf(n) },
      })),
    ]
    for (const piece of inPieces(people)) {
      const persons = piece.map(({ id, name, account }) => ({
        ...{ id, name, language: 'zh-CN', time_zone: 'Asia/Shanghai' },
        preferred_account: account && accountKey(account),
      }))
      await trx.insertInto('person').values(persons).execute()
      const held = piece.map(({ id, organisation, role }) => ({
        ...{ id: randomUUID(), person: id, organisation, role },
        ...{ superior: null, from_day: null, until_day: null },
      }))
      await trx.insertInto('membership').values(held).execute()
      const linked = piece.flatMap(({ id, account }) => {
        if (!account) return []
        const { user: user_id, ...where } = account
        return { ...where, user_id, person: id, linked_at: at }
      })
      if (linked.length > 0) await trx.insertInto('account').values(linked).execute()
    }
    return { root, branches, cadre }
  })
}

/** An event of the whole house, published, whose registration is open now. Returns its id. */
export async function openEvent(
  store: Store,
  { root, cadre }: Pick<RushHouse, 'root' | 'cadre'>,
  changed: Partial<EventDraft>,
): Promise<string> {
  return store.transaction(async (trx) => {
    const now = await store.now(trx)
    const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000)
    const times = { startsAt: inDays(9), endsAt: inDays(10), closesAt: inDays(8), cancelUntil: inDays(8) }
    const event = await createEvent(trx, lecture(root, { ...times, ...changed }), { by: cadre, now })
    const { id } = event.row
    await trx.updateTable('event_entry').set({ state: 'published' }).where('id', '=', id).execute()
    return id
  })
}
