import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatChineseNumeral } from '../knowledge/parse/chinese-numeral.ts'
import { adviseFounding, type FoundingSituation } from './founding-rule.ts'
import { asksAboutFounding, readSituation } from './read-situation.ts'

type Range = [least: number, most: number | null]

function staffOf(question: string): Range | null {
  const staff = readSituation(question)?.technicalStaff ?? null
  return staff === null || typeof staff === 'number' ? null : [staff.least, staff.most]
}

describe('the count of technical staff', () => {
  test.each<[string, Range]>([
    ['我们有 86 名科技人员，在高新区', [86, 86]],
    ['我公司在册科技人员刚好一百人，条件也成熟，目前没有科协，要不要单独成立？', [100, 100]],
    ['技术员有二百来号人', [180, 220]],
    ['九十多个人的呢', [91, 99]],
    ['一百来人的厂子怎么建科协', [90, 110]],
    ['我们科技人员不到一百', [0, 99]],
    ['我厂上百名工程师，该怎么组建', [100, null]],
    ['我们搞技术的有120多人', [121, 129]],
    ['We only have 40 technical people', [40, 40]],
    ['We have a hundred and twenty engineers, should we set up our own association?', [120, 120]],
    ['我们科技人员近百人', [90, 99]],
    ['员工三千人，其中科技人员 86 名', [86, 86]],
    ['公司有5个车间、科技人员130人', [130, 130]],
    ['那我们 86 人呢？', [86, 86]],
    ['全角：我们有１２０名科技人员', [120, 120]],
    ['我院科研人员三百六十五人', [365, 365]],
    ['科技人员三百六十五', [365, 365]],
    ['我们有科技人员100人以下', [0, 100]],
    ['我们科技人员超过100', [101, null]],
    ['我们科技人员不足 100', [0, 99]],
    ['我们有科技人员 100 人左右', [90, 110]],
    ['100人左右的科技人员要单独建吗，我们这儿', [90, 110]],
    ['科技人员总数是 1,260 人', [1260, 1260]],
    ['我们有1.2万名科技工作者', [12_000, 12_000]],
    ['研发人员一百二，要不要单独建', [120, 120]],
    ['研发人员一百零二人', [102, 102]],
    ['工程师七八十人，我们怎么建', [70, 80]],
    ['我们有几十个技术员', [20, 99]],
    ['我们有好几百名工程师', [200, 999]],
    ['我们的工程师有百十来人', [99, 121]],
    ['我们百把个技术员', [90, 110]],
    ['我们科技人员过百', [100, null]],
    ['我们科技人员快一百人了', [90, 99]],
    ['我们至少有 90 名科技人员', [90, null]],
    ['科技人员最多 80 人，我们能建吗', [0, 80]],
    ['我们科技人员在80到95人之间', [80, 95]],
    ['我们有 80-95 名工程师', [80, 95]],
    ['我们科技人员（在册）共 97 人', [97, 97]],
    ['科技人员：86', [86, 86]],
    ['我们没有100名科技人员', [0, 99]],
    ['科技人员100人都不到，我们怎么办', [0, 99]],
    ['我們有 130 名科技人員，在高新區，怎麼組建？', [130, 130]],
    ['去年科技人员 80 人，今年有 120 人，我们要单独建吗', [120, 120]],
    ['文件说科技人员 100 人以上要单独建，我们 86 人怎么办', [86, 86]],
    ['我们有研发人员 60 人、工程师 50 人', [60, 110]],
    ['党员 30 名，科技人员 105 名，我们要单独组建吗', [105, 105]],
    ['2023年成立的公司，注册资本100万元，技术人员 64 人，科协怎么建', [64, 64]],
    ['0 人科技人员的公司', [0, 0]],
    ['我们全公司员工只有六十人，要单独建科协吗', [0, 60]],
    ['我们科技人员一百出头', [101, 120]],
    ['我们科技人员大约 95 人', [86, 104]],
    ['我们有两百余名工程师', [201, 299]],
    ['科技人员120+，我们在经开区', [120, null]],
    ['We have about 100 engineers', [90, 110]],
    ['We employ 3,000 people, 86 of them technical', [86, 86]],
    ['We have 3,000 staff and 86 engineers', [86, 86]],
    ['What if we have fewer than 100 researchers?', [0, 99]],
    ['Our company has more than 100 technical staff', [101, null]],
    ['We have nearly a hundred scientists', [90, 99]],
    ['We have between 80 and 90 engineers', [80, 90]],
    ['at least 120 scientific and technical personnel work for us', [120, null]],
    ['We have ninety-nine technicians', [99, 99]],
    ['There are dozens of engineers in our plant', [20, 99]],
    ['We have hundreds of engineers', [200, null]],
    ['Our R&D staff is 150', [150, 150]],
    ['我们才三十几号人，技术员五六个，科协咋建', [5, 6]],
    ['我们一千多号人，懂技术的才九十，咋算', [90, 90]],
    ['技术人员早已过百，我们该单独建吗', [100, null]],
    ['矿山公司退休了一批工程师，从一百一十人掉到九十五人，还达不达标', [95, 95]],
    ['我们热电厂总共九百职工，工程师和技术员一百零六个', [106, 106]],
    ['And if we only have 86 people?', [86, 86]],
  ])('%s', (question, range) => {
    expect(staffOf(question)).toEqual(range)
  })

  test.each([
    '达到多少人要单独组建',
    '科技人员总数达到多少人的企业应单独组建科协组织？',
    '科技人员达到100人以上的企业应单独组建吗',
    '是不是要100人才能单独建科协',
    '满一百人就得单独建吗',
    '够了一百人还不建科协的企业，会受什么处罚？',
    '我想知道科技人员100人以上是怎么规定的',
    '要几百人才能成立科协？',
    '那不够这个数的小企业呢？',
    '-5 人的科技人员',
    '我们有 -5 名科技人员',
    '我们有 1e9 名科技人员',
    '我们有 99999999999 名科技人员',
    '2023年成立科协要什么手续',
    '我们 2023 年成立了科协',
    '给科协 100 万元经费够吗',
    '第十条讲的是什么',
    '三号线的技术员想成立科协',
    '公司有 5 个车间，怎么建科协',
    '我们员工三千人，要不要建科协',
    '我们有 86 名党员',
    '安排 2 个人负责科协够吗',
    '科协一线科技人员怎么参加',
    '科技人员中有 30% 是博士',
    '我们科技人员平均年龄 35 岁',
    '科技人员每人 200 元',
    '我们要招 20 名工程师',
    '还差 14 名科技人员就够一百人',
    '我们有 120 项专利',
    '论坛来了 300 人次，怎么报',
    '三个代表是什么',
    '工程师一盘散沙，谁来团结',
    '我们厂技术岗一抓一大把却没有科协',
    '行李系统的工程师一个没请，科协想组织他们提意见',
    '镇上四十家五金厂，每家两三个技术员，有什么路',
    '科技人员 100 人以上（含 100 人）与不足 100 人的企业，组建要求有什么不同',
    '判断题：科技人员达到 100 人的企业一律应当挂靠其他单位成立科协，对吗',
    '区内五百家企业建科协，除了各建各的还能怎么办',
    '三百六十五',
    'How many technical staff does a company need to set up its own association?',
    'Does a company need 100 engineers to found an association?',
    'Clause 10 of the 2015 guideline',
    'We have 500 technical reports',
    'We have 12 parks and 3 subsidiaries',
    '',
    '人'.repeat(5000),
    '共有'.repeat(400),
    '科技人员'.concat('共有'.repeat(200), '86人'),
    '１'.repeat(3000),
  ])('none in “%s”', (question) => {
    expect(readSituation(question)).toBeNull()
  })

  test('a number is read the same in figures, full width and characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (count) => {
        const wide = String(count).replaceAll(/\d/g, (digit) =>
          String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
        )
        for (const numeral of [String(count), wide, formatChineseNumeral(count)]) {
          expect(staffOf(`我们有${numeral}名科技人员`)).toEqual([count, count])
          expect(staffOf(`我公司科技人员共 ${numeral} 人，怎么组建？`)).toEqual([count, count])
        }
      }),
    )
  })

  test('whatever is typed, reading ends and what is read can be advised on', () => {
    const pieces = fc.constantFrom(
      '我们',
      '100',
      '一百',
      '多',
      '人',
      '名',
      '科技人员',
      '不到',
      '以上',
      '共有',
      '，',
      'engineers',
      ' ',
      '-',
      '万',
      '年',
      '来',
      '几',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (question) => {
          const situation = readSituation(question)
          if (situation) expect(adviseFounding(situation).statements.length).toBeGreaterThan(1)
        },
      ),
    )
  })
})

