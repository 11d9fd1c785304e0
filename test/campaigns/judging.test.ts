import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)

describeEachDatabase('a campaign that is judged', (open) => {
  let house: CampaignHouse
  afterEach(() => house.stop())

  const press = async (who: string, card: Card | undefined, label: string) => {
    const button = buttonsOf(card!).find((one) => one.label.startsWith(label))
    if (!button) throw new Error(`no ${label} on ${words(card)}`)
    const answer = await house.click(who, button)
    await house.settle()
    return answer
  }
  const last = (who: string) => house.cardsOf(who).at(-1)
  const say = async (who: string, text: string) => (await house.type(who, text))[0]
  const sendIn = async (who: string, title: string) => {
    const form = await house.click(who, { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.fillIn(who, form, { ...proposal, title })
    await house.settle()
  }
  const fill = async (who: string, card: Card | undefined, label: string, values: Record<string, string>) => {
    await house.fillIn(who, await press(who, card, label), values)
    await house.settle()
  }
  /** What somebody has to review, as ids of entries by subject. */
  const reviews = () =>
    house.store.db
      .selectFrom('campaign_review')
      .innerJoin('person', 'person.id', 'campaign_review.reviewer')
      .innerJoin('submission', 'submission.id', 'campaign_review.submission')
      .select(['campaign_review.campaign', 'campaign_review.submission', 'campaign_review.state'])
      .select(['person.name', 'submission.subject', 'campaign_review.total'])
      .orderBy('person.name')
      .execute()
  const points = (share: number) => ({ opinion: '数据充分', share })

  test('from its reviewers to its certificates', async () => {
    house = await openCampaignHouse(open)
    const { db } = house.store
    const preview = await press('吴主席', await say('吴主席', '新建讲比活动'), '合理化建议月')
    await house.fillIn('吴主席', preview, { organisation: '华北重工' })
    await house.settle()
    await press('吴主席', last('吴主席'), '开展')
    for (const [who, title] of [
      ['张三', '张三的快换夹具'],
      ['外人', '照明改造'],
      ['赵工', '节水改造'],
    ] as const) {
      await sendIn(who, title)
    }
    await house.waitUntil('2026-05-11T01:00:00Z')
    const campaign = await db.selectFrom('campaign').selectAll().executeTakeFirstOrThrow()
    expect(campaign.state).toBe('reviewing')

    const steps = async (who: string) => {
      const feature = house.campaigns.features.find(({ name }) => name === 'campaigns')!
      const whose = { db, person: house.people[who]!, language: 'zh-CN' as const, now: house.time.now }
      const mine = await feature.mine({ ...whose, account: { platform: 'web', id: who } as never })
      return mine.flatMap(({ items }) => items.map(({ state }) => state)).join()
    }
    expect(await steps('吴主席')).toContain('尚未指定评审人')
    expect(await steps('冯工')).not.toContain('尚未指定评审人')
    // Who holds the office is proposed; nobody else may do it.
    const progress = await say('吴主席', '评审进度 JB-2026-0001')
    expect(words(progress)).toContain('还有 3 个项目评审人不足')
    expect(words(await say('张三', '评审进度 JB-2026-0001'))).toContain('没有办理')
    await fill('吴主席', progress, '指定评审人', {})
    const named = await db.selectFrom('campaign_reviewer').select('person').execute()
    expect(named.map(({ person }) => person).sort()).toEqual(
      ['赵工', '钱工', '冯工'].map((name) => house.people[name]!).sort(),
    )

    // What tells whose it is, beforehand.
    const checked = (await press('吴主席', await say('吴主席', '评审进度 JB-2026-0001'), '匿名检查')).beside
    expect(words(checked)).toContain('查看了 3 件，其中 1 件')
    expect(words(checked)).toContain('张三')

    const deal = (await press('吴主席', await say('吴主席', '评审进度 JB-2026-0001'), '分配项目')).beside
    expect(words(deal)).toContain('3 个项目还需 9 份评审')
    await press('吴主席', deal, '确认分配')
    const dealt = await reviews()
    // One's own has nobody else: the organiser hears which it is.
    const lack = await db.selectFrom('outbox').select('card').where('id', 'like', '% lack %').execute()
    expect(lack[0]!.card).toMatch(/有 1 个项目评审人不足.*JY-2026-\d+ 节水改造/)
    expect(dealt.map(({ name, subject }) => `${name} ${subject}`).sort()).toEqual(
      [
        ...['冯工', '赵工', '钱工'].flatMap((name) => [`${name} 照明改造`, `${name} 张三的快换夹具`]),
        ...['冯工 节水改造', '钱工 节水改造'],
      ].sort(),
    )

    // The card tells neither name nor unit nor number.
    const asked = last('钱工')
    expect(words(asked)).toContain('3 个项目请您评审')
    expect(words(asked)).toContain('■■的快换夹具')
    expect(words(asked)).not.toMatch(/张三|JY-2026/)
    const of = (name: string, subject: string) => {
      const one = dealt.find((each) => each.name === name && each.subject === subject)!
      return { campaign: one.campaign, submission: one.submission }
    }
    const open1 = of('钱工', '张三的快换夹具')
    const read = (await house.click('钱工', { action: 'campaigns.review', value: open1 })).beside
    expect(words(read)).not.toMatch(/张三|一分公司|JY-2026/)

    // In one's own cause: by a forged button.
    const own = { campaign: campaign.id, submission: of('钱工', '节水改造').submission }
    const forged = house.click('赵工', { action: 'campaigns.give-review', value: own })
    await expect(forged).rejects.toThrow('judging:refused.own')

    // Points by the rubric; what is forged outside of it is not taken.
    const rubric = JSON.parse(campaign.rubric) as { criteria: { name: string; most: number }[] }
    const score = async (who: string, subject: string, share: number) => {
      const form = await house.click(who, { action: 'campaigns.give-review', value: of(who, subject) })
      const given = rubric.criteria.map(({ name, most }) => [name, String(Math.round(most * share))])
      await house.fillIn(who, form, { ...Object.fromEntries(given), ...points(share), share: '' })
      await house.settle()
    }
    await expect(score('钱工', '张三的快换夹具', 1.5)).rejects.toThrow()
    await score('钱工', '张三的快换夹具', 0.9)
    await score('钱工', '照明改造', 0.6)
    await score('冯工', '张三的快换夹具', 0.8)
    await score('冯工', '照明改造', 0.6)
    await score('赵工', '张三的快换夹具', 0.7)
    // Corrected until the end.
    await score('赵工', '张三的快换夹具', 0.8)
    const mine = await say('赵工', '我的评审')
    expect(words(mine)).toContain('共 2 件，其中 1 件待评')

    // Declined for interest, handed on.
    const declining = await house.click('冯工', {
      action: 'campaigns.decline-review',
      value: of('冯工', '节水改造'),
    })
    await house.fillIn('冯工', declining, { reason: '作者是我的学生' })
    await house.settle()
    const hand = async (to: string) => {
      const form = await house.click('赵工', {
        action: 'campaigns.hand-review',
        value: of('赵工', '照明改造'),
      })
      await house.fillIn('赵工', form, { to })
      await house.settle()
    }
    await hand('褚工')
    expect(words(last('褚工'))).toContain('1 个项目请您评审')
    await expect(
      house.click('冯工', { action: 'campaigns.give-review', value: of('冯工', '节水改造') }),
    ).rejects.toThrow('judging:refused.not-asked')

    const ranking = await say('吴主席', '评审排名 JB-2026-0001')
    expect(words(ranking)).toContain('已排名 2 件，尚无评分 1 件')
    expect(words((await press('吴主席', ranking, '名次说明')).beside)).toMatch(
      /3 位评审（80、80、90）.*均分 83.33.*各项均分：.*列第 1 名.*后一位：第 2 名 60 分，相差 23.33 分/,
    )

    // It does not end over open reviews without a reason.
    await fill('吴主席', await say('吴主席', '评审进度 JB-2026-0001'), '结束评审', { reason: '时间已到' })
    expect(words(last('吴主席'))).toContain('撤回未完成的评审 2 份')
    expect(words(last('褚工'))).toContain('不再需要您评审，未完成的 1 件已撤回')
    await expect(house.click('钱工', { action: 'campaigns.give-review', value: open1 })).rejects.toThrow(
      'judging:refused.over',
    )

    const awards = await say('吴主席', '评奖 JB-2026-0001')
    expect(await steps('吴主席')).toContain('尚未拟定获奖名单')
    const proposed = (await press('吴主席', awards, '按排名拟定')).beside
    expect(words(proposed)).toContain('参评 3 件')
    expect(words(proposed)).toMatch(/一分公司.*参评 2 件，得分合计 83.33 分/)
    expect(words(proposed)).toMatch(/张三（一分公司）《张三的快换夹具》.*83.33 分 · /)
    await fill('吴主席', proposed, '公示', { days: '3' })
    expect(words(last('吴主席'))).toContain('将公示 3 个工作日，通知 1 个群。请确认发布')
    expect(words(last('吴主席'))).toContain('尚无人选：优秀组织者')
    await press('吴主席', last('吴主席'), '确认公示')
    const notice = house.cardsIn(branchGroup).at(-1)
    expect(words(notice)).toContain('公示期至 2026-05-14')
    expect(words(notice)).toContain('张三（一分公司）《张三的快换夹具》')
    await expect(say('张三', '获奖名单 JB-2026-0001')).resolves.toMatchObject({ tone: 'refusal' })
    expect(words(await press('吴主席', await say('吴主席', '评奖 JB-2026-0001'), '确定名单'))).toContain(
      '确定后',
    )
    const confirmNow = () =>
      house.click('吴主席', { action: 'campaigns.confirm-now', value: { campaign: campaign.id } })
    await expect(confirmNow()).rejects.toThrow('judging:refused.notice-runs')

    // An objection stops the days until it is settled.
    await fill('陈晨', notice, '提出异议', { text: '这个夹具去年已经用过' })
    await house.waitUntil('2026-05-12T01:00:00Z')
    const heard = (text: string) => house.cardsOf('吴主席').find((card) => words(card).includes(text))
    const objection = heard('去年已经用过')
    await fill('钱工', notice, '提出异议', { text: '获奖单位的名称有误' })
    await house.waitUntil('2026-05-12T02:00:00Z')
    const upheld = { outcome: 'upheld', reason: '名称确有错漏' }
    await fill('吴主席', heard('名称有误'), '处理异议', upheld)
    expect(words(house.cardsOf('钱工'))).toContain('异议成立，名单将作调整。理由：名称确有错漏')
    // One that was upheld does not start the days again while the other is open.
    const stands = await db.selectFrom('campaign_judging').select('stopped_at').executeTakeFirstOrThrow()
    expect(stands.stopped_at).not.toBeNull()
    await house.waitUntil('2026-05-18T01:00:00Z')
    await expect(confirmNow()).rejects.toThrow('judging:refused.objections')
    await fill('吴主席', objection, '处理异议', { outcome: 'rejected', reason: '两者结构不同' })
    expect(words(last('陈晨'))).toContain('两者结构不同')
    await house.waitUntil('2026-05-21T16:00:01Z')
    expect(words(last('吴主席'))).toContain('公示期满')
    expect(await steps('吴主席')).toContain('公示期满')
    const confirm = (await press('吴主席', last('吴主席'), '确定名单')).beside
    await press('吴主席', confirm, '确定并发布')
    const results = house.cardsIn(branchGroup).at(-1)
    expect(words(results)).toContain('结果公布')
    expect(results!.blocks.some((block) => block.type === 'picture')).toBe(true)
    expect(words(last('张三'))).toMatch(/祝贺.*ZS-2026-/)
    expect(words(await say('张三', '获奖名单 JB-2026-0001'))).toContain('张三（一分公司）')
    expect(words(await say('张三', '我的证书'))).toContain('ZS-2026-')
    // Who speaks for a unit receives what it is given.
    expect(words(house.cardsOf('李梅'))).toMatch(/祝贺！一分公司/)
    expect(words(await say('李梅', '我的证书'))).toContain('先进集体')
    const certificate = (await press('张三', last('张三'), '取证书')).beside
    expect(words(certificate)).toContain('兹证明 张三《')
    // The paper itself, under one address however often it is fetched.
    const paper = certificate!.blocks.find((block) => block.type === 'document')!
    expect(paper.name).toMatch(/^ZS-2026-\d+\.pdf$/)
    const bytes = await house.blobs.get(paper.blob)
    expect(Buffer.from(bytes!.subarray(0, 5)).toString()).toBe('%PDF-')
    const again = await house.click('张三', buttonsOf((await say('张三', '我的证书'))!)[0]!)
    expect(again.beside!.blocks).toContainEqual(paper)
    expect(words(await say('陈晨', '我的证书'))).toContain('目前没有')
    const given = await db.selectFrom('campaign_award').select('certificate').execute()
    expect(new Set(given.map(({ certificate }) => certificate)).size).toBe(given.length)
    expect((await db.selectFrom('campaign').select('state').executeTakeFirstOrThrow()).state).toBe('closed')
    expect(house.errors).toEqual([])
  })
})
