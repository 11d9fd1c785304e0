import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from './parse-document.ts'

function outline(text: string, format: 'txt' | 'md' = 'txt') {
  return parseDocument(text, format).clauses.map(({ key, lead }) => `${key} ${lead}`)
}

test('references and items in a statute are no articles', () => {
  const text = `科协章程
（2020年1月1日通过）
第一章 总则
第一条 为了规范，制定本章程。
第二条 本会依照
第二十条的规定开展工作。
第二条之一 本会接受监督。
第二章 会员
第三条 会员条件：
（一）热爱科技；
（二）遵守章程，依照
第五条、第六条规定的程序入会。
第四条 入会程序如下：
一、申请；
二、审批。
附 则
第五条所称会员，包括团体会员。
第六条 本章程自通过之日起施行。`
  expect(outline(text)).toEqual([
    'preamble （2020年1月1日通过）',
    '第一章/第一条 为了规范，制定本章程。',
    '第一章/第二条 本会依照第二十条的规定开展工作。',
    '第一章/第二条之一 本会接受监督。',
    '第二章/第三条 会员条件：',
    '第二章/第四条 入会程序如下：',
    '附则/第五条 所称会员，包括团体会员。',
    '附则/第六条 本章程自通过之日起施行。',
  ])
})

test('a manual is cut at 3.1, its table of contents, lists and amounts are no clauses', () => {
  const text = `集团科协工作手册
目 录
1 总体要求 ........ 1
1.1 适用范围 ...... 1
2 活动管理 ........ 2
1 总体要求
1.1 适用范围
本手册适用于集团各单位。
1.2 术语
1.2.1 联络员：见 1.1 和 3.1。
2 活动管理
2.1 立项
立项须满足：
1. 有方案；
2. 有预算；
3. 有负责人。
依照
3.1 的规定办理。
2.2 验收
金额不低于
3.5 万元的项目另行审批。
3 附则
本手册自发布之日起施行。
附录A 申请表
申请表内容。`
  expect(outline(text)).toEqual([
    '1/1.1 适用范围',
    '1/1.2 术语',
    '2/2.1 立项',
    '2/2.2 验收',
    '3 附则',
    '附录A 申请表',
  ])
  expect(parseDocument(text, 'txt').clauses.at(-1)!.kind).toBe('appendix')
})

test('an opinion is cut at （一）, and at 一、 where nothing below structures a chapter', () => {
  const text = `中共某市委员会 某市人民政府
关于进一步加强科普工作的
实施意见
各单位：
为加强科普工作，提出以下意见。
一、总体要求
（一）指导思想。坚持以人为本。具体包括：
1.目标；
2.任务。
（二）基本原则。见（三）和（四）。
二、主要任务
（一）完善制度。各单位要：
（1）建章立制；
（2）落实责任。
三、组织保障
各单位要加强领导。
附件：1.任务清单
附件1
任务清单
任务一。`
  const parsed = parseDocument(text, 'txt')
  expect(parsed.title).toBe('关于进一步加强科普工作的实施意见')
  expect(outline(text)).toEqual([
    'preamble 为加强科普工作，提出以下意见。',
    '一/一 指导思想。',
    '一/二 基本原则。',
    '二/一 完善制度。',
    '三 组织保障',
    '落款 附件：1.任务清单',
    '附件1 任务清单',
  ])
})

test.each([
  ['after the last clause', '', '云帆集团科协\n二〇二四年五月六日'],
  [
    'two that sign, with seals',
    '',
    '云帆集团科协（盖章） 云帆集团工会（盖章）\n2024年5月6日\n（此件公开发布）',
  ],
  ['a list of attachments', '', '附件：1.名单\n2.表格\n3.说明\n云帆集团科协\n2024年5月6日'],
  ['copies and printing', '', '2024年5月6日\n抄送：各部门。\n云帆集团办公室 2024年5月7日印发'],
  ['before an appendix', '\n附件1\n名单\n张三。', '云帆集团科协\n2024年5月6日'],
])('a closing belongs to no clause: %s', (_, after, closing) => {
  const text = `通知\n一、时间\n五月。\n二、要求\n1.准时。\n2.安静。\n${closing}${after}`
  const { clauses } = parseDocument(text, 'txt')
  const kept = clauses.find(({ key }) => key === '落款')
  expect(kept).toMatchObject({ kind: 'appendix', number: null, text: closing })
  expect(clauses.find(({ key }) => key === '二')?.text).toBe('二、要求\n1.准时。\n2.安静。')
  expect(clauses.map(({ key }) => key)).toEqual(['一', '二', '落款', ...(after ? ['附件1'] : [])])
})

test('who signed is the issuer where no line before the title names one', () => {
  const body = '一、时间\n五月。\n二、要求\n准时。\n云帆集团科协（盖章）\n2024年5月6日'
  expect(parseDocument(`关于开会的通知\n${body}`, 'txt').issuers).toBe('云帆集团科协')
  expect(parseDocument(`云帆集团工会\n关于开会的通知\n${body}`, 'txt').issuers).toBe('云帆集团工会')
})

test('a last item, a name or a date alone is no closing', () => {
  for (const last of ['2.报送单位：\n云帆集团科协', '（二）张三。', '三是总结。\n1.甲\n2.乙']) {
    const { clauses } = parseDocument(`通知\n一、时间\n五月。\n二、要求\n${last}`, 'txt')
    expect(clauses.map(({ key }) => key)).toEqual(['一', '二'])
  }
})

