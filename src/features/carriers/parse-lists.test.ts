import { expect, test } from 'vitest'
import { expertLine, parseExperts, parseNeeds } from './parse-lists.ts'

test('needs are lines, whatever marks stand before them', () => {
  expect(parseNeeds('1. 焊缝检测\r\n（2）降噪\n\n- 3D 打印\n')).toEqual(['焊缝检测', '降噪', '3D 打印'])
  expect(() => parseNeeds('长'.repeat(201))).toThrow('carriers:line-too-long')
  expect(() => parseNeeds('短\n'.repeat(101))).toThrow('carriers:too-many-lines')
})

test.each([
  ['林院士，冶金大学，焊接', { name: '林院士', unit: '冶金大学', field: '焊接', academician: 'working' }],
  ['李四（退休院士）, 研究院', { name: '李四', unit: '研究院', field: '', academician: 'retired' }],
  [
    '王五；院士服务中心；铸造、热处理；在职院士',
    { name: '王五', unit: '院士服务中心', field: '铸造、热处理', academician: 'working' },
  ],
  ['赵六', { name: '赵六', unit: '', field: '', academician: 'none' }],
  [
    'Ann Lee, MIT, welding, retired academician',
    { name: 'Ann Lee', unit: 'MIT', field: 'welding', academician: 'retired' },
  ],
])('an expert: %s', (line, expert) => {
  const [read] = parseExperts(line)
  expect(read).toEqual(expert)
  // What is shown in the form to be changed is read again as it was.
  expect(parseExperts(expertLine(read!))).toEqual([expert])
})
