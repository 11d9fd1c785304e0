import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Account, IncomingMessage } from '../../src/chat/incoming.ts'
import { createPolicyFeature } from '../../src/features/policy/policy-feature.ts'
import { isVisibleTo, type Visibility } from '../../src/knowledge/clause.ts'
import type { SearchEngine } from '../../src/knowledge/search/search-engine.ts'
import { translate } from '../../src/messages/translate.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { readerOf, readersOfConversation } from '../../src/people/readers.ts'
import type { Role } from '../../src/people/roles.ts'
import type { Store, Trx } from '../../src/store/store.ts'
import type { Tables } from '../../src/store/tables.ts'
import { fakeTurn } from '../fakes/fake-turn.ts'
import { makeClause, makeDocument, makeEngine } from '../search/make-library.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const today = '2026-03-01'
const now = new Date('2026-03-01T01:00:00Z')
const conversation = { platform: 'feishu', installation: 't', chat: 'oc_1', thread: 'om_1' }
const accountOf = (user: number): Account => ({ platform: 'feishu', installation: 't', user: `on_${user}` })

/** Organisations by the number of the one above; people by the offices they hold. Accounts beyond them are nobody's. */
interface World {
  parents: (number | null)[]
  people: { organisation: number; role: Role; from?: string | undefined }[][]
}

async function settle(trx: Trx, { parents, people }: World): Promise<string[]> {
  const ids: string[] = []
  for (const [i, parent] of parents.entries()) {
    const above = parent === null ? null : ids[parent]!
    ids.push((await createOrganisation(trx, { name: `单位${i}`, kind: 'branch', parent: above })).id)
  }
  for (const [i, held] of people.entries()) {
    const { id: person } = await createPerson(trx, { name: `人员${i}` })
    await linkAccount(trx, accountOf(i), person, now)
    const seen = new Set<string>()
    for (const { organisation, role, from } of held) {
      if (seen.has(`${organisation} ${role}`)) continue
      seen.add(`${organisation} ${role}`)
      await addMembership(trx, { person, organisation: ids[organisation]!, role, from: from ?? null })
    }
  }
  return ids
}

async function clear(trx: Trx, tables: readonly (keyof Tables)[]): Promise<void> {
  for (const table of tables) await trx.deleteFrom(table).execute()
}

const readersIn = (store: Store, asker: number, members: readonly number[] | null) =>
  readersOfConversation(
    store.db,
    {
      account: accountOf(asker),
      conversation,
      group: true,
      membersOf: async () => members?.map(accountOf) ?? null,
    },
    today,
  )

/** What is said in answer, by where: `group` or the asker. */
async function ask(store: Store, engine: SearchEngine, asker: number, members: readonly number[] | null) {
  const feature = createPolicyFeature({
    store,
    knowledge: { engine },
    clock: () => now,
    readerOf: (account, db) => readerOf(db, account, today),
    readersOf: () => readersIn(store, asker, members),
    model: null,
  })
  const message: IncomingMessage = {
    ...{ type: 'message', id: `m${asker}`, account: accountOf(asker), conversation, language: 'zh-CN' },
    ...{ at: now, group: true, text: '展厅每天收取多少场租？' },
  }
  const said: { to: 'group' | 'asker'; card: Card }[] = []
  const turn = fakeTurn(store, message, (card, _open, to) => {
    if (to) expect(to).toEqual({ type: 'account', account: accountOf(asker) })
    said.push({ to: to ? 'asker' : 'group', card })
  })
  await feature.answer(turn)
  return said
}

/** Few, so that some of what is closed is open to some. */
const few = ['staff', 'cadre', 'leader'] as const satisfies readonly Role[]

