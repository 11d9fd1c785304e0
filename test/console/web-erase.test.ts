import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from '../submissions/dump-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'
import { WebFormVisitor } from './web-form-visitor.ts'

describeEachDatabase('an opinion of somebody without account', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('lies encrypted, and is erased by the receipt code', async () => {
    house = await openHouse(open)
    const workshop = await addOrganisation(house, '铸造车间')
    const cadre = await enterConsole(house, { name: '李梅', role: 'cadre', organisation: workshop })
    await cadre.open('/console/entries')
    await cadre.submit('/console/entries', { kind: 'opinion', organisation: workshop })
    const path = new URL(/value="(http[^"]*\/submit\/[^"]*)"/.exec(cadre.page.html)![1]!).pathname
    const visitor = new WebFormVisitor(new ConsoleBrowser(house.bot.address))
    await visitor.fillIn(path, {
      ...{ naming: 'hidden', guestName: '郑不语', guestPhone: '139 5550 1234' },
      ...{ title: '浴室没有热水', area: 'living', text: '夜班下班后浴室没有热水，已经半个月。' },
    })
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(visitor.browser.page.html)![1]!
    const secrets = ['郑不语', '139 5550 1234', '浴室没有热水']
    expect(placesHolding(await dumpDatabase(house.store), secrets)).toEqual([])

    const receipt = { number: 'YJ-2026-0001', code }
    const other = new ConsoleBrowser(house.bot.address)
    expect((await other.submit('/receipt', receipt)).text).toContain('浴室没有热水')
    // Without the box ticked nothing happens.
    expect((await other.submit('/receipt', { ...receipt, do: 'erase' })).text).toContain('浴室没有热水')
    const gone = await other.submit('/receipt', { ...receipt, do: 'erase', sure: 'yes' })
    expect(gone.text).toContain('姓名和正文已删除')
    expect(gone.text).not.toContain('浴室没有热水')
    const again = await other.submit('/receipt', { ...receipt, do: 'erase', sure: 'yes' })
    expect(again.text).not.toContain('浴室没有热水')
    const row = await house.store.db.selectFrom('submission').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'erased', organisation: workshop, subject: '', content: '' })
  })
})
