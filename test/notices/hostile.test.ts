import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { privately, renderCard as renderFeishu } from '../../src/platforms/feishu/render-card.ts'
import { fallbackText, renderCard as renderSlack } from '../../src/platforms/slack/render-card.ts'
import { branchGroup, buttonsOf, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const filled = {
  ...{ kind: 'notice', organisation: '一分公司', title: '停电', text: '周六停电。', asks: 'yes' },
  ...{ toKinds: ['people'], toAt: '', toBelow: '', toRoles: [], toPeople: '张三' },
}

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)!
  return {
    ...{ ...house, button, last },
    async write(name: string, values: Record<string, string | string[]> = {}): Promise<Card> {
      const opened = await house.click(name, { action: 'notices.make', value: {} })
      await house.fillIn(name, opened, { ...filled, ...values })
      await house.settle()
      return last(name)
    },
    notice: () => house.store.db.selectFrom('notice').selectAll().executeTakeFirstOrThrow(),
    did: async (what: 'sent' | 'corrected') =>
      (await house.store.db.selectFrom('notice_history').select('id').where('what', '=', what).execute())
        .length,
  }
}

/** Texts of a rendered card in which a messenger looks for its own signs. */
function markupIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(markupIn)
  if (typeof node !== 'object' || node === null) return []
  const fields = Object.entries(node)
  const type = 'tag' in node ? node.tag : 'type' in node ? node.type : ''
  const own = type === 'lark_md' || type === 'markdown' || type === 'mrkdwn'
  return fields.flatMap(([, value]) => (own && typeof value === 'string' ? value : markupIn(value)))
}

describeEachDatabase('a notice before people who mean harm', (open, dialect) => {
  test('is sent once by two who press at once, and stopped in the midst', async () => {
    const house = await openHouse(open)
    const send = house.button(await house.write('王强', { toKinds: ['members'] }), '发出')
    // 吴主席 makes the notices of all below 华北重工.
    const pressed = await Promise.allSettled([house.click('王强', send), house.click('吴主席', send)])
    expect(pressed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(String(pressed.find(({ status }) => status === 'rejected'))).not.toContain('500')
    expect(await house.did('sent')).toBe(1)
    // Nothing has gone out yet: whoever takes it back now stops all of it.
    const form = await house.click('吴主席', {
      action: 'notices.withdraw',
      value: { notice: (await house.notice()).id },
    })
    await house.fillIn('吴主席', form, { reason: '写错了' })
    await house.settle()
    expect(house.cardsOf('张三')).toEqual([])
    expect((await house.notice()).state).toBe('withdrawn')
    expect(house.errors).toEqual([])
  })

  if (dialect === 'postgres') return

  test('is known by nobody who was not asked, and seen by nobody before it goes out', async () => {
    const house = await openHouse(open)
    const preview = await house.write('王强')
    const { id, number } = await house.notice()
    const read = (notice: string) => ({ action: 'notices.read', value: { notice } })
    for (const name of ['外人', '张三']) {
      for (const named of [id, number]) {
        await expect(house.click(name, read(named))).rejects.toThrow('notices:gone')
        await expect(house.click(name, { ...read(named), action: 'notices.open' })).rejects.toThrow(
          'notices:gone',
        )
      }
    }
    await house.click('王强', house.button(preview, '发出'))
    await house.settle()
    // A group in which it does not stand gives nobody a part in it.
    const elsewhere = { conversation: { ...branchGroup, chat: '别的群' }, group: true }
    await expect(house.click('外人', read(id), elsewhere)).rejects.toThrow('notices:gone')
    await expect(house.click('外人', read(number))).rejects.toThrow('notices:gone')
    await house.click('张三', read(id))
    const [list] = await house.type('王强', '通知')
    expect(JSON.stringify(list)).toContain('已知悉 1，未知悉 0')

    // Those of another unit neither change nor take back what is not theirs.
    for (const deed of ['correct', 'withdraw', 'show', 'missing', 'remind', 'preview', 'send', 'drop']) {
      const forged = { action: `notices.${deed}`, value: { notice: id, revision: '0', reached: '1 0' } }
      await expect(house.click('外人', forged)).rejects.toThrow('notices:gone')
    }
    // A form that was opened while one might is looked at again when it is sent in.
    const form = await house.click('王强', { action: 'notices.correct', value: { notice: id } })
    await house.store.transaction(async (trx) => {
      await trx.deleteFrom('membership').where('person', '=', house.people.王强!).execute()
    })
    await expect(house.fillIn('王强', form, { text: '不停电。' })).rejects.toThrow('notices:gone')
    expect((await house.notice()).text).toBe('周六停电。')
    expect(await house.did('corrected')).toBe(0)
  })

  test('goes to those whom the preview showed, and wakes nobody by what stands in it', async () => {
    const house = await openHouse(open)
    const shout = '@所有人 <!channel> <at id=all></at> @everyone'
    await expect(house.write('王强', { title: '长'.repeat(5000) })).rejects.toThrow('title')
    const preview = await house.write('王强', { title: shout, text: shout, toKinds: ['members'] })
    // Somebody leaves between the preview and the press.
    await house.store.transaction(async (trx) => {
      await trx.deleteFrom('membership').where('person', '=', house.people.褚工!).execute()
    })
    const pressed = await house.click('王强', house.button(preview, '发出'))
    expect(pressed.toast).toContain('对象有变化')
    expect((await house.notice()).state).toBe('draft')
    expect(JSON.stringify(pressed.replace)).toContain('将私信 8 人')
    await house.click('王强', house.button(pressed.replace, '发出'))
    await house.settle()
    // Who wrote it knows it.
    const asked = await house.store.db.selectFrom('circulation_person').select('person').execute()
    expect(asked.map(({ person }) => person)).toContain(house.people.张三)
    expect(asked.map(({ person }) => person)).not.toContain(house.people.王强)
    // What is no plain text to a messenger has its signs taken out of their meaning.
    const told = house.last('张三')
    expect(markupIn(renderFeishu(told, privately)).join()).not.toMatch(/<at|<!/)
    expect(markupIn(renderSlack(told, 'message', 'zh-CN')).join()).not.toMatch(/<!|<at/)
    expect(fallbackText(told)).not.toMatch(/<!|<at/)
    expect(house.errors).toEqual([])
  })

  test('goes to a group that the bot has left: whoever sent it hears of which, once', async () => {
    const house = await openHouse(open)
    const preview = await house.write('王强', { toKinds: ['groups', 'people'], toAt: '一分公司' })
    house.fake.fate = (operation) => (operation.to.type === 'conversation' ? 'gone' : 'ok')
    await house.click('王强', house.button(preview, '发出'))
    await house.settle()
    await house.waitUntil('2026-03-02T01:15:00Z')
    const told = () => house.cardsOf('王强').filter(({ title }) => title === '有的群没有收到')
    expect(told()).toHaveLength(1)
    for (const part of ['通知：停电', '一分公司的群']) expect(JSON.stringify(told())).toContain(part)
    // Those who were written to have it all the same, and its page does not count the group.
    expect(house.last('张三').title).toBe('通知：停电')
    const shown = await house.click('王强', {
      ...{ action: 'notices.show', value: { notice: (await house.notice()).id } },
    })
    expect(JSON.stringify(shown.beside)).toContain('已送 0 个群')
    await house.waitUntil('2026-03-03T05:00:00Z')
    expect(told()).toHaveLength(1)
    expect(house.errors).toEqual([])
  })
})
