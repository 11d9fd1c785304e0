import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readKind } from '../definition/read-kind.ts'
import type { Kind } from '../definition/schema.ts'
import { readSentence, valuesFor } from './read-sentence.ts'

const proposal: Kind = {
  ...readKind(readFileSync('knowledge/submissions/proposal.yaml', 'utf8'), 'proposal.yaml'),
  version: 1,
}
/** As such kinds open: what is said goes into one field. */
const like = (kind: string, nouns: string[], verbs: string[], en: string[]): Kind => ({
  ...proposal,
  kind,
  opens: { nouns: { 'zh-CN': nouns, en }, verbs: { 'zh-CN': verbs, en: [] } },
  pages: [
    {
      name: 'what',
      intro: [],
      fields: [
        { name: 'title', type: 'text', label: { 'zh-CN': '题目', en: 'Title' }, required: true },
        {
          name: 'text',
          type: 'long-text',
          label: { 'zh-CN': '内容', en: 'Text' },
          required: true,
          hears: 'whole',
        },
      ],
    },
  ],
})
const kinds = [
  proposal,
  like('opinion', ['意见', '问题', '情况', '诉求'], ['反映', '投诉'], ['complaint', 'opinion']),
  like('problem', ['难题', '技术难题', '攻关难题'], [], ['technical problem']),
]
const kindOf = (text: string) => readSentence(text, kinds)?.kind.kind ?? null
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const questions = lines(`
  合理化建议怎么评审？
  建议什么时候提交?
  合理化建议怎么提
  我想提个建议，怎么提？
  我想提个建议，找谁？
  我有个建议应该交给谁
  我有个建议，关于三号线的夹具，应该交给谁？
  建议书怎么写
  建议表在哪里下载
  建议的流程
  建议评审要多久？
  建议采纳后有没有奖励
  建议被退回了怎么办
  建议人可以是退休职工吗
  提建议有奖吗
  提建议可以匿名吗？
  提了建议多久有回复
  我想提建议，流程是什么？
  我要提建议需要什么条件
  我想问一下合理化建议由谁负责评审
  我的建议现在到哪一步了？
  我提的建议有没有人看
  我有个问题，合理化建议由哪个部门评审？
  我有一个问题：企业科协主席由谁担任？
  有个问题想请教：科协要不要单独设办公室？
  请问一个问题，企业科协的经费从哪里来
  问个问题，科协换届几年一次？
  反映问题找谁
  反映问题的渠道
  反映诉求的流程是什么？
  反映情况要写书面材料吗
  投诉电话是多少
  投诉渠道
  科技工作者向科协反映诉求，多少个工作日内必须答复？
  解决技术难题，文件给了哪些途径？
  技术难题怎么发布？
  有个技术难题，能找科协帮忙吗？
  遇到技术难题怎么办
  难题攻关有哪些支持政策
  学术交流和产学研合作各自要解决企业的什么难题？
  有人建议放到科协来做，文件对科协这一定位怎么表述？
  文件建议把科协办公室设在哪个部门？
  领导建议增加委员人数，需要重新选举吗？
  专家建议设立院士工作站，条件是什么
  上级建议我们把科协建起来，一百人够不够？
  企业在作出哪些决策时要听取科协组织的意见？
  意见对搭建创新平台提出了哪些要求？
  这份意见是哪年哪月哪天印发的，文号是多少？
  科协主席有意见。文件上有没有说应该让科协参与？
  我想进个专业学会当会员，单位科协能帮忙不？
  我想成立企业科协
  我要办院士工作站
  我们公司有三百名科技人员，要单独建科协吗？
  小革新和小发明有什么区别？
  五小活动怎么开展
  五小成果的评审标准
  小发明算不算合理化建议
  建议
  建议箱
  建议征集活动
  建议评审办法
  建议奖励标准
  合理化建议被采纳了，能分到省下来的钱的几成？
  Who reviews proposals?
  How do I submit a proposal?
  I have a suggestion, where do I submit it?
  I have a suggestion, who decides?
  What is a proposal?
  When must a proposal be decided?
  Can I propose something without my name?
  I would like to know who reviews suggestions
  I have a question: who chairs the association?
  I suggest that who pays?
  Is there an award for a suggestion?
`)