test('questions and answers are a clause each, under their headings', () => {
  const text =
    '常见问题\n一、报名\n问：谁能报名？\n答：都能。\n1.员工；\n2.家属。\n问：何时？\n答：五月。\n二、费用\nQ3：贵吗？\nA3：不贵。'
  const { clauses } = parseDocument(text, 'txt')
  expect(clauses.map(({ key, number, label, lead }) => [key, number, label, lead])).toEqual([
    ['一/问1', null, '', '谁能报名？'],
    ['一/问2', null, '', '何时？'],
    ['二/Q3', 3, 'Q3', '贵吗？'],
  ])
  expect(clauses[0]!.text).toBe('问：谁能报名？\n答：都能。\n1.员工；\n2.家属。')
})

test('where only some chapters have a style of heading their numbers tell the level', () => {
  const text = '# 一、时间\n（一）甲。\n（二）乙。\n二、地点\n（一）丙。\n（二）丁。\n# 三、人员\n（一）戊。'
  const keys = parseDocument(text, 'docx').clauses.map(({ key }) => key)
  expect(keys).toEqual(['一/一', '一/二', '二/一', '二/二', '三/一'])
})

test('Markdown prints without its stars and links, and fenced lines are no headings', () => {
  const text =
    '# 须知\n\n## 甲\n\n见 [手册](https://example.org/a) 和**要点**。\n\n```\n# 注释\n```\n\n## 乙\n\n2 ** 3 ** 4'
  const { clauses } = parseDocument(text, 'md')
  expect(clauses.map(({ text: own }) => own)).toEqual([
    '甲\n见 手册 和要点。\n```\n# 注释\n```',
    '乙\n2 ** 3 ** 4',
  ])
})

test('Markdown is cut at each heading that has text of its own', () => {
  const text =
    '# 须知\n\n欢迎。\n\n## 职责\n\n每月走访。\n\n### 走访前\n\n准备：\n\n1. 名册\n2. 表\n\n## 附\n\n### 走访前\n\n无。'
  expect(outline(text, 'md')).toEqual([
    'preamble 欢迎。',
    '职责 职责',
    '职责/走访前 走访前',
    '附/走访前 走访前',
  ])
})

test('a second clause with the same path gets a key of its own', () => {
  const text = '第一条 甲。\n第二条 乙。\n第一条 丙。\n第二条 丁。'
  expect(outline(text)).toEqual(['第一条 甲。', '第二条 乙。', '第一条~2 丙。', '第二条~2 丁。'])
})

test('a quoted article, a skipped number and 二等奖 do not upset the sequence', () => {
  const quoted = '第一条 甲。\n第二条 原文是：\n第九条 旧文。\n第三条 乙。\n第五条 丙。'
  expect(outline(quoted)).toEqual(['第一条 甲。', '第二条 原文是：', '第三条 乙。', '第五条 丙。'])
  const prizes =
    '通知\n一、范围。可以报销。\n二、材料。需要：\n1、发票；\n2、审批单。\n三、二等奖奖金另发。\n四、其他事项。'
  expect(outline(prizes)).toEqual(['一 范围。', '二 材料。', '三 二等奖奖金另发。', '四 其他事项。'])
})

test('a text without numbering is cut into groups of paragraphs', () => {
  const text = [
    '会议纪要',
    ...Array.from({ length: 8 }, (_, index) => `${'今天讨论经费。'.repeat(12)}${index}。`),
  ].join('\n')
  const parsed = parseDocument(text, 'txt')
  expect(parsed.title).toBe('会议纪要')
  expect(parsed.clauses.map(({ key, number }) => [key, number])).toEqual([
    ['段1', null],
    ['段2', null],
    ['段3', null],
  ])
})

const characters = fc.constantFrom(
  ...'第一二三十百条章节、（）()1234.． 　\n\n。；：附件录则ArticlChpte#|-ab规定的和',
)

test('whatever the text, no line is lost and no key is used twice', () => {
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 300 }), (pieces) => {
      // Page numbers, tables of contents (repeated lines) and the marks of headings are all that is left out.
      const text = pieces.join('').replaceAll(/[#-]/g, '')
      const { title, issuers, clauses } = parseDocument(text, 'txt')
      const all = [issuers, title, ...clauses.flatMap((clause) => [...clause.path, clause.text])]
      const kept = all.join('').replaceAll(/\s/g, '')
      for (const line of text.split('\n')) {
        if (!/^\s*\d+\s*$/.test(line)) expect(kept).toContain(line.replaceAll(/\s/g, ''))
      }
      expect(new Set(clauses.map(({ key }) => key)).size).toBe(clauses.length)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['one line of a million brackets', '（一'.repeat(500_000)],
  ['a hundred thousand articles', '第一条 甲。\n'.repeat(100_000)],
  [
    'a hundred thousand falling numbers',
    Array.from({ length: 100_000 }, (_, index) => `第${100_000 - index}条 甲。`).join('\n'),
  ],
  ['digits and points', '1.'.repeat(500_000)],
  ['spaces', `第${' '.repeat(1_000_000)}条`],
  ['blank lines', '\n \n'.repeat(300_000)],
  ['numerals', `第${'一'.repeat(1_000_000)}条`],
  ['list items', '1.甲；\n2.乙；\n（一）丙；\n'.repeat(50_000)],
])('%s', (_, text) => {
  // A quadratic step would not end within the test's time limit.
  expect(parseDocument(text, 'txt').clauses.length).toBeGreaterThanOrEqual(0)
})

test('items before the first article are kept', () => {
  const { title, clauses } = parseDocument(
    '科技奖励办法\n1. 本办法自发布之日起施行。\n第一条 甲\n第二条 乙\n',
    'txt',
  )
  expect(title).toBe('科技奖励办法')
  expect(clauses.map(({ text }) => text)).toEqual(['1. 本办法自发布之日起施行。', '第一条 甲', '第二条 乙'])
})
