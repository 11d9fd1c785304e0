import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replay } from '../../../../test/events/replay-seats.ts'
import { apply } from './apply.ts'
import { heldOf, sizeOf, waitingList } from './room.ts'
import type { Change, Seat, SeatCommand, Seats } from './seats.ts'

const empty: Seats = {
  capacity: 2,
  reserved: new Map(),
  mode: 'first-come',
  hasWaitingList: true,
  closed: false,
  entries: new Map(),
}

type Asking = Partial<Omit<Seat, 'id' | 'seq' | 'state' | 'pool'>>

function asking(n: number, { priority = 0, seats = 1, reserves = [] }: Asking = {}): SeatCommand {
  return { type: 'register', seat: { id: `r${n}`, seq: n, priority, seats, reserves } }
}

/** Runs commands one after another; a refused one changes nothing. */
function run(start: Seats, ...commands: SeatCommand[]): Seats {
  return commands.reduce((seats, command) => {
    const result = apply(seats, command)
    return 'refused' in result ? seats : replay(seats, result.changes)
  }, start)
}

function states({ entries }: Seats): Record<string, string> {
  return Object.fromEntries(
    [...entries].map(([id, { state, pool }]) => [id, pool ? `${state} ${pool}` : state]),
  )
}

test('seats go to those who come first, the others wait; without a waiting list they are turned away', () => {
  const commands = [asking(1), asking(2), asking(3)]
  expect(states(run(empty, ...commands))).toEqual({ r1: 'confirmed', r2: 'confirmed', r3: 'waiting' })
  const full = run({ ...empty, hasWaitingList: false }, asking(1), asking(2))
  expect(apply(full, asking(3))).toEqual({ refused: 'full' })
})

test('a freed seat is offered to the greatest priority, then to whoever came first', () => {
  const waiting = run({ ...empty, capacity: 1 }, asking(1), asking(2), asking(3, { priority: 5 }), asking(4))
  const offered = run(waiting, { type: 'cancel', id: 'r1' })
  expect(states(offered)).toEqual({ r2: 'waiting', r3: 'offered', r4: 'waiting' })
  expect(states(run(offered, { type: 'decline', id: 'r3' }))).toEqual({ r2: 'offered', r4: 'waiting' })
  expect(states(run(offered, { type: 'expire', id: 'r3' }))).toEqual({ r2: 'offered', r4: 'waiting' })
  expect(states(run(offered, { type: 'accept', id: 'r3' }))).toMatchObject({ r3: 'confirmed', r2: 'waiting' })
})

test('whoever needs more seats than are free is passed over, and keeps the place', () => {
  const waiting = run({ ...empty, capacity: 2 }, asking(1), asking(2), asking(3, { seats: 2 }), asking(4))
  const first = run(waiting, { type: 'cancel', id: 'r1' })
  expect(states(first)).toMatchObject({ r3: 'waiting', r4: 'offered' })
  const both = run(first, { type: 'decline', id: 'r4' }, { type: 'cancel', id: 'r2' })
  expect(states(both)).toEqual({ r3: 'offered' })
  expect(apply(both, asking(5, { seats: 3 }))).toEqual({ refused: 'too-many-seats' })
})

test('reserved seats are for their people, the nearest organisation first, and for nobody else', () => {
  const reserved = new Map([
    ['workshop', 1],
    ['branch', 1],
  ])
  const mine = { reserves: ['workshop', 'branch'] }
  const seats = run(
    { ...empty, capacity: 3, reserved },
    asking(1, mine),
    asking(2, mine),
    asking(3),
    asking(4),
  )
  expect(states(seats)).toEqual({
    r1: 'confirmed workshop',
    r2: 'confirmed branch',
    r3: 'confirmed',
    r4: 'waiting',
  })
  const freed = run(seats, { type: 'cancel', id: 'r1' })
  expect(states(freed)).toMatchObject({ r4: 'waiting' })
  expect(states(run(freed, asking(5, mine)))).toMatchObject({ r5: 'confirmed workshop' })
})