const submissions: [string, string][] = lines(`
  proposal 我想提个建议：把三号线的夹具改成快换，换型从 40 分钟降到 10 分钟
  proposal 我要提一个建议，仓库的货架贴上二维码，找料会快很多
  proposal 我想提一条合理化建议：焊接工位加装吸尘罩
  proposal 我有个建议，目前换刀要停机十分钟，可以用快换刀柄
  proposal 我有一个建议：食堂分时段就餐
  proposal 您好，我想提个建议：把图纸审批改成线上办理
  proposal 你好，我有个小建议，车间照明换成感应灯，每年省电费两万元
  proposal 我们班组想提个建议：工具统一上墙定置
  proposal 我们车间提一条建议：天车加装限位报警
  proposal 本人提出建议：停车场增设充电桩
  proposal 合理化建议：三号线夹具改为快换式
  proposal 建议：把试验台移到一楼
  proposal 建议把三号线的夹具改成快换式
  proposal 建议将废油集中回收，每月一次
  proposal 建议在二号门增设自行车棚
  proposal 建议给装配线配备电动螺丝刀
  proposal 建议公司统一采购劳保手套
  proposal 我建议采用真空吸盘代替人工搬运
  proposal 我建议取消纸质点检表，改用扫码点检
  proposal 建议增加一台备用空压机
  proposal 建议对新员工进行两周跟班培训
  proposal 建议每季度组织一次技术比武
  proposal 三号线换型太慢，建议改成快换夹具
  proposal 现在领料要跑三个部门，太费时间，建议改成一站式领料
  proposal 叉车倒车看不见后面，容易撞人。建议加装倒车影像
  proposal 我报一项小革新：自制线缆收放架，放线不再打结
  proposal 我想报一个小发明：磁吸式量具架
  proposal 申报一项小设计：快换定位销
  proposal 小革新：用旧轴承做的省力小车
  proposal 提个建议：早会改到八点二十
  proposal 提一个改进建议，泵房温度计换成远传的
  proposal 有个金点子：废料边角做成隔板
  proposal 我有个点子，热处理炉门加一层保温棉
  proposal 想提个建议，冷却水循环使用
  proposal 向公司提个建议：班车增加一个站点
  proposal 我还想提一条建议：备件库实行最低库存报警
  proposal 我想提个建议：能不能把夹具改成快换的？
  proposal 我有个建议，可不可以在车间加装饮水机？
  proposal 我想提个关于换型的建议：夹具改成快换
  proposal 我想分享一个点子：用激光对中仪找正，半小时就好
  opinion 我要反映一个问题：食堂的菜太贵了
  opinion 我想反映一个情况，宿舍热水经常断
  opinion 反映一个问题，三号楼电梯坏了两周没人修
  opinion 我要反映问题：加班没有调休
  opinion 反映一下，体检安排在周末很不方便
  opinion 我想投诉，浴室一直没有热水
  opinion 我要投诉食堂窗口态度很差
  opinion 我反映：夜班补贴两个月没有发
  opinion 我想向科协反映一个诉求：职称评审材料重复提交
  opinion 反映个问题：停车场灯不亮，怎么回事？
  opinion 我想提个意见：会议太多，影响科研时间
  opinion 提点意见，实验室报销太慢
  opinion 我有一个诉求，希望给科研人员留出整块时间
  opinion I have a complaint: the canteen is too expensive
  opinion I want to file a complaint about the showers: no hot water for a week
  problem 我有个难题：薄壁件加工变形，圆度超差
  problem 我们有个技术难题，焊缝热裂纹一直解决不了
  problem 我们车间遇到一个技术难题：大型铸件缩孔率高
  problem 报一个技术难题：轴承钢夹杂物控制
  problem 我想提交一个攻关难题，高温密封寿命只有三个月
  problem We have a technical problem: the weld cracks when it cools
  proposal I have a suggestion: replace the bolts with quick-change pins
  proposal I'd like to make a suggestion: label the shelves with QR codes
  proposal I would like to submit a proposal: move the test bench to the first floor
  proposal I suggest using vacuum cups instead of lifting by hand
  proposal I propose to install sensors on the pumps
  proposal I'd like to suggest that we switch the lights to LED
  proposal Suggestion: add a second charging point
  proposal My proposal: put the manuals online
  proposal I have an idea for line 3: use quick-change fixtures
`).map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))])

