import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { offer, problem } from '../submissions/problem-samples.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'
import { joinChat, pressOn, sendIn } from './submissions-browser.ts'

describeEachDatabase('offers on the page of a problem', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are counted until the closing day and read afterwards, all of them behind their button', async () => {
    house = await openHouse(open)
    const { store } = house
    const branch = await addOrganisation(house, '一分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
    const author = await joinChat(house, { name: '张三', role: 'staff', organisation: branch })
    const number = await sendIn(house, author, 'technical-problem', problem)
    const { id } = await store.db
      .selectFrom('submission')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const stand = (state: string) =>
      store.transaction((trx) => trx.updateTable('submission').set({ state }).where('id', '=', id).execute())
    await stand('published')
    await store.transaction(async (trx) => {
      const { person } = await trx
        .selectFrom('membership')
        .select('person')
        .where('organisation', '=', house.root)
        .executeTakeFirstOrThrow()
      const at = house.time.now.toISOString()
      const offers = [1, 2, 3, 4].map((one) => ({
        ...{ id: `offer${one}`, submission: id, number: one, person: null, name: `林教授${one}` },
        ...{ organisation: '冶金大学', content: JSON.stringify({ ...offer, approach: `控温方案${one}` }) },
        ...{ state: 'open' as const, entered_by: person, at, changed_at: at },
      }))
      await trx.insertInto('submission_offer').values(offers).execute()
    })

    let page = await liaison.open(`/console/submissions/${id}`)
    expect(page.text).toContain('已收到 4 份揭榜方案，截止后可以查看')
    expect(page.html).not.toMatch(/控温方案|林教授/)
    const forged = { action: 'submissions.offers', value: JSON.stringify({ submission: id, from: '0' }) }
    page = await liaison.submit(`/console/submissions/${id}/press`, forged)
    expect(page.status).toBe(404)
    expect(page.html).not.toMatch(/控温方案|林教授/)

    await stand('comparing')
    page = await liaison.open(`/console/submissions/${id}`)
    expect(page.text).toContain('控温方案3')
    expect(page.text).not.toContain('控温方案4')
    page = await pressOn(liaison, '全部方案（4 份）')
    expect(page.status).toBe(200)
    expect(page.text).toContain('控温方案4')
  })
})
