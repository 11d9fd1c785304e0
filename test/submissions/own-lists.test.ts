import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import {
  accountOf,
  buttonsOf,
  openSubmissionsHouse,
  proposal,
  type SubmissionsHouse,
} from './submissions-house.ts'

const numbersOn = (card: Card | undefined) => [...new Set(JSON.stringify(card).match(/JY-2026-\d{4}/g) ?? [])]

describeEachDatabase('what is mine', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const queueOf = async (person: string) => (await house.type(person, '待我处理'))[0]

  test('what one sent in comes page by page, the latest first', async () => {
    house = await openSubmissionsHouse(open)
    for (let at = 1; at <= 8; at += 1) {
      house.time.now = new Date(house.time.now.getTime() + 60_000)
      await house.sendIn('张三', { ...proposal, title: `第${at}号工装改进` })
    }
    const [card] = await house.type('张三', '我的提交')
    expect(card?.title).toBe('我的提交（8 件）')
    expect(numbersOn(card)).toEqual([8, 7, 6, 5, 4, 3].map((at) => `JY-2026-000${at}`))
    const next = buttonsOf(card!).find(({ label }) => label === '下一页')!
    const { replace } = await house.click('张三', next)
    expect(numbersOn(replace)).toEqual(['JY-2026-0002', 'JY-2026-0001'])
    expect(buttonsOf(replace!).map(({ label }) => label)).toContain('上一页')
    // A page that is not there any more, or never was.
    for (const page of ['99', '-1', 'x', '']) {
      const { replace: shown } = await house.click('张三', { action: 'submissions.list', value: { page } })
      expect(numbersOn(shown).length).toBeGreaterThan(0)
    }
    expect(JSON.stringify((await house.type('陈晨', '我的提交'))[0])).toContain('您还没有提交过')
  })

  test('the queue holds what waits for one, whatever one may do beside that', async () => {
    house = await openSubmissionsHouse(open)
    const first = await house.sendIn('张三')
    const other = await house.sendIn('外人', { ...proposal, title: '食堂延长供餐' })
    expect(numbersOn(await queueOf('李梅'))).toEqual([first.number])
    expect(numbersOn(await queueOf('王强'))).toEqual([first.number])
    // Nobody holds an office at 二分公司, so what comes from there lies with the cadre above; the rest does not.
    expect(numbersOn(await queueOf('吴主席'))).toEqual([other.number])
    expect(numbersOn(await queueOf('张三'))).toEqual([])
    await house.act('李梅', first.number, 'hand-over', { colleague: '王强' })
    expect(numbersOn(await queueOf('李梅'))).toEqual([])
    expect(numbersOn(await queueOf('王强'))).toEqual([first.number])
    await house.act('王强', first.number, 'return', { reason: '请写明夹具型号。' })
    expect(numbersOn(await queueOf('王强'))).toEqual([])
    expect(numbersOn(await queueOf('张三'))).toEqual([first.number])
  })

  test('what is urgent stands first, then what is due first', async () => {
    house = await openSubmissionsHouse(open)
    const old = await house.sendIn('孙工')
    await house.waitUntil('2026-03-03T04:00:00Z')
    const young = await house.sendIn('张三')
    expect(numbersOn(await queueOf('李梅'))).toEqual([old.number, young.number])
    await house.store.transaction((trx) =>
      trx.updateTable('submission').set({ priority: 'urgent' }).where('id', '=', young.id).execute(),
    )
    expect(numbersOn(await queueOf('李梅'))).toEqual([young.number, old.number])
  })

  test('authors do not find their own among what they handle', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('李梅')
    expect(numbersOn(await queueOf('李梅'))).toEqual([])
    expect(numbersOn(await queueOf('王强'))).toEqual([number])
  })

  test('我的 counts all and names five', async () => {
    house = await openSubmissionsHouse(open)
    for (let at = 1; at <= 6; at += 1) await house.sendIn('张三', { ...proposal, title: `第${at}号工装` })
    const mine = await house.feature.mine({
      ...{ db: house.store.db, account: accountOf('张三'), person: house.people.张三! },
      ...{ language: 'zh-CN', now: house.time.now },
    })
    expect(mine).toMatchObject([{ kind: 'own', count: 6 }])
    expect(mine[0]!.items).toHaveLength(5)
  })
})
