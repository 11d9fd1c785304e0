import { expect, test } from 'vitest'
import { reflow } from './reflow.ts'

function texts(source: string, markdown = false): string[] {
  return reflow(source, markdown).map(({ text }) => text)
}

test('lines cut at the margin are put together across pages, page numbers are left out', () => {
  const cut = [
    '    企业科协是企业科技工作者的',
    '群众组织，是企业党组织联系科技',
    '工作者的桥梁和纽带，应当依照',
    '第二条的规定开展工作，并定期',
    '',
    '— 1 —',
    '',
    '向企业党组织报告工作情况。',
    '    企业科协应当听取意见。',
  ]
  expect(texts(cut.join('\n'))).toEqual([
    '企业科协是企业科技工作者的群众组织，是企业党组织联系科技工作者的桥梁和纽带，应当依照第二条的规定开展工作，并定期向企业党组织报告工作情况。',
    '企业科协应当听取意见。',
  ])
})

test('words of Latin letters keep a space where their line was cut', () => {
  const lines = [
    'The association serves science and technology workers and',
    'brings their opinions before those who decide upon them in',
    'the company, and its members may ask for help with any of',
    'their projects.',
  ]
  expect(texts(lines.join('\n'))).toEqual([lines.join(' ')])
})

test('lines of their own length stay paragraphs', () => {
  const lines = ['短标题', '第一段比较长一些，讲一件事情。', '第二段。', '名单', '张三', '李四']
  expect(texts(lines.join('\n'))).toEqual(lines)
})

test('a heading of Markdown loses its marks and has its level', () => {
  expect(reflow('# 一级 #\n正文\n### 三级', true)).toEqual([
    { text: '一级', heading: 1 },
    { text: '正文', heading: 0 },
    { text: '三级', heading: 3 },
  ])
  expect(texts('# 井号', false)).toEqual(['# 井号'])
})