test('with approval a request holds no seat until it is approved', () => {
  const approval: Seats = { ...empty, capacity: 1, mode: 'approval' }
  const asked = run(approval, asking(1), asking(2), asking(3))
  expect(states(asked)).toEqual({ r1: 'requested', r2: 'requested', r3: 'requested' })
  const decided = run(
    asked,
    { type: 'approve', id: 'r2' },
    { type: 'approve', id: 'r1' },
    { type: 'refuse', id: 'r3' },
  )
  expect(states(decided)).toEqual({ r1: 'waiting', r2: 'confirmed' })
  expect(apply(decided, { type: 'approve', id: 'r2' })).toEqual({ refused: 'not-requested' })
})

test('capacity is never put under what is held, and more of it is offered', () => {
  const full = run(empty, asking(1), asking(2), asking(3))
  expect(apply(full, { type: 'capacity', capacity: 1, reserved: new Map() })).toEqual({
    refused: 'below-taken',
  })
  const kept = new Map([['branch', 1]])
  expect(apply(full, { type: 'capacity', capacity: 2, reserved: kept })).toEqual({ refused: 'below-taken' })
  expect(apply(empty, { type: 'capacity', capacity: 1, reserved: new Map([['a', 2]]) })).toEqual({
    refused: 'below-taken',
  })
  const more = run(full, { type: 'capacity', capacity: null, reserved: new Map() })
  expect(states(more)).toMatchObject({ r3: 'offered' })
})

test('seats that are reserved later take in those who sit there already', () => {
  const full = run(empty, asking(1, { reserves: ['branch'] }), asking(2))
  const kept = run(full, { type: 'capacity', capacity: 2, reserved: new Map([['branch', 1]]) })
  expect(states(kept)).toEqual({ r1: 'confirmed branch', r2: 'confirmed' })
})

test('guests take seats: more where there are any, fewer at any time', () => {
  const two = run({ ...empty, capacity: 3 }, asking(1, { seats: 2 }), asking(2), asking(3))
  expect(apply(two, { type: 'guests', id: 'r1', seats: 3 })).toEqual({ refused: 'too-many-seats' })
  expect(states(run(two, { type: 'guests', id: 'r1', seats: 1 }))).toMatchObject({ r3: 'offered' })
})

test('when it closes nobody gets a seat any more, and whoever has one keeps it', () => {
  const open = run(empty, asking(1), asking(2), asking(3), { type: 'cancel', id: 'r1' }, asking(4))
  const closed = run(open, { type: 'close' })
  expect(states(closed)).toEqual({ r2: 'confirmed' })
  expect(apply(closed, asking(5))).toEqual({ refused: 'closed' })
  expect(apply(closed, { type: 'close' })).toEqual({ changes: [] })
  // Begun, and nobody has said so yet.
  const begun = { ...run(empty, asking(1), asking(2), asking(3)), closed: true }
  expect(states(run(begun, { type: 'cancel', id: 'r1' }))).toEqual({ r2: 'confirmed', r3: 'waiting' })
  expect(apply(begun, { type: 'guests', id: 'r1', seats: 2 })).toEqual({ refused: 'closed' })
})

const organisations = ['a', 'b']
const anyReserved = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...organisations), fc.integer({ min: 1, max: 3 })),
  {
    selector: ([organisation]) => organisation,
  },
)
const anyCapacity = fc.option(fc.integer({ min: 1, max: 8 }), { freq: 8 })
const anyId = fc.integer({ min: 0, max: 12 }).map((n) => `r${n}`)
const byId = (...types: ('cancel' | 'accept' | 'decline' | 'expire' | 'approve' | 'refuse')[]) =>
  fc.record({ type: fc.constantFrom(...types), id: anyId })
