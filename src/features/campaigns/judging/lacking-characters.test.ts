import { expect, test } from 'vitest'
import { lackingLine } from './lacking-characters.ts'

test('names with characters that cannot be printed are told, each once, with what to do', () => {
  expect(lackingLine([{ holder: '阿卜杜拉·买买提《快换夹具》' }, { holder: '李㙓' }], 'zh-CN')).toBe('')
  const holders = ['𠮷川《改进夹具》', '𠮷川《改进夹具》', '张三'].map((holder) => ({ holder }))
  const said = lackingLine(holders, 'zh-CN')
  expect(said).toContain('有 1 个获奖名称含有字库没有的字：𠮷川《改进夹具》（“𠮷”）。')
  expect(said).toContain('手工补写')
  expect(lackingLine(holders, 'en')).toContain('1 names')
})
