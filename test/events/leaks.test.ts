import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetPresses } from '../../src/features/events/presses/forget-presses.ts'
import { createPublicDesk } from '../../src/features/events/registering/public-desk.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from '../submissions/dump-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'

const audience = { organisations: [], roles: [], public: true }

/** Who came from outside: on the web, named by a cadre, as a guest in the chat. */
const web = { name: '郑不语', unit: '红星第九小学', telephone: '13955501234' }
const named = '赵小妹子'
const guest = '欧阳访客'

describeEachDatabase('what is known of the public', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const holding = async (words: readonly string[]) => placesHolding(await dumpDatabase(house.store), words)

  test('lies nowhere in the open, whatever is done about it, and is gone when its time is over', async () => {
    const { row } = await house.event({ audience, capacity: 10 })
    const desk = createPublicDesk({ ...house.context, wakeWorkers: () => void house.settler.idle() })
    const registered = await desk.register(
      row.number,
      { ...web, consent: 'yes' },
      { once: 'page', language: 'zh-CN' },
    )
    if (!('code' in registered)) throw new Error('refused')
    const code = registered.code
    await house.settle()
    const opened = await house.click('吴主席', { action: 'events.register-others', value: { event: row.id } })
    await house.fillIn('吴主席', opened, { people: '张三', names: named, fit: 'some' })
    await house.settle()
    await house.waitUntil(new Date(house.time.now.getTime() + 5000).toISOString())
    expect(JSON.stringify(house.cardsOf('吴主席'))).toContain(named)

    await house.type('张三', `查询报名 ${row.number} ${code}`)
    await house.type('吴主席', `谁报了名 ${row.number}`)
    await house.waitUntil(new Date(Date.parse(row.starts_at) - 3600_000).toISOString())
    const said = [
      ...(await house.type('吴主席', `签到 ${row.number} ${web.name}`)),
      ...(await house.type('吴主席', `签到 ${row.number} ${named}`)),
    ]
    expect(JSON.stringify(said)).toContain(web.name)
    await house.waitUntil(new Date(Date.parse(row.ends_at) + 3600_000).toISOString())
    await house.type('吴主席', `谁来了 ${row.number}`)
    expect(await holding([web.name, web.unit, web.telephone, named, code])).toEqual([])

    await house.waitUntil(new Date(Date.parse(row.ends_at) + 181 * 24 * 3600_000).toISOString())
    const rows = await house.store.db.selectFrom('event_registration').selectAll().execute()
    expect(rows.filter(({ contact, receipt_hash }) => contact !== null || receipt_hash !== null)).toEqual([])
  })

  test('of guests in the chat is gone half a year after the event', async () => {
    const { row } = await house.event({ audience, capacity: 10 })
    const opened = await house.click('访客', { action: 'events.register-form', value: { event: row.id } })
    await house.fillIn('访客', opened, { name: guest })
    await house.settle()
    await house.waitUntil(new Date(Date.parse(row.ends_at) + 181 * 24 * 3600_000).toISOString())
    await house.store.transaction((trx) => forgetPresses(trx, house.time.now))
    expect(await holding([guest])).toEqual([])
  })
})
