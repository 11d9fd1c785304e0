import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { AwardKind } from '../../src/features/campaigns/award-kind.ts'
import { addAward } from '../../src/features/campaigns/judging/keep-awards.ts'
import { readCampaign } from '../../src/features/campaigns/records.ts'
import type { TimerHandler } from '../../src/timers/timers.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const words = (card: unknown) => JSON.stringify(card ?? null)

let house: CampaignHouse
let opened: Awaited<ReturnType<typeof openTestStore>>
afterEach(async () => {
  await house.stop()
  await opened.close()
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
const fill = async (who: string, card: Card | undefined, label: string, values: Record<string, string>) => {
  await house.fillIn(who, await press(who, card, label), values)
  await house.settle()
}

test('what leaves a campaign leaves its reviews and awards, a reviewer learns no scores, nobody is honoured twice', async () => {
  house = await openCampaignHouse(async (options) => (opened = await openTestStore(options)))
  const { db } = house.store
  const preview = await press('吴主席', await say('吴主席', '新建讲比活动'), '合理化建议月')
  await house.fillIn('吴主席', preview, { organisation: '华北重工' })
  await house.settle()
  await press('吴主席', last('吴主席'), '开展')
  for (const [who, title] of [
    ['张三', '快换夹具'],
    ['外人', '照明改造'],
    ['孙工', '节水改造'],
  ] as const) {
    const form = await house.click(who, { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.fillIn(who, form, { ...proposal, title })
    await house.settle()
  }
  await house.waitUntil('2026-05-11T01:00:00Z')
  const progress = () => say('吴主席', '评审进度 JB-2026-0001')
  await fill('吴主席', await progress(), '指定评审人', {})
  await press('吴主席', (await press('吴主席', await progress(), '分配项目')).beside, '确认分配')
  const {
    id: campaign,
    rubric,
    awards,
  } = await db.selectFrom('campaign').selectAll().executeTakeFirstOrThrow()
  const works = await db.selectFrom('submission').select(['id', 'subject', 'number']).execute()
  const workOf = (subject: string) => works.find((one) => one.subject === subject)!
  const takeOut = async (subject: string, reason: string) => {
    const value = { campaign, submission: workOf(subject).id }
    await house.fillIn('吴主席', await house.click('吴主席', { action: 'campaigns.take-out', value }), {
      reason,
    })
    await house.settle()
  }

  // Who reviews without names asks in the chat.
  for (const text of ['评审排名', '评审进度', '评奖']) {
    expect(words(await say('钱工', `${text} JB-2026-0001`))).not.toMatch(/夹具|张三|JY-2026|冯工/)
  }
  for (const action of ['ranking', 'explain', 'list-awards', 'entries', 'reviewing', 'check-blind']) {
    const value = { campaign, submission: workOf('快换夹具').id }
    await expect(house.click('钱工', { action: `campaigns.${action}`, value }), action).rejects.toThrow(
      /not-yours/,
    )
  }
  // Not even who makes it, once they review it themselves.
  const handed = await db
    .selectFrom('campaign_review')
    .select('reviewer')
    .where('submission', '=', workOf('快换夹具').id)
    .execute()
  expect(handed).toHaveLength(3)
  const reviewing = {
    action: 'campaigns.hand-review',
    value: { campaign, submission: workOf('照明改造').id },
  }
  await house.fillIn('赵工', await house.click('赵工', reviewing), { to: '吴主席' })
  await house.settle()
  await expect(house.click('吴主席', { action: 'campaigns.ranking', value: { campaign } })).rejects.toThrow(
    'judging:refused.blind',
  )
  expect(words(await progress())).toContain('待评 9 份')

  // What is taken out is reviewed no more.
  await takeOut('节水改造', '与去年的重复')
  expect(words(last('钱工'))).toContain('未完成的 1 件已撤回')
  expect(words(await say('钱工', '我的评审'))).toContain('共 2 件，其中 2 件待评')
  const gone = { action: 'campaigns.give-review', value: { campaign, submission: workOf('节水改造').id } }
  await expect(house.click('钱工', gone)).rejects.toThrow('judging:refused.not-asked')
  expect(words(await progress())).toContain('待评 6 份')

  const { criteria } = JSON.parse(rubric) as { criteria: { name: string; most: number }[] }
  const score = async (who: string, subject: string, share: number) => {
    const value = { campaign, submission: workOf(subject).id }
    const points = criteria.map(({ name, most }) => [name, String(Math.round(most * share))])
    const form = await house.click(who, { action: 'campaigns.give-review', value })
    await house.fillIn(who, form, { ...Object.fromEntries(points), opinion: '数据充分' })
    await house.settle()
  }
  await score('钱工', '快换夹具', 0.9)
  await score('冯工', '照明改造', 0.8)
  await fill('吴主席', await progress(), '结束评审', { reason: '时间已到' })
  expect(words(last('吴主席'))).toContain('撤回未完成的评审 4 份')

  // Chosen by hand, then proposed by the ranking.
  // Of two entries a share of them would leave one place.
  const places = JSON.stringify(
    (JSON.parse(awards) as AwardKind[]).map(({ mostShare: _share, ladder: _ladder, ...kind }) => kind),
  )
  await house.store.transaction((trx) => trx.updateTable('campaign').set({ awards: places }).execute())
  const judged = (await readCampaign(db, campaign))!
  const kind = judged.awards.find((one) => one.for === 'entry')!
  const { submissions } = house.campaigns.campaigns
  const doing = { by: house.people.吴主席!, now: house.time.now }
  const chosen = { award: kind.name, submission: workOf('快换夹具').id, reason: '成效突出' }
  await house.store.transaction((trx) => addAward(trx, { submissions }, judged, chosen, doing))
  const proposed = (await press('吴主席', await say('吴主席', '评奖 JB-2026-0001'), '按排名拟定')).beside
  const entryAwards = () =>
    db
      .selectFrom('campaign_award')
      .select(['submission', 'place', 'certificate'])
      .where('submission', 'is not', null)
      .orderBy('place')
      .execute()
  expect((await entryAwards()).map(({ submission, place }) => [submission, place])).toEqual([
    [workOf('照明改造').id, 1],
    [workOf('快换夹具').id, 2],
  ])
  await fill('吴主席', proposed, '公示', { days: '3' })
  await press('吴主席', last('吴主席'), '确认公示')

  // One objection at a time, and none twice.
  const notice = house.cardsIn(branchGroup).at(-1)
  await fill('陈晨', notice, '提出异议', { text: '去年已经用过' })
  await expect(fill('陈晨', notice, '提出异议', { text: '还有一点' })).rejects.toThrow('refused.objected')
  await house.waitUntil('2026-05-12T01:00:00Z')
  const heard = house.cardsOf('吴主席').find((card) => words(card).includes('去年已经用过'))
  await fill('吴主席', heard, '处理异议', { outcome: 'rejected', reason: '结构不同' })
  await expect(fill('陈晨', notice, '提出异议', { text: '去年已经用过' })).rejects.toThrow('objected-before')

  // Taken out while it is on notice: its award goes, the notice says so, and a decider hears it.
  await takeOut('照明改造', '抄袭')
  expect((await entryAwards()).map(({ submission }) => submission)).toEqual([workOf('快换夹具').id])
  await house.waitUntil('2026-05-22T01:00:00Z')
  await house.settle()
  expect(words(house.cardsIn(branchGroup))).toContain('快换夹具')
  const removed = await db
    .selectFrom('campaign_history')
    .select('data')
    .where('what', '=', 'award-removed')
    .execute()
  expect(removed.map(({ data }) => data).join()).toContain('照明改造')

  // Two who confirm at once, a stop between the steps, and two who number at once.
  const confirm = () => house.click('吴主席', { action: 'campaigns.confirm-now', value: { campaign } })
  const both = await Promise.allSettled([confirm(), confirm()])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await house.settle()
  expect(words(house.cardsIn(branchGroup).at(-1))).not.toContain('照明改造')
  expect(words(house.cardsOf('外人'))).not.toContain('祝贺')
  expect(house.cardsOf('张三').filter((card) => words(card).includes('祝贺'))).toHaveLength(1)
  const given = await db.selectFrom('campaign_award').select('certificate').execute()
  expect(given.every(({ certificate }) => certificate !== null)).toBe(true)
  expect(new Set(given.map(({ certificate }) => certificate)).size).toBe(given.length)
  const { timers } = house.campaigns.features.find(({ name }) => name === 'campaigns')!
  const certify = timers['campaigns.certify'] as TimerHandler
  const again = () => house.store.transaction((trx) => certify(trx, { campaign }, house.time.now))
  await house.store.transaction((trx) =>
    trx.updateTable('campaign_award').set({ certificate: null }).execute(),
  )
  const killed = house.store.transaction(async (trx) => {
    await certify(trx, { campaign }, house.time.now)
    throw new Error('stopped')
  })
  await expect(killed).rejects.toThrow('stopped')
  await Promise.all([again(), again()])
  await house.settle()
  const numbered = (await entryAwards()).map(({ certificate }) => certificate)
  expect(numbered).toHaveLength(1)
  expect(house.cardsOf('张三').filter((card) => words(card).includes('祝贺'))).toHaveLength(1)
  expect(house.errors).toEqual([])
})
