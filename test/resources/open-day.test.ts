import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { type ConsoleHouse, openHouse } from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addPublicHall, schoolVisit } from './web-house.ts'

/** What is wrong, and how it is said: no database decides it, so the other one is asked once. */
const refusals: [Record<string, string>, string][] = [
  [{ day: '2026-03-04' }, '最早可约 2026-03-05'],
  [{ people: '101' }, '每次最多 100 人'],
  [{ people: '多' }, '请填写到场人数'],
  [{ people: '1e9' }, '每次最多 100 人'],
  [{ to: '08:00' }, '结束时间应晚于开始时间'],
  [{ day: '2026-02-30' }, '请按 2026-03-05 填写日期'],
  [{ day: '2026-03-08' }, '不开放'],
  [{ phone: '请加微信 <script>' }, '电话'],
  [{ unit: ' ' }, '请填写单位名称'],
  [{ consent: '' }, '请先同意'],
  [{ day: '' }, '填写日期'],
]

describeEachDatabase('an outside unit asks for a resource on the web', (open, dialect) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const visitor = () => new ConsoleBrowser(house.bot.address)
  const rows = () => house.store.db.selectFrom('resource_booking').selectAll().orderBy('number').execute()

  async function ask(id: string, changed: Record<string, string> = {}) {
    const browser = visitor()
    await browser.submit(`/r/${id}`, { ...schoolVisit, ...changed })
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(browser.page.html)?.[1] ?? ''
    return { browser, page: browser.page, receipt: { number: 'YY-2026-0001', code } }
  }

  test('by a form, keeps nothing of whom to call in the open, and follows it by its receipt until it is withdrawn', async () => {
    const { id } = await addPublicHall(house)
    await addPublicHall(house, { title: '内部实验室', share: 'house' })
    const browser = visitor()
    const list = await browser.open('/open-day')
    expect(list.text).toContain('智能制造展厅')
    expect(list.text).not.toContain('内部实验室')
    const form = await browser.open(`/r/${id}`)
    expect(form.text).toContain('提前 3 个工作日')
    expect(form.text).toContain('使用日期后 180 天清除')
    expect(form.html).not.toMatch(/resources:|undefined/)
    const { page, receipt, browser: asked } = await ask(id)
    expect(page.text).toContain('申请已提交')
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'requested', holds: 0, person: null, people: 80 })
    expect(JSON.stringify(row)).not.toMatch(/第五中学|7654321|王老师|研学/)
    const cards = await house.store.db.selectFrom('outbox').select('card').execute()
    expect(JSON.stringify(cards)).not.toMatch(/第五中学|7654321|王老师/)

    // As browsers do it: what is typed at the receipts of all goes on to the page of these.
    const followed = await fetch(new URL('/receipt', house.bot.address), {
      ...{ method: 'POST', body: new URLSearchParams(receipt) },
      headers: { Accept: 'text/html', 'Accept-Language': 'zh-CN', Origin: house.bot.address },
    })
    expect(followed.url).toBe(`${house.bot.address}/open-day/receipt`)
    expect(await followed.text()).toContain('待确认')
    await asked.submit('/open-day/receipt', { ...receipt, do: 'give-up' })
    expect((await rows())[0]!.state).toBe('requested')
    const gone = await asked.submit('/open-day/receipt', { ...receipt, do: 'give-up', sure: 'yes' })
    expect(gone.text).toContain('已撤回')
    expect((await rows())[0]!.state).toBe('withdrawn')
    const again = await asked.submit('/open-day/receipt', { ...receipt, do: 'give-up', sure: 'yes' })
    expect(again.text).toContain('已有处理结果')
  })

  test.each(refusals.slice(0, dialect === 'sqlite' ? refusals.length : 1))(
    '%j is refused in clear words, and what was typed stays',
    async (changed, words) => {
      const { id } = await addPublicHall(house)
      const { page } = await ask(id, { ...changed, purpose: '<b>研学</b>' })
      expect(page.status).toBe(422)
      expect(page.text).toContain(words)
      expect(page.html).toContain('&lt;b&gt;研学&lt;/b&gt;')
      expect(page.html).not.toContain('<script>')
      expect(await rows()).toEqual([])
    },
  )

  test('forged, hidden, foreign and missing resources, other sites, and what no browser sends are refused', async () => {
    const inside = await addPublicHall(house, { share: 'house' })
    const { id } = await addPublicHall(house)
    for (const forged of [inside.id, 'x', "'or 1=1 --", '<script>', 'x'.repeat(5000), '%ED%A0%80']) {
      const page = await visitor().open(`/r/${encodeURIComponent(forged)}`)
      expect(page.status).toBe(404)
      expect((await visitor().submit(`/r/${encodeURIComponent(forged)}`, schoolVisit)).status).toBe(404)
      expect((await visitor().open(`/r/${encodeURIComponent(forged)}/photo`)).status).toBe(404)
    }
    expect((await ask(id, { website: 'http://spam.example' })).page.status).toBe(400)
    const elsewhere = visitor()
    elsewhere.headers = { ...elsewhere.headers, 'Sec-Fetch-Site': 'cross-site' }
    expect((await elsewhere.submit(`/r/${id}`, schoolVisit)).status).toBe(403)
    expect((await ask(id, { purpose: '长'.repeat(8_000) })).page.status).toBe(413)
    expect((await ask(id, { purpose: `半对\ud800零\0字\u202e` })).page.status).toBe(200)
    expect(await rows()).toHaveLength(1)
    for (const wrong of [
      { number: 'YY-2026-0001', code: 'AAAAAAAA' },
      { number: 'YY-2099-0001', code: 'AAAAAAAA' },
    ]) {
      const page = await visitor().submit('/open-day/receipt', wrong)
      expect([page.status, page.text]).toEqual([404, expect.stringContaining('编号或查询码不正确')])
    }
  })

  test('from one address so many an hour, and at one resource so many at a time', async () => {
    const { id } = await addPublicHall(house, { leadDays: 0 })
    for (let at = 0; at < 20; at += 1) expect((await ask(id)).page.status).toBe(200)
    const { page } = await ask(id)
    expect(page.text).toContain('请一小时后再试')
    house.time.now = new Date(house.time.now.getTime() + 3600_000)
    for (let at = 0; at < 20; at += 1) expect((await ask(id)).page.status).toBe(200)
    house.time.now = new Date(house.time.now.getTime() + 3600_000)
    expect((await ask(id)).page.text).toContain('暂不接受新的申请')
    expect(await rows()).toHaveLength(40)
  })
})
