import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { proposal } from '../submissions/submissions-house.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'
import { joinChat, leavePage, pressOn, sendIn } from './submissions-browser.ts'

const heat = {
  ...proposal,
  title: '空压机余热供浴室热水',
  defect: '空压机余热直接排到室外，浴室另烧天然气。',
  method: '加装余热回收机组，把热水送到浴室水箱。',
  effect: '每年少用天然气三万立方米。',
}

describeEachDatabase('what was sent in, in the console', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  async function settle() {
    house = await openHouse(open)
    const branch = await addOrganisation(house, '一分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
    const author = await joinChat(house, { name: '张三', role: 'staff', organisation: branch })
    return { branch, liaison, author }
  }

  test('is listed, narrowed and searched; the record is handled by the buttons of the chat', async () => {
    const { liaison, author } = await settle()
    const first = await sendIn(house, author, 'proposal', proposal)
    const second = await sendIn(house, author, 'proposal', heat)
    let page = await liaison.open('/console/submissions')
    expect(page.text).toContain(first)
    expect(page.text).toContain(heat.title)
    page = await liaison.open('/console/submissions?q=%E4%BD%99%E7%83%AD')
    expect(page.text).toContain(second)
    expect(page.text).not.toContain(first)
    page = await liaison.open('/console/submissions?kind=proposal&state=accepted')
    expect(page.text).toContain('没有符合条件的提交')
    page = await liaison.open('/console/submissions/waiting')
    expect(page.text).toContain('待我办理（2 件）')
    const { id } = await house.store.db
      .selectFrom('submission')
      .select('id')
      .where('number', '=', first)
      .executeTakeFirstOrThrow()
    page = await liaison.open(`/console/submissions/${id}`)
    expect(page.text).toContain(proposal.method)
    expect(page.text).toContain('张三')
    const before = liaison.page.html
    page = await pressOn(liaison, '受理')
    expect(page.path).toBe(`/console/submissions/${id}?done=acted`)
    expect(page.text).toContain('已办理。')
    expect(page.text).toMatch(/李梅.{0,40}受理/)
    // A page that was left open: the button is old, and the record is shown as it is now.
    liaison.page.html = before
    page = await pressOn(liaison, '受理')
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('这一件刚有变动')])
    page = await liaison.open('/console/submissions?kind=proposal&state=accepted')
    expect(page.text).toContain(first)
    page = await liaison.open('/console/submissions/board?kind=proposal')
    expect(page.text.indexOf(second)).toBeLessThan(page.text.indexOf(first))
  })

  test('a form stands beside the record, says what is wrong, and is kept until it is sent', async () => {
    const { liaison, author } = await settle()
    await sendIn(house, author, 'proposal', proposal)
    const { id } = await house.store.db.selectFrom('submission').select('id').executeTakeFirstOrThrow()
    await liaison.open(`/console/submissions/${id}`)
    const state = () => house.store.db.selectFrom('submission').select('state').executeTakeFirstOrThrow()
    await expect(pressOn(liaison, '退回补充', { reason: '短' })).rejects.toThrow('至少')
    expect(liaison.page.status).toBe(422)
    expect(liaison.page.html).toContain('短</textarea>')
    expect(liaison.page.text).toContain(proposal.defect)
    expect(await state()).toEqual({ state: 'registered' })
    await leavePage(liaison, { reason: '<b>请补充</b>现有夹具的照片。' })
    const page = await leavePage(liaison, {})
    expect(page.path).toBe(`/console/submissions/${id}?done=acted`)
    expect(await state()).toEqual({ state: 'returned' })
    expect(page.html).not.toContain('<b>请补充')
    expect(page.text).toContain('请补充')
  })

  test('a stranger, a forged button and a form without its token come to nothing', async () => {
    const { author, liaison } = await settle()
    await sendIn(house, author, 'proposal', proposal)
    const opinion = await sendIn(house, author, 'opinion', {
      naming: 'hidden',
      title: '食堂排队时间长',
      area: 'living',
      text: '午饭高峰只开两个窗口，排队要二十分钟。',
    })
    const row = await house.store.db
      .selectFrom('submission')
      .selectAll()
      .where('number', '=', opinion)
      .executeTakeFirstOrThrow()
    const other = await addOrganisation(house, '二分公司')
    const stranger = await enterConsole(house, { name: '外人', role: 'liaison', organisation: other })
    expect((await stranger.open(`/console/submissions/${row.id}`)).status).toBe(404)
    expect((await stranger.open('/console/submissions')).text).not.toContain(opinion)
    expect((await stranger.open(`/console/submissions?q=${opinion}`)).text).not.toContain('食堂')
    const page = await liaison.open(`/console/submissions/${row.id}`)
    expect(page.text).toContain('食堂排队时间长')
    expect(page.text).not.toContain('张三')
    expect((await liaison.open('/console/submissions')).text).toContain('食堂排队时间长')
    await liaison.open(`/console/submissions/${row.id}`)
    const value = JSON.stringify({ submission: row.id, action: 'erase', seen: '1' })
    for (const action of ['submissions.nothing', 'policy.ask', 'submissions.constructor']) {
      const refused = await liaison.submit(`/console/submissions/${row.id}/press`, { action, value })
      expect([action, refused.status]).toEqual([action, 422])
    }
    const broken = await liaison.submit(`/console/submissions/${row.id}/press`, {
      action: 'submissions.act',
      value: '[1',
    })
    expect(broken.status).toBe(422)
    const without = await liaison.submit(`/console/submissions/${row.id}/press`, {
      ...{ csrf: 'x', action: 'submissions.act', value },
    })
    expect(without.status).toBe(403)
    for (const query of ['from=2026-99-01', 'after=%27%20or%201', 'organisation=nowhere']) {
      const { status } = await liaison.open(`/console/submissions?${query}`)
      expect([query, status]).not.toEqual([query, 200])
    }
  })
})
