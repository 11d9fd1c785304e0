import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetPresses } from '../../src/features/events/presses/forget-presses.ts'
import { eraseOwn } from '../../src/features/events/registering/erase.ts'
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

  /** Cards as the outbox holds them. */
  const kept = async () => {
    const rows = await house.store.db
      .selectFrom('outbox')
      .select('card')
      .where('card', 'is not', null)
      .execute()
    return rows.map(({ card }) => card ?? '')
  }
  const later = (minutes: number) =>
    house.waitUntil(new Date(house.time.now.getTime() + minutes * 60_000).toISOString())

  test('lies nowhere in the open while the platform takes no card', async () => {
    const { row } = await house.event({ audience, capacity: 10 })
    const opened = await house.click('吴主席', { action: 'events.register-others', value: { event: row.id } })
    await house.fillIn('吴主席', opened, { people: '张三', names: named, fit: 'some' })
    house.takesNothing(true)
    await house.settle()
    await later(1)
    await house.waitUntil(new Date(Date.parse(row.starts_at) - 3600_000).toISOString())
    await house.type('吴主席', `签到 ${row.number} ${named}`)
    const cards = await kept()
    expect(cards.filter((card) => card.includes('"sealed"')).length).toBeGreaterThanOrEqual(2)
    expect(await holding([named])).toEqual([])
    house.takesNothing(false)
    await later(60)
    expect(JSON.stringify(house.cardsOf('吴主席'))).toContain(`${named}已签到`)
  })

  test('and asks to come or to be let go waits sealed for the organisers, and is gone with the registration', async () => {
    const questions = [{ name: 'q1', label: '论文', type: 'text' as const, required: true, options: [] }]
    const asked = await house.event({ audience, mode: 'approval', questions })
    const free = await house.event({ audience, cancelUntil: house.time.now })
    const form = await house.click('访客', {
      action: 'events.register-form',
      value: { event: asked.row.id },
    })
    await house.fillIn('访客', form, { name: guest, 'own-q1': '螺栓的故事' })
    const other = await house.click('访客', {
      action: 'events.register-form',
      value: { event: free.row.id },
    })
    await house.fillIn('访客', other, { name: guest })
    await house.settle()
    await later(1)
    house.takesNothing(true)
    const leave = await house.click('访客', { action: 'events.ask-to-leave', value: { event: free.row.id } })
    await house.fillIn('访客', leave, { reason: '家中有急事' })
    await house.settle()
    await later(11)
    const cards = (await kept()).join()
    for (const word of [guest, '螺栓的故事', '家中有急事']) expect(cards).not.toContain(word)
    const rows = await house.store.db.selectFrom('event_registration').selectAll().execute()
    for (const one of rows)
      await house.store.transaction((trx) => eraseOwn(trx, house.context, one, house.time.now))
    await house.store.transaction((trx) => forgetPresses(trx, new Date(house.time.now.getTime() + 1e10)))
    // Drafts of forms are forgotten by themselves.
    const left = await holding([guest, '螺栓的故事', '家中有急事'])
    expect(left.filter((place) => !place.startsWith('form_draft.'))).toEqual([])
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
