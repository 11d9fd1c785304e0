import { afterEach, describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { freshLocation, type Open } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)

describe('the reviewing of a campaign', () => {
  let house: CampaignHouse
  // What the databases do differently is tried by the other tests of campaigns.
  const cleanUps: (() => Promise<void>)[] = []
  const open: Open = async ({ at, ...options } = {}) => {
    const location = at ?? (await freshLocation('sqlite', cleanUps))
    const store = await openStore(location, options)
    cleanUps.push(() => store.close())
    return { store, blobs: openBlobs(store, location), location }
  }
  afterEach(async () => {
    await house.stop()
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

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
    house.time.now = new Date(house.time.now.getTime() + 6000)
    await house.settle()
  }

  test('ends when all is in and it is confirmed, with shared places, and all of a long list can be read', async () => {
    house = await openCampaignHouse(open)
    const { db } = house.store
    const preview = await press('吴主席', await say('吴主席', '新建讲比活动'), '合理化建议月')
    await house.fillIn('吴主席', preview, { organisation: '华北重工' })
    await house.settle()
    await press('吴主席', last('吴主席'), '开展')
    for (const [who, title] of [
      ['张三', '快换夹具'],
      ['外人', '照明改造'],
      ['陈晨', '节水改造'],
    ] as const) {
      await sendIn(who, title)
    }

    // Ended by hand: what is sent in later on the same day takes no part.
    const sure = (await press('吴主席', await say('吴主席', 'JB-2026-0001'), '提前截止')).beside
    expect(words(sure)).toContain('原定 2026-04-01 截止')
    await press('吴主席', sure, '确认截止')
    await sendIn('孙工', '迟到的建议')
    expect(words(last('孙工'))).not.toContain('已参加')
    expect(words(await say('孙工', 'JB-2026-0001'))).toMatch(/原定 2026-04-01 截止，已于 2026-03-02 提前截止/)
    const entries = await db
      .selectFrom('campaign_entry')
      .innerJoin('submission', 'submission.id', 'campaign_entry.submission')
      .select(['campaign_entry.campaign', 'submission.id', 'submission.subject'])
      .orderBy('submission.number')
      .execute()
    expect(entries.map(({ subject }) => subject)).toEqual(['快换夹具', '照明改造', '节水改造'])
    const { campaign } = entries[0]!

    // Whoever is on leave gets nothing, and the organiser reads who that is.
    await house.store.transaction(async (trx) => {
      const days = { first: '2026-03-02', last: '2026-03-06' }
      const given = { id: 'leave', person: house.people.冯工!, ...days, note: '', by: null }
      await enterLeave(trx, given, house.time.now)
    })
    const progress = () => say('吴主席', '评审进度 JB-2026-0001')
    const naming = await press('吴主席', await progress(), '指定评审人')
    await house.fillIn('吴主席', naming, { ties: 'shared' })
    await house.settle()
    const deal = (await press('吴主席', await progress(), '分配项目')).beside
    expect(words(deal)).toContain('本次不分配：冯工')
    await press('吴主席', deal, '确认分配')
    const dealt = await db.selectFrom('campaign_review').select('reviewer').execute()
    const { 赵工, 钱工 } = house.people
    expect(dealt.map(({ reviewer }) => reviewer).sort()).toEqual(
      [赵工!, 赵工!, 赵工!, 钱工!, 钱工!, 钱工!].sort(),
    )

    // From one to the next, until there is none.
    const { rubric } = await db.selectFrom('campaign').select('rubric').executeTakeFirstOrThrow()
    const { criteria } = JSON.parse(rubric) as { criteria: { name: string; most: number }[] }
    const score = async (who: string, card: Card, share: number) => {
      const form = await press(who, card, card && words(card).includes('修改评分') ? '修改评分' : '打分')
      const given = criteria.map(({ name, most }) => [name, String(Math.round(most * share))])
      const done = await house.fillIn(who, form, { ...Object.fromEntries(given), opinion: '数据充分' })
      await house.settle()
      return done
    }
    const read = async (who: string, submission: string) =>
      (await house.click(who, { action: 'campaigns.review', value: { campaign, submission } })).beside!
    for (const who of ['赵工', '钱工']) {
      for (const [at, { id }] of entries.entries()) {
        await score(who, await read(who, id), at === 2 ? 0.6 : 0.8)
        const isLast = at === entries.length - 1
        const next = buttonsOf(last(who)!).find(({ label }) => label === '评下一件')
        expect([who, at, next === undefined]).toEqual([who, at, isLast])
        if (next) expect(words((await house.click(who, next)).beside)).toContain('打分')
      }
    }
    const complete = last('吴主席')
    expect(words(complete)).toContain('已分配的评审全部完成，另有 3 个项目评审人不足')
    const ranking = words(await say('吴主席', '评审排名 JB-2026-0001'))
    expect(ranking.match(/第 \d 名/g)).toEqual(['第 1 名', '第 1 名', '第 3 名'])

    // Nothing ends before it is confirmed; then no score changes.
    const asked = (await press('吴主席', complete, '结束评审')).beside
    expect(words(asked)).toContain('结束后评分不能再修改')
    const { id: worst } = entries[2]!
    await score('赵工', await read('赵工', worst), 0.7)
    const ended = await press('吴主席', asked, '确认结束评审')
    expect(words(ended.replace)).toContain('评审已结束')
    await expect(score('赵工', await read('赵工', worst), 0.9)).rejects.toThrow('judging:refused.over')
    await expect(press('吴主席', asked, '确认结束评审')).rejects.toThrow('judging:refused.not-reviewing')

    // A unit stands in the draft with what its entries come to.
    const drafted = await press('吴主席', ended.replace, '获奖名单')
    const proposed = words((await press('吴主席', drafted.beside, '按排名拟定')).beside)
    expect(proposed).toMatch(/一分公司.*参评 2 件，得分合计 \d/)

    // A list that is longer than a card is read on by its button, on notice and when it is given.
    await house.store.transaction(async (trx) => {
      const { award } = await trx.selectFrom('campaign_award').select('award').executeTakeFirstOrThrow()
      const at = house.time.now.toISOString()
      const rows = Array.from({ length: 45 }, (_, n) => ({
        ...{ id: `more ${n}`, campaign, award, place: 100 + n, submission: null, organisation: null },
        ...{ person: house.people.卫工!, holder: `第${n}位`, reason: '', by: house.people.吴主席! },
        ...{ certificate: null, file: null, at },
      }))
      await trx.insertInto('campaign_award').values(rows).execute()
    })
    const all = await db.selectFrom('campaign_award').select('holder').execute()
    const holdersOn = (card: Card) =>
      card.blocks.flatMap((block) => (block.type === 'list' ? block.items : [])).length
    const isWhole = async (first: Card) => {
      expect(holdersOn(first)).toBe(40)
      const rest = (await press('陈晨', first, `还有 ${all.length - 40} 项`)).beside!
      expect(holdersOn(rest)).toBe(all.length - 40)
      expect(buttonsOf(rest).some(({ label }) => label.startsWith('还有'))).toBe(false)
    }
    const form = await press('吴主席', await say('吴主席', '评奖 JB-2026-0001'), '公示')
    await house.fillIn('吴主席', form, { days: '1' })
    await house.settle()
    await press('吴主席', last('吴主席'), '确认公示')
    await isWhole(house.cardsIn(branchGroup).at(-1)!)
    await house.waitUntil('2026-03-05T01:00:00Z')
    const list = await say('吴主席', '评奖 JB-2026-0001')
    await press('吴主席', (await press('吴主席', list, '确定名单')).beside, '确定并发布')
    await isWhole(house.cardsIn(branchGroup).at(-1)!)
    await isWhole((await say('陈晨', '获奖名单 JB-2026-0001'))!)
    expect(house.errors).toEqual([])
  })
})
