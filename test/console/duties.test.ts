import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('duties of the year in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are switched by those who may, meetings arranged and shown, learning counted and written out', async () => {
    const { admin, store } = house
    // The look at a start comes before there are cadres, however slow the machine is.
    await vi.waitFor(async () => {
      const look = store.db.selectFrom('timer').select('due_at').where('kind', '=', 'planning.duties')
      expect(new Date((await look.executeTakeFirstOrThrow()).due_at) > house.time.now).toBe(true)
    })
    const branch = await addOrganisation(house, '一分公司')
    let page = await admin.open('/console/duties')
    expect(page.text).toContain('还没有科协干部')
    expect((await admin.open('/console/report-meetings')).text).toContain('还没有登记汇报会')
    expect((await admin.open('/console/learning')).text).toContain('没有可以查看的科协干部')
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: branch })

    page = await cadre.open('/console/duties')
    expect(page.text).toContain('安排本半年听取科协工作汇报')
    // Reminders are made in the morning; until then no day is known.
    expect(page.text.match(/一分公司 启用 明早排定/g)).toHaveLength(3)
    const toggle = (browser: typeof cadre, on: string, organisation = branch) =>
      browser.submit('/console/duties', { duty: 'report-meeting', organisation, on })
    expect((await toggle(cadre, 'no')).text).toContain('停用')
    const switched = () => store.db.selectFrom('organisation_duty').select(['duty', 'on']).execute()
    expect(await switched()).toEqual([{ duty: 'report-meeting', on: 0 }])
    page = await toggle(cadre, 'yes')
    expect(page.status).toBe(200)
    expect(page.text.match(/启用 2026-\d\d-\d\d 09:00/g)).toHaveLength(1)
    expect(await switched()).toEqual([{ duty: 'report-meeting', on: 1 }])
    await leader.open('/console/duties')
    expect((await toggle(leader, 'no')).status).toBe(403)
    await cadre.open('/console/duties')
    expect((await toggle(cadre, 'no', house.root)).status).toBe(403)
    expect(await switched()).toEqual([{ duty: 'report-meeting', on: 1 }])

    page = await cadre.open('/console/report-meetings/new')
    expect(page.text).toContain('安排汇报会')
    expect(page.html).toMatch(/name="organisation"[^>]*value="[^"]*一分公司"/)
    page = await cadre.open('/console/plans/new')
    expect(page.html).toMatch(/name="organisation"[^>]*value="[^"]*一分公司"/)
    expect((await admin.open('/console/plans/new')).html).not.toMatch(/value="[^"]*一分公司"/)
    const at = '2026-03-02T01:00:00.000Z'
    const blob = await house.blobs.put(new TextEncoder().encode('<script>'))
    const minutes = { blob, name: '纪要.html', type: 'text/html', size: 8 }
    const person = await store.db
      .selectFrom('person')
      .select('id')
      .where('name', '=', '何总')
      .executeTakeFirstOrThrow()
    await store.transaction(async (trx) => {
      await trx
        .insertInto('report_meeting')
        .values({
          ...{ id: 'm', number: 'HB-2026-0001', organisation: branch, leader: person.id, place: '<i>会议室' },
          ...{ planned_on: '2026-04-15', held_on: null, agenda: '经费', minutes: '', state: 'planned' },
          ...{
            created_by: null,
            created_at: at,
            changed_at: at,
            dated_at: at,
            files: JSON.stringify([minutes]),
          },
        })
        .execute()
    })
    page = await cadre.open('/console/report-meetings')
    expect(page.text).toMatch(/HB-2026-0001 .*何总 2026-04-15 待召开/)
    page = await cadre.open('/console/report-meetings/m')
    expect(page.text).toContain('经费')
    expect(page.html).not.toContain('<i>会议室')
    expect(page.html).toMatch(/href="\/console\/report-meetings\/m\/files\/0" download>纪要\.html/)
    expect((await cadre.open('/console/report-meetings/none')).status).toBe(404)
    page = await cadre.open('/console/report-meetings/m/files/0')
    expect(page.html).toBe('<script>')
    // What people send is saved, never shown.
    expect(page.headers.get('content-type')).toBe('application/octet-stream')
    expect((await cadre.open('/console/report-meetings/m/files/1')).status).toBe(404)

    page = await cadre.open('/console/rules-reviews')
    expect(page.text).toMatch(/一分公司 今年未检查 .*明早排定/)
    page = await cadre.open(`/console/rules-reviews/${branch}`)
    expect(page.text).toContain('还没有检查记录')
    const review = `/console/rules-reviews/${branch}`
    const value = JSON.stringify({ organisation: branch })
    page = await cadre.submit(`${review}/press`, { action: 'planning.rules-review', value })
    expect(page.text).not.toContain('开始检查')
    const step = (given: Record<string, string>) => {
      const [draft = '', at = ''] = ['draft', 'page'].map(
        (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '',
      )
      return cadre.submit(`${review}/form`, { draft, page: at, ...given })
    }
    page = await step({ step: 'next', rules: '科协章程；现行\n经费办法；待修订；<i>过时' })
    page = await step({ step: 'next', 'institutions[]': '', note: '' })
    page = await step({ step: 'submit' })
    expect(page.path).toBe(`${review}?done=acted`)
    expect(page.text).toMatch(/科协章程 现行有效 .*经费办法 待修订/)
    expect(page.html).not.toContain('<i>过时')
    expect((await cadre.open('/console/rules-reviews')).text).toMatch(
      /一分公司 今年已检查 .*ZD-2026-0001 1 1 0/,
    )
    await leader.open(review)
    page = await leader.submit(`${review}/press`, { action: 'planning.rules-review', value })
    expect(page.status).toBe(422)

    page = await cadre.open('/console/learning?year=2026')
    expect(page.text).toMatch(/王强 未制定/)
    expect((await cadre.open('/console/learning/export?year=2026')).html.startsWith('PK')).toBe(true)
    expect((await cadre.open('/console/learning?year=many')).text).toContain('2026 年干部学习')
    for (const path of ['duties', 'report-meetings', 'report-meetings/m', 'learning', 'rules-reviews']) {
      page = await cadre.open(`/console/${path}?language=en`)
      expect(page.html).not.toMatch(/duty-pages:|planning:[a-z]|\{\{/)
    }

    const other = await addOrganisation(house, '二分公司')
    const stranger = await enterConsole(house, { name: '钱进', role: 'cadre', organisation: other })
    expect((await stranger.open('/console/report-meetings')).text).not.toContain('HB-2026-0001')
    expect((await stranger.open('/console/report-meetings/m')).status).toBe(404)
    expect((await stranger.open('/console/report-meetings/m/files/0')).status).toBe(404)
    expect((await stranger.open(review)).status).toBe(404)
    expect((await stranger.open('/console/learning')).text).not.toContain('王强')
  })
})
