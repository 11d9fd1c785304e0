import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { shown } from './problem-samples.ts'
import { actionButton, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const result = {
  title: '薄板激光焊变形控制工艺',
  ...{ variety: 'process', stage: 'pilot' },
  summary: '用随焊冷却抑制薄板变形，平面度由三毫米降到半毫米。',
  use: '不锈钢薄板箱体、车体侧墙的焊接。',
  ...{ evidence: '发明专利一项，已在二车间试用半年。', holder: '一分公司', owners: '陈晨' },
  wanted: ['licence', 'inside'],
}

describeEachDatabase('a result', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('is checked, listed, found, asked for and transferred', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', result, 'result')
    expect(number).toBe('CG-2026-0001')
    expect(shown(await house.type('外人', '找成果 薄板焊接'))).not.toContain(number)
    await house.act('李梅', number, 'list')
    expect(shown(await house.type('外人', '找成果 薄板激光焊变形'))).toContain(number)
    expect(shown(await house.type('外人', '成果'))).toContain(number)
    const { id } = await house.row(number)
    const { beside } = await house.click('外人', { action: 'submissions.open', value: { submission: id } })
    const wish = { purpose: '想用在箱体焊接上。', reach: '二分公司 3344' }
    await house.fillIn('外人', await house.click('外人', actionButton(beside, 'contact')), wish)
    await house.settle()
    expect(shown(house.cardsOf('张三').at(-1))).toContain('外人希望对接：想用在箱体焊接上。（二分公司 3344）')
    expect(await house.row(number)).toMatchObject({ state: 'contacted' })
    await expect(house.act('外人', number, 'contact', wish)).rejects.toThrow('contact-today')
    await house.act('孙工', number, 'contact', wish)
    await house.act('张三', number, 'transfer', {
      ...{ partner: '二分公司', manner: 'inside', signedOn: '2026-03-02', income: '' },
    })
    expect(await house.row(number)).toMatchObject({ state: 'transferred' })
    expect(shown(await house.type('外人', '成果'))).not.toContain(number)
  })
})