describe('what stays a question', () => {
  test('there are at least 60 of them', () => {
    expect(questions.length).toBeGreaterThanOrEqual(60)
  })

  test.each(questions)('%s', (text) => {
    expect(kindOf(text)).toBeNull()
  })

  const asked = ['development', 'tuning', 'blind'].flatMap((name) =>
    readFileSync(`test/data/questions-${name}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const { question, history = [] } = JSON.parse(line) as { question: string; history?: string[] }
        return [question, ...history]
      }),
  )

  test('every question that the search is measured by', () => {
    expect(asked.length).toBeGreaterThan(800)
    expect(asked.filter((text) => kindOf(text) !== null)).toEqual([])
  })
})

describe('what opens a form', () => {
  test('there are at least 60 of them', () => {
    expect(submissions.length).toBeGreaterThanOrEqual(60)
  })

  test.each(submissions)('%s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })

  test('words alone open it too, with nothing filled in', () => {
    expect(readSentence('我有个建议', kinds)).toMatchObject({ content: '', values: {} })
  })
})

const read = (text: string) => readSentence(text, kinds)?.values

describe('what is filled in', () => {
  test('method, effect and title are the words of the sentence', () => {
    expect(read('我想提个建议：把三号线的夹具改成快换，换型从 40 分钟降到 10 分钟')).toEqual({
      title: '三号线的夹具改成快换',
      method: '把三号线的夹具改成快换',
      effect: '换型从 40 分钟降到 10 分钟',
    })
  })

  test('what is wrong now, with what belongs to it', () => {
    expect(
      read('我有个建议，目前换型要拆八颗螺栓，每次四十分钟。可以把夹具改成快换，每年可节约两万元'),
    ).toEqual({
      title: '夹具改成快换',
      defect: '目前换型要拆八颗螺栓，每次四十分钟',
      method: '可以把夹具改成快换',
      effect: '每年可节约两万元',
    })
  })

  test('what was not said stays empty', () => {
    expect(read('我想提个建议：三号线的事')).toEqual({ title: '三号线的事' })
  })

  test('the variety where it is named', () => {
    expect(read('我报一项小革新：自制线缆收放架')).toMatchObject({ variety: 'small-innovation' })
    expect(read('我报一项建议：小革新和小发明都算')?.variety).toBeUndefined()
  })

  test('English too', () => {
    expect(read('I have a suggestion: the changeover is too slow; replace the bolts with pins')).toEqual({
      title: 'replace the bolts with pins',
      defect: 'the changeover is too slow',
      method: 'replace the bolts with pins',
    })
  })

  test('markup, directions and numbers come back as they were typed', () => {
    const text = '我想提个建议：把<b>夹具</b>改成 1,000 元以内的 \u202E快换\u202C 件'
    expect(read(text)?.method).toBe('把<b>夹具</b>改成 1,000 元以内的 \u202E快换\u202C 件')
  })
})

/** Each piece of a value stands in the text. */
const isSaid = (value: string, text: string) => value.split('；').every((piece) => text.includes(piece))

test('nothing is invented: every value is words of the text', () => {
  const word = fc.constantFrom(
    ...'目前 把 将 改成 从 降到 提高 太慢 夹具 三号线 ， 。 ； 40 每年节约 使用 \n 😀 因为'.split(' '),
    '\n',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word, { maxLength: 30 }).map((all) => all.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const values = Object.entries(valuesFor(proposal, text)).filter(([name]) => name !== 'variety')
        return values.every(([, value]) => value !== '' && isSaid(value, text.toWellFormed()))
      },
    ),
    { numRuns: 500 },
  )
})

test.each([
  ['one letter', '改'],
  ['openings', '我想提个建议：'],
  ['spaces', ' '],
  ['what might be an end', '表。'],
  ['greetings', '您好，'],
  ['clauses', '把夹具改成快换，'],
  ['half a pair', '\ud83d'],
])('100,000 characters of %s are read at once', (_, piece) => {
  const long = piece.repeat(100_000 / piece.length)
  for (const text of [long, `我想提个建议：${long}`, `建议把${long}`]) {
    const values = read(text) ?? {}
    for (const value of Object.values(values)) {
      expect(value.length).toBeLessThan(20_000)
      expect(value.isWellFormed()).toBe(true)
    }
  }
})
