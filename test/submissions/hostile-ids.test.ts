import { afterEach, expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { agreement, offer, problem, shown } from './problem-samples.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

/** Buttons whose values name an offer, a milestone, an expert or an entry that is another's. */
describeEachDatabase('what a button names of another', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** Everything that these buttons could change. */
  const standing = async () => {
    const of = (table: 'submission' | 'submission_offer' | 'submission_milestone' | 'submission_expert') =>
      house.store.db.selectFrom(table).selectAll().orderBy('number').execute()
    return [
      await of('submission'),
      await of('submission_offer'),
      await of('submission_milestone'),
      await of('submission_expert'),
    ]
  }

  /** Pressed, and what it may ask filled in: plainly refused, and nothing changed. */
  async function isRefused(
    user: string,
    action: string,
    value: Record<string, string>,
    values: Record<string, string> = {},
  ): Promise<void> {
    const before = await standing()
    const end = await house
      .click(user, { action, value })
      .then(async (answered) => (answered.form ? house.fillIn(user, answered, values) : answered))
      .catch((error: unknown) => error)
    // What is wrong with a field is thrown by the house under test as it stands beside the field.
    const isField = end instanceof Error && end.constructor === Error && /^\w+: /.test(end.message)
    if (end instanceof Error && !(end instanceof PlainError) && !isField) throw end
    expect(await standing()).toEqual(before)
  }

  async function offered(): Promise<{ id: string; number: string }> {
    const { id, number } = await house.sendIn('张三', problem, 'technical-problem')
    await house.act('李梅', number, 'check')
    await house.act('何总', number, 'publish', { closing: '2026-03-15' })
    await house.act('孙工', number, 'offer', offer)
    await house.act('陈晨', number, 'offer', { ...offer, approach: '改用振动时效，再配数控校平。' })
    return { id, number }
  }

  const press = async (id: string, action: string, more: Record<string, string> = {}) => ({
    ...{ submission: id, action, ...more },
    seen: String((await house.row((await numberOf(id)) ?? '')).stage),
  })
  const numberOf = async (id: string) => (await house.rows()).find((row) => row.id === id)?.number

  test('an offer is read, changed, taken back and chosen by nobody else', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await offered()
    // Whatever number stands in the button, it is one's own that is taken back.
    await house.click('陈晨', {
      action: 'submissions.act',
      value: await press(id, 'withdraw-offer', { offer: '1' }),
    })
    const rows = await house.store.db.selectFrom('submission_offer').selectAll().orderBy('number').execute()
    expect(rows.map(({ state }) => state)).toEqual(['open', 'withdrawn'])
    for (const user of ['陈晨', '褚工', '外人', '路人', '张三']) {
      await isRefused(user, 'submissions.act', await press(id, 'withdraw-offer', { offer: '1' }))
      await isRefused(user, 'submissions.act', await press(id, 'change-offer', { offer: '1' }), offer)
      await isRefused(user, 'submissions.act', await press(id, 'withdraw-entered', { offer: '1' }), {
        offer: '1',
      })
      const read = await house
        .click(user, { action: 'submissions.offers', value: { submission: id, from: '0' } })
        .catch((error: unknown) => error)
      expect(shown(read as never)).not.toContain('变形仿真')
    }
    await isRefused('李梅', 'submissions.act', await press(id, 'withdraw-entered', { offer: '1' }), {
      offer: '1',
    })
    await house.waitUntil('2026-03-16T00:00:00Z')
    for (const named of ['2', '0', '-1', '99', '1e3', 'x', '']) {
      const choice = { offer: named, reason: '思路完整，条件具备。' }
      await isRefused('何总', 'submissions.act', await press(id, 'choose', { offer: named }), choice)
    }
    expect((await house.row(number)).state).toBe('comparing')
  })

  test('a milestone is reported and accepted by nobody else, and none of another record', async () => {
    house = await openSubmissionsHouse(open)
    const { id, number } = await offered()
    await house.waitUntil('2026-03-16T00:00:00Z')
    await house.act('何总', number, 'choose', { offer: '1', reason: '思路完整。' })
    await house.act('李梅', number, 'agree', agreement)
    await house.act('孙工', number, 'add-milestone', { title: '工装试制', due: '2026-05-29', who: '褚工' })
    await house.act('孙工', number, 'begin')
    const report = { milestone: '1', result: '两套已试用一个月。' }
    for (const user of ['陈晨', '卫工', '李梅', '外人', '路人'])
      await isRefused(
        user,
        'submissions.act',
        await press(id, 'report-milestone', { milestone: '1' }),
        report,
      )
    for (const named of ['2', '0', '-1', 'x'])
      await isRefused('褚工', 'submissions.act', await press(id, 'report-milestone', { milestone: named }), {
        ...report,
        milestone: named,
      })
    await house.act('褚工', number, 'report-milestone', report)
    for (const user of ['褚工', '孙工', '陈晨', '张三', '外人'])
      await isRefused(user, 'submissions.act', await press(id, 'accept-milestone', { milestone: '1' }), {
        milestone: '1',
        remark: '同意。',
      })
  })

  test('an expert is taken in or out by nobody but a keeper of that directory and themselves', async () => {
    house = await openSubmissionsHouse(open)
    const form = await house.click('褚工', { action: 'submissions.expert', value: {} })
    const said = { fields: '铸件热处理', description: '从事铸钢件热处理工艺二十年。', consent: 'yes' }
    await house.fillIn('褚工', form, said)
    const { id } = await house.store.db.selectFrom('submission_expert').select('id').executeTakeFirstOrThrow()
    for (const user of ['李梅', '何总', '陈晨', '外人', '路人', '褚工'])
      await isRefused(user, 'submissions.expert-settle', { expert: id, to: 'approved' })
    for (const user of ['李梅', '何总', '陈晨', '外人', '路人'])
      await isRefused(user, 'submissions.expert-settle', { expert: id, to: 'retired' })
    for (const value of [
      { expert: id, to: 'registered' },
      { expert: id, to: '__proto__' },
      { expert: id },
      { expert: "' or 1=1 --", to: 'approved' },
      { to: 'approved' },
    ])
      await isRefused('王强', 'submissions.expert-settle', value as Record<string, string>)
  })
})
