import { afterEach, beforeEach, expect, test } from 'vitest'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addResource, visit } from './resource-drafts.ts'

describeEachDatabase('booking a resource in chat', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const bookings = () => house.store.db.selectFrom('resource_booking').selectAll().orderBy('number').execute()
  const press = (resource: string) => ({ action: 'resources.book', value: { resource } })

  async function bookBy(user: string, resource: string, changed: Partial<typeof visit> = {}) {
    const answer = await house.fillIn(user, await house.click(user, press(resource)), {
      ...visit,
      ...changed,
    })
    await house.settle()
    return answer
  }

  test('is asked for, agreed to by whoever is in charge, told, reminded of, over, and rated', async () => {
    const { id, number } = await addResource(house, { owner: house.people.孙工 ?? null })
    await bookBy('张三', id)
    const [card] = house.cardsOf('孙工')
    expect(JSON.stringify(card)).toContain('收到一项预约申请')
    expect(JSON.stringify(card)).toContain('13900000001')
    expect(house.cardsOf('王强')).toEqual([])
    const answer = await house.click('孙工', buttonOf(card, '同意'))
    expect(answer.toast).toBe('已同意')
    await house.settle()
    expect(JSON.stringify(house.cardsOf('张三'))).toContain('您的预约已获同意')
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('请穿平底鞋')
    expect(buttonsOf(house.cardsOf('孙工')[0]!).map(({ label }) => label)).not.toContain('同意')

    await house.waitUntil('2026-03-04T06:59:00Z')
    expect(JSON.stringify(house.cardsOf('张三'))).not.toContain('就在明天')
    await house.waitUntil('2026-03-04T07:00:00Z')
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('就在明天')
    expect(JSON.stringify(house.cardsOf('孙工').at(-1))).toContain('就在明天')

    await house.waitUntil('2026-03-05T03:00:00Z')
    const [over] = await bookings()
    expect(over!.state).toBe('over')
    const asking = house.cardsOf('张三').at(-1)!
    await house.fillIn('张三', await house.click('张三', buttonOf(asking, '评价')), {
      rating: '5',
      comment: '很好',
    })
    expect((await bookings())[0]).toMatchObject({ rating: 5, comment: '很好' })
    await house.settle()
    const [detail] = await house.type('李梅', number)
    expect(JSON.stringify(detail)).toContain('已使用 1 次，服务 20 人，评分 5.0')
  })

  test('a time that is taken is refused on the page, with when it is taken; what was typed stays', async () => {
    const { id } = await addResource(house)
    await bookBy('张三', id)
    const opened = await house.click('陈晨', press(id))
    const { form } = await house.leave('陈晨', opened.form!, { ...visit, from: '10:00', to: '11:30' })
    const from = form!.fields.find(({ name }) => name === 'from')!
    expect(from).toMatchObject({ value: '10:00', problem: expect.stringContaining('09:00–11:00') })
    await house.fillIn('陈晨', { form: form! }, { ...visit, from: '11:00', to: '12:00' })
    expect((await bookings()).map(({ state }) => state)).toEqual(['requested', 'requested'])
  })

  test.each([
    [{ to: '09:00' }, 'to', '结束时间应晚于开始时间'],
    [{ people: '51' }, 'people', '每次最多 50 人'],
    [{ day: '2026-03-07' }, 'day', '不开放'],
    [{ day: '2026-05-01' }, 'day', '假期'],
    [{ day: '2026-03-02', from: '09:00', to: '09:00' }, 'to', '结束时间'],
    [{ day: '2026-02-27' }, 'day', '已过'],
    [{ from: '12:00', to: '14:00' }, 'from', '09:00–12:00、14:00–17:00'],
    [{ from: '11:00', to: '15:00' }, 'from', '不在开放时间内'],
    [{ day: '2028-03-06' }, 'day', '日期过远'],
  ])('%j is refused at %s', async (changed, field, words) => {
    const { id } = await addResource(house)
    const opened = await house.click('张三', press(id))
    const { form } = await house.leave('张三', opened.form!, { ...visit, ...changed })
    expect(form!.fields.find(({ name }) => name === field)!.problem).toContain(words)
    expect(await bookings()).toEqual([])
  })

  test('working days lie between, holidays and days that make up for them counted as the table says', async () => {
    const { id } = await addResource(house, { leadDays: 3, closed: '2026-03-06' })
    const tooSoon = async (day: string) => {
      const opened = await house.click('张三', press(id))
      const { form } = await house.leave('张三', opened.form!, { ...visit, day })
      return form!.fields.find(({ name }) => name === 'day')?.problem ?? ''
    }
    expect(await tooSoon('2026-03-04')).toContain('最早可约 2026-03-05')
    expect(await tooSoon('2026-03-06')).toContain('闭馆')
    // 2026-02-28, a Saturday, was worked for the Spring Festival.
    house.time.now = new Date('2026-02-25T01:00:00Z')
    expect(await tooSoon('2026-02-27')).toContain('最早可约 2026-02-28')
    await bookBy('张三', id, { day: '2026-02-28' })
    expect((await bookings()).map(({ day }) => day)).toEqual(['2026-02-28'])
  })

  test('times are those of the place', async () => {
    const { id } = await addResource(house, { timeZone: 'Europe/Berlin', onWorkingDays: false })
    await bookBy('张三', id)
    expect((await bookings())[0]).toMatchObject({
      ...{ starts_at: '2026-03-05T08:00:00.000Z', ends_at: '2026-03-05T10:00:00.000Z' },
    })
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('Europe/Berlin 时间')
  })

  test('another time is offered and taken; the first one is free again', async () => {
    const { id } = await addResource(house)
    await bookBy('张三', id)
    const card = house.cardsOf('李梅')[0]
    const form = await house.click('李梅', buttonOf(card, '建议改期'))
    await house.fillIn('李梅', form, { day: '2026-03-06', from: '14:00', to: '16:00', words: '上午检修' })
    await house.settle()
    const offered = house.cardsOf('张三').at(-1)!
    expect(JSON.stringify(offered)).toContain('上午检修')
    await bookBy('陈晨', id)
    await house.click('张三', buttonOf(offered, '接受新时间'))
    await house.settle()
    expect((await bookings()).map(({ day, state }) => [day, state])).toEqual([
      ['2026-03-06', 'confirmed'],
      ['2026-03-05', 'requested'],
    ])
    expect(JSON.stringify(house.cardsOf('李梅'))).toContain('申请方已接受新的时间')
  })

  test('is declined with a reason, and cancelled by either side; whoever is too late learns so', async () => {
    const { id } = await addResource(house)
    await bookBy('张三', id)
    const asked = house.cardsOf('李梅')[0]
    const form = await house.click('李梅', buttonOf(asked, '不同意'))
    await house.fillIn('李梅', form, { words: '当天检修' })
    await house.settle()
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('当天检修')
    await expect(house.click('李梅', buttonOf(asked, '同意'))).rejects.toThrow('resources:refused.settled')
    await bookBy('陈晨', id)
    const second = house.cardsOf('李梅').at(-1)
    await house.click('李梅', buttonOf(second, '同意'))
    await house.settle()
    await house.click('陈晨', buttonOf(house.cardsOf('陈晨').at(-1), '取消预约'))
    await house.settle()
    expect(JSON.stringify(house.cardsOf('李梅'))).toContain('申请方已取消预约')
    expect((await bookings()).map(({ state }) => state)).toEqual(['declined', 'withdrawn'])
  })

  test('nobody answers: reminded after a working day, passed on after two, over after three; the time is free', async () => {
    const { id } = await addResource(house, { owner: house.people.孙工 ?? null })
    await bookBy('张三', id, { day: '2026-03-12' })
    await house.waitUntil('2026-03-03T02:00:00Z')
    expect(house.cardsOf('孙工')).toHaveLength(2)
    await house.waitUntil('2026-03-04T02:00:00Z')
    expect(JSON.stringify(house.cardsOf('李梅'))).toContain('请您协助处理')
    await house.waitUntil('2026-03-05T10:00:00Z')
    expect((await bookings())[0]!.state).toBe('expired')
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('逾期未获答复')
    await bookBy('陈晨', id, { day: '2026-03-12' })
    expect(await bookings()).toHaveLength(2)
  })

  test('whoever answers for it has it at once; others answer nothing, and guests are led to the web', async () => {
    const { id } = await addResource(house, { share: 'public' })
    await bookBy('王强', id)
    expect((await bookings())[0]!.state).toBe('confirmed')
    await bookBy('张三', id, { from: '14:00', to: '15:00' })
    const [, second] = await bookings()
    for (const move of ['confirm', 'decline', 'call-off', 'booking']) {
      const button = { action: `resources.${move}`, value: { booking: second!.id } }
      await expect(house.click('陈晨', button)).rejects.toThrow('resources:refused.not-yours')
    }
    await expect(house.click('路人', press(id))).rejects.toThrow(`http://bot.example/r/${id}`)
    expect((await bookings())[1]!.state).toBe('requested')
  })

  test('我的预约, 预约安排, 我的 and the number show it to those whom it concerns', async () => {
    const { id } = await addResource(house)
    await bookBy('张三', id)
    expect(JSON.stringify(await house.type('张三', '我的预约'))).toContain('智能制造展厅')
    expect(JSON.stringify(await house.type('李梅', '预约安排'))).toContain('YY-2026-0001')
    expect(JSON.stringify(await house.type('外人', '预约安排'))).toContain('近期没有预约')
    expect(JSON.stringify(await house.type('张三', 'YY-2026-0001'))).toContain('待确认')
    expect(JSON.stringify(await house.type('外人', 'YY-2026-0001'))).toContain('没有找到预约')
    const whose = (user: string) => ({
      ...{ db: house.store.db, person: house.people[user]!, language: 'zh-CN' as const, now: house.time.now },
      account: { platform: 'chat', installation: 't', user },
    })
    const mine = async (user: string) =>
      (await house.resources.feature.mine(whose(user))).map(({ count }) => count)
    expect(await mine('李梅')).toEqual([1, 0])
    expect(await mine('张三')).toEqual([0, 1])
    expect(await mine('外人')).toEqual([0, 0])
  })
})
