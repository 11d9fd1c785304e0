import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { startTestBot } from '../bot/running-bot.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { ConsoleBrowser } from './console-browser.ts'
import { addOrganisation, addPerson, type ConsoleHouse, idOf, linkFor, openHouse } from './console-house.ts'

const pages = [
  ...['people', 'import', 'calendar', 'knowledge', 'gaps', 'hints', 'help', 'outbox', 'system'],
].map((name) => `/console/${name}`)
const hour = 3600_000

describeEachDatabase('the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  /** Somebody with a role, signed in to chat and console. */
  async function enter(name: string, role: string, organisation: string): Promise<ConsoleBrowser> {
    const person = await addPerson(house, { name, role, organisation })
    const browser = new ConsoleBrowser(house.bot.address)
    await browser.useLink(await linkFor(house, person))
    const card = await WebGuest.withCookies(house.bot.address, browser.cookie).ask('控制台')
    const link = card.blocks.find((block) => block.type === 'link')
    if (link) await browser.useLink(link.url)
    return browser
  }

  test('shows an administrator every page, without scripts in the text and outside of caches', async () => {
    const { admin } = house
    for (const path of pages) {
      const { status, html, headers } = await admin.open(path)
      expect([path, status]).toEqual([path, 200])
      expect(html).not.toMatch(/<script(?![^>]*src=)|<[^>]+\son\w+=|\sstyle=/)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(html).not.toContain('console:')
      const english = await admin.open(`${path}?language=en`)
      expect([english.path, /<html lang="en"/.test(english.html)]).toEqual([path, true])
      expect(english.html).not.toContain('console:')
      await admin.open(`${path}?language=zh-CN`)
    }
  })

  test('refuses whoever is not signed in, or has no role for it', async () => {
    const stranger = new ConsoleBrowser(house.bot.address)
    for (const path of ['/console', ...pages, '/console/people/x']) {
      expect((await stranger.open(path)).status).toBe(401)
    }
    expect((await stranger.submit('/console/people', { name: 'x' })).status).toBe(401)
    const staff = await enter('李晓梅', 'staff', house.root)
    expect((await staff.open('/console')).status).toBe(401)
    // Not by the long session of the chat under the console's name either.
    staff.cookies.set('kexie_console', staff.cookies.get('kexie_session')!)
    expect((await staff.open('/console')).status).toBe(401)
    const cadre = await enter('王强', 'cadre', house.root)
    expect((await cadre.open('/console/gaps')).status).toBe(200)
    for (const path of ['/console/system', '/console/import']) {
      expect((await cadre.open(path)).status).toBe(403)
      expect(cadre.page.text).toContain('没有查看或办理这一项的权限')
    }
    await cadre.open('/console/people')
    const person = { organisation: house.root, name: '赵', role: 'admin', from: '' }
    expect((await cadre.submit('/console/people', person)).status).toBe(403)
    expect((await cadre.submit('/console/import')).status).toBe(403)
  })

  test('keeps a branch to itself', async () => {
    const branch = await addOrganisation(house, '第一分公司')
    const boss = await idOf(house.store, 'person', '周建国')
    const admin = await enter('钱进', 'admin', branch)
    const page = await admin.open('/console/people')
    expect(page.text).toContain('第一分公司')
    expect(page.text).not.toContain('周建国')
    expect((await admin.open(`/console/people?organisation=${house.root}`)).status).toBe(404)
    expect((await admin.open(`/console/people/${boss}`)).status).toBe(404)
    expect((await admin.open('/console/people?q=周')).text).not.toContain('周建国')
    await admin.open('/console/people')
    expect((await admin.submit(`/console/people/${boss}/link`)).status).toBe(404)
    const given = { organisation: house.root, role: 'admin', name: '自己', from: '' }
    expect((await admin.submit('/console/people', given)).status).toBe(404)
    const self = await idOf(house.store, 'person', '钱进')
    await admin.open('/console/people')
    expect((await admin.submit(`/console/people/${self}/roles`, given)).status).toBe(404)
    for (const path of ['/console/system', '/console/import'])
      expect((await admin.open(path)).status).toBe(403)
    const [membership] = await house.store.db
      .selectFrom('membership')
      .selectAll()
      .where('person', '=', boss)
      .execute()
    await admin.open('/console/people')
    expect(
      (await admin.submit(`/console/people/${self}/roles/${membership!.id}/end`, { when: 'now' })).status,
    ).toBe(404)
    expect((await house.admin.open('/console/people')).status).toBe(200)
  })

  test('a role that is taken away opens nothing from then on', async () => {
    const cadre = await enter('王强', 'cadre', house.root)
    expect((await cadre.open('/console/people')).status).toBe(200)
    const person = await idOf(house.store, 'person', '王强')
    const [{ id } = { id: '' }] = await house.store.db
      .selectFrom('membership')
      .select('id')
      .where('person', '=', person)
      .execute()
    await house.admin.open(`/console/people/${person}`)
    const ended = await house.admin.submit(`/console/people/${person}/roles/${id}/end`, { when: 'now' })
    expect(ended.path).toContain('done=ended')
    expect((await cadre.open('/console/people')).status).toBe(403)
    expect((await cadre.open('/')).text).toContain('王强')
  })

  test('a higher role ends the sign-ins made before it, but not those of whoever gives it', async () => {
    const branch = await addOrganisation(house, '第一分公司')
    const person = await addPerson(house, { name: '王强', role: 'staff', organisation: branch })
    const opened = new ConsoleBrowser(house.bot.address)
    await opened.useLink(await linkFor(house, person))
    const unused = await linkFor(house, person)
    expect((await opened.open('/')).text).toContain('王强')
    const self = await idOf(house.store, 'person', '周建国')
    for (const [id, role] of [
      [person, 'admin'],
      [self, 'cadre'],
    ] as const) {
      await house.admin.open(`/console/people/${id}`)
      const given = { organisation: house.root, role, from: '2026-03-02' }
      expect((await house.admin.submit(`/console/people/${id}/roles`, given)).path).toContain('done=role')
    }
    expect((await opened.open('/')).text).not.toContain('王强')
    expect((await opened.open(unused)).status).toBe(410)
    expect((await house.admin.open('/')).text).toContain('周建国')
  })

  test('a role with a last day can be ended before it, from its page', async () => {
    const person = await addPerson(house, { name: '王强', role: 'staff', organisation: house.root })
    await house.admin.open(`/console/people/${person}`)
    const given = { organisation: house.root, role: 'cadre', from: '2026-03-01', until: '2026-03-31' }
    await house.admin.submit(`/console/people/${person}/roles`, given)
    const end = /action="([^"]*\/end)"(?:(?!<\/form>).)*max="2026-03-31"/s.exec(house.admin.page.html)![1]!
    expect((await house.admin.submit(end, { last: '2026-04-01' })).text).toContain(
      '不能晚于原定的 2026-03-31',
    )
    await house.admin.open(`/console/people/${person}`)
    expect((await house.admin.submit(end, { last: '2026-03-10' })).text).toContain('2026-03-10')
  })

  test('the last administrator cannot be ended', async () => {
    const person = await idOf(house.store, 'person', '周建国')
    const [{ id } = { id: '' }] = await house.store.db.selectFrom('membership').select('id').execute()
    await house.admin.open(`/console/people/${person}`)
    const page = await house.admin.submit(`/console/people/${person}/roles/${id}/end`, { when: 'now' })
    expect([page.status, page.text.includes('最后一位管理员')]).toEqual([400, true])
    await addPerson(house, { name: '吴敏', role: 'admin', organisation: house.root })
    await house.admin.open(`/console/people/${person}`)
    await house.admin.submit(`/console/people/${person}/roles/${id}/end`, { when: 'now' })
    expect((await house.admin.open('/console')).status).toBe(403)
  })

  test('stays open while it is used, eight hours and no longer without', async () => {
    const { admin, time } = house
    for (let visits = 0; visits < 3; visits += 1) {
      time.now = new Date(time.now.getTime() + 7 * hour)
      expect((await admin.open('/console/people')).status).toBe(200)
    }
    time.now = new Date(time.now.getTime() + 8 * hour)
    expect((await admin.open('/console/people')).status).toBe(401)
    expect((await admin.open('/')).text).toContain('周建国')
    time.now = new Date(time.now.getTime() + 91 * 24 * hour)
    expect((await admin.open('/')).text).not.toContain('周建国')
  })

  test('takes forms with the session’s own token only', async () => {
    const other = await enter('王强', 'admin', house.root)
    const given = { organisation: house.root, name: '赵敏', role: 'staff', from: '' }
    await other.open('/console/people')
    const theirs = /name="csrf" value="([^"]*)"/.exec(other.page.html)![1]!
    await house.admin.open('/console/people')
    for (const csrf of ['', theirs, 'x'.repeat(22)]) {
      await house.admin.open('/console/people')
      expect((await house.admin.submit('/console/people', { ...given, csrf })).status).toBe(403)
    }
    await house.admin.open('/console/people')
    house.admin.headers['Sec-Fetch-Site'] = 'same-site'
    expect((await house.admin.submit('/console/people', given)).status).toBe(403)
    const people = await house.store.db.selectFrom('person').select('name').execute()
    expect(people.map(({ name }) => name).sort()).toEqual(['周建国', '王强'])
  })

  test('shows names as text, whatever they are', async () => {
    const name = `"><img src=x onerror=alert(1)>'&`
    const organisation = await addOrganisation(house, '<script>alert(1)<∕script>')
    const person = await addPerson(house, { name, role: 'staff', organisation })
    for (const path of [
      `/console/people?organisation=${organisation}`,
      `/console/people/${person}`,
      `/console/people?q=${encodeURIComponent('"><img')}`,
    ]) {
      const { html, status } = await house.admin.open(path)
      expect(status).toBe(200)
      expect(html).not.toMatch(/<img src=x|<script>/)
      expect(html).toContain('&lt;')
    }
    const browser = new ConsoleBrowser(house.bot.address)
    expect((await browser.open(await linkFor(house, person))).html).not.toContain('<img src=x')
    expect((await browser.submit(browser.page.path)).html).not.toContain('<img src=x')
  })

  test('imports a list with a word on each row, and refuses what is no list or too long', async () => {
    const upload = async (content: string | Uint8Array<ArrayBuffer>, name = 'list.csv') => {
      await house.admin.open('/console/import')
      const form = new FormData()
      form.set('csrf', /name="csrf" value="([^"]*)"/.exec(house.admin.page.html)![1]!)
      form.set('file', new File([content], name))
      return house.admin.submit('/console/import', form)
    }
    const list = '姓名,单位,上级单位,角色\n孙丽,二分公司,华北重工,干部\n赵某,二分公司,,经理\n'
    const first = await upload(list, '../../../../etc/passwd')
    expect(first.text).toMatch(/未导入 1 .*新增 1 /)
    expect(first.text).toContain('不认识角色“经理”')
    expect((await upload(list)).text).toMatch(/无变化 1 /)
    expect((await upload(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'x.xlsx')).status).toBe(400)
    expect((await upload('')).text).toContain('请先选择文件')
    const long = await upload(new Uint8Array(11 * 1024 * 1024))
    expect([long.status, long.text.includes('过大')]).toEqual([413, true])
    expect(await idOf(house.store, 'person', '孙丽')).toBeTruthy()
  })

  test('serves its files and nothing beside them', async () => {
    const { bot, admin } = house
    for (const name of ['console.css', 'content.css', 'console.js']) {
      expect((await fetch(`${bot.address}/console/assets/${name}`)).status).toBe(200)
    }
    for (const path of [
      'assets/..%2fconsole.ts',
      'assets/%2e%2e/console.ts',
      'nothing',
      'people/..%2f..%2f',
      'people/%00',
    ]) {
      expect((await admin.open(`/console/${path}`)).status).toBe(404)
      expect(admin.page.html).not.toContain('import {')
    }
    for (const query of ['q=%00', 'q=%25_%5C', 'organisation[]=x', 'language=xx']) {
      expect((await admin.open(`/console/people?${query}`)).status).toBe(200)
    }
    expect((await admin.open('/console/people?organisation=%00')).status).toBe(404)
  })

  test('a document of one organisation is found by its people who are signed in, and by nobody else', async () => {
    const branch = await addOrganisation(house, '第一分公司')
    const document = {
      fileName: 'rules.txt',
      bytes: Buffer.from('内部规定\n\n第一条 朱雀计划的评审由工艺室负责。\n\n第二条 朱雀计划每年三月申报。'),
      document: 'rules',
      visibleTo: 'org:第一分公司',
    }
    await addDocument(house.store, house.blobs, document, house.time.now)
    const member = await enter('赵敏', 'staff', branch)
    await house.bot.stop()
    house.bot = await startTestBot(house.location, () => house.time.now)
    expect(house.bot.firstLink).toBeNull()
    const ask = (browser: ConsoleBrowser) =>
      WebGuest.withCookies(house.bot.address, browser.cookie).ask('朱雀计划每年几月申报？')
    expect(JSON.stringify(await ask(member))).toContain('三月申报')
    for (const browser of [house.admin, new ConsoleBrowser(house.bot.address)]) {
      const visitor = new ConsoleBrowser(house.bot.address)
      for (const [name, value] of browser.cookies) visitor.cookies.set(name, value)
      await visitor.open('/')
      expect(JSON.stringify(await ask(visitor))).not.toContain('三月申报')
    }
  })
})
