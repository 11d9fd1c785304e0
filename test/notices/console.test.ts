import { expect, test } from 'vitest'
import { addOrganisation, addPerson, enterConsole, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

test('notices in the console: made, sent, who has not read, corrected, withdrawn; news of kept links', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  const { store } = house
  const branch = await addOrganisation(house, '一分公司')
  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
  await addPerson(house, { name: '张三', role: 'staff', organisation: branch })
  await enterConsole(house, { name: '李梅', role: 'liaison', organisation: branch })
  /** Presses a button of a record's page, or of what the last press showed there. */
  const press = async (at: string, label: string, isOpen = false) => {
    const page = isOpen ? cadre.page : await cadre.open(at)
    const form = page.html.split('<form ').findLast((one) => one.includes(`>${label}</button>`))
    if (!form) throw new Error(`no ${label}: ${page.text}`)
    const hidden = [...form.matchAll(/type="hidden" name="(action|value)" value="([^"]*)"/g)]
    const given = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')])
    return cadre.submit(`${at}/press`, Object.fromEntries(given))
  }
  /** Fills in the form that is shown, page after page, and sends it in. */
  const fill = async (at: string, values: Record<string, string>) => {
    for (let pages = 0; pages < 12; pages += 1) {
      const { html } = cadre.page
      const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
      if (hidden('draft') === '') return cadre.page
      const step = html.includes('value="submit"') ? 'submit' : 'next'
      const asked = Object.entries(values).filter(([name]) => html.includes(`name="${name}"`))
      const given = { draft: hidden('draft'), page: hidden('page'), step, ...Object.fromEntries(asked) }
      const before = hidden('page')
      await cadre.submit(`${at}/form`, given)
      if (cadre.page.status === 422) throw new Error(`${before}: ${cadre.page.text}`)
    }
    throw new Error(`a form without end: ${cadre.page.text}`)
  }

  await cadre.open('/console/notices/new')
  await fill('/console/notices/new', {
    ...{ kind: 'notice', organisation: '一分公司', title: '停电<i>', text: '周六停电。', asks: 'yes' },
    ...{ 'toKinds[]': 'members', toAt: '一分公司', until: '2026-03-20' },
  })
  const { id, number } = await store.db
    .selectFrom('notice')
    .select(['id', 'number'])
    .executeTakeFirstOrThrow()
  const at = `/console/notices/${id}`
  expect((await cadre.open('/console/notices')).text).toContain(number)
  const preview = await press(at, '核对并发出')
  expect(preview.text).toContain('将私信 2 人')
  await press(at, '发出', true)
  const reached = () =>
    store.db.selectFrom('circulation_person').select('person').where('state', '=', 'sent').execute()
  await expect.poll(async () => (await reached()).length, { timeout: 15_000 }).toBe(1)
  expect((await press(at, '谁还没看')).text).toContain('张三')
  const list = await fetch(`${house.bot.address}${at}/unread`, { headers: { cookie: cadre.cookie } })
  expect(list.headers.get('content-type')).toContain('spreadsheetml')
  expect(
    Buffer.from(await list.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await press(at, '更正')
  await fill(at, { text: '周日停电。' })
  const corrected = await cadre.open(at)
  for (const part of ['更正前标题：停电&lt;i&gt;', '周六停电。']) expect(corrected.html).toContain(part)
  expect((await press(at, '查看内容')).text).toContain('周日停电。')
  await press(at, '撤回')
  await fill(at, { reason: '改期了' })
  expect((await cadre.open(at)).text).toContain('原因：改期了')

  // Files are chosen on the page: what cannot be taken is said beside the field, and nothing is lost meanwhile.
  const made = '/console/notices/new'
  await cadre.open(made)
  const pdf = (name: string) => new File([`%PDF-1.7 ${name}`], name)
  const leave = (step: string, given: Record<string, string>, files: readonly File[] = []) => {
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(cadre.page.html)?.[1]
    const sent = new FormData()
    for (const [name, value] of Object.entries({
      draft: hidden('draft'),
      page: hidden('page'),
      step,
      ...given,
    }))
      sent.set(name, value ?? '')
    // As a browser does where none was chosen.
    for (const file of files.length > 0 ? files : [new File([], '')]) sent.append('add:files[]', file)
    return cadre.submit(`${made}/form`, sent)
  }
  expect(cadre.page.html).toContain('enctype="multipart/form-data"')
  const content = { kind: 'notice', organisation: '一分公司', title: '附件通知', text: '见附件。' }
  for (const [wrong, why] of [
    [new File(['MZ'], 'a.exe'), '不能接收这种文件'],
    [new File(['no PDF'], 'a.pdf'), '不能接收这种文件'],
    [new File([], 'a.pdf'), '这个文件是空的'],
  ] as const) {
    const page = await leave('next', content, [pdf('清单.pdf'), wrong])
    expect(page.text).toContain(why)
    for (const kept of ['附件通知', 'value="清单.pdf"']) expect(page.html).toContain(kept)
  }
  const six = ['1', '2', '3', '4', '5', '6'].map((one) => pdf(`${one}.pdf`))
  expect((await leave('next', {}, six)).text).toContain('最多')
  expect(cadre.page.html).not.toContain('value="5.pdf"')
  // No more comes with one page than with one message of the chat.
  const { html } = cadre.page
  expect((await leave('next', {}, [new File([new Uint8Array(21 * 1024 * 1024)], 'b.pdf')])).status).toBe(413)
  cadre.page = { ...cadre.page, html }
  expect((await leave('next', { 'drop:files[]': '4.pdf' }, [pdf('../5.pdf')])).text).toContain('发给谁')
  await fill(made, { 'toKinds[]': 'members', toAt: '一分公司' })
  const held = await store.db
    .selectFrom('notice_file')
    .innerJoin('notice', 'notice.id', 'notice_file.notice')
    .select(['name', 'type'])
    .where('title', '=', '附件通知')
    .orderBy('position')
    .execute()
  expect(held.map(({ name }) => name)).toEqual(['清单.pdf', '1.pdf', '2.pdf', '3.pdf', '5.pdf'])
  expect(new Set(held.map(({ type }) => type))).toEqual(new Set(['application/pdf']))

  // News: links are kept, listed, dropped, and put together as a notice.
  await cadre.open('/console/notices/save-link')
  const link = { title: '新材料<b>', url: 'https://example.org/a', topic: 'news', organisation: '一分公司' }
  await fill('/console/notices/new', link)
  const kept = await cadre.open('/console/notices')
  expect(kept.html).toContain('href="https://example.org/a"')
  expect(kept.html).not.toContain('<b>')
  expect((await cadre.open('/console/notices/compile')).html).toContain('科技动态 2026-03-02')
  await cadre.open('/console/notices')
  const dropped =
    /<form[^>]*press[\s\S]*?value="(\{[^"]*\})"[\s\S]*?不要<\/button>/.exec(cadre.page.html)?.[1] ?? ''
  await cadre.submit('/console/notices/new/press', {
    ...{ action: 'notices.drop-link', value: dropped.replaceAll('&quot;', '"') },
  })
  expect((await cadre.open('/console/notices')).text).toContain('没有保存的链接')

  // A cadre of another organisation neither sees nor finds it.
  const elsewhere = await addOrganisation(house, '二分公司')
  const other = await enterConsole(house, { name: '外人', role: 'cadre', organisation: elsewhere })
  expect((await other.open('/console/notices')).text).not.toContain(number)
  for (const path of [at, `${at}/unread`]) expect((await other.open(path)).status).toBe(404)
  await house.bot.stop()
  await opened.close()
  expect(house.bot.errors).toEqual([])
})
