import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { Button, Card } from '../../src/chat/card.ts'
import { buttonsOf, type CampaignHouse, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)
const days = { from: '2026-01-01', to: '2026-03-31', fill: '2026-03-10', check: '2026-03-20', notice: '3' }
/** All points of each measure of the sheet for campaigns. */
const full = Object.fromEntries(
  ['rules 10', 'participation 20', 'posts 10', 'per-head 15', 'adopted 15', 'benefit 15', 'events 15'].map(
    (one) => [`p-${one.split(' ')[0]}`, one.split(' ')[1]!],
  ),
)

describeEachDatabase('an assessment', (open, dialect) => {
  let house: CampaignHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const press = async (who: string, card: Card | undefined, label: string) => {
    const button = buttonsOf(card!).find((one) => one.label === label)
    if (!button) throw new Error(`no ${label} on ${words(card)}`)
    const answer = await house.click(who, button)
    await house.settle()
    return answer
  }
  const last = (who: string) => house.cardsOf(who).at(-1)
  const shown = async (who: string, text: string) => (await house.type(who, text))[0]
  const fill = async (
    who: string,
    opened: Awaited<ReturnType<typeof press>>,
    values: Record<string, string>,
  ) => {
    await house.fillIn(who, opened, values)
    await house.settle()
    return last(who)
  }
  const click = (who: string, action: string, value: Button['value']) =>
    house.click(who, { action: `assessment.${action}`, value })
  const row = () => house.store.db.selectFrom('assessment').selectAll().executeTakeFirstOrThrow()
  const subjectOf = async (organisation: string) =>
    (
      await house.store.db
        .selectFrom('assessment_subject')
        .select('id')
        .where('organisation', '=', house.people[organisation]!)
        .executeTakeFirstOrThrow()
    ).id

  test('of a campaign goes from its draft to the praise, and stands on its card', async () => {
    house = await openCampaignHouse(open)
    await press('吴主席', await shown('吴主席', '新建讲比活动'), '合理化建议月').then((form) =>
      fill('吴主席', form, { organisation: '华北重工' }),
    )
    expect(words(await shown('吴主席', '考核 JB-2026-0001'))).toContain('还没有考核评估')
    expect(words(await shown('张三', '考核 JB-2026-0001'))).toContain('没有找到这个讲比活动')
    await press('吴主席', await shown('吴主席', 'JB-2026-0001'), '开展')
    const form = await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    await fill('张三', form, { ...proposal, title: '快换夹具' })

    // Whoever takes part finds none, and another unit's cadre may not start one.
    expect(words(await shown('张三', '考核 JB-2026-0001'))).toContain('还没有考核评估')
    const { id: campaign } = await house.store.db
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    await expect(click('王强', 'make', { campaign })).rejects.toThrow('not-for-you')
    const begin = (await press('吴主席', await shown('吴主席', 'JB-2026-0001'), '考核评估')).beside
    expect(words(begin)).toContain('2 个单位')
    const draft = await fill('吴主席', await press('吴主席', begin, '发起考核评估'), {
      ...days,
      checkers: '周建国、王强',
    })
    expect(words(draft)).toContain('一分公司')
    expect((await row()).campaign).toBe(campaign)

    // 王强 cannot be the only one who checks his own unit; a draft is changed, and its old button does nothing.
    const edited = await fill('吴主席', await press('吴主席', draft, '修改'), {
      title: '建议月考评',
      units: '一分公司',
      checkers: '王强',
    })
    await expect(press('吴主席', draft, '发起')).rejects.toThrow('changed-meanwhile')
    await expect(press('吴主席', edited, '发起')).rejects.toThrow('no-checker')
    const again = await fill('吴主席', await press('吴主席', edited, '修改'), {
      units: '一分公司、二分公司',
      checkers: '周建国、王强',
    })
    expect(words(again)).toContain('建议月考评')
    await press('吴主席', again, '发起')
    await expect(press('吴主席', again, '修改')).rejects.toThrow('begun')
    expect(words(last('李梅'))).toContain('建议月考评')

    // The figures are those of the campaign's entries: one of the people of 一分公司 took part.
    const branch = await subjectOf('branch')
    const asked = await click('李梅', 'fill', { subject: branch })
    expect(words(asked)).toContain('有方案')
    // Numbers stand with what they count, each hint once.
    expect(words(asked)).toContain('60%及以上得 20 分；40%及以上得 15 分；20%及以上得 8 分；本系统记录：')
    expect(words(asked)).not.toMatch(/；；|得 20 分 /)
    await expect(click('外人', 'fill', { subject: branch })).rejects.toThrow('not-for-you')
    await fill('李梅', asked, { ...full, 'p-adopted': '3' })
    const { figures } = await house.store.db
      .selectFrom('assessment_score')
      .select('figures')
      .where('measure', '=', 'participation')
      .executeTakeFirstOrThrow()
    const [figure] = JSON.parse(figures) as { value: number; records: string[] }[]
    expect(figure!.value).toBeGreaterThan(0)
    expect(figure!.records).toEqual(['JY-2026-0001 快换夹具'])

    // Nobody checks their own unit; sent back, the liaison hears it at once and fills in anew.
    for (const who of ['王强', '李梅', '张三', '外人'])
      await expect(click(who, 'check', { subject: branch })).rejects.toThrow(/own|not-checker/)
    await fill('周建国', await click('周建国', 'return', { subject: branch }), { reason: '缺少方案' })
    expect(words(last('李梅'))).toContain('缺少方案')
    await fill('李梅', await press('李梅', last('李梅'), '自评'), full)
    await fill('周建国', await click('周建国', 'check', { subject: branch }), full)
    const other = await subjectOf('other')
    await expect(click('王强', 'check', { subject: other })).rejects.toThrow('not-')
    await house.waitUntil('2026-03-11T02:00:00Z')
    const own = await house.type('周建国', '我的考核')
    expect(words(own)).toContain('截止 2026-03-20')
    await fill('周建国', await click('周建国', 'check', { subject: other }), {
      ...full,
      ...{ 'p-rules': '2', 'n-rules': '未见方案', 'p-participation': '0', 'p-benefit': '0' },
    })
    // Whoever holds it hears that nothing is left.
    expect(words(last('吴主席'))).toContain('2 个对象已全部审核')
    const card = await shown('吴主席', 'KH-2026-0001')
    await press('吴主席', (await press('吴主席', card, '公布结果')).beside, '确认公布')
    expect(words(last('李梅'))).toContain('考核结果')
    // A second press of the same button, and points after the end, do nothing.
    await expect(
      press('吴主席', card, '公布结果').then(({ beside }) => press('吴主席', beside, '确认公布')),
    ).rejects.toThrow(/changed-meanwhile|not-open/)
    await expect(click('李梅', 'fill', { subject: branch })).rejects.toThrow('not-open')

    // Whoever merely takes part reads it on the campaign's card and as a result.
    const seen = await shown('张三', 'JB-2026-0001')
    expect(words(seen)).toContain('KH-2026-0001 结果公示中；一分公司 第 1 名，100 分')
    expect(words((await press('张三', seen, '考核评估')).beside)).toContain('考核结果')
    expect(words(await shown('张三', 'KH-2026-0001'))).toContain('没有找到')

    // An objection is answered at once, and whoever is below is ranked anew.
    const objecting = await click('李梅', 'object', { subject: branch })
    await fill('李梅', objecting, { text: '另一单位的分数与实际不符' })
    expect(words(last('吴主席'))).toContain('一分公司对《建议月考评》的结果提出异议，请您处理')
    const objectAgain = async (text: string) => {
      await fill('李梅', await click('李梅', 'object', { subject: branch }), { text })
    }
    await expect(objectAgain('还有一点要说明')).rejects.toThrow('assessment:refused.objected')
    const held = await shown('吴主席', 'KH-2026-0001')
    await fill('吴主席', await press('吴主席', held, '处理异议'), { decision: 'rejected', reason: '已核对' })
    expect(words(last('李梅'))).toContain('维持原分。理由：已核对')
    await expect(objectAgain('另一单位的分数与实际不符')).rejects.toThrow('objected-before')
    await expect(
      press('吴主席', held, '处理异议').then((opened) =>
        fill('吴主席', opened, { decision: 'rejected', reason: '再次' }),
      ),
    ).rejects.toThrow()
    await house.waitUntil('2026-03-16T02:00:00Z')
    expect((await row()).state).toBe('closed')
    // Praised after the notice: in the list of the year, with files; not of another year, and for nobody without the office.
    const honours = await shown('吴主席', '荣誉名单 2026年')
    expect(
      honours?.blocks.find((block) => block.type === 'table')?.rows.map((one) => one.slice(0, 3)),
    ).toEqual([['一分公司', '优秀', '建议月考评']])
    expect(honours?.blocks.filter((block) => block.type === 'document')).toHaveLength(2)
    expect(words(await shown('吴主席', '荣誉名单 2025年'))).toContain('还没有荣誉记录')
    expect(words(await shown('张三', '荣誉名单 2026年'))).toContain('没有办理这项考核的权限')
    await expect(
      click('李梅', 'object', { subject: branch }).then((opened) =>
        fill('李梅', opened, { text: '过期的异议' }),
      ),
    ).rejects.toThrow()
  })

  if (dialect === 'postgres') return

  test('takes no sheet with mistakes, and goes on with one that is right', async () => {
    house = await openCampaignHouse(open)
    const sheet = readFileSync('knowledge/assessment/unit-annual.yaml', 'utf8')
    for (const [from, to] of [
      ['kinds: [proposal, result]', 'kinds: [propozal]'],
      ['total: 100', 'total: 99'],
      ['by: hand', 'by: mood'],
      ['for: unit', 'for: [unit'],
    ] as const) {
      await expect(click('吴主席', 'make', { sheet: sheet.replace(from, to) })).rejects.toThrow(/sheet|yaml/)
    }
    // As a file with the words in the chat too.
    const bring = async (who: string, yaml: string) => {
      const blob = await house.blobs.put(new TextEncoder().encode(yaml))
      const files = [{ name: 'a.yaml', type: 'text/yaml', size: yaml.length, blob }]
      return (await house.type(who, '发起考核', { files }))[0]
    }
    expect(words(await bring('吴主席', sheet.replace('total: 100', 'total: 99')))).toContain('应为 99 分')
    expect(words(await bring('张三', sheet))).toContain('没有办理这项考核的权限')
    const read = await bring('吴主席', sheet.replace('年度工作考核表', '自带考核表'))
    expect(words(read)).toContain('已读取考核表“基层科协自带考核表”')
    expect(words(await press('吴主席', read, '接着填写'))).toContain('基层科协自带考核表（已带入）')
    const form = await click('吴主席', 'make', { sheet: sheet.replace('年度工作考核表', '自备考核表') })
    expect(words(form)).toContain('基层科协自备考核表（已带入）')
    const made = await fill('吴主席', form, {
      ...days,
      title: '自备',
      organisation: '华北重工',
      checkers: '周建国',
    })
    expect(words(made)).toContain('自备考核表')
    expect((await row()).campaign).toBeNull()
    await expect(click('王强', 'edit', { assessment: (await row()).id })).rejects.toThrow('not-for-you')
  })
})
