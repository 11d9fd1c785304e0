import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { act, clockPart } from '../../src/features/submissions/act.ts'
import type { Kind, KindField } from '../../src/features/submissions/definition/schema.ts'
import { expectedOf } from '../../src/features/submissions/expected.ts'
import { possibleActions, replay } from '../../src/features/submissions/life/life.ts'
import { readSubmission } from '../../src/features/submissions/records.ts'
import { partOfAccount } from '../../src/features/submissions/relations.ts'
import { sendIn } from '../../src/features/submissions/send-in.ts'
import { standingOf } from '../../src/features/submissions/standing.ts'
import type { FormValues } from '../../src/forms/definition.ts'
import { dayInChina } from '../../src/knowledge/library/day.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { bindChat } from '../../src/people/chats.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

/** Everybody of the house, and somebody who is a guest. */
const names = [
  ...['周建国', '吴主席', '李梅', '王强', '何总', '张三', '陈晨', '孙工'],
  ...['赵工', '钱工', '冯工', '褚工', '卫工', '外人', '郑律', '无名'],
]
const author = '张三'

interface Step {
  who: string
  /** Taken modulo: of what they may do, or else of all that there is. */
  which: number
  /** Whether something is tried that may not be theirs. */
  blindly: boolean
  /** Makes the values; the same number, the same values. */
  seed: number
  hours: number
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(...names),
  which: fc.nat(1000),
  blindly: fc.nat(3).map((chance) => chance === 0),
  seed: fc.nat(1000),
  hours: fc.nat(30),
})

describeEachDatabase('whatever people try', (open, dialect) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('what is refused changes nothing, what is done was theirs, is kept, and is told', {
    timeout: 240_000,
  }, async () => {
    house = await openSubmissionsHouse(open)
    await addRightsOfficer(house)
    const chat = { platform: 'chat', installation: 't', chat: '集团群' }
    await house.store.transaction((trx) => bindChat(trx, chat, house.people.group))
    const kinds = house.kinds.all()
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds.map(({ kind }) => kind)),
        fc.nat(10),
        fc.array(step, { minLength: 15, maxLength: 40 }),
        async (kind, seed, steps) => {
          run += 1
          const id = await begin(house, house.kinds.current(kind), `run-${run}`, seed)
          for (const one of steps) await tryOne(house, id, one)
        },
      ),
      { numRuns: dialect === 'sqlite' ? 36 : 7, endOnFailure: true },
    )
    // What is counted of a record is what its text says; a sealed one says nothing outside.
    for (const row of await house.store.db.selectFrom('submission').selectAll().execute()) {
      const isHidden = row.sealed === 1 || row.content === ''
      const said = isHidden ? null : expectedOf(house.kinds.of(row), JSON.parse(row.content) as FormValues)
      expect([row.number, row.expected]).toEqual([row.number, said])
    }
  })
})

/** Without one, nobody could do anything to what only officers handle. */
async function addRightsOfficer({ store, people, time }: SubmissionsHouse): Promise<void> {
  people.郑律 = await store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: '郑律' })
    await linkAccount(trx, accountOf('郑律'), id, time.now)
    await addMembership(trx, { person: id, organisation: people.group, role: 'rights' })
    return id
  })
}

async function begin(house: SubmissionsHouse, kind: Kind, id: string, seed: number): Promise<string> {
  const naming = kind.naming[seed % kind.naming.length]!
  const person = house.people[author]!
  const submission = await house.store.transaction((trx) =>
    sendIn(trx, house.context, {
      ...{ id, kind: kind.kind, version: kind.version, naming, language: 'zh-CN' },
      values: valuesOf(
        kind.pages.flatMap(({ fields }) => fields),
        house,
        seed,
      ),
      author: { account: accountOf(author), person, name: author },
      ...{ enteredBy: null, origin: 'chat', inGroup: false, receiptHash: null, now: house.time.now },
    }),
  )
  return submission.row.id
}