const anyCommand = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('register' as const),
      seat: fc.record({
        id: anyId,
        seq: fc.constant(0),
        priority: fc.integer({ min: 0, max: 2 }),
        seats: fc.integer({ min: 1, max: 3 }),
        reserves: fc.shuffledSubarray(organisations),
      }),
    }),
  },
  { weight: 5, arbitrary: byId('cancel', 'accept', 'decline', 'expire', 'approve', 'refuse') },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('guests' as const),
      id: anyId,
      seats: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('capacity' as const),
      capacity: anyCapacity,
      reserved: anyReserved.map((pairs) => new Map(pairs)),
    }),
  },
)
const anyStart = fc.record({
  capacity: anyCapacity,
  mode: fc.constantFrom<Seats['mode']>('first-come', 'approval'),
  hasWaitingList: fc.boolean(),
})
const anyLife = fc.tuple(
  fc.array(anyCommand, { minLength: 10, maxLength: 80, size: 'max' }),
  fc.option(fc.array(anyCommand, { maxLength: 10 })),
)

test('whatever happens, no pool is exceeded, nobody who fits is skipped, and the history replays', () => {
  fc.assert(
    fc.property(anyStart, anyLife, (given, [before, after]) => {
      const start: Seats = { ...empty, ...given }
      const commands: SeatCommand[] = [...before, ...(after ? [{ type: 'close' as const }, ...after] : [])]
      const history: Change[] = []
      let seats = start
      for (const [n, command] of commands.entries()) {
        const now = command.type === 'register' ? { ...command, seat: { ...command.seat, seq: n } } : command
        const result = apply(seats, now)
        if ('refused' in result) continue
        const next = replay(seats, result.changes)
        checkSteps(seats, result.changes)
        checkStanding(next)
        history.push(...result.changes)
        seats = next
      }
      expect(replay(start, history)).toEqual(seats)
    }),
    { numRuns: 1000 },
  )
})

/** What holds whenever a command is done. */
function checkStanding(seats: Seats): void {
  const held = heldOf(seats)
  const general =
    seats.capacity === null ? Number.POSITIVE_INFINITY : seats.capacity - sum(seats.reserved.values())
  for (const [pool, taken] of held) {
    expect(taken).toBeLessThanOrEqual(pool === '' ? general : (seats.reserved.get(pool) ?? 0))
  }
  expect(sum(held.values())).toBeLessThanOrEqual(seats.capacity ?? Number.POSITIVE_INFINITY)
  for (const { state, pool, reserves } of seats.entries.values()) {
    if (pool !== '') expect(reserves).toContain(pool)
    if (state === 'waiting' || state === 'requested') expect(pool).toBe('')
    if (seats.closed) expect(state).toBe('confirmed')
  }
  for (const waiting of waitingList(seats)) expect(fitting(seats, waiting)).toEqual([])
  if (!seats.hasWaitingList) expect(waitingList(seats)).toEqual([])
}

/** Each seat that is given is given to the first who fits at that moment. */
function checkSteps(before: Seats, changes: readonly Change[]): void {
  let seats = before
  for (const change of changes) {
    if (change.type === 'moved' && change.to === 'offered') {
      const first = waitingList(seats).find((one) => fitting(seats, one).length > 0)
      expect(change.id).toBe(first?.id)
      expect(fitting(seats, first!)[0]).toBe(change.pool)
    }
    if (change.type === 'registered' && change.seat.state === 'confirmed') {
      expect(waitingList(seats).filter((one) => fitting(seats, one).length > 0)).toEqual([])
    }
    if (change.type === 'moved') expect(seats.entries.get(change.id)?.state).toBe(change.from)
    seats = replay(seats, [change])
  }
}

/** Every pool that has room for somebody, the nearest first. */
function fitting(seats: Seats, { seats: size, reserves }: Seat): string[] {
  const held = heldOf(seats)
  return [...reserves, ''].filter((pool) => sizeOf(seats, pool) - (held.get(pool) ?? 0) >= size)
}

function sum(numbers: Iterable<number>): number {
  let all = 0
  for (const one of numbers) all += one
  return all
}
