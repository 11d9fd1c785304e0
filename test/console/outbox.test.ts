import { afterEach, beforeEach, expect, test } from 'vitest'
import { enqueue } from '../../src/delivery/outbox.ts'
import { card, chatOf } from '../delivery/outbox-world.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('undelivered messages in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
    // Of a platform that the bot does not serve, so that they stay as they are.
    await house.store.transaction(async (trx) => {
      for (const id of ['一号通知', '二号通知', '三号<b>通知']) {
        const now = new Date('2026-03-01T00:00:00Z')
        await enqueue(trx, { id, to: chatOf('c'), card: card(id), lane: 'reminder', now })
      }
      await trx
        .updateTable('outbox')
        .set({ state: 'dead', problem: 'gone', attempts: 1 })
        .where('platform', '=', 'fake')
        .execute()
    })
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const letters = () =>
    house.store.db
      .selectFrom('outbox')
      .select(['seq', 'id', 'state', 'card'])
      .where('platform', '=', 'fake')
      .orderBy('seq')
      .execute()

  test('are listed, sent again and dropped by an administrator', async () => {
    const { admin } = house
    const { html, text } = await admin.open('/console/outbox')
    expect(text).toContain('会话 c（fake）')
    expect(text).toContain('该会话或消息已不存在')
    expect(html).toContain('三号&lt;b&gt;通知')
    expect(html).not.toMatch(/\sstyle=|delivery:/)
    const [first, second, third] = await letters()
    expect((await admin.submit(`/console/outbox/${first!.seq}/drop`)).text).toContain('已删除')
    expect((await admin.submit(`/console/outbox/${second!.seq}/resend`)).text).toContain('已重新排队')
    expect((await letters()).map(({ state, card: kept }) => [state, kept !== null])).toEqual([
      ['superseded', false],
      ['waiting', true],
      ['dead', true],
    ])
    expect((await admin.submit('/console/outbox/all/resend')).status).toBe(200)
    expect((await letters())[2]).toMatchObject({ id: third!.id, state: 'waiting' })
    expect((await admin.open('/console/outbox')).text).toContain('没有未送达的消息')
    for (const path of [`${third!.seq}/drop`, `${third!.seq}/resend`, 'all/drop', 'x/resend']) {
      expect([path, (await admin.submit(`/console/outbox/${path}`)).status]).toEqual([path, 404])
    }
  })

  test('are counted on the page of the system, with what waits too long', async () => {
    const { admin, store, time } = house
    const before = await admin.open('/console/system')
    expect(before.text).toContain('运行正常')
    expect(before.text).toContain('有 3 条消息未送达')
    const now = new Date(time.now.getTime() - 2 * 3600_000)
    await store.transaction((trx) =>
      enqueue(trx, { id: 'late', to: chatOf('c'), card: card('late'), lane: 'reminder', now }),
    )
    const after = await admin.open('/console/system')
    expect(after.text).not.toContain('运行正常')
    expect(after.text).toMatch(/要发的消息\s*1\s*2 小时\s*3/)
    expect(after.text).toMatch(/收到的消息\s*0\s*无\s*0/)
  })

  test('are nobody else’s to read or send', async () => {
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: house.root })
    expect((await cadre.open('/console/outbox')).status).toBe(403)
    await cadre.open('/console/people')
    const before = await letters()
    for (const path of ['all/resend', `${before[0]!.seq}/drop`]) {
      expect((await cadre.submit(`/console/outbox/${path}`)).status).toBe(403)
    }
    expect(await letters()).toEqual(before)
  })
})
