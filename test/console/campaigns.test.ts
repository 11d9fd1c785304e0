import { afterEach, describe, expect, test } from 'vitest'
import { checkAssessmentPages } from '../assessment/console-pages.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { ConsoleBrowser } from './console-browser.ts'
import {
  addOrganisation,
  addPerson,
  type ConsoleHouse,
  enterConsole,
  linkFor,
  openHouse,
} from './console-house.ts'

/** What campaigns ask of a database is tested on both elsewhere. */
describe('campaigns in the console', () => {
  let house: ConsoleHouse
  let opened: Awaited<ReturnType<typeof openTestStore>>
  afterEach(async () => {
    await house.bot.stop()
    await opened.close()
    expect(house.bot.errors).toEqual([])
  })

  test('are made, opened and looked at by whoever oversees them, and by nobody else', async () => {
    opened = await openTestStore()
    house = await openHouse(async () => opened)
    const branch = await addOrganisation(house, '一分公司')
    const other = await addOrganisation(house, '二分公司')
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    const section = '/console/campaigns'
    expect((await cadre.open(section)).text).toContain('还没有讲比活动')

    // From a template, page after page, by the form of the chat.
    let page = await cadre.open(`${section}/new`)
    expect(page.text).toContain('合理化建议月')
    const press = (at: string, action: string, value: Record<string, string>) =>
      cadre.submit(`${at}/press`, { action, value: JSON.stringify(value) })
    const hidden = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(cadre.page.html)?.[1] ?? ''
    const leave = (at: string, values: Record<string, string>, step = 'next') =>
      cadre.submit(`${at}/form`, { draft: hidden('draft'), page: hidden('page'), step, ...values })
    const fill = async (at: string, ...pages: Record<string, string>[]) => {
      for (const values of pages) await leave(at, values)
      return leave(at, {}, 'submit')
    }
    await press(`${section}/new`, 'campaigns.make', { template: 'proposal-month' })
    const basics = { title: '<b>建议月</b>', organisation: '一分公司', tells: 'groups' }
    page = await leave(`${section}/new`, { ...basics, starts: '2026-03-02', ends: '2026-03-01' })
    expect(page.text).toContain('截止日期 2026-03-01 早于开始日期 2026-03-02')
    const judging = { each: '3', blind: 'yes', awards: '优秀建议 10 项目 得分' }
    page = await fill(
      `${section}/new`,
      { ...basics, starts: '2026-03-02', ends: '2026-03-31' },
      { kinds: 'proposal', purpose: '人人提建议' },
      { ...judging, rubric: '技术水平 60\n实用性 40' },
    )
    expect(page.text).toContain('JB-2026-0001')
    expect(page.html).not.toContain('<b>建议月')
    const { id, revision } = await house.store.db.selectFrom('campaign').selectAll().executeTakeFirstOrThrow()
    const own = `${section}/${id}`
    page = await cadre.open(own)
    expect(page.text).toContain('草稿')
    expect(page.text).toContain('按“开展”后将逐人私信通知 1 人。')
    page = await press(own, 'campaigns.open', { campaign: id, seen: String(revision) })
    expect(page.text).toContain('已开展')
    page = await cadre.open(own)
    for (const part of ['开展中', '活动排行', '参评项目', '已发通知', '办理记录'])
      expect(page.text).toContain(part)
    // The old button of the draft does nothing any more.
    page = await press(own, 'campaigns.open', { campaign: id, seen: String(revision) })
    expect(page.text).toContain('刚刚被修改过')
    for (const name of ['standing', 'statistics']) {
      const file = await cadre.open(`${own}/${name}.xlsx`)
      expect(file.html.startsWith('PK')).toBe(true)
      expect(file.headers.get('content-disposition')).toContain('JB-2026-0001')
    }
    await cadre.open(own)
    page = await press(own, 'campaigns.statistics', { campaign: id })
    expect(page.text).toContain('参与率')
    expect((await cadre.open(`${own}?language=en`)).html).not.toMatch(/campaigns:|campaign-pages:|undefined/)
    await cadre.open(`${own}?language=zh-CN`)

    // Another unit's cadre finds nothing there, whatever is pressed or fetched.
    const stranger = await enterConsole(house, { name: '外人', role: 'cadre', organisation: other })
    expect((await stranger.open(section)).text).not.toContain('JB-2026-0001')
    for (const at of [own, `${own}/standing.xlsx`, `${own}/statistics.xlsx`, `${section}/none`]) {
      expect((await stranger.open(at)).status).toBe(404)
    }
    await stranger.open(section)
    const forged = { action: 'campaigns.cancel', value: JSON.stringify({ campaign: id }) }
    expect((await stranger.submit(`${own}/press`, forged)).text).not.toContain('JB-2026-0001')

    await checkAssessmentPages(house, { cadre, stranger, branch })

    // Whoever merely takes part sees it in the chat, and no page of the console.
    const member = new ConsoleBrowser(house.bot.address)
    const who = await addPerson(house, { name: '张三', role: 'staff', organisation: branch })
    await member.useLink(await linkFor(house, who))
    for (const at of [section, own, `${own}/standing.xlsx`, `${section}/new`]) {
      const { status, text } = await member.open(at)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain('JB-2026-0001')
    }
    const chat = WebGuest.withCookies(house.bot.address, member.cookie)
    expect(JSON.stringify(await chat.ask('讲比活动'))).toContain('JB-2026-0001')
    expect(JSON.stringify(await chat.ask('活动统计 JB-2026-0001'))).toContain('不能办理')
  })
})
