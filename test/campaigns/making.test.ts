import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)

describeEachDatabase('a campaign', (open) => {
  let house: CampaignHouse
  afterEach(() => house.stop())

  const press = async (who: string, card: Card | undefined, label: string) => {
    const button = buttonsOf(card!).find((one) => one.label === label)
    if (!button) throw new Error(`no ${label} on ${words(card)}`)
    const answer = await house.click(who, button)
    await house.settle()
    return answer
  }
  const last = (who: string) => house.cardsOf(who).at(-1)
  const shown = async (who: string, text = 'JB-2026-0001') => (await house.type(who, text))[0]
  const sendIn = async (who: string, title: string) => {
    const form = await house.click(who, { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.fillIn(who, form, { ...proposal, title })
    await house.settle()
    expect(words(last(who))).toContain('已登记')
    // That it takes part is said after its receipt.
    house.time.now = new Date(house.time.now.getTime() + 6000)
    await house.settle()
  }
  const make = async (who: string, template: string, values: Record<string, string>) => {
    const form = await press(who, await shown(who, '新建讲比活动'), template)
    await house.fillIn(who, form, values)
    await house.settle()
    return last(who)
  }
  const entries = () =>
    house.store.db
      .selectFrom('campaign_entry')
      .innerJoin('submission', 'submission.id', 'campaign_entry.submission')
      .select(['submission.subject', 'campaign_entry.state', 'campaign_entry.why'])
      .orderBy('submission.number')
      .execute()

  test('runs from its form to its end, with people of two branches', async () => {
    house = await openCampaignHouse(open)
    await sendIn('孙工', '以前的建议')
    expect(await entries()).toEqual([])
    const preview = await make('吴主席', '合理化建议月', { organisation: '华北重工' })
    expect(words(preview)).toContain('将通知 1 个群。')
    expect(house.cardsIn(branchGroup)).toEqual([])
    // Whoever takes part does not see a draft, and what is sent in meanwhile takes no part.
    expect(words(await shown('张三'))).toContain('没有这个活动')
    expect(words((await press('吴主席', preview, '开展')).replace)).toContain('已开展')
    expect(words(house.cardsIn(branchGroup).at(-1))).toContain('《合理化建议月》开始了')
    // The button of the draft is old now.
    await expect(press('吴主席', preview, '开展')).rejects.toThrow('changed-meanwhile')

    await sendIn('张三', '快换夹具')
    expect(words(last('张三'))).toContain('已参加《合理化建议月》')
    await sendIn('外人', '照明改造')
    await sendIn('陈晨', '节水改造')
    expect(words((await press('陈晨', last('陈晨'), '不参加')).replace)).toContain('不参加')
    expect(await entries()).toEqual([
      { subject: '快换夹具', state: 'in', why: '' },
      { subject: '照明改造', state: 'in', why: '' },
      { subject: '节水改造', state: 'out', why: 'left' },
    ])

    // Something older is entered by its author alone.
    expect(words(await shown('张三', '参评 JY-2026-0001'))).toContain('不是您提交的')
    const which = await shown('孙工', '参评 JY-2026-0001')
    expect(words((await press('孙工', which, '合理化建议月')).replace)).toContain('已参加')
    expect(words(await shown('孙工', '我的参评'))).toContain('以前的建议')

    const standing = await shown('吴主席', '活动排行')
    const table = standing?.blocks.find((block) => block.type === 'table')
    const picture = standing?.blocks.find((block) => block.type === 'picture')
    expect(picture && (await house.shared.blobs.get(picture.blob))?.length).toBeGreaterThan(10_000)
    expect(table?.rows.map((row) => row.slice(0, 3))).toEqual([
      ['1', '一分公司', '2'],
      ['2', '二分公司', '1'],
      ['3', '华北重工（本级）', '0'],
    ])
    expect(words((await press('吴主席', standing, '看个人')).beside)).toContain('孙工')

    // As the statistics of the house count it, with a workbook; nothing for whoever merely takes part.
    const statistics = await shown('吴主席', '活动统计 JB-2026-0001')
    const counted = statistics?.blocks.find((block) => block.type === 'table')
    expect(counted?.rows.map((row) => row.slice(0, 2))).toEqual([
      ['合计', '3'],
      ['一分公司', '2'],
      ['二分公司', '1'],
    ])
    expect(counted?.rows[2]?.slice(3, 4)).toEqual(['100.0%'])
    const workbook = statistics?.blocks.find((block) => block.type === 'document')
    expect(workbook && (await house.shared.blobs.get(workbook.blob))?.length).toBeGreaterThan(2000)
    expect(words(await shown('张三', '活动统计 JB-2026-0001'))).toContain('不能办理')

    // An organiser takes one out, and its author learns why.
    const list = (await press('吴主席', await shown('吴主席'), '参评项目')).beside
    expect(words(list)).toContain('照明改造')
    const row = list!.blocks.findIndex((block) => words(block).includes('照明改造'))
    const takeOut = { ...list!, blocks: list!.blocks.slice(row) }
    await house.fillIn('吴主席', await press('吴主席', takeOut, '移出'), { reason: '与去年的重复' })
    await house.settle()
    expect(words(last('外人'))).toContain('与去年的重复')
    expect(words(await shown('外人', '参评 JY-2026-0003'))).toContain('JY-2026-0003')

    // Half of its time, the day before its end, the day after.
    await house.waitUntil('2026-03-17T01:00:00Z')
    const midway = house.cardsIn(branchGroup).at(-1)
    expect(words(midway)).toContain('过半')
    const drawn = midway!.blocks.find((block) => block.type === 'picture')
    expect(drawn?.alt).toContain('一分公司 ')
    expect((await house.shared.blobs.get(drawn!.blob))?.length).toBeGreaterThan(10_000)
    const change = await press('吴主席', await shown('吴主席'), '调整日期和单位')
    await house.fillIn('吴主席', change, { ends: '2026-04-03', note: '清明前截止' })
    await house.settle()
    expect(words(house.cardsIn(branchGroup).at(-1))).toContain('清明前截止')
    // A group that the bot has left is named on the card of whoever runs it.
    house.fake.fate = ({ to }) =>
      to.type === 'conversation' && to.conversation.chat === branchGroup.chat ? 'gone' : 'ok'
    await house.waitUntil('2026-04-02T01:00:00Z')
    await house.waitUntil('2026-04-02T01:11:00Z')
    expect(words(await shown('吴主席'))).toMatch(/1 个群收不到通知.*一分公司/)
    expect(words(await shown('张三'))).not.toContain('收不到')
    house.fake.fate = () => 'ok'
    await house.waitUntil('2026-04-03T16:00:01Z')
    expect(words(last('吴主席'))).not.toContain('已截止，共')
    await house.waitUntil('2026-04-04T01:00:01Z')
    expect(words(last('吴主席'))).toContain('已截止，共 2 件参评')
    expect(words(await shown('吴主席'))).toContain('评审中')
    await sendIn('张三', '太晚了')
    expect(await entries()).toHaveLength(4)

    // While reviews are open it ends only with a reason.
    const { id, submission } = await house.store.db
      .selectFrom('campaign')
      .innerJoin('campaign_entry', 'campaign_entry.campaign', 'campaign.id')
      .select(['campaign.id', 'campaign_entry.submission'])
      .executeTakeFirstOrThrow()
    await house.store.transaction(async (trx) => {
      const at = house.time.now.toISOString()
      const reviewer = house.people.赵工!
      await trx
        .insertInto('campaign_review')
        .values({
          ...{ campaign: id, submission, reviewer, state: 'asked', scores: null, total: null },
          ...{ opinion: '', asked_at: at, given_at: null },
        })
        .execute()
    })
    const asked = (await press('吴主席', await shown('吴主席'), '结束活动')).beside
    expect(words(asked)).toContain('还有 1 份评审未交')
    await house.fillIn('吴主席', await press('吴主席', asked, '不再等待，结束'), { reason: '评审人出差' })
    await house.settle()
    expect(words(await shown('吴主席'))).toContain('已结束')
    const left = await house.store.db.selectFrom('campaign_review').select('state').execute()
    expect(left).toEqual([{ state: 'withdrawn' }])
    // Their reviewer hears of it once; the entry is asked of nobody any more.
    const told = house.cardsOf('赵工').filter((card) => words(card).includes('不再需要您评审'))
    expect(told).toHaveLength(1)
    const asking = house.store.db.selectFrom('campaign_entry').select('asked').where('asked', '>', 0)
    expect(await asking.execute()).toEqual([])
    expect(house.errors).toEqual([])
  })

  test('is called off with a reason, withdrawn records go out, and what is wrong is refused', async () => {
    house = await openCampaignHouse(open)
    const dates = { starts: '2026-03-02', ends: '2026-03-31' }
    await expect(
      make('吴主席', '五小竞赛', { organisation: '华北重工', starts: '2026-04-01', ends: '2026-03-31' }),
    ).rejects.toThrow('早于开始日期')
    await expect(make('王强', '创新竞赛', { organisation: '二分公司', ...dates })).rejects.toThrow(
      '没有找到单位',
    )
    await expect(
      make('王强', '创新竞赛', { organisation: '一分公司', organisations: '二分公司', ...dates }),
    ).rejects.toThrow('不在您的管理范围内')
    await expect(
      make('王强', '创新竞赛', {
        organisation: '一分公司',
        organisations: '',
        rubric: '创新性 30\n效益 50',
        ...dates,
      }),
    ).rejects.toThrow('创新性 30 + 效益 50 = 80')
    expect(words(await shown('张三', '新建讲比活动'))).toContain('由科协干部发起')

    const yaml = [
      'template: five-smalls',
      'organisation: 一分公司',
      'starts: 2026-03-02',
      'ends: 2026-03-01',
      'kinds: [proposal, poem]',
      'organisations: [二分公司]',
    ].join('\n')
    const blob = await house.blobs.put(new TextEncoder().encode(yaml))
    const files = [{ name: 'a.yaml', type: 'text/yaml', size: yaml.length, blob }]
    const [refused] = await house.type('王强', '新建讲比活动', { files })
    for (const line of ['第 4 行：', '第 5 行：没有这样的参评类别：poem', '第 6 行：']) {
      expect(words(refused)).toContain(line)
    }
    const right = yaml.replace('03-01', '03-31').replace(', poem', '').replace('二分公司', '铸造车间')
    const kept = await house.blobs.put(new TextEncoder().encode(right))
    const [draft] = await house.type('王强', '新建讲比活动', { files: [{ ...files[0]!, blob: kept }] })
    expect(words(draft)).toContain('五小竞赛')
    // No group is bound there, so each person is told.
    await press('王强', draft, '开展')
    expect(words(last('孙工'))).toContain('《五小竞赛》开始了')

    await sendIn('张三', '不在参加单位')
    await sendIn('孙工', '砂箱改进')
    await sendIn('孙工', '要撤回的')
    const sent = await house.store.db
      .selectFrom('submission')
      .select(['id', 'stage'])
      .where('subject', '=', '要撤回的')
      .executeTakeFirstOrThrow()
    const value = { submission: sent.id, action: 'withdraw', seen: String(sent.stage) }
    const withdrawing = await house.click('孙工', { action: 'submissions.act', value })
    if (withdrawing.form) await house.fillIn('孙工', withdrawing, {})
    await house.settle()
    expect(await entries()).toEqual([
      { subject: '砂箱改进', state: 'in', why: '' },
      { subject: '要撤回的', state: 'out', why: 'ended' },
    ])

    await house.fillIn('王强', await press('王强', await shown('王强'), '取消活动'), {
      reason: '与集团活动合并',
    })
    await house.settle()
    expect(words(last('孙工'))).toContain('与集团活动合并')
    await house.waitUntil('2026-04-02T01:00:00Z')
    expect(words(await shown('王强'))).toContain('已取消')
    expect(house.errors).toEqual([])
  })
})
