import { afterEach, expect, test } from 'vitest'
import { createPeriodPort } from '../../src/features/submissions/port.ts'
import { bindChat } from '../../src/people/chats.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { shown } from './problem-samples.ts'
import { refusal } from './reviewed.ts'
import { saidAgainst } from './said-against.ts'
import { buttonsOf, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const nomination = {
  ...{ name: '孙工', variety: 'individual', nominee: '孙工', by: 'colleague', position: '铸造车间，工程师' },
  deeds: '三年攻克大型铸钢件热处理变形等三个难题，返工率由两成降到百分之三。',
  ...{ achievement: '专利两项。', noViolation: 'yes', video: '' },
}
const chat = (name: string) => ({ platform: 'chat', installation: 't', chat: name })

describeEachDatabase('a model case', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const last = (user: string) => shown(house.cardsOf(user).at(-1))
  const state = async (number: string) => (await house.row(number)).state

  /** As far as the public notice. */
  async function onNotice(
    values: Record<string, string> = nomination,
    more: Record<string, string> = {},
  ): Promise<string> {
    const { number } = await house.sendIn('张三', values, 'model-case')
    await house.act('李梅', number, 'agree', { opinion: '同意' })
    await house.act('吴主席', number, 'support', { opinion: '事迹突出，材料属实。' })
    await house.act('吴主席', number, 'endorse', { opinion: '建议授予创新标兵。' })
    // Whoever agreed has the next step on the same card, and no second one of the matter.
    const asked = house
      .cardsOf('吴主席')
      .filter((card) => buttonsOf(card).some(({ value }) => value.action === 'publish'))
    expect(asked).toHaveLength(1)
    await house.act('吴主席', number, 'publish', more)
    return number
  }

  test('is nominated, thrice agreed to, on notice, honoured; its text is approved and shown in chosen groups', async () => {
    house = await openSubmissionsHouse(open)
    const { branch, group, other } = house.people
    await house.store.transaction(async (trx) => {
      await bindChat(trx, chat('一分公司群'), branch!)
      await bindChat(trx, chat('集团群'), group)
      await bindChat(trx, chat('二分公司群'), other!)
    })
    await expect(house.sendIn('张三', { ...nomination, noViolation: '' }, 'model-case')).rejects.toThrow(
      'noViolation',
    )
    const number = await onNotice()
    expect(await house.row(number)).toMatchObject({ nominee: house.people.孙工, lies_with: group })
    expect(shown(house.cardsIn({ ...chat('集团群'), thread: '' }).at(-1))).toContain('拟将孙工（铸造车间')
    // Whom it is about decides nothing of it, nor objects.
    expect(await saidAgainst(house.act('孙工', number, 'object', {}))).toContain('不由您办理')
    await house.act('外人', number, 'object', {
      ...{ objection: '其中一项专利是二分公司的成果。', named: 'hidden' },
    })
    expect(last('孙工')).not.toContain('外人')
    await house.act('吴主席', number, 'settle', { finding: '专利证书第一发明人为孙工。' })
    expect(await state(number)).toBe('notice')
    await house.waitUntil('2026-03-10T02:00:00Z')
    expect(await state(number)).toBe('honouring')
    await house.act('吴主席', number, 'honour', { honour: '年度科技创新标兵', document: '' })
    expect(last('张三')).toContain('荣誉称号：年度科技创新标兵')
    expect(shown(await house.type('外人', '先进典型'))).toContain('孙工')

    // Nobody posts what the nominee has not read.
    expect(await saidAgainst(house.act('吴主席', number, 'draft-vouched', {}))).toContain('请其本人核对')
    const draft = (text: string) => house.act('吴主席', number, 'draft', { text })
    await draft('孙工，一个天才，三年解决三个难题。')
    expect(last('孙工')).toContain('孙工，一个天才')
    expect(await saidAgainst(house.act('吴主席', number, 'approve'))).toContain('不由您办理')
    await house.act('孙工', number, 'correct', { changes: '请删去“天才”，写明是班组合作。' })
    expect(last('吴主席')).toContain('请删去“天才”')
    await draft('孙工和热处理班组，三年解决三个难题。')
    await house.act('孙工', number, 'approve')
    expect(await saidAgainst(house.act('吴主席', number, 'showcase', { groups: '铸造车间' }))).toContain(
      '铸造车间没有绑定群',
    )
    await house.act('吴主席', number, 'showcase', { groups: '一分公司、二分公司' })
    for (const name of ['一分公司群', '二分公司群']) {
      const posted = house.cardsIn({ ...chat(name), thread: '' }).at(-1)!
      expect(posted.title).toBe('个人典型：孙工')
      expect(shown(posted)).toContain('孙工和热处理班组')
    }
    expect(shown(house.cardsIn({ ...chat('集团群'), thread: '' }))).not.toContain('热处理班组')
    expect(await state(number)).toBe('showcased')

    const honoured = (organisations: string[] | null, from: string) =>
      createPeriodPort(house.context).honouredModelCases(house.store.db, organisations, {
        from,
        until: '2027',
      })
    expect(await honoured([branch!], '2026')).toMatchObject([
      {
        number,
        name: '孙工',
        nominee: house.people.孙工,
        organisation: branch,
        honour: '年度科技创新标兵',
        unit: '一分公司',
      },
    ])
    expect(await honoured([other!], '2026')).toEqual([])
    expect(await honoured(null, '2026-06')).toEqual([])
  })

  test('of somebody outside the register is vouched for; a cadre posts no further than their right', async () => {
    house = await openSubmissionsHouse(open)
    await house.store.transaction((trx) => bindChat(trx, chat('二分公司群'), house.people.other!))
    const number = await onNotice({ ...nomination, name: '退休老专家刘工', nominee: '' }, { each: 'yes' })
    // Its unit has no group: the notice goes to each who works there, and to nobody of another.
    expect(last('陈晨')).toContain('拟将退休老专家刘工（一分公司')
    expect(last('外人')).not.toContain('刘工')
    await house.waitUntil('2026-03-10T02:00:00Z')
    await house.act('吴主席', number, 'honour', { honour: '科技贡献奖', document: '集团〔2026〕3 号' })
    const text = '刘工退休十年，仍带出徒弟二十人。'
    expect(await saidAgainst(house.act('吴主席', number, 'draft', { text }))).toContain('不在名册上')
    await house.act('吴主席', number, 'draft-vouched', { text, consent: '三月十日电话确认' })
    const row = await house.row(number)
    // It lies with the group, so only to whoever it is handed may a branch's cadre post it.
    await house.act('吴主席', number, 'hand-over', { colleague: '王强', words: '请发布。' })
    const opened = await house.click('王强', {
      action: 'submissions.act',
      value: { submission: row.id, action: 'showcase', seen: String((await house.row(number)).stage) },
    })
    expect(await refusal(house.fillIn('王强', opened, { groups: '二分公司' }))).toContain(
      '没有向二分公司的群发布',
    )
    expect(await state(number)).toBe('cleared')
    expect(buttonsOf(house.cardsOf('王强').at(-1)!).length).toBeGreaterThan(0)
  })
})
