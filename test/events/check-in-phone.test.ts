import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  insideWith,
  judgeCode,
  judgeGuest,
  matching,
  named,
  nextBatch,
  readCode,
} from '../../src/console/assets/check-in-list.js'
import { clearOld, openStore } from '../../src/console/assets/check-in-store.js'
import { pageTexts } from '../../src/console/check-in/check-in-texts.ts'
import { personalCode } from '../../src/features/events/check-in/personal-code.ts'
import type { CheckInList, ListedGuest } from '../../src/features/events/check-in/signed-list.ts'

const guest: ListedGuest = {
  ...{ id: 'a', name: '张三', organisation: '一分公司', guests: 1, state: 'confirmed', codes: ['h', 's'] },
}
const list: CheckInList = {
  event: {
    ...{ id: 'e', number: 'HD-2026-0001', title: '讲座', when: '', tag: '00000000', shortTag: 'AAA' },
    ...{ cancelled: false, from: '2026-03-13T03:00:00Z', codesUntil: '2026-03-13T09:00:00Z' },
    byHandUntil: '2026-04-12T08:00:00Z',
  },
  ...{ issuedAt: '2026-03-13T03:00:00Z', expiresAt: '2026-03-13T15:00:00Z', guests: [guest], token: 't' },
}
const noon = Date.parse('2026-03-13T04:00:00Z')

describe('ticking in the list', () => {
  test.each([
    ['checked-in', {}, {}, noon],
    ['already', {}, { a: '2026-03-13T03:30:00Z' }, noon],
    ['waiting', { state: 'waiting' }, {}, noon],
    ['cancelled', { state: 'expired' }, {}, noon],
    ['cancelled', { state: 'declined' }, {}, noon],
    ['not-yet', {}, {}, Date.parse('2026-03-13T02:59:59Z')],
    ['list-expired', {}, {}, Date.parse('2026-03-13T15:00:01Z')],
  ])('%s', (result, changed, inside, at) => {
    expect(judgeGuest(list, inside, { ...guest, ...changed } as ListedGuest, at)).toBe(result)
  })

  test('not at an event that was called off', () => {
    const off = { ...list, event: { ...list.event, cancelled: true } }
    expect(judgeGuest(off, {}, guest, noon)).toBe('cancelled-event')
  })

  test('names and units are found as they are typed', () => {
    expect(matching([guest], ' 一分 ')).toEqual([guest])
    expect(matching([guest], '李')).toEqual([])
    expect(matching([guest], '')).toEqual([guest])
  })

  test('a whole name typed instead of a code is somebody, a part of it is not', () => {
    const other = { ...guest, id: 'b', name: 'Li Si' }
    expect(named([guest, other], ' 张 三 ')).toEqual([guest])
    expect(named([guest, other], 'ＬＩ ｓｉ')).toEqual([other])
    expect(named([guest, other], '张')).toEqual([])
    expect(named([guest], ' ')).toEqual([])
  })

  test('every answer of the list has words of its own, and no two the same', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const texts = pageTexts(language)
      const answers = ['waiting', 'requested', 'offered', 'cancelled', 'not-yet', 'past', 'nobody', 'which']
      for (const answer of answers) expect(texts[answer], answer).toBeDefined()
      expect(texts.waiting).toContain('{{name}}')
      expect(texts['to-hand-over']).toContain('{{count}}')
    }
  })
})

test('without a digest, as on plain HTTP, the server is asked about a code', async () => {
  const event = { id: 'e', secret: 's', starts_at: '2026-03-13T06:00:00Z', ends_at: '2026-03-13T08:00:00Z' }
  const code = personalCode(event, crypto.randomUUID())
  const { tag } = readCode(code)!
  const own = { ...list, event: { ...list.event, tag } }
  expect((await judgeCode(own, {}, code, noon, null)).result).toBe('unknown')
})

describe('what was noted and not handed over yet', () => {
  const entry = fc.record({
    token: fc.constantFrom('t', 'u'),
    registration: fc.constantFrom('a', 'b', 'c'),
    undo: fc.boolean(),
    at: fc.constant('2026-03-13T04:00:00Z'),
    result: fc.constant('checked-in'),
  })

  test('is handed over in its order and whole, each batch with the one list it was noted with', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.integer({ min: 1, max: 5 }), (queue, most) => {
        const sent: object[] = []
        for (let left = queue; left.length > 0; left = left.slice(nextBatch(left, most).length)) {
          const batch = nextBatch(left, most)
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.length).toBeLessThanOrEqual(most)
          expect(new Set(batch.map(({ token }) => token)).size).toBe(1)
          sent.push(...batch)
        }
        expect(sent).toEqual(queue)
      }),
    )
  })

  test('counts as done: the last word on each person is how it stands', () => {
    fc.assert(
      fc.property(fc.array(entry), (queue) => {
        const inside = insideWith({ a: '2026-03-13T03:00:00Z' }, queue)
        for (const id of ['a', 'b', 'c']) {
          const last = queue.findLast(({ registration }) => registration === id)
          expect(inside[id] !== undefined).toBe(last ? !last.undo : id === 'a')
        }
      }),
    )
  })
})

describe('the browser’s storage', () => {
  const storage = () => {
    const kept: Record<string, string> = {}
    const methods = {
      getItem: (key: string) => kept[key] ?? null,
      setItem(key: string, text: string) {
        kept[key] = text
      },
      removeItem: (key: string) => void delete kept[key],
    }
    Object.setPrototypeOf(kept, methods)
    return kept as unknown as Storage
  }

  test('keeps list and queue over a reload', () => {
    const shared = storage()
    const before = openStore('e', shared)
    before.list = { expiresAt: '2999-01-01T00:00:00Z', offset: 0 }
    before.queue = [{ id: 'x' }]
    const after = openStore('e', shared)
    expect(after.list).toEqual({ expiresAt: '2999-01-01T00:00:00Z', offset: 0 })
    expect(after.queue).toEqual([{ id: 'x' }])
    expect(openStore('f', shared).queue).toEqual([])
  })

  test('lets go of names when the list has expired, but of nothing that waits', () => {
    const shared = storage()
    for (const [event, queue] of [
      ['e', []],
      ['f', [{ id: 'x' }]],
    ] as const) {
      const store = openStore(event, shared)
      store.list = { expiresAt: '2026-03-13T15:00:00Z', offset: 0 }
      store.queue = queue
    }
    clearOld(shared, Date.parse('2026-03-13T15:00:01Z'))
    expect(Object.keys(shared).filter((key) => key.endsWith(':list'))).toEqual(['kexie-check-in:f:list'])
  })

  test('where nothing can be kept the page works while it is open', () => {
    const refusing = new Proxy({} as Storage, {
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    const store = openStore('e', refusing)
    store.queue = [{ id: 'x' }]
    expect(store.queue).toEqual([{ id: 'x' }])
  })
})
