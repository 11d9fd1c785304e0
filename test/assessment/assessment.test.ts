import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { branchGroup, buttonsOf, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const filled = {
  ...{ title: '2026 年度考核', organisation: '华北重工', sheet: 'excellent-association', units: '' },
  ...{ people: '', checkers: '吴主席、周建国、王强', from: '2026-01-01', to: '2026-12-31' },
  ...{ fill: '2026-03-10', check: '2026-03-20', notice: '5' },
}
const points = {
  ...{ 'p-committee': '10', 'p-staff': '9.5', 'p-funds': '10', 'p-premises': '10', 'p-visits': '10' },
  ...{ 'p-exchanges': '20', 'p-project': '15', 'p-proposals': '15', 'n-committee': '批复齐全' },
}

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  await house.store.transaction((trx) =>
    addMembership(trx, { person: house.people.外人!, organisation: house.people.other!, role: 'liaison' }),
  )
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)
  return {
    ...{ ...house, button, last },
    /** Presses a button of the first card that answers to what was typed. */
    async open(name: string, typed: string, label: string) {
      await house.settle()
      const [card] = await house.type(name, typed)
      return house.click(name, button(card, label))
    },
    async begin(values: Record<string, string> = {}) {
      const opened = await this.open('吴主席', '发起考核', '发起考核')
      await house.fillIn('吴主席', opened, { ...filled, ...values })
      await house.settle()
      await house.click('吴主席', button(last('吴主席'), '发起'))
      await house.settle()
    },
  }
}

describeEachDatabase('an assessment', (open) => {
  test('is filled in, sent back, checked by others, published, objected to and praised', async () => {
    const house = await openHouse(open)
    const { button, last } = house
    await house.begin()
    expect(JSON.stringify(last('李梅'))).toContain('请在 2026-03-10 前完成自评')
    // What the records prove is filled in: no exchange was held, so the threshold is not reached.
    const opened = await house.open('李梅', '我的考核', '自评')
    await expect(house.fillIn('李梅', opened, { ...points, 'p-exchanges': '11' })).rejects.toThrow(
      'p-exchanges',
    )
    const again = await house.open('李梅', '我的考核', '自评')
    await house.fillIn('李梅', again, points)
    await house.settle()
    expect(JSON.stringify(last('李梅'))).toContain('共 99.5 分')
    // A cadre of the unit does not check it, though named; the first who may sends it back.
    const [own] = await house.type('王强', '我的考核')
    expect(JSON.stringify(own)).not.toContain('待审核')
    const [waits] = await house.type('吴主席', '我的考核')
    const subject = button(waits, '审核').value
    await expect(house.click('王强', { action: 'assessment.check', value: subject })).rejects.toThrow(
      'assessment:refused.own',
    )
    const shown = await house.click('吴主席', { action: 'assessment.subject', value: subject })
    await house.fillIn('吴主席', await house.click('吴主席', button(shown.beside, '退回')), {
      reason: '请附材料',
    })
    await house.fillIn('李梅', await house.open('李梅', '我的考核', '自评'), { 'p-staff': '9' })
    // Other points want a reason.
    const checking = await house.open('吴主席', '我的考核', '审核')
    await expect(house.fillIn('吴主席', checking, { 'p-proposals': '12' })).rejects.toThrow('n-proposals')
    const reasoned = await house.open('吴主席', '我的考核', '审核')
    await house.fillIn('吴主席', reasoned, { 'p-proposals': '12', 'n-proposals': '采纳四件' })
    // Nothing was filled in for the other unit: after the last day it is checked all the same.
    await house.waitUntil('2026-03-11T02:00:00Z')
    await house.fillIn('周建国', await house.open('周建国', '我的考核', '审核'), {
      ...Object.fromEntries(Object.keys(points).map((name) => [name, '0'])),
    })
    await house.settle()
    const [standing] = await house.type('吴主席', 'KH-2026-0001')
    const look = await house.click('吴主席', button(standing, '公布结果'))
    await house.click('吴主席', button(look.beside, '确认公布'))
    await house.settle()
    const posted = house.cardsIn(branchGroup).at(-1)!
    expect(posted.title).toBe('考核结果：2026 年度考核')
    expect(JSON.stringify(posted)).toContain('["1","一分公司","96","优秀"]')
    // The points fall by an objection that is settled so; nobody of another unit reads the sheet.
    await expect(house.click('外人', { action: 'assessment.subject', value: subject })).rejects.toThrow(
      'gone',
    )
    const mine = await house.click('李梅', { action: 'assessment.subject', value: subject })
    await house.fillIn('李梅', await house.click('李梅', button(mine.beside, '提出异议')), {
      text: '培训次数应重新核对',
    })
    await house.settle()
    await house.waitUntil('2026-03-17T02:00:00Z')
    expect(house.cardsIn(branchGroup).map(({ title }) => title)).not.toContain('通报表扬：2026 年度考核')
    const settling = await house.open('吴主席', 'KH-2026-0001', '处理异议')
    await house.fillIn('吴主席', settling, {
      ...{ decision: 'upheld', measure: '被采纳的合理化建议', points: '15', reason: '补充采纳一件' },
    })
    await house.settle()
    const praise = house.cardsIn(branchGroup).at(-1)!
    expect(praise.title).toBe('通报表扬：2026 年度考核')
    expect(JSON.stringify(praise)).toContain('一分公司')
    const { state, total } = await house.store.db
      .selectFrom('assessment_subject')
      .innerJoin('assessment', 'assessment.id', 'assessment_subject.assessment')
      .select(['assessment.state', 'assessment_subject.total'])
      .where('assessment_subject.id', '=', subject.subject!)
      .executeTakeFirstOrThrow()
    expect([state, Number(total)]).toEqual(['closed', 99_000])
  })
})
