import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { decided, type OnItsWay, points, refusal, underReview } from './reviewed.ts'
import {
  actionButton,
  buttonsOf,
  openSubmissionsHouse,
  privateChat,
  proposal,
  type SubmissionsHouse,
} from './submissions-house.ts'

describeEachDatabase('from review to award', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The house in which it lies is the one of this test. */
  async function enter(way: Promise<OnItsWay>): Promise<string> {
    const found = await way
    house = found.house
    return found.number
  }

  const last = (user: string) => JSON.stringify(house.cardsOf(user).at(-1))
  const all = (user: string) => JSON.stringify(house.cardsOf(user))
  const stateOf = async (number: string) => (await house.row(number)).state

  test('reviewers read no scores but their own before they gave theirs; the decider reads all with the names', async () => {
    const number = await enter(underReview(open))
    await house.act('赵工', number, 'review', points(29))
    const look = async (user: string) => JSON.stringify(await house.type(user, number))
    expect(await look('钱工')).not.toContain('"29"')
    await house.act('钱工', number, 'review', points(25))
    const seen = await look('钱工')
    expect(seen).toContain('"29"')
    expect(seen).not.toContain('赵工')
    expect(await look('张三')).not.toContain('"29"')
    await house.act('冯工', number, 'review', points(24))
    expect(await stateOf(number)).toBe('deciding')
    const card = house.cardsOf('何总').at(-1)
    const table = card?.blocks.find(({ type }) => type === 'table')
    expect(table).toMatchObject({
      header: ['评审人', '技术水平', '经济效益', '应用范围', '实用性', '总分'],
      rows: expect.arrayContaining([['平均', '26', '20', '15', '18', '79']]),
    })
    expect(JSON.stringify(card)).toContain('赵工')
    expect(JSON.stringify(card)).toContain('按标准建议：试验实施')
    // Until it is decided it may be corrected, and counts as it was corrected.
    await house.act('冯工', number, 'correct-review', { ...points(27), hasInterest: 'no' })
    expect(JSON.stringify(await house.type('何总', number))).toContain('按标准建议：推广实施')
  })

  test('in the history authors read what they were told of the reviews, as it was then', async () => {
    const number = await enter(decided(open, 'trial'))
    const history = async (user: string) => {
      const value = { submission: (await house.row(number)).id }
      return JSON.stringify(await house.click(user, { action: 'submissions.history', value }))
    }
    expect(await history('张三')).not.toContain('{{')
    expect(await history('张三')).toMatch(/评审平均 \d+ 分/)
    expect(await history('张三')).toContain('1. 可行，建议采纳。')
    expect(await history('李梅')).not.toMatch(/\{\{|@reviews/)
  })

  test('a low score wants an opinion, and is marked where it is far from the others', async () => {
    const number = await enter(underReview(open))
    const low = { hasInterest: 'no', technical: '5', economic: '5', scope: '5', practical: '5' }
    await expect(house.act('赵工', number, 'review', low)).rejects.toThrow(/opinion/)
    await house.act('赵工', number, 'review', { ...low, opinion: '定位精度达不到要求。' })
    await house.act('钱工', number, 'review', { ...points(27), remark: '' })
    await house.act('冯工', number, 'review', points(26))
    expect(last('何总')).toContain('赵工（偏离较大）')
    await house.act('何总', number, 'decide', { outcome: 'filed', opinion: '定位精度须先解决。' })
    // The author reads what was said, and not by whom.
    expect(last('张三')).toContain('定位精度达不到要求')
    expect(last('张三')).toContain('定位精度须先解决')
    expect(last('张三')).not.toContain('赵工')
  })

  test('whoever has an interest in it is out of it, and the handler is asked for another', async () => {
    const number = await enter(underReview(open))
    await house.act('赵工', number, 'review', { hasInterest: 'yes', interest: '与建议人是师徒。' })
    expect(last('李梅')).toContain('赵工申报回避：与建议人是师徒。')
    const ask = actionButton(house.cardsOf('李梅').at(-1), 'ask-reviewers')
    const opened = await house.click('李梅', ask)
    expect(await refusal(house.fillIn('李梅', opened, { reviewers: '赵工' }))).toBe(
      '赵工已申报回避，请另选评审人。',
    )
    await house.act('李梅', number, 'ask-reviewers', { reviewers: '褚工' })
    actionButton(house.cardsOf('褚工').at(-1), 'review')
    for (const reviewer of ['钱工', '冯工', '褚工']) await house.act(reviewer, number, 'review', points(27))
    expect(await stateOf(number)).toBe('deciding')
    expect(JSON.stringify(await house.type('赵工', number))).not.toContain('"27"')
    expect((await house.act('赵工', number, 'correct-review')).toast).toBe('这一步不由您办理。')
  })

  test('whoever cannot review says so; requests are withdrawn; authors and those on leave are not asked', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    await house.act('李梅', number, 'accept')
    await house.store.transaction((trx) =>
      enterLeave(
        trx,
        { id: 'l', person: house.people.冯工!, first: '2026-03-01', last: '2026-03-20', note: '', by: null },
        house.time.now,
      ),
    )
    // Only those who are there are proposed.
    const row = await house.row(number)
    const value = { submission: row.id, action: 'send-to-review', seen: String(row.stage) }
    const { form } = await house.click('李梅', { action: 'submissions.act', value })
    expect(JSON.stringify(form)).toContain('可请的评审人（待评件数）')
    expect(form?.fields.find(({ name }) => name === 'reviewers')?.value).not.toContain('冯工')

    const own = { opinion: '办法具体。', reviewers: '张三、赵工、钱工' }
    expect(await refusal(house.act('李梅', number, 'send-to-review', own))).toBe(
      '张三是建议人，不能评审本人参与的建议，请另选评审人。',
    )
    await house.act('李梅', number, 'send-to-review', {
      opinion: '办法具体。',
      reviewers: '赵工、钱工、冯工',
    })
    expect(all('李梅')).toContain('冯工（休假至 2026-03-20）')
    expect(house.cardsOf('冯工')).toEqual([])

    await house.act('李梅', number, 'ask-reviewers', { reviewers: '褚工、卫工' })
    await house.act('赵工', number, 'review', { hasInterest: 'unable', obstacle: '出差两周' })
    expect(last('李梅')).toContain('赵工暂时无法评审：出差两周')
    await house.act('李梅', number, 'withdraw-request', { unasked: '卫工' })
    expect(last('卫工')).toContain('不再请您评审')
    expect(buttonsOf(house.cardsOf('卫工')[0]!)).toEqual([])
    await house.act('李梅', number, 'ask-reviewers', { reviewers: '赵工' })
    for (const reviewer of ['赵工', '钱工', '褚工']) await house.act(reviewer, number, 'review', points(27))
    expect(await stateOf(number)).toBe('deciding')
  })

  test('is declined for a reason alone; the author may ask once for another review', async () => {
    const number = await enter(underReview(open))
    for (const reviewer of ['赵工', '钱工', '冯工']) await house.act(reviewer, number, 'review', points(10))
    await expect(
      house.act('何总', number, 'decline', { reason: '经研究决定，不符合要求，暂不考虑。' }),
    ).rejects.toThrow(/reason/)
    const reason = '快换销在高温下会咬死，试过两次都失败了。'
    await house.act('何总', number, 'decline', { reason })
    expect(last('张三')).toContain(reason)
    actionButton(house.cardsOf('张三').at(-1), 'appeal')
    await house.act('张三', number, 'appeal', { grounds: '已换耐高温材料，附三次试验的数据。' })
    expect(await stateOf(number)).toBe('appealed')
    actionButton(house.cardsOf('何总').at(-1), 'keep-declined')
    await house.act('何总', number, 'review-again', { reviewers: '赵工、钱工、褚工' })
    // Earlier reviews count no more.
    for (const reviewer of ['赵工', '钱工']) await house.act(reviewer, number, 'review', points(29))
    expect(await stateOf(number)).toBe('reviewing')
    await house.act('褚工', number, 'review', points(29))
    await house.act('何总', number, 'decline', { reason: '三号线年底停产，改造不再有用处。' })
    expect((await house.act('张三', number, 'appeal', { grounds: '请再看一次。' })).toast).toBe(
      '已重新办理过一次，不能再次退回重办。',
    )
  })

  test('what was kept on file is taken up again', async () => {
    const number = await enter(decided(open, 'filed'))
    expect((await house.row(number)).closed_at).not.toBeNull()
    await house.act('何总', number, 'take-up', {
      reason: '新线今年安装，条件已经具备。',
      reviewers: '赵工、钱工、褚工',
    })
    expect(await house.row(number)).toMatchObject({ state: 'reviewing', closed_at: null })
    for (const reviewer of ['赵工', '钱工', '褚工']) {
      actionButton(house.cardsOf(reviewer).at(-1), 'review')
      await house.act(reviewer, number, 'review', points(28))
    }
    expect(await stateOf(number)).toBe('deciding')
  })

  test('a trial is carried out and rolled out; the day is put off with a reason and those above hear of delays', async () => {
    const number = await enter(decided(open, 'trial'))
    await house.act('李梅', number, 'assign-trial', {
      owner: '褚工',
      plan: '先在三号线试两周。',
      due: '2026-03-10',
    })
    await house.waitUntil('2026-03-03T01:00:00Z')
    expect(all('褚工').split('即将到期')).toHaveLength(2)
    await house.waitUntil('2026-03-09T01:00:00Z')
    expect(all('褚工').split('即将到期')).toHaveLength(3)
    await house.act('褚工', number, 'postpone', { reason: '定位销下周才到货。', due: '2026-03-20' })
    expect(last('李梅')).toContain('定位销下周才到货')
    expect(last('张三')).toContain('完成日期改为 2026-03-20')
    await house.waitUntil('2026-03-13T01:00:00Z')
    expect(last('李梅')).not.toContain('超期')
    await house.act('褚工', number, 'progress', { progress: '已装好一半。' })
    expect(last('李梅')).toContain('已装好一半')
    // What was asked of them still is: its buttons stay, and it ends with the day that was set.
    const isAsked = (card: Card) => buttonsOf(card).some(({ value }) => value.action === 'finish-trial')
    const asked = house.cardsOf('褚工').filter(isAsked)
    expect(asked.length).toBeGreaterThan(0)
    expect(JSON.stringify(asked.at(-1))).toContain('（2026-03-20 前）')
    expect(JSON.stringify(await house.type('李梅', number))).toContain('实施负责人：褚工')
    await house.waitUntil('2026-03-21T01:00:00Z')
    expect(last('李梅')).toContain('超期')
    expect(all('王强')).not.toContain('超期')
    await house.waitUntil('2026-03-30T08:00:00Z')
    expect(last('王强')).toContain('超期')
    await house.act('褚工', number, 'finish-trial', { result: '换型由四十分钟降到九分钟，无故障。' })
    await house.act('何总', number, 'conclude-trial', {
      conclusion: 'rollout',
      opinion: '试验数据达到预期。',
    })
    expect(await stateOf(number)).toBe('rollout')
  })

  test('authors and owners verify nothing; a benefit far from the estimate is confirmed with a reason', async () => {
    const number = await enter(decided(open, 'rollout', { expected: '500000' }))
    const assign = { owner: '褚工', plan: '三月采购，四月安装。', due: '2026-04-30' }
    expect(await refusal(house.act('李梅', number, 'assign', { ...assign, verifier: '张三' }))).toBe(
      '建议人不能验收自己的建议，请另选验收人。',
    )
    expect(await refusal(house.act('李梅', number, 'assign', { ...assign, verifier: '褚工' }))).toBe(
      '验收人不能是实施负责人本人。',
    )
    await house.act('李梅', number, 'assign', { ...assign, verifier: '卫工' })
    await house.act('褚工', number, 'finish', { result: '已安装，换型九分钟。' })
    const result = {
      benefit: '120000',
      opinion: '属实。',
      basis: '每月四十次，每次省半小时。',
      period: '5 至 7 月',
    }
    expect(await refusal(house.act('卫工', number, 'confirm', result))).toBe(
      '核定效益与建议人预计的相差较大，请写明原因。',
    )
    await house.act('卫工', number, 'confirm', { ...result, correction: '只装了一条线。' })
    expect(last('李梅')).toContain('核定 120,000 元（-76%）')
  })

  test('papers have fields and a rubric of their own; a short use is told, not refused', async () => {
    house = await openSubmissionsHouse(open)
    const paper = {
      ...{ title: '快换夹具的定位误差分析', variety: 'small-paper', category: 'process' },
      abstract: '分析了快换式定位销的误差来源，给出了公差分配办法，实测误差降低一半，可用于同类夹具。',
      publication: 'meeting',
    }
    const { number } = await house.sendIn('张三', paper)
    expect(JSON.parse((await house.row(number)).content)).not.toHaveProperty('defect')
    await house.act('李梅', number, 'accept')
    await house.act('李梅', number, 'send-to-review', { opinion: '可评。', reviewers: '赵工、钱工、冯工' })
    for (const reviewer of ['赵工', '钱工', '冯工']) {
      const scores = { hasInterest: 'no', novelty: '25', rigour: '25', use: '20', writing: '12' }
      await house.act(reviewer, number, 'review', scores)
    }
    expect(last('何总')).toContain('科学性')
    expect(last('何总')).toContain('按标准建议：推广实施')

    const opened = await house.click('陈晨', { action: 'submissions.begin', value: { kind: 'proposal' } })
    const small = { ...proposal, variety: 'small-innovation', inUseSince: '2026-02-01' }
    let summary = ''
    await house.fillIn('陈晨', opened, small, privateChat('陈晨'), (view) => {
      summary = JSON.stringify(view)
    })
    expect(summary).toContain('使用不满三个月')
  })
})