/** One deed of one person, and what must hold of it whatever comes of it. */
async function tryOne(house: SubmissionsHouse, id: string, { who, which, blindly, seed, hours }: Step) {
  house.time.now = new Date(house.time.now.getTime() + hours * 3_600_000)
  const { time, store, context } = house
  const now = time.now
  const before = await look(house, id)
  const { kind, row } = before.submission
  const standing = await standingOf(store.db, before.submission)
  const open = async (name: string) => {
    const [account, person] = [accountOf(name), house.people[name] ?? null]
    const part = await partOfAccount(store.db, before.submission, { account, person }, dayInChina(now))
    const possible = possibleActions(kind, standing, part).map(({ name: action }) => action)
    return { by: { account, person }, part, possible }
  }
  const clock = () => ({
    by: 'clock' as const,
    part: clockPart,
    possible: possibleActions(kind, standing, clockPart).map(({ name: action }) => action),
  })
  // Now and then the time of a state is over: what waits for a day would never come further else.
  const timed = kind.states[row.state]?.clock
  const isOver = timed !== undefined && 'on' in timed && which % 6 === 0
  let somebody: ReturnType<typeof clock> | Awaited<ReturnType<typeof open>> = isOver
    ? clock()
    : await open(who)
  // Most steps are somebody's who can lead on, else records would hardly come further than their first state.
  const leads = (one: string) => {
    const { to, style } = kind.actions[one]!
    const isEnd = typeof to === 'string' && kind.states[to]?.final === true
    if (isEnd) return which % 15 === 0
    // Reviews, offers and milestones change no state by themselves, and yet nothing goes on without them.
    return to !== 'same' || style === 'primary' || which % 4 === 0
  }
  for (const at of names.keys()) {
    if (isOver || blindly || somebody.possible.some(leads)) break
    somebody = await open(names[(names.indexOf(who) + at + 1) % names.length]!)
  }
  const { by, part, possible } = somebody
  const leading = possible.filter(leads)
  const from = blindly ? Object.keys(kind.actions) : leading.length > 0 ? leading : possible
  const name = from[which % from.length]
  if (name === undefined) return
  const action = kind.actions[name]!
  const fields = kind.pages.flatMap((page) => page.fields)
  const deed = {
    ...{ submission: id, action: name, by, seen: row.stage, now },
    input: { ...valuesOf(action.fields, house, seed), ...scoresOf(kind, row.variety, seed) },
    ...(action.does.includes('edit') ? { content: valuesOf(fields, house, seed + 1) } : {}),
  }
  const refused = await store
    .transaction((trx) => act(trx, context, deed))
    .then(
      () => null,
      (error: unknown) => error,
    )
  const after = await look(house, id)
  if (refused !== null) {
    if (!(refused instanceof PlainError)) throw refused
    expect(after).toEqual(before)
    return
  }
  expect(possible).toContain(name)
  const fresh = after.history.slice(before.history.length)
  expect(fresh[0]).toMatchObject({ action: name, from_state: row.state })
  expect(part.as).toContain(fresh[0]!.part)
  // Complete, without gaps, and enough to come to the same state again.
  expect(after.history.map(({ revision }) => revision)).toEqual(after.history.map((_, at) => at + 1))
  expect(after.submission.row.revision).toBe(after.history.length)
  expect(replay(kind, after.history)).toBe(after.submission.row.state)
  expect(Object.keys(kind.states)).toContain(after.submission.row.state)
  // Whoever is hidden stands in no entry of it.
  const isHidden = row.sealed === 1
  if (isHidden && fresh[0]!.part === 'author') expect(fresh[0]!.by).toBe(null)
  // Each change of state is told to the author, unless it is they who made it.
  const changes = fresh.filter(({ from_state, to_state }) => from_state !== to_state)
  const own = changes.filter(({ part: as, by }) => as === 'author' || by === house.people[author])
  expect(after.told - before.told).toBeGreaterThanOrEqual(changes.length - own.length)
}

/** All that may not change where something is refused, and what was told to the author so far. */
async function look({ store, context }: SubmissionsHouse, id: string) {
  const { db } = store
  const of = (
    table: 'submission_author' | 'submission_second' | 'submission_review' | 'submission_objection',
  ) => db.selectFrom(table).selectAll().where('submission', '=', id).execute()
  const outbox = await db.selectFrom('outbox').select(['id', 'recipient', 'operation']).execute()
  const recipient = JSON.stringify({ type: 'account', account: accountOf(author) })
  return {
    submission: await readSubmission(db, context, id),
    history: await db
      .selectFrom('submission_history')
      .selectAll()
      .where('submission', '=', id)
      .orderBy('revision')
      .execute(),
    beside: [
      ...(await of('submission_author')),
      ...(await of('submission_second')),
      ...(await of('submission_review')),
      ...(await of('submission_objection')),
    ],
    timers: await db.selectFrom('timer').select(['id', 'due_at', 'payload']).orderBy('id').execute(),
    outbox: outbox.length,
    told: outbox.filter((one) => one.operation === 'send' && one.recipient === recipient).length,
  }
}

/** Something right for each field, as forms hand it on; now and then an optional one is left out. */
function valuesOf(fields: readonly KindField[], house: SubmissionsHouse, seed: number): FormValues {
  const values: FormValues = {}
  fields.forEach((field, at) => {
    if (!field.required && (seed + at) % 3 === 0) return
    const value = valueFor(field, house, seed + at)
    if (value !== undefined) values[field.name] = value
  })
  return values
}

function valueFor(field: KindField, { people, time }: SubmissionsHouse, seed: number): unknown {
  const ids = names.flatMap((name) => people[name] ?? [])
  const one = (shift: number) => ids[(seed + shift) % ids.length]!
  if (field.sets === 'merged-into') return 'JY-2026-0001'
  if (field.sets === 'groups') return seed % 2 === 0 ? '华北重工' : '一分公司'
  if (field.sets === 'offer' || field.sets === 'milestone' || field.sets === 'expert')
    return `${(seed % 2) + 1}`
  switch (field.type) {
    case 'number':
    case 'money':
      return Math.max(field.least ?? 0, Math.min(field.most ?? 200_000, seed * 1000))
    case 'date':
      return dayInChina(new Date(time.now.getTime() + (seed % 20) * 86_400_000))
    case 'time':
      return '09:00'
    case 'person':
      return one(0)
    case 'people':
      return [...new Set([0, 1, 2, 3].map(one))].slice(0, Math.max(field.least ?? 1, 3))
    case 'organisation':
      return people.branch
    case 'select':
      return field.options?.[seed % field.options.length]?.value
    case 'multi-select':
      return field.options?.slice(0, 1).map(({ value }) => value)
    case 'checkbox':
      return seed % 2 === 0
    case 'file':
      return undefined
    default:
      return `第${seed}次：夹具拆装八颗螺栓，每次约四十分钟，改为快换后降到十分钟。`.slice(
        0,
        field.most ?? 200,
      )
  }
}

/** A reviewer's scores, now and then an interest in it. */
function scoresOf(kind: Kind, variety: string, seed: number): FormValues {
  const rubric = kind.rubrics[variety] ?? kind.rubric
  if (!rubric) return {}
  if (seed % 7 === 0) return { hasInterest: 'yes', interest: '同一班组' }
  const scores = rubric.criteria.map(({ name, most }) => [name, seed % (most + 1)])
  return { hasInterest: 'no', ...Object.fromEntries(scores), opinion: '可行，建议采纳。' }
}
