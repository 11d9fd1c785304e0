import { expect, test } from 'vitest'
import { addOrganisation, enterConsole, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

const at = '2026-03-01T10:00:00.000Z'

test('consultations in the console are listed, shown with what was said, and written out as a workbook', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  const { admin, store, root } = house
  await admin.open('/console/consultations')
  expect(admin.page.text).toContain('还没有征询')
  const form = await admin.open('/console/consultations/new')
  expect(form.text).toContain('事项类别')
  const { id: person } = await store.db.selectFrom('person').select('id').executeTakeFirstOrThrow()
  const row = {
    ...{ id: 'c1', number: 'ZX-2026-0001', kind: 'project' as const, title: '新建<b>铸造线', text: '说明' },
    ...{
      questions: JSON.stringify([{ text: '是否立项？', choices: ['同意', '不同意'] }]),
      organisation: root,
    },
    ...{ audience: '{}', naming: 'signed' as const, until: at, remind: '[]', decider: person },
    ...{ state: 'closed' as const, revision: 0, reason: '', decision: '', adoption: '', adopted: '["r"]' },
    ...{ made_by: person, made_at: at, sent_at: at, closed_at: at, decided_at: null },
  }
  const said = {
    votes: [{ id: 'v', unit: root, chosen: [0] }],
    remarks: [{ id: 'r', question: null, text: '<i>先试点' }],
  }
  await store.transaction(async (trx) => {
    await trx.insertInto('consultation').values(row).execute()
    const answer = { id: 'a', consultation: 'c1', person, organisation: root, said: JSON.stringify(said), at }
    await trx.insertInto('consultation_answer').values(answer).execute()
    const done = { id: 'h', consultation: 'c1', what: 'closed' as const, by: null, at }
    await trx.insertInto('consultation_history').values(done).execute()
  })
  const list = await admin.open('/console/consultations')
  expect(list.text).toContain('ZX-2026-0001')
  expect(list.html).not.toContain('<b>铸造线')
  const page = await admin.open('/console/consultations/c1')
  for (const part of [
    '&lt;i&gt;先试点',
    '周建国',
    '下载统计和意见',
    '系统：结束',
    '看结果',
    '记录决定并反馈',
  ]) {
    expect(page.text).toContain(part)
  }
  const file = await fetch(`${house.bot.address}/console/consultations/c1/results`, {
    headers: { cookie: admin.cookie },
  })
  expect(file.status).toBe(200)
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')

  // Papers are chosen on a page of the form.
  await admin.open('/console/consultations/new')
  const leave = (given: Record<string, string>, papers: readonly File[] = []) => {
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(admin.page.html)?.[1]
    const sent = new FormData()
    const step = admin.page.html.includes('value="submit"') ? 'submit' : 'next'
    for (const [name, value] of Object.entries({
      draft: hidden('draft'),
      page: hidden('page'),
      step,
      ...given,
    }))
      sent.set(name, value ?? '')
    for (const paper of papers) sent.append('add:files[]', paper)
    return admin.submit('/console/consultations/new/form', sent)
  }
  await leave({ kind: 'project', organisation: '华北重工', title: '扩建', text: '说明' })
  const paper = new File(['%PDF-1.7'], '方案.pdf')
  const refused = await leave({ questions: '是否同意？' }, [paper, new File(['?'], 'x.pdf')])
  expect(refused.text).toContain('不能接收这种文件')
  await leave({ questions: '是否同意？' })
  await leave({ 'toKinds[]': 'members' })
  await leave({ toAt: '华北重工' })
  await leave({ naming: 'signed', until: '2026-03-20' })
  expect(admin.page.text).toContain('方案.pdf')

  // A cadre of another organisation neither sees nor finds it.
  const other = await addOrganisation(house, '一分公司')
  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: other })
  expect((await cadre.open('/console/consultations')).text).not.toContain('ZX-2026-0001')
  expect((await cadre.open('/console/consultations/c1')).status).toBe(404)
  await house.bot.stop()
  await opened.close()
  expect(house.bot.errors).toEqual([])
})
