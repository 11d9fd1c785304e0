import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'
import { WebFormVisitor } from './web-form-visitor.ts'

const proposal = {
  guestName: '老郑',
  guestUnit: '热处理车间',
  guestPhone: '139 0000 0000',
  naming: 'signed',
  title: '三号线夹具改为快换式',
  variety: 'proposal',
  category: 'process',
  defect: '三号线换型要拆装八颗螺栓，每次约四十分钟。',
  method: '夹具改为快换式定位销，另备一台换型小车。',
  effect: '换型时间由四十分钟降到十分钟。',
}

describeEachDatabase('web forms for people without account', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  /** A cadre who has put up a form; gives its path. */
  async function putUp(): Promise<{ cadre: ConsoleBrowser; path: string; workshop: string }> {
    house = await openHouse(open)
    const workshop = await addOrganisation(house, '铸造车间')
    const cadre = await enterConsole(house, { name: '李梅', role: 'cadre', organisation: workshop })
    await cadre.open('/console/entries')
    await cadre.submit('/console/entries', { kind: 'proposal', organisation: workshop })
    const url = /value="(http[^"]*\/submit\/[^"]*)"/.exec(cadre.page.html)![1]!
    return { cadre, path: new URL(url).pathname, workshop }
  }

  const visitor = () => new WebFormVisitor(new ConsoleBrowser(house.bot.address))
  const rows = () => house.store.db.selectFrom('submission').selectAll().execute()

  test('is filled in without account, followed up by the code, added to and taken back', async () => {
    const { path, workshop } = await putUp()
    const guest = visitor()
    expect((await guest.browser.open(path)).text).toContain('铸造车间')
    await guest.fillIn(path, proposal)
    const done = guest.browser.page
    expect(done.text).toContain('已登记 JY-2026-0001')
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(done.html)![1]!
    const [row] = await rows()
    expect(row).toMatchObject({ organisation: workshop, lies_with: workshop, origin: 'web', author: null })
    expect(JSON.stringify(row)).not.toContain(code)
    const other = new ConsoleBrowser(house.bot.address)
    const found = await other.submit('/receipt', { number: 'jy 2026 1', code: code.toLowerCase() })
    expect(found.text).toContain('三号线夹具改为快换式')
    expect(found.text).toContain('已登记，待受理')
    const receipt = { number: 'JY-2026-0001', code }
    const added = await other.submit('/receipt', { ...receipt, do: 'comment', comment: '图纸可以找我要。' })
    expect(added.text).toContain('补充说明已转给办理人')
    expect(added.text).toContain('图纸可以找我要。')
    // Without the box ticked nothing happens.
    await other.submit('/receipt', { ...receipt, do: 'withdraw' })
    expect((await rows())[0]?.state).toBe('registered')
    const withdrawn = await other.submit('/receipt', { ...receipt, do: 'withdraw', sure: 'yes' })
    expect(withdrawn.text).toContain('本人已撤回')
    const again = await other.submit('/receipt', { ...receipt, do: 'withdraw', sure: 'yes' })
    expect(again.status).toBe(200)
    expect((await rows())[0]?.state).toBe('withdrawn')
  })

  test('has a QR code to be printed, for those who look after the organisation', async () => {
    const { cadre } = await putUp()
    const poster = /href="(\/console\/entries\/[^"]+\/poster)"/.exec(cadre.page.html)![1]!
    const page = await cadre.open(poster)
    expect(page.text).toContain('请用手机扫码填写，由铸造车间办理')
    expect(page.html).toMatch(/role="img" aria-label="填写网址的二维码"><svg viewBox/)
    const elsewhere = await addOrganisation(house, '机修车间')
    const other = await enterConsole(house, { name: '孙凯', role: 'cadre', organisation: elsewhere })
    expect((await other.open(poster)).status).toBe(404)
    expect((await visitor().browser.open(poster)).status).toBe(401)
  })

  test('wrong codes are counted, and told like numbers that are none', async () => {
    const { path } = await putUp()
    await visitor().fillIn(path, proposal)
    const other = new ConsoleBrowser(house.bot.address)
    const wrong = await other.submit('/receipt', { number: 'JY-2026-0001', code: 'ABCDEFGH' })
    const nothing = await other.submit('/receipt', { number: 'JY-2026-0009', code: 'ABCDEFGH' })
    expect(wrong.status).toBe(404)
    const told = ({ text }: { text: string }) => text.replaceAll(/JY-2026-\d{4}/g, '')
    expect(told(nothing)).toBe(told(wrong))
    for (let tries = 0; tries < 8; tries += 1) {
      await other.submit('/receipt', {
        number: 'JY-2026-0001',
        code: 'ABCDEFGH',
        do: 'withdraw',
        sure: 'yes',
      })
    }
    expect(other.page.status).toBe(429)
    expect((await rows())[0]?.state).toBe('registered')
  })

  test('what is missing or hollow is said beside the field, and what was typed stays', async () => {
    const { path } = await putUp()
    const guest = visitor()
    await guest.fillIn(path, { ...proposal, effect: '', method: '要进一步加强管理，提高认识。' })
    const { page } = guest.browser
    expect(page.status).toBe(422)
    expect(page.text).toContain('请写得具体些')
    expect(page.html).toContain('要进一步加强管理')
    expect(page.html).toContain('三号线换型要拆装八颗螺栓')
    expect(await rows()).toEqual([])
    await guest.goOn(path, proposal)
    expect(await rows()).toHaveLength(1)
  })

  test('files come along, and those that are not taken are said', async () => {
    const { path } = await putUp()
    const guest = visitor()
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await guest.fillIn(path, proposal, { attachments: new File([Buffer.from('MZ')], 'tool.exe') })
    expect(guest.browser.page.status).toBe(422)
    expect(await rows()).toEqual([])
    await guest.goOn(path, proposal, { attachments: new File([png], '夹具.png', { type: 'image/png' }) })
    expect(JSON.parse((await rows())[0]!.content).attachments).toMatchObject([{ name: '夹具.png' }])
  })

  test('an ended form says so, also to whoever is in the midst of it', async () => {
    const { cadre, path } = await putUp()
    const guest = visitor()
    await guest.begin(path)
    const id = /\/console\/entries\/([^/]+)\/end/.exec(cadre.page.html)![1]!
    await cadre.submit(`/console/entries/${id}/end`)
    await guest.goOn(path, proposal)
    expect(guest.browser.page).toMatchObject({ status: 404 })
    expect(guest.browser.page.text).toContain('已经停用')
    expect((await guest.browser.open(path)).text).toContain('已经停用')
    expect(await rows()).toEqual([])
  })

  test('nobody puts up a form for an organisation that is none of theirs', async () => {
    const { cadre } = await putUp()
    await cadre.open('/console/entries')
    const refused = await cadre.submit('/console/entries', { kind: 'proposal', organisation: house.root })
    expect(refused.text).toContain('您不能替这位人员或这个单位录入')
    const unknown = await cadre.submit('/console/entries', { kind: '__proto__', organisation: house.root })
    expect(unknown.status).toBe(400)
    const staff = new ConsoleBrowser(house.bot.address)
    expect((await staff.open('/console/entries')).status).toBe(401)
  })
})