const world = fc.array(fc.nat(), { minLength: 1, maxLength: 5 }).chain((numbers) =>
  fc.record({
    parents: fc.constant(numbers.map((n, i) => (i === 0 || n % 4 === 0 ? null : n % i))),
    people: fc.array(
      fc.array(
        fc.record({
          organisation: fc.nat(numbers.length - 1),
          role: fc.constantFrom(...few),
          from: fc.constantFrom(undefined, undefined, '2026-03-01', '2026-03-02'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { minLength: 2, maxLength: 4 },
    ),
  }),
)
const visibilities = fc.array(
  fc.record({
    open: fc.constantFrom(true, false, false),
    organisations: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
    roles: fc.uniqueArray(fc.constantFrom(...few), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 4 },
)

describeEachDatabase('the readers of a group', (open) => {
  test('are the askers and each kind of member once, together as each of them alone', async () => {
    const { store } = await open()
    await store.transaction((trx) =>
      settle(trx, {
        parents: [null, 0, 0],
        people: [
          [{ organisation: 1, role: 'cadre' }],
          [{ organisation: 1, role: 'cadre' }],
          [{ organisation: 2, role: 'staff' }],
          [],
          [{ organisation: 2, role: 'staff', from: '2026-03-02' }],
        ],
      }),
    )
    const guest = { organisations: [], roles: [] }
    const [cadre, staff] = [
      await readerOf(store.db, accountOf(0), today),
      await readerOf(store.db, accountOf(2), today),
    ]
    expect(await readersIn(store, 0, [0, 1])).toEqual([cadre])
    expect(new Set(await readersIn(store, 0, [0, 1, 2]))).toEqual(new Set([cadre, staff]))
    // Who holds no office today, and who is nobody, reads as a guest; and so it is where nobody can tell.
    for (const members of [[1, 3], [1, 4], [1, 77], null]) {
      expect(new Set(await readersIn(store, 0, members))).toEqual(new Set([cadre, guest]))
    }
    // The asker counts where the list is older than they are.
    expect(await readersIn(store, 2, [])).toEqual([staff])
  })

  test('are found for a thousand by a few queries', async () => {
    const { store } = await open()
    await store.transaction((trx) =>
      settle(trx, {
        parents: [null],
        people: Array.from({ length: 30 }, () => [{ organisation: 0, role: 'staff' as const }]),
      }),
    )
    let queries = 0
    const db = new Proxy(store.db, {
      get(target, name) {
        if (name === 'selectFrom') queries += 1
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const members = Array.from({ length: 1000 }, (_, i) => accountOf(i))
    const occasion = { account: accountOf(0), conversation, group: true, membersOf: async () => members }
    expect(await readersOfConversation(db, occasion, today)).toHaveLength(2)
    expect(queries).toBeLessThan(12)
  })
})

describeEachDatabase('what is said in a group', (open, dialect) => {
  test('shows nothing of what any member may not read, nor that it is there', async () => {
    const { store } = await open()
    let sentAlone = 0
    await fc.assert(
      fc.asyncProperty(
        world,
        visibilities,
        fc.uniqueArray(fc.constantFrom(0, 0, 1, 1, 2, 3, 4), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (given, wanted, members, isKnown) => {
          const ids = await store.transaction(async (trx) => {
            await clear(trx, ['gap', 'answer_given', 'membership', 'account', 'person', 'organisation'])
            return settle(trx, given)
          })
          const documents = wanted.map((visible, i) => {
            const visibility: Visibility = visible.open
              ? { open: true }
              : {
                  open: false,
                  organisations: visible.organisations.flatMap((n) => ids[n] ?? `单位${n}`),
                  roles: visible.roles,
                }
            const clauses = [
              makeClause(1, `借用展厅每天收取场租${i + 1}00元，密语${i}。`),
              makeClause(2, '停车按次收费。'),
            ]
            return makeDocument(`doc${i}`, [], { visibility, clauses, title: `办法甲${i}` })
          })
          const asker = members[0]!
          const circle = isKnown ? members : [...members, 99]
          const alone = await Promise.all(circle.map((who) => readerOf(store.db, accountOf(who), today)))
          const isForAll = ({ visibility }: { visibility: Visibility }) =>
            alone.every((reader) => isVisibleTo(visibility, [reader]))
          const said = await ask(store, makeEngine(documents), asker, isKnown ? members : null)
          const open = documents.filter(isForAll)
          const inGroup = said.filter(({ to }) => to === 'group').map(({ card }) => card)
          expect(inGroup).toHaveLength(1)
          const direct = said.find(({ to }) => to === 'asker')?.card
          const words = JSON.stringify(inGroup)
          for (const { document, title } of documents.filter((one) => !isForAll(one))) {
            expect(words).not.toContain(document)
            expect(words).not.toContain(title)
            expect(words).not.toContain(`密语${document.slice(3)}`)
          }
          if (direct) {
            sentAlone += 1
            const text = translate('zh-CN', 'chat:sent-alone')
            expect(inGroup).toEqual([{ tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] }])
            const hidden = documents.filter((one) => !isForAll(one)).map(({ title }) => title)
            expect(hidden.some((title) => JSON.stringify(direct).includes(title))).toBe(true)
            // The asker sees nothing there that they may not read themselves.
            for (const { visibility, title } of documents) {
              if (isVisibleTo(visibility, [alone[0]!])) continue
              expect(JSON.stringify(direct)).not.toContain(title)
            }
          } else if (open.length > 0) {
            // To the letter what it would be if the others did not exist.
            await store.transaction((trx) => clear(trx, ['gap', 'answer_given']))
            const without = await ask(store, makeEngine(open), asker, isKnown ? members : null)
            expect(inGroup).toEqual(without.map(({ card }) => card))
          }
        },
      ),
      { numRuns: dialect === 'sqlite' ? 60 : 15 },
    )
    expect(sentAlone).toBeGreaterThan(0)
  })
})
