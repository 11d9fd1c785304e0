import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActorName } from '../definition/actors.ts'
import { actors } from '../definition/actors.ts'
import type { Kind } from '../definition/schema.ts'
import type { SubmissionRow } from '../records.ts'
import { filledBy, itemButtons, withoutItems } from './item-buttons.ts'
import { type Offer, readableOffers } from './offers.ts'

const action = (changes: object) => ({
  ...{ title: { 'zh-CN': '办', en: 'do' }, from: ['open'], to: 'same', by: ['handler'], fields: [] },
  ...{ style: 'plain', needs: [], does: [], secret: false },
  ...changes,
})
const number = (sets: string) => ({
  ...{ name: sets, type: 'number', label: { 'zh-CN': '号', en: 'number' }, required: true, sets },
})
const actions = {
  offer: action({ does: ['offer'], secret: true }),
  choose: action({ from: ['closed'], does: ['choose-offer'], fields: [number('offer')] }),
  report: action({ from: ['closed'], does: ['report-milestone'], fields: [number('milestone')] }),
}
const kindOf = (sealed: boolean) => ({ actions, offers: { sealed } }) as unknown as Kind
const recordIn = (state: string, sealed = true) => ({
  kind: kindOf(sealed),
  row: { id: 's', state, stage: 3 } as SubmissionRow,
})
const offerOf = (person: string | null, entered_by: string): Offer => ({
  ...{ id: 'o', submission: 's', number: 1, person, name: '', organisation: '', values: {}, entered_by },
  ...{ state: 'open', at: '', changed_at: '' },
})
const reads = (state: string, as: readonly ActorName[], person: string, sealed = true) => {
  const submission = recordIn(state, sealed) as Parameters<typeof readableOffers>[0]
  return readableOffers(submission, { person, as }, [offerOf('孙工', '孙工')]).length > 0
}

test('a sealed offer is read by nobody else before offers are closed, whatever they are', () => {
  fc.assert(
    fc.property(fc.subarray([...actors]), (as) => {
      expect(reads('open', as, '别人')).toBe(false)
    }),
  )
})

test('its owner reads it always; after closing those who compare do, colleagues and rivals never', () => {
  expect(reads('open', ['offerer'], '孙工')).toBe(true)
  expect(reads('closed', ['decider'], '何总')).toBe(true)
  expect(reads('closed', ['author'], '张三')).toBe(true)
  expect(reads('closed', ['colleague'], '陈晨')).toBe(false)
  expect(reads('closed', ['decider', 'offerer'], '何总')).toBe(false)
})

test('a kind may leave them open from the beginning', () => {
  expect(reads('open', ['handler'], '李梅', false)).toBe(true)
  expect(reads('open', ['colleague'], '陈晨', false)).toBe(false)
})

test('whoever entered an offer for somebody from outside reads it', () => {
  const submission = recordIn('open') as Parameters<typeof readableOffers>[0]
  const offers = [offerOf(null, '李梅')]
  expect(readableOffers(submission, { person: '李梅', as: ['handler'] }, offers)).toHaveLength(1)
  expect(readableOffers(submission, { person: '王强', as: ['handler'] }, offers)).toEqual([])
})

test('a button of one offer fills its number into the form, and is none of the record’s own', () => {
  const { kind, row } = recordIn('closed')
  const possible = Object.entries(kind.actions).map(([name, one]) => ({
    ...{ name, action: one, as: 'handler' as const },
  }))
  const [button] = itemButtons({ row }, possible, 'choose-offer', { offer: '2' }, 'zh-CN')
  expect(button?.value).toEqual({ submission: 's', action: 'choose', seen: '3', offer: '2' })
  expect(filledBy(kind, 'choose', button!.value)).toEqual({ offer: '2' })
  expect(filledBy(kind, 'report', button!.value)).toEqual({})
  expect(withoutItems({ kind }, possible).map(({ name }) => name)).toEqual(['offer'])
})
