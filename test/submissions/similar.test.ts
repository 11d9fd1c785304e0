import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const alike = {
  ...proposal,
  title: '二号线夹具也改快换',
  defect: '二号线换型也要拆装八颗螺栓，每次三十多分钟。',
  method: '夹具改为快换式定位销，配换型小车。',
  effect: '换型时间降到十分钟以内。',
}
const other = {
  ...proposal,
  title: '空压机余热供浴室热水',
  defect: '空压机余热直接排到室外，浴室另烧天然气。',
  method: '加装余热回收机组，把热水送到浴室水箱。',
  effect: '每年少用天然气三万立方米。',
}

describeEachDatabase('similar submissions', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The lines above the summary, before it is sent in. */
  async function introBefore(user: string, values: Record<string, string>) {
    const opened = await house.click(user, { action: 'submissions.begin', value: { kind: 'proposal' } })
    let lines: string[] = []
    await house.fillIn(user, opened, values, undefined, ({ intro }) => {
      lines = intro
    })
    await house.settle()
    return lines.join('\n')
  }

  test('are shown before it is sent in, and to whoever handles it, with a button that merges', async () => {
    house = await openSubmissionsHouse(open)
    const first = await house.sendIn('张三')
    expect(await introBefore('陈晨', other)).not.toContain(first.number)
    expect(await introBefore('陈晨', alike)).toContain(`${first.number} 合理化建议：三号线夹具改为快换式`)
    const second = (await house.rows()).at(-1)!
    const card = house.cardsOf('李梅').at(-1)!
    expect(JSON.stringify(card)).toContain('可能重复')
    const merge = buttonsOf(card).find(({ value }) => value.into === first.number)!
    await house.fillIn('李梅', await house.click('李梅', merge), {})
    expect(await house.row(second.number)).toMatchObject({ state: 'merged', merged_into: first.id })
  })

  test('can be supported instead of sending the same in, once, by whoever did not send it', async () => {
    house = await openSubmissionsHouse(open)
    const first = await house.sendIn('张三')
    const opened = await house.click('陈晨', { action: 'submissions.begin', value: { kind: 'proposal' } })
    const before = house.cardsOf('陈晨').length
    await house.fillIn('陈晨', opened, alike)
    await house.settle()
    const card = house.cardsOf('陈晨').slice(before)[0]
    const give = buttonsOf(card!).find(({ action }) => action === 'submissions.second')!
    expect(give.value).toEqual({ submission: first.id, wanted: 'yes' })
    await house.click('陈晨', give)
    await house.click('陈晨', give)
    const seconds = await house.store.db.selectFrom('submission_second').selectAll().execute()
    expect(seconds).toMatchObject([{ submission: first.id, person: house.people.陈晨 }])
    // Its author is shown that it is there, without that button.
    const again = await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    const shown = house.cardsOf('张三').length
    await house.fillIn('张三', again, alike)
    await house.settle()
    const own = buttonsOf(house.cardsOf('张三').slice(shown)[0]!)
    expect(own.map(({ action }) => action)).toContain('submissions.open')
    expect(own.find(({ value }) => value.submission === first.id && value.wanted)).toBeUndefined()
  })

  test('are found in chat by those who may see them: no stranger, no guest; not what was taken back', async () => {
    house = await openSubmissionsHouse(open)
    const first = await house.sendIn('张三')
    await house.sendIn('张三', other)
    const find = async (user: string, text: string) => JSON.stringify(await house.type(user, text))
    expect(await find('孙工', '查建议 快换夹具')).toContain(first.number)
    expect(await find('孙工', 'find proposals about 夹具')).toContain('待受理')
    expect(await find('孙工', '查建议 快换夹具')).not.toContain('余热')
    expect(await find('孙工', '查建议：年终奖分配')).toContain('没有找到')
    expect(await find('孙工', '查建议')).toContain('查建议 夹具')
    expect(await find('路人', '查建议 快换夹具')).not.toContain(first.number)
    await house.act('张三', first.number, 'withdraw')
    expect(await find('孙工', '查建议 快换夹具')).not.toContain(first.number)
  })
})