describe('whose count it is', () => {
  test.each([
    ['我们有 86 名科技人员', 'own'],
    ['科技人员 86 人的企业怎么建科协', 'general'],
    ['我公司有 300 人，要不要单独建科协', 'unclear'],
    ['九十多个人的呢', 'unclear'],
    ['We have 40 engineers', 'own'],
  ])('%s: %s', (question, countOf) => {
    expect(readSituation(question)?.countOf).toBe(countOf)
  })
})

describe('what else is said', () => {
  const base = '我们有 86 名科技人员，'
  test.each<[string, Partial<FoundingSituation>]>([
    [`${base}在高新区`, { zone: 'high-tech', conditionsMature: null, leadingFirm: null }],
    [`${base}在国家级经济技术开发区，是产业链上的龙头企业`, { zone: 'economic', leadingFirm: true }],
    [`${base}是高新技术企业`, { zone: null }],
    [`${base}在市里的物流园区`, { zone: 'park' }],
    [`${base}不在高新区`, { zone: 'none' }],
    [`${base}没有进园区`, { zone: 'none' }],
    [`${base}不在高新技术开发区，也不是龙头企业`, { zone: 'none', leadingFirm: false }],
    [`${base}周边都是小厂`, { smallFirmsCluster: true }],
    [`${base}这里中小企业比较集中`, { smallFirmsCluster: true }],
    [`${base}条件也成熟`, { conditionsMature: true }],
    [`${base}具备条件`, { conditionsMature: true }],
    [`${base}条件还不太成熟`, { conditionsMature: false }],
    [`${base}条件成熟吗`, { conditionsMature: null }],
    [`${base}怎样才算条件成熟`, { conditionsMature: null }],
    [`${base}如果条件成熟要单独建吗`, { conditionsMature: null }],
    [
      'We have 86 engineers in a high-tech zone and conditions are ripe',
      { zone: 'high-tech', conditionsMature: true },
    ],
    ['We have 86 engineers, not in any industrial park', { zone: 'none' }],
    ['We have 86 engineers, SMEs are clustered here', { smallFirmsCluster: true }],
  ])('%s', (question, said) => {
    expect(readSituation(question)).toMatchObject(said)
  })
})

describe('questions about founding', () => {
  test.each([
    '达到多少人要单独组建',
    '我们要不要建科协',
    '国有企业成立科协可以采取哪几种组建方式？',
    '科协该怎么建？',
    '86 名科技人员，要建吗',
    '那我们 86 人呢',
    '九十多个人的呢',
    '我们想搞个科协',
    'Should we set up our own association?',
    'How do we establish a kexie?',
    'What about 86 engineers?',
  ])('%s', (question) => {
    expect(asksAboutFounding(question)).toBe(true)
  })

  test.each([
    '我们有 86 名科技人员，经费给多少',
    '怎样建立健全科协工作制度',
    '企业要给科协什么条件',
    '怎么搭建学会服务站',
    '科协组织建设工作纳入考核吗',
    '科技人员建言献策怎么组织',
    '那经费呢',
    'What are the tasks of the association?',
  ])('not in “%s”', (question) => {
    expect(asksAboutFounding(question)).toBe(false)
  })
})
