import { afterEach, expect, test } from 'vitest'
import { addMembership } from '../../src/people/memberships.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { actionButton, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const opinion = {
  naming: 'hidden',
  title: '二食堂夜班供餐太早结束',
  area: 'living',
  text: '夜班十一点下班，二食堂十点半就关门，只能吃泡面。',
  wish: '请延长到十一点半。',
}
const rightsCase = {
  naming: 'unpublished',
  title: '专利署名被漏',
  right: 'authorship',
  text: '二〇二五年申请的专利，本人完成主要设计，却没有署名。',
  wish: '请核实并更正发明人。',
}

const shown = (house: SubmissionsHouse, user: string) => JSON.stringify(house.cardsOf(user))
const last = (house: SubmissionsHouse, user: string) => JSON.stringify(house.cardsOf(user).at(-1))

describeEachDatabase('the life of an opinion', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('is assigned with a limit by its priority, taken up once more, then goes up and is closed', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    expect(number).toBe('YJ-2026-0001')
    expect(last(house, '李梅')).toContain(opinion.text)
    expect(shown(house, '李梅')).not.toContain('张三')

    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'assign', { priority: 'important', owner: '褚工', note: '请本周办' })
    const limit = async () => (await house.row(number)).due_at?.slice(0, 10)
    expect(await limit()).toBe('2026-03-09')
    await house.act('李梅', number, 'reprioritise', { priority: 'urgent' })
    expect(await limit()).toBe('2026-03-03')
    expect(last(house, '褚工')).toContain(opinion.text)

    await house.act('褚工', number, 'report', { result: '食堂同意延长。' })
    await house.act('李梅', number, 'reply', { answer: '已请食堂延长到十一点。' })
    actionButton(house.cardsOf('张三').at(-1), 'rate')
    await house.act('张三', number, 'again', { reason: '十一点还是太早。' })
    expect(await house.row(number)).toMatchObject({ state: 'reopened', reopened: 1 })
    await house.act('李梅', number, 'reply', { answer: '食堂人手不够，先到十一点。' })
    await expect(house.act('张三', number, 'again', { reason: '还是不行。' })).resolves.toMatchObject({
      toast: expect.stringContaining('不能再次'),
    })
    await house.act('张三', number, 'go-up', { reason: '夜班的人都没饭吃。' })
    expect(await house.row(number)).toMatchObject({ state: 'raised', lies_with: house.people.group })
    expect(last(house, '吴主席')).toContain(opinion.text)
    await house.act('吴主席', number, 'reply', { answer: '四月起延长到十一点半。' })
    await house.act('张三', number, 'rate')
    expect(await house.row(number)).toMatchObject({ state: 'satisfied', reopened: 1 })
    expect(shown(house, '李梅') + shown(house, '吴主席') + shown(house, '褚工')).not.toContain('张三')
  })

  test('closes by itself where nobody rates it', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'reply', { answer: '已请食堂延长到十一点。' })
    await house.waitUntil('2026-03-17T08:00:00Z')
    expect((await house.row(number)).state).toBe('unrated')
  })

  test('is published in words that a handler approved and its author did not object to', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'reply', { answer: '已请食堂延长到十一点。' })
    await house.act('李梅', number, 'draft-bulletin', { bulletin: '职工反映食堂关门早，已延长。' })
    expect((await house.row(number)).proposed).not.toContain('职工反映')
    expect(last(house, '张三')).toContain('职工反映食堂关门早')
    await house.act('张三', number, 'object-bulletin')
    expect(await house.row(number)).toMatchObject({ proposed: null, published: null })
    expect(last(house, '李梅')).toContain('不同意公开')
    expect(last(house, '李梅')).not.toContain('张三')

    await house.act('李梅', number, 'draft-bulletin', { bulletin: '食堂供餐时间已经延长。' })
    expect(JSON.stringify(await house.type('孙工', '意见公开'))).not.toContain('食堂供餐')
    await house.act('王强', number, 'publish', { checked: 'yes' })
    expect((await house.row(number)).published).toBe('食堂供餐时间已经延长。')
    const bulletin = JSON.stringify(await house.type('孙工', '意见公开'))
    expect(bulletin).toContain('食堂供餐时间已经延长。')
    expect(bulletin).not.toMatch(/YJ-|张三|泡面/)
  })

  test('says before it is sent in who will see what', async () => {
    house = await openSubmissionsHouse(open)
    for (const [naming, said] of [
      ['hidden', '办理人只看到代号'],
      ['unpublished', '办理人知道您的姓名'],
      ['signed', '办理人能看到您的姓名和正文'],
    ] as const) {
      const opened = await house.click('张三', {
        action: 'submissions.begin',
        value: { kind: 'opinion' },
      })
      let summary = ''
      await house.fillIn('张三', opened, { ...opinion, naming }, undefined, (view) => {
        summary = JSON.stringify(view)
      })
      expect(summary).toContain(said)
    }
  })

  test('tells its handlers the name where it is hidden from the public alone', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', { ...opinion, naming: 'unpublished' }, 'opinion')
    expect(last(house, '李梅')).toContain('张三（公开时不署名')
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'assign', { priority: 'ordinary', owner: '褚工' })
    expect(last(house, '褚工')).not.toContain('张三')
  })

  test('lets the administrator look up a hidden name for a reason, and tells the author', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    const refused = await house.act('李梅', number, 'unseal', { reason: '想知道是谁提的' })
    expect(refused.toast).toBe('这一步不由您办理。')
    await house.act('周建国', number, 'unseal', { reason: '涉及安全，需要当面核实' })
    expect(last(house, '周建国')).toContain('张三')
    expect(last(house, '张三')).toContain('涉及安全，需要当面核实')
    const entry = await house.store.db
      .selectFrom('submission_history')
      .selectAll()
      .where('action', '=', 'unseal')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ by: house.people.周建国, part: 'administrator' })
    expect(entry.input).not.toContain('核实')
  })
})

