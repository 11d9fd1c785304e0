import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { keepListed } from '../../src/features/events/lists/keep-listed.ts'
import { findEvent } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const at = '2026-03-01T00:00:00.000Z'

const words = (card: unknown) => JSON.stringify(card ?? null)

describeEachDatabase('an innovation contest', (open) => {
  let house: CampaignHouse
  afterEach(() => house.stop())

  const press = async (who: string, card: Card | undefined, label: string) => {
    const button = buttonsOf(card!).find((one) => one.label === label)
    if (!button) throw new Error(`no ${label} on ${words(card)}`)
    const answer = await house.click(who, button)
    await house.settle()
    return answer
  }
  const shown = async (who: string, text = 'JB-2026-0001') => (await house.type(who, text))[0]
  const link = async (number: string) => {
    await house.fillIn('王强', await press('王强', await shown('王强'), '关联活动'), { event: number })
    await house.settle()
  }

  test('has events of which its opening tells, which lead to their registration, and of which it says who came', async () => {
    house = await openCampaignHouse(open, { hasEvents: true })
    await layEvents(house)
    const form = await press('王强', await shown('王强', '新建创新竞赛'), '创新竞赛')
    const values = { organisation: '一分公司', starts: '2026-03-02', ends: '2026-06-30' }
    await house.fillIn('王强', form, values)
    await house.settle()
    expect(words(await shown('王强'))).toContain('创新竞赛')

    // Of one that nobody can look at, or of another's, nothing can be made; what is called off vanishes by itself.
    await expect(link('HD-2026-0003')).rejects.toThrow('event-unpublished')
    await expect(link('HD-2026-0009')).rejects.toThrow('no-event')
    await link('HD-2026-0001')
    expect(words(house.cardsOf('王强').at(-1))).not.toContain('不再补发')
    await link('hd-2026-0002')
    await press('王强', await shown('王强'), '开展')
    const opening = house.cardsIn(branchGroup).at(-1)
    expect(words(opening)).toContain('HD-2026-0001 初赛（2026-04-10）')
    const ways = buttonsOf(opening!).filter(({ label }) => label === '看活动、报名')
    const way = { label: '看活动、报名', action: 'events.show', opens: 'beside' }
    expect(ways).toEqual(
      ['first', 'final'].map((event) => expect.objectContaining({ ...way, value: { event } })),
    )

    // By that button one sees the event, and registers by the button beneath it.
    const event = (await house.click('陈晨', ways[0]!)).beside
    expect(words(event)).toContain('初赛')
    await press('陈晨', event, '报名')
    const [mine] = await house.store.db.selectFrom('event_registration').selectAll().execute()
    expect(mine).toMatchObject({ event: 'first', name: '陈晨', state: 'confirmed' })

    // What is linked later is not announced again: its receipt says so, and the next post leads to it.
    await house.store.transaction(async (trx) => {
      await trx.updateTable('event_entry').set({ state: 'published' }).where('id', '=', 'later').execute()
    })
    await link('HD-2026-0003')
    expect(words(house.cardsOf('王强').at(-1))).toContain('开展通知已经发出，不再补发')
    await house.waitUntil('2026-05-01T01:00:00Z')
    const midway = house.cardsIn(branchGroup).at(-1)
    expect(words(midway)).toContain('过半')
    expect(words(midway)).toContain('HD-2026-0003 复赛')

    await house.store.transaction(async (trx) => {
      await trx
        .insertInto('event_check_in')
        .values({ event: 'first', registration: mine!.id, how: 'button', by: null, at })
        .execute()
      await trx.updateTable('event_entry').set({ state: 'over' }).where('id', '=', 'first').execute()
      await trx.updateTable('event_entry').set({ state: 'cancelled' }).where('id', '=', 'final').execute()
    })
    const card = await shown('张三')
    expect(words(card)).toContain('HD-2026-0001 初赛（2026-04-10，到场 1 人）')
    expect(words(card)).not.toContain('HD-2026-0002')
    expect(house.errors).toEqual([])
  })
})

const everybody = JSON.stringify({ organisations: [], roles: [], public: false })

/** Two that are published, and a draft. */
async function layEvents({ store, people, events }: CampaignHouse): Promise<void> {
  const event = (
    id: string,
    number: string,
    title: string,
    state: 'published' | 'draft',
    starts: string,
  ) => ({
    ...{ id, number, kind: 'training', title, organisation: people.branch!, state, secret: id },
    ...{
      organisers: '',
      description: '',
      place: '',
      link: '',
      starts_at: starts,
      ends_at: `${starts.slice(0, 11)}09:00:00.000Z`,
    },
    ...{ time_zone: 'Asia/Shanghai', audience: everybody, capacity: null, opens_at: null, closes_at: starts },
    ...{ cancel_until: starts, mode: 'first-come' as const, most_guests: 0, has_waiting_list: 0 as const },
    ...{ offer_hours: 1, priority: '[]', questions: '[]', cost: '', contacts: '', materials: '' },
    ...{ reminders: '[]', online: 0 as const, hours: null, series: null, registers_with: null },
    ...{ copied_from: null, reason: '', sequence: 0, arrangement: 0, created_by: people.王强! },
    ...{ created_at: at, changed_at: at },
  })
  await store.transaction(async (trx) => {
    await trx
      .insertInto('event_entry')
      .values([
        event('first', 'HD-2026-0001', '初赛', 'published', '2026-04-10T01:00:00.000Z'),
        event('final', 'HD-2026-0002', '决赛', 'published', '2026-06-10T01:00:00.000Z'),
        event('later', 'HD-2026-0003', '复赛', 'draft', '2026-05-10T01:00:00.000Z'),
      ])
      .execute()
    for (const id of ['first', 'final', 'later']) {
      await trx.insertInto('event_gate').values({ event: id }).execute()
      const none = { taken: 0, waiting: 0, requested: 0, revision: 0 }
      await trx
        .insertInto('event_seats')
        .values({ event: id, ...none })
        .execute()
      await keepListed(trx, events!.context, (await findEvent(trx, id))!)
    }
  })
}
