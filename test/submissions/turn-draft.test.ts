import { afterEach, expect, test } from 'vitest'
import { openRow } from '../../src/features/submissions/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const begin = { action: 'submissions.begin', value: { kind: 'proposal' } }

describeEachDatabase('a proposal that lacks what it must contain', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const offers = (user: string) =>
    house.cardsOf(user).filter((card) => buttonsOf(card).some(({ label }) => label === '改提意见诉求'))
  const turn = (user: string) =>
    buttonsOf(offers(user).at(-1)!).find(({ action }) => action === 'submissions.fill')!
  /** Leaves every page before what is wrong with these values; gives what then stands open. */
  const tryWith = async (values: Record<string, string>) => {
    let { form } = await house.click('张三', begin)
    for (let turns = 0; turns < 4 && form!.page !== 'content'; turns += 1) {
      form = (await house.leave('张三', form!, values)).form
    }
    form = (await house.leave('张三', form!, values)).form
    await house.settle()
    return form!
  }

  test.each([
    ['is missing', ''],
    ['is hollow', '要进一步加强管理，提高认识，落实责任。'],
  ])('on pages: what %s is named, and all that was typed goes over with one button', async (_, method) => {
    house = await openSubmissionsHouse(open)
    const left = await tryWith({ ...proposal, method, effect: '' })
    expect(left.page).toBe('content')
    expect(offers('张三')).toHaveLength(1)
    const shown = JSON.stringify(offers('张三')[0])
    expect(shown).toContain('还缺')
    expect(shown).toContain('具体怎么改')
    expect(shown).not.toContain('现在有什么问题')
    const opened = await house.click('张三', turn('张三'))
    await house.fillIn('张三', opened, { area: 'work' })
    await house.settle()
    const [row] = await house.rows()
    expect(row).toMatchObject({ kind: 'opinion', naming: 'unpublished' })
    const { values } = await openRow(house.store.db, house.context, row!)
    expect(values).toMatchObject({ title: proposal.title })
    for (const typed of [proposal.defect, method]) expect(String(values.text)).toContain(typed)
  })

  test('whoever declines goes on: nothing is lost, and the same is not said twice', async () => {
    house = await openSubmissionsHouse(open)
    const left = await tryWith({ ...proposal, method: '' })
    const again = await house.leave('张三', left, { method: '' })
    await house.settle()
    expect(offers('张三')).toHaveLength(1)
    await house.fillIn('张三', again, { method: proposal.method })
    await house.settle()
    const [row] = await house.rows()
    expect(JSON.parse(row!.content)).toMatchObject({ defect: proposal.defect, method: proposal.method })
  })

  test('it is nobody else’s, and a name that was hidden stays hidden', async () => {
    house = await openSubmissionsHouse(open)
    await tryWith({ ...proposal, naming: 'hidden', method: '' })
    await expect(house.click('陈晨', turn('张三'))).rejects.toMatchObject({ key: 'submissions:collect.gone' })
    const opened = await house.click('张三', turn('张三'))
    const [naming] = opened.form!.fields
    expect(naming).toMatchObject({ name: 'naming', value: 'hidden' })
    const kept = await house.store.db.selectFrom('submission_reading').selectAll().execute()
    expect(JSON.stringify(kept)).not.toMatch(/夹具|换型/)
  })

  test('what else is wrong offers nothing', async () => {
    house = await openSubmissionsHouse(open)
    const opened = await house.click('张三', begin)
    const what = await house.leave('张三', opened.form!, {})
    await house.leave('张三', what.form!, { ...proposal, title: '' })
    await house.settle()
    expect(offers('张三')).toEqual([])
  })

  test('step by step: an answer that says nothing is carried over too', async () => {
    house = await openSubmissionsHouse(open, { showsForms: false })
    await house.click('张三', begin)
    for (const text of ['署名', proposal.title, '小革新', '设备、工具、仪表、装置', proposal.defect]) {
      await house.type('张三', text)
    }
    await house.type('张三', '加强管理，提高认识，落实责任')
    expect(offers('张三')).toHaveLength(1)
    const button = turn('张三')
    await house.type('张三', proposal.method)
    const drafts = await house.store.db.selectFrom('form_draft').selectAll().execute()
    expect(drafts).toHaveLength(1)
    await house.click('张三', button)
    await house.settle()
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain('如何署名')
    // Title and text are there already: after how it is signed its field is asked, then the summary shows all.
    for (const text of ['公开时不署名', '其他', '跳过', '跳过']) await house.type('张三', text)
    const summary = JSON.stringify(house.cardsOf('张三').at(-1))
    for (const typed of [proposal.title, proposal.defect, '加强管理，提高认识，落实责任']) {
      expect(summary).toContain(typed)
    }
    expect(await house.store.db.selectFrom('form_draft').selectAll().execute()).toHaveLength(2)
  })
})