describeEachDatabase('a rights case', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const name = (person: string) =>
    house.store.transaction((trx) =>
      addMembership(trx, { person: house.people[person]!, organisation: house.people.group, role: 'rights' }),
    )

  test('is handled by rights officers alone, with a legal step', async () => {
    house = await openSubmissionsHouse(open)
    await name('钱工')
    const { number } = await house.sendIn('张三', rightsCase, 'rights-case')
    expect(number).toBe('WQ-2026-0001')
    for (const other of ['李梅', '王强', '何总', '吴主席', '周建国']) {
      expect(shown(house, other)).not.toContain('专利')
      expect(JSON.stringify(await house.type(other, number))).not.toContain('专利')
      expect(JSON.stringify(await house.type(other, '待我处理'))).not.toContain('专利')
    }
    expect(last(house, '钱工')).toContain(rightsCase.text)
    await house.act('钱工', number, 'accept', { priority: 'urgent' })
    expect((await house.row(number)).due_at?.slice(0, 10)).toBe('2026-03-05')
    await house.act('钱工', number, 'go-legal', { way: 'aid', advice: '请在一年内准备好设计图纸和邮件。' })
    expect(last(house, '张三')).toContain('申请法律援助')
    await house.act('钱工', number, 'reply', { answer: '发明人已经更正，请查收通知书。' })
    await house.act('张三', number, 'rate')
    expect((await house.row(number)).state).toBe('closed')
  })

  test('tells the administrators without its text that there is nobody for it', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', rightsCase, 'rights-case')
    expect(last(house, '周建国')).toContain('还没有可联系的权益专员')
    expect(shown(house, '周建国')).not.toMatch(/专利|张三/)
    await name('钱工')
    expect(JSON.stringify(await house.type('钱工', '待我处理'))).toContain(number)
  })

  test('is nobody’s any more when the office ends', async () => {
    house = await openSubmissionsHouse(open)
    await name('钱工')
    await name('冯工')
    const { number } = await house.sendIn('张三', rightsCase, 'rights-case')
    await house.act('钱工', number, 'hand-over', { colleague: '冯工' })
    expect(JSON.stringify(await house.type('冯工', '待我处理'))).toContain('专利')
    await house.store.transaction((trx) =>
      trx
        .deleteFrom('membership')
        .where('person', '=', house.people.冯工!)
        .where('role', '=', 'rights')
        .execute(),
    )
    for (const typed of [number, '待我处理']) {
      expect(JSON.stringify(await house.type('冯工', typed))).not.toContain('专利')
    }
  })
})
