import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { writeRegistrations } from '../../src/command-line/event-registrations.ts'
import { exportRegistrations, type SheetRequest } from '../../src/features/events/lists/registration-sheet.ts'
import { readRows } from '../../src/spreadsheets/read-rows.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic } from './registered.ts'

describeEachDatabase('the list of an event as a file', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const full = async () => {
    const paper = { name: 'paper', label: '论文题目', type: 'text' as const, required: true, options: [] }
    const days = {
      ...{ name: 'days', label: '参加哪几天', type: 'multi-select' as const, required: false },
      options: ['第一天', '第二天'],
    }
    const event = await house.event({ questions: [paper, days] })
    const first = await registered(house, event, '张三', {
      answers: JSON.stringify({ paper: '=cmd|calc!A0', days: ['第一天', '第二天'] }),
      ...{ guests: 2, registered_by: house.people.李梅! },
    })
    const second = await registered(house, event, '陈晨', { seq: 2 })
    await registeredPublic(house, event, '王女士', { seq: 3, state: 'waiting' })
    await house.store.transaction(async (trx) => {
      const at = first.created_at
      const there = { event: event.row.id, registration: first.id }
      await trx
        .insertInto('event_check_in')
        .values({ ...there, how: 'button', by: null, at })
        .execute()
      const hours = { event: event.row.id, person: house.people.张三!, hours: 1.5, at }
      await trx.insertInto('event_hours').values(hours).execute()
      const given = [
        { ...there, rating: 5, comment: '很好', signed: 1 as const, at },
        { ...there, registration: second.id, rating: 1, comment: '一般', signed: 0 as const, at },
      ]
      await trx.insertInto('event_feedback').values(given).execute()
    })
    return event
  }
  const fileOf = async (request: Pick<SheetRequest, 'event' | 'asker' | 'format'>) => {
    const { pieces } = await exportRegistrations(house.context, { ...request, language: 'zh-CN' })
    return Buffer.concat(await Array.fromAsync(pieces))
  }

  test('has answers, check-in, hours and signed ratings, and computes nothing', async () => {
    house = await openEventsHouse(open)
    const event = await full()
    const asker = { person: house.people.吴主席! }
    const csv = (await fileOf({ event, asker, format: 'csv' })).toString('utf8').replace('\ufeff', '')
    const [heading, ...lines] = csv.trimEnd().split('\r\n')
    expect(heading).toBe(
      '序号,姓名,单位,联系电话,状态,随行人数,报名时间,代报名人,签到时间,学时,评分,意见,论文题目,参加哪几天',
    )
    expect(lines).toEqual([
      "1,张三,一分公司,,报名成功,2,2026-03-02 09:00,李梅,2026-03-02 09:00,1.5,5,很好,'=cmd|calc!A0,第一天、第二天",
      '2,陈晨,一分公司,,报名成功,0,2026-03-02 09:00,,,,,,,',
      '3,王女士,,010-0000,候补中,0,2026-03-02 09:00,,,,,,,',
    ])
    const rows = await Array.fromAsync(readRows(await fileOf({ event, asker, format: 'xlsx' })))
    expect(rows).toHaveLength(4)
    expect(JSON.stringify(rows[1])).toContain('=cmd|calc!A0')
  })

  test('names of the public are for those who may export, and the machine’s own list has none', async () => {
    house = await openEventsHouse(open)
    const event = await full()
    expect((await fileOf({ event, asker: 'house', format: 'csv' })).toString('utf8')).not.toContain('王女士')
    await expect(fileOf({ event, asker: { person: house.people.张三! }, format: 'csv' })).rejects.toThrow(
      'announcing:refused.no-event',
    )
  })

  test('is written by the command into a new file only', async () => {
    house = await openEventsHouse(open)
    const event = await full()
    const folder = await mkdtemp(join(tmpdir(), 'kexie-sheet-'))
    const printed: string[] = []
    const terminal = {
      context: house.context,
      language: 'zh-CN' as const,
      print: (text: string) => printed.push(text),
    }
    try {
      const out = join(folder, '名单.csv')
      await writeRegistrations(terminal, event, { out, as: '吴主席' })
      expect(await readFile(out, 'utf8')).toContain('王女士')
      await expect(writeRegistrations(terminal, event, { out })).rejects.toThrow('making:command.exists')
      await expect(writeRegistrations(terminal, event, { out: join(folder, 'x.doc') })).rejects.toThrow(
        'announcing:sheet.no-format',
      )
      expect(printed).toHaveLength(1)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
