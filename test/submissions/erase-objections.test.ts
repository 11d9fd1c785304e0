import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from './dump-database.ts'
import { decided } from './reviewed.ts'

describeEachDatabase('what was objected to an encrypted record', (open) => {
  test('is erased with it, and so is what was answered to it; that it was answered stays', async () => {
    const { house, number } = await decided(open, 'rollout', { naming: 'unpublished' })
    const assigned = { owner: '褚工', verifier: '卫工', plan: '三月采购，四月安装。', due: '2026-04-30' }
    await house.act('李梅', number, 'assign', assigned)
    await house.act('褚工', number, 'finish', { result: '已安装，换型九分钟。' })
    await house.act('卫工', number, 'confirm', { benefit: '120000', opinion: '属实。' })
    await house.act('李梅', number, 'publish')
    const { id } = await house.row(number)
    const words = ['二分公司早已用过', '所用夹具并不相同']
    const object = async (user: string, objection: string) => {
      const opened = await house.click(user, { action: 'submissions.object', value: { submission: id } })
      await house.fillIn(user, opened, { objection, named: 'hidden' })
      await house.settle()
    }
    await object('王强', `${words[0]}，请核实。`)
    await object('吴主席', '署名与实际不符，还要核实。')
    await house.act('何总', number, 'settle', { finding: `${words[1]}，予以维持。` })
    const all = () => house.store.db.selectFrom('submission_objection').selectAll().execute()
    const answered = async () => (await all()).filter(({ settled }) => settled !== null)
    expect([(await all()).length, (await answered()).length]).toEqual([2, 1])
    expect(placesHolding(await dumpDatabase(house.store), words)).toEqual([])

    await house.act('张三', number, 'erase', { sure: 'yes' })
    expect(await house.row(number)).toMatchObject({ state: 'erased', content: '' })
    expect((await all()).map(({ text }) => text)).toEqual(['', ''])
    expect((await answered()).map(({ settled }) => settled)).toEqual([''])
    await house.stop()
    expect(house.errors).toEqual([])
  })
})
