import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addPublicHall, schoolVisit } from './web-house.ts'

const table =
  '名称,类别,所属组织,开放时间,主题词,共享范围,每次人数上限\r\n机器人展厅,设施场馆,华北重工,周一至周五 09:00-17:00,机器人,面向社会,60\r\n=cmd|calc,科普讲师,华北重工,09:00-17:00,焊接,本系统内,\r\n坏行,场子,华北重工,09:00-17:00,,,\r\n坏时间,设施场馆,华北重工,随时,,,\r\n'

describeEachDatabase('resources in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const rows = () => house.store.db.selectFrom('resource_entry').selectAll().orderBy('number').execute()
  const bookings = () => house.store.db.selectFrom('resource_booking').selectAll().orderBy('number').execute()

  test('are imported with a report a row, searched, exported, and taken in again unchanged', async () => {
    const { admin } = house
    await admin.open('/console/resources')
    expect(admin.page.html).toContain('aria-current="page"')
    const form = new FormData()
    form.set('file', new File([table], 'a.csv'))
    const report = await admin.submit('/console/resources/import', form)
    expect(report.text).toContain('共 4 行：导入 2 项，未导入 2 行。')
    expect(report.text).toContain('没有这一类资源')
    expect(report.text).toContain('开放时间“随时”无法识别')
    expect((await admin.open('/console/resources?q=机器人')).text).toContain('资源 1 项')
    expect((await admin.open('/console/resources?kind=speaker')).text).toContain('=cmd|calc')
    expect((await admin.open('/console/resources?state=retired')).text).toContain('没有符合条件的资源')
    const file = await admin.open('/console/resources/export?format=csv')
    expect(file.html).toContain("'=cmd|calc")
    expect((await admin.open('/console/resources/export')).html.startsWith('PK')).toBe(true)
    expect((await admin.open('/console/resources/template')).html).toContain('编号,类别,名称')
    const before = await rows()
    await admin.open('/console/resources')
    const again = new FormData()
    again.set('file', new File([file.html], 'b.csv'))
    expect((await admin.submit('/console/resources/import', again)).text).toContain('导入 2 项，未导入 0 行')
    const same = (all: typeof before) => all.map(({ changed_at, ...row }) => row)
    expect(same(await rows())).toEqual(same(before))
    const english = await admin.open('/console/resources?language=en')
    expect(english.html).not.toMatch(/resources:/)
  })

  test('are entered by the form of the chat, shown with a calendar, paused, and put up as a poster', async () => {
    const { admin } = house
    let page = await admin.open('/console/resources/new')
    const values: Record<string, string> = {
      ...{
        kind: 'facility',
        title: '<b>材料</b>实验室',
        subjects: '材料',
        place: '二号楼',
        organisation: '华北重工',
      },
      ...{ share: 'public', hours: '周一至周五 09:00-17:00', leadDays: '3', mostPeople: '30' },
    }
    for (let turns = 0; turns < 6 && page.html.includes('name="draft"'); turns += 1) {
      const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? ''
      const names = [...page.html.matchAll(/<(?:input|select|textarea)[^>]* name="([^"]*)"/g)].map(
        ([, name]) => name!,
      )
      const at = hidden('page')
      const typed = Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])))
      page = await admin.submit('/console/resources/new/form', {
        ...{ draft: hidden('draft'), page: at, step: at === 'summary' ? 'submit' : 'next', ...typed },
      })
    }
    const [row] = await rows()
    expect(row).toMatchObject({ title: '<b>材料</b>实验室', share: 'public', most_people: 30 })
    page = await admin.open(`/console/resources/${row!.id}`)
    expect(page.html).not.toContain('<b>材料')
    expect(page.text).toContain('预约日历')
    const empty = await admin.open(`/console/resources/${row!.id}?month=2026-02`)
    for (const said of ['不开放', '预约日历 2026-02', '上月', '下月', '这段时间还没有预约'])
      expect(empty.text).toContain(said)
    expect((await admin.open(`/console/resources/${row!.id}?week=2026-03-04`)).html).toContain(
      'datetime="2026-03-02"',
    )
    expect((await admin.open(`/console/resources/${row!.id}?week=x&month=y`)).status).toBe(200)
    expect((await admin.open(`/console/resources/${row!.id}/poster`)).html).toContain('<svg')
    await admin.open(`/console/resources/${row!.id}`)
    await admin.submit(`/console/resources/${row!.id}/state`, { state: 'paused' })
    expect((await new ConsoleBrowser(house.bot.address).open(`/r/${row!.id}`)).text).toContain('暂停预约')
  })

  test('requests of outside units are read and answered there; what is answered stands at the receipt', async () => {
    const { admin, bot } = house
    const { id } = await addPublicHall(house)
    const visitor = new ConsoleBrowser(bot.address)
    const { html } = await visitor.submit(`/r/${id}`, schoolVisit)
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(html)![1]!
    const queue = await admin.open('/console/resources/requests')
    expect(queue.text).toContain('太原市第五中学')
    expect(queue.text).toContain('0351-7654321')
    const [booking] = await bookings()
    const button = (action: string) => ({ action, value: JSON.stringify({ booking: booking!.id }) })
    const opened = await admin.submit(`/console/resources/${id}/press`, button('resources.booking'))
    expect(opened.text).toContain('王老师')
    await admin.submit(`/console/resources/${id}/press`, button('resources.confirm'))
    expect((await bookings())[0]).toMatchObject({ state: 'confirmed', holds: 1 })
    expect((await admin.open(`/console/resources/${id}?month=2026-03`)).text).toContain('太原市第五中学')
    const receipt = { number: 'YY-2026-0001', code }
    expect((await visitor.submit('/open-day/receipt', receipt)).text).toContain('已同意')

    house.time.now = new Date('2026-03-05T04:00:00Z')
    await expect.poll(async () => (await bookings())[0]!.state, { timeout: 20_000 }).toBe('over')
    const rated = { ...receipt, do: 'rate', rating: '5', comment: '讲解很好' }
    expect((await visitor.submit('/open-day/receipt', rated)).text).toContain('已评价')
    expect((await bookings())[0]).toMatchObject({ rating: 5, comment: '讲解很好' })

    house.time.now = new Date('2026-09-03T04:00:00Z')
    await expect
      .poll(async () => (await visitor.submit('/open-day/receipt', receipt)).text, { timeout: 20_000 })
      .not.toContain('研学')
  })

  test('whoever keeps others sees and changes nothing of them', async () => {
    const { id } = await addPublicHall(house)
    const other = await addOrganisation(house, '二分公司')
    const cadre = await enterConsole(house, { name: '丁二', role: 'cadre', organisation: other })
    expect((await cadre.open('/console/resources')).text).toContain('资源 0 项')
    for (const path of ['', '/photo', '/poster']) {
      expect((await cadre.open(`/console/resources/${id}${path}`)).status).toBe(404)
    }
    await cadre.open('/console/resources')
    await cadre.submit(`/console/resources/${id}/state`, { state: 'retired' })
    expect(cadre.page.text).toContain('由所属组织的科协干部办理')
    await cadre.open('/console/resources')
    await cadre.submit('/console/resources/region', { organisation: house.root, region: '太原' })
    expect(cadre.page.status).toBe(400)
    expect((await rows())[0]!.state).toBe('open')
    const staff = await house.store.db.selectFrom('resource_region').selectAll().execute()
    expect(staff).toEqual([])
    expect((await new ConsoleBrowser(house.bot.address).open('/console/resources')).status).toBe(401)
  })
})
