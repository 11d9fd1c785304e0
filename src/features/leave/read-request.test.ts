import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leaveRequest, lengthInDays, readLeaveRequest } from './read-request.ts'

/** A Monday. */
const today = '2026-11-23'

test.each([
  ['请假 12月1日到12月5日', '2026-12-01', '2026-12-05'],
  ['请假12月1日至5日', '2026-12-01', '2026-12-05'],
  ['请假 12月1日-5日', '2026-12-01', '2026-12-05'],
  ['请假 12/1-12/5', '2026-12-01', '2026-12-05'],
  ['我12月30日到1月2日请假', '2026-12-30', '2027-01-02'],
  ['我下周一请假', '2026-11-30', '2026-11-30'],
  ['下周一请假一天', '2026-11-30', '2026-11-30'],
  ['我想下周一到下周三休年假', '2026-11-30', '2026-12-02'],
  ['下周一到周三请事假', '2026-11-30', '2026-12-02'],
  ['休假 2026-12-01 至 2026-12-05', '2026-12-01', '2026-12-05'],
  ['休假：2026-12-01 - 2026-12-05', '2026-12-01', '2026-12-05'],
  ['申请休假 2026-12-01-2026-12-05', '2026-12-01', '2026-12-05'],
  ['请假：十二月一日～十二月五日', '2026-12-01', '2026-12-05'],
  ['明天请病假。', '2026-11-24', '2026-11-24'],
  ['请假到周五', '2026-11-23', '2026-11-27'],
  ['从12月1日到12月5日请年休假', '2026-12-01', '2026-12-05'],
  ['leave Dec 1 to Dec 5', '2026-12-01', '2026-12-05'],
  ["I'm on leave next Monday", '2026-11-30', '2026-11-30'],
  ['Leave from 2026-12-01 until 2026-12-05', '2026-12-01', '2026-12-05'],
  ['off tomorrow', '2026-11-24', '2026-11-24'],
])('%s', (text, first, last) => {
  const said = text.normalize('NFKC').toLowerCase().replace(/。$/, '')
  expect(leaveRequest.test(said)).toBe(true)
  expect(readLeaveRequest(text, today)).toEqual({ first, last })
})

test.each([
  '请假',
  '请假制度是什么',
  '请假几天合适',
  '休假期间能参加活动吗',
  '12月1日到12月5日放假吗',
  '请假要谁批准',
  'leave policy',
  'what is the leave policy for 2026',
  'off',
])('“%s” is no request', (text) => {
  expect(leaveRequest.test(text)).toBe(false)
})

test.each(['请假三天', '请假 2月30日', '请假 12月1日到', '请假 12月1日到5日到7日', '请假天'])(
  '%s names no days that can be read',
  (text) => {
    expect(readLeaveRequest(text, today)).toBeNull()
  },
)

test('the wrong way round stays so', () => {
  const read = readLeaveRequest('请假 2026-12-05 到 2026-12-01', today)
  expect(read).toEqual({ first: '2026-12-05', last: '2026-12-01' })
})

test('long texts are looked at in no time', () => {
  const piece = fc.constantFrom('请假', '12月1日', '到', '-', ' ', '请', '休', 'leave ', 'dec ', '1')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
      const text = pieces.join('')
      const read = readLeaveRequest(text, today)
      expect(read === null || read.first.length === 10).toBe(true)
      expect(leaveRequest.test(text) || text.length >= 0).toBe(true)
    }),
  )
})

test('days are counted with both ends', () => {
  expect(lengthInDays({ first: '2026-12-01', last: '2026-12-05' })).toBe(5)
  expect(lengthInDays({ first: '2026-12-01', last: '2026-12-01' })).toBe(1)
})
