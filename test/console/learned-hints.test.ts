import { expect, test } from 'vitest'
import { listHints } from '../../src/knowledge/learned/hints.ts'
import { noteThanks } from '../../src/knowledge/learned/thanks.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addOrganisation, addPerson, enterConsole, linkFor, openHouse } from './console-house.ts'

const question = '门口的石狮子几岁了'

describeEachDatabase('gaps and learned questions in the console', (open) => {
  test('a cadre puts a gap under a clause, sees it among the learned ones, and takes it away', async () => {
    const house = await openHouse(open)
    const { admin, store, bot } = house
    try {
      const staff = new ConsoleBrowser(bot.address)
      const branch = await addOrganisation(house, '分公司一')
      const person = await addPerson(house, { name: '李梅', role: 'staff', organisation: branch })
      await staff.useLink(await linkFor(house, person))
      await WebGuest.withCookies(bot.address, staff.cookie).ask(question)
      const other = await addOrganisation(house, '分公司二')
      const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
      const leader = await enterConsole(house, { name: '孙总', role: 'leader', organisation: branch })
      const stranger = await enterConsole(house, { name: '钱多', role: 'cadre', organisation: other })

      const path = /href="(\/console\/gaps\/[^"]+)"/.exec((await cadre.open('/console/gaps')).html)![1]!
      expect((await cadre.open(path)).text).toContain(question)
      // A leader sees questions but answers none, and a cadre of elsewhere sees none of them.
      expect((await leader.open('/console/gaps')).text).toContain(question)
      expect(leader.page.html).not.toContain(path)
      for (const browser of [leader, stranger]) expect((await browser.open(path)).status).toBe(404)
      expect((await stranger.open('/console/gaps')).text).not.toContain(question)

      await cadre.open(path)
      const clause = { document: 'guideline', key: '三/十' }
      expect((await cadre.submit(`${path}/assign`, { ...clause, key: '九/九' })).status).toBe(400)
      await cadre.open(path)
      const done = await cadre.submit(`${path}/assign`, clause)
      expect(done.text).toContain('已归入')
      expect(done.html).not.toContain(path)

      const list = await cadre.open('/console/hints')
      for (const shown of [question, '（十）', '干部归入', '王强']) expect(list.text).toContain(shown)
      const [hint] = await listHints(store.db)
      expect((await stranger.open('/console/hints')).text).not.toContain(question)
      expect((await leader.open('/console/hints')).text).toContain(question)
      expect(leader.page.html).not.toContain('/remove')
      expect((await stranger.submit(`/console/hints/${hint!.id}/remove`)).status).toBe(404)
      expect((await leader.submit(`/console/hints/${hint!.id}/remove`)).status).toBe(404)
      expect(await listHints(store.db)).toHaveLength(1)
      await cadre.open('/console/hints')
      expect((await cadre.submit(`/console/hints/${hint!.id}/remove`)).text).not.toContain(question)
      expect(await listHints(store.db)).toEqual([])
      expect((await admin.open('/console/hints')).text).toContain('还没有学到问法')
    } finally {
      await bot.stop()
    }
  })

  test('what somebody disagreed with waits to be adopted', async () => {
    const house = await openHouse(open)
    const { admin, store, bot } = house
    try {
      const verdict = { question, language: 'zh-CN', document: 'guideline', key: '三/十' }
      await store.transaction(async (trx) => {
        const { id } = await createPerson(trx, { name: '李晓梅' })
        await linkAccount(trx, { platform: 'web', installation: 'web', user: 'a' }, id, house.time.now)
      })
      for (const user of ['a', 'b']) {
        const account = JSON.stringify(['web', 'web', user])
        await store.transaction((trx) =>
          noteThanks(trx, { ...verdict, answer: user, account, conversation: user }, house.time.now),
        )
      }
      const [{ id } = { id: '' }] = await listHints(store.db)
      await store.transaction((trx) =>
        trx.updateTable('learned_hint').set({ state: 'proposed' }).where('id', '=', id).execute(),
      )
      expect((await admin.open('/console/hints')).text).toContain('待确认')
      const adopted = await admin.submit(`/console/hints/${id}/adopt`)
      expect(adopted.text).toContain('干部归入')
      expect(adopted.text).not.toContain('待确认')
      expect(await listHints(store.db)).toMatchObject([{ state: 'active', byName: '周建国' }])
    } finally {
      await bot.stop()
    }
  })
})
