import { afterEach, expect, test } from 'vitest'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { createEntryForm } from '../../src/features/submissions/forms/entry-form.ts'
import { translate } from '../../src/messages/translate.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const hidden = { ...proposal, naming: 'hidden' }

describeEachDatabase('how a proposal is signed', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The names of all fields that are asked on the way to the summary. */
  async function fieldsAsked(user: string, values: Record<string, string>): Promise<string[]> {
    const opened = await house.click(user, { action: 'submissions.begin', value: { kind: 'proposal' } })
    const asked: string[] = []
    let view = opened.form
    while (view && view.page !== 'summary') {
      asked.push(...view.fields.map(({ name }) => name))
      const next = await house.leave(user, view, values)
      view = next.form
    }
    return asked
  }

  test('co-authors are asked of those who sign alone, files of everybody', async () => {
    house = await openSubmissionsHouse(open)
    expect(await fieldsAsked('张三', proposal)).toEqual(expect.arrayContaining(['coAuthors', 'attachments']))
    const asked = await fieldsAsked('陈晨', hidden)
    expect(asked).not.toContain('coAuthors')
    expect(asked).toEqual(expect.arrayContaining(['method', 'attachments']))
  })

  test('only what is not signed lies encrypted; colleagues find neither that nor who wrote it', async () => {
    house = await openSubmissionsHouse(open)
    const signed = await house.sendIn('张三')
    const secret = await house.sendIn('陈晨', { ...hidden, title: '四号线吊具改造' })
    expect(signed).toMatchObject({ sealed: 0, author: house.people.张三, subject: proposal.title })
    expect(secret).toMatchObject({ sealed: 1, author: null, author_account: null })
    expect(secret.subject).not.toContain('吊具')
    const found = JSON.stringify(await house.type('孙工', '查建议 三号线夹具快换'))
    expect(found).toContain(signed.number)
    expect(found).not.toContain(secret.number)
    expect(JSON.stringify(await house.type('孙工', secret.number))).not.toContain('吊具')
  })

  test('no refusal tells a handler that a name is the hidden author’s', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('赵工', hidden)
    await house.act('李梅', number, 'accept')
    await house.act('李梅', number, 'hand-over', { colleague: '赵工' })
    expect((await house.row(number)).handler).toBe(house.people.赵工)
    const reviewers = '赵工、钱工、冯工'
    await house.act('李梅', number, 'send-to-review', { opinion: '办法具体，建议评审。', reviewers })
    expect((await house.row(number)).state).toBe('reviewing')
    // The author learns it alone, and can say that they have an interest in it.
    const scores = { technical: '20', economic: '20', scope: '15', practical: '15' }
    const own = house.act('赵工', number, 'review', { hasInterest: 'no', ...scores, opinion: '可行。' })
    await expect(own).rejects.toThrow('submissions:refused.own')
  })

  test('a signed one names its author to colleagues, and is merged with none that is hidden', async () => {
    house = await openSubmissionsHouse(open)
    const secret = await house.sendIn('陈晨', hidden)
    const signed = await house.sendIn('张三')
    expect(JSON.stringify(await house.type('孙工', signed.number))).toContain('张三')
    const merging = house.act('李梅', signed.number, 'merge', { into: secret.number })
    await expect(merging).rejects.toThrow('submissions:refused.merge-target')
  })

  test('where it is asked step by step, how to sign comes first, with what each way means', async () => {
    house = await openSubmissionsHouse(open, { showsForms: false })
    await house.type('张三', '提建议')
    await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.settle()
    const asked = JSON.stringify(house.cardsOf('张三').at(-1))
    expect(asked).toContain('如何署名')
    for (const way of ['signed', 'hidden', 'unpublished'] as const) {
      expect(asked).toContain(translate('zh-CN', `seal:naming.means-${way}`))
    }
    expect(JSON.stringify(await house.type('张三', '隐名'))).toContain('名称（论文填题目）')
  })

  test('above the summary stands who will read it, whatever is sent in or done', async () => {
    house = await openSubmissionsHouse(open)
    const read = async (user: string, opened: Acknowledgement, values: Record<string, string>) => {
      let said = ''
      await house.fillIn(user, opened, values, undefined, ({ intro }) => {
        said = intro.join('\n')
      })
      await house.settle()
      return said
    }
    const begin = { action: 'submissions.begin', value: { kind: 'proposal' } }
    const sentIn = await read('张三', await house.click('张三', begin), proposal)
    expect(sentIn).toContain('同事都能看到您的姓名和所填内容')
    expect(sentIn).not.toContain('由负责办理的人员查看')
    const [{ id, number, stage }] = (await house.rows()) as [Awaited<ReturnType<typeof house.row>>]
    const act = { submission: id, action: 'return', seen: String(stage) }
    const returning = await house.click('李梅', { action: 'submissions.act', value: act })
    const reason = '请写明每班换型几次。'
    expect(await read('李梅', returning, { reason })).toContain('会原样告诉提交人')
    expect((await house.row(number)).state).toBe('returned')
    const problem = house.context.kinds.current('technical-problem')
    expect(createEntryForm(problem, house.context).seenBy).toBe('submissions:readers.shown')
  })

  test('what is signed is not erased but withdrawn', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    const said = await house.act('张三', number, 'erase', { sure: 'yes' })
    expect(said.toast).toContain('没有加密保存')
    expect(JSON.stringify(await house.type('张三', '删除我的提交'))).toContain('没有加密保存')
  })
})
