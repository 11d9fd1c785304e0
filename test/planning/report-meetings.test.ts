import { expect, test } from 'vitest'
import { addMembership } from '../../src/people/memberships.ts'
import { createPerson } from '../../src/people/people.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

/** The button of a person's last card that does it. */
function lastButton(house: DutiesHouse, user: string, action: string) {
  const found = house
    .cardsOf(user)
    .flatMap(buttonsOf)
    .filter((button) => button.action === action)
  if (found.length === 0) throw new Error(`${user} has no button ${action}`)
  return found.at(-1)!
}

/** What cards of a person say, as one text. */
function saidTo(house: DutiesHouse, user: string): string {
  return JSON.stringify(house.cardsOf(user))
}

async function arrange(house: DutiesHouse, day: string, agenda = ''): Promise<void> {
  await house.type('王强', '汇报会')
  const opened = await house.click('王强', lastButton(house, '王强', 'planning.meet'))
  const values = { organisation: '一分公司', leader: '何总', day, place: '会议室', agenda }
  await house.fillIn('王强', opened, values)
  await house.settle()
}

describeEachDatabase('reports to leaders', (open) => {
  test('agenda, briefing, minutes and decisions are each reminded of in time', async () => {
    const house = await openDutiesHouse(open)
    // Namesakes who have left are nobody to choose from.
    await house.store.transaction(async (trx) => {
      for (const name of ['王强', '陈晨']) {
        const { id } = await createPerson(trx, { name })
        const left = { role: 'staff' as const, until: '2026-01-01' }
        await addMembership(trx, { person: id, organisation: house.people.branch!, ...left })
      }
    })
    await arrange(house, '2026-04-15')
    expect(saidTo(house, '王强')).toContain('HB-2026-0001')

    // Ten working days before: Qingming, 4 to 6 April, is none of them.
    await house.waitUntil('2026-03-31T00:59:00Z')
    expect(saidTo(house, '王强')).not.toContain('请准备')
    await house.waitUntil('2026-03-31T01:01:00Z')
    expect(saidTo(house, '王强')).toContain('请准备 2026-04-15 汇报会的议题')
    const agenda = await house.click('王强', lastButton(house, '王强', 'reminders.fill-in'))
    expect(agenda.form?.fields.map(({ name }) => name)).toEqual(['agenda'])
    await expect(house.fillIn('王强', agenda, { agenda: '' })).rejects.toThrow('agenda')
    const again = await house.click('王强', lastButton(house, '王强', 'reminders.fill-in'))
    await house.fillIn('王强', again, { agenda: '上半年进展\n经费' })
    await house.settle()
    const items = () => house.store.db.selectFrom('reminder_item').select(['state', 'person']).execute()
    expect((await items()).filter(({ state }) => state === 'open')).toEqual([])

    await house.waitUntil('2026-04-13T01:01:00Z')
    expect(saidTo(house, '何总')).toContain('上半年进展')
    await house.click('何总', lastButton(house, '何总', 'reminders.acknowledge'))

    await house.waitUntil('2026-04-16T01:01:00Z')
    const minutes = await house.click('王强', lastButton(house, '王强', 'reminders.fill-in'))
    const said = { held: '2026-04-15', minutes: '听取汇报。' }
    await expect(
      house.fillIn('王强', minutes, { ...said, decisions: '落实经费；王强；4月30日\n没有负责人' }),
    ).rejects.toThrow(/decisions: 第 2 行/)
    const once = await house.click('王强', lastButton(house, '王强', 'reminders.fill-in'))
    await house.fillIn('王强', once, {
      ...said,
      decisions: '落实经费；王强；4月30日\n联系园区；李四四；5月20日',
    })
    await house.settle()
    const decisions = () =>
      house.store.db.selectFrom('report_decision').selectAll().orderBy('position').execute()
    expect((await decisions()).map(({ owner, due_on }) => [owner, due_on])).toEqual([
      [house.people.王强, '2026-04-30'],
      // Nobody of that name: the cadres see to it.
      [null, '2026-05-20'],
    ])

    await house.waitUntil('2026-04-28T01:01:00Z')
    expect(saidTo(house, '王强')).toContain('请落实汇报会决定：落实经费')
    // A colleague to whom it is handed over says so for the owner.
    await house.type('王强', '转交 陈晨')
    const going = await house.click('陈晨', lastButton(house, '陈晨', 'reminders.fill-in'))
    await house.fillIn('陈晨', going, { state: 'open', note: '财务在审', due: '2026-06-30' })
    await house.settle()
    expect((await decisions())[0]).toMatchObject({ state: 'open', due_on: '2026-06-30', note: '财务在审' })

    // The leader hears at the next meeting what became of the last ones.
    await arrange(house, '2026-05-18', '第二次')
    await house.waitUntil('2026-05-14T01:01:00Z')
    expect(saidTo(house, '何总')).toContain('落实经费｜王强｜2026-06-30｜办理中（财务在审）')

    // Of two forms that were open at once the second does not overwrite how it ended.
    const value = { decision: (await decisions())[0]!.id }
    const early = await house.click('王强', { action: 'planning.decision', value })
    const late = await house.click('吴主席', { action: 'planning.decision', value })
    await house.fillIn('王强', early, { state: 'done', note: '经费已到账' })
    await expect(house.fillIn('吴主席', late, { state: 'dropped', note: '不再办' })).rejects.toThrow(
      'decision-over',
    )
    expect((await decisions())[0]).toMatchObject({ state: 'done', note: '经费已到账' })
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('what is moved is told anew, what is cancelled is not; a stranger sees nothing', async () => {
    const house = await openDutiesHouse(open)
    await arrange(house, '2026-03-06', '议题')
    // Two working days before Friday.
    await house.waitUntil('2026-03-04T01:01:00Z')
    expect(saidTo(house, '何总')).toContain('2026-03-06 听取一分公司科协工作汇报')
    await house.type('王强', '汇报会')
    const show = lastButton(house, '王强', 'planning.meeting')
    const shown = await house.click('王强', show)
    await expect(house.click('外人', show)).rejects.toThrow('planning:duty.no-meeting')
    const change = buttonsOf(shown.beside!).find(({ action }) => action === 'planning.meeting-change')!
    const opened = await house.click('王强', change)
    await house.fillIn('王强', opened, { day: '2026-03-20' })
    await house.settle()
    await house.waitUntil('2026-03-18T01:01:00Z')
    expect(saidTo(house, '何总')).toContain('2026-03-20 听取一分公司科协工作汇报')

    const before = house.cardsOf('王强').length
    const cancel = buttonsOf(shown.beside!).find(({ action }) => action === 'planning.meeting-cancel')!
    await house.click('王强', cancel)
    await house.waitUntil('2026-03-30T01:01:00Z')
    expect(
      house
        .cardsOf('王强')
        .slice(before)
        .filter(({ title }) => title?.includes('纪要')),
    ).toEqual([])
    // It is over: an old card changes nothing any more.
    await expect(house.click('王强', change)).rejects.toThrow('planning:duty.meeting-over')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
