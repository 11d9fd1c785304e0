import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { branchGroup, buttonsOf, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const filled = {
  ...{ organisation: '一分公司', title: '食堂满意度', about: '两道题。', anonymity: 'named', per: 'person' },
  ...{ count: '2', label1: '满意吗', type1: 'select', options1: '满意\n一般\n不满意', required1: 'yes' },
  ...{ label2: '每周几次', type2: 'number', options2: '', required2: '' },
  ...{ toKinds: ['groups', 'members'], toAt: '', toBelow: '', toRoles: [], toPeople: '' },
  ...{ deadline: '2026-03-06', remind: ['1'], handlers: '', shares: 'yes' },
}

const lines = (...all: string[]) => Buffer.from(all.join('\n'))

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)
  return {
    ...{ ...house, button, last },
    /** Makes one by the form, as somebody does who types 新建收集; gives the preview. */
    async make(name: string, values: Record<string, string | string[]> = {}): Promise<Card> {
      const [offer] = await house.type(name, '新建收集')
      const opened = await house.click(name, button(offer, '逐题填写'))
      await house.fillIn(name, opened, { ...filled, ...values })
      await house.settle()
      return last(name)!
    },
    async send(name: string, preview: Card): Promise<void> {
      await house.click(name, button(preview, '发出'))
      await house.settle()
    },
    async answer(
      name: string,
      card: Card | undefined,
      values: Record<string, string | string[]>,
      label = '填写',
    ) {
      const opened = await house.click(name, button(card, label))
      const done = await house.fillIn(name, opened, values)
      await house.settle()
      return done
    },
    /** A file sent with words. */
    async sendFile(name: string, text: string, bytes: Buffer): Promise<Card> {
      const blob = await house.shared.blobs.put(bytes)
      const files = [{ name: 'a.yaml', type: 'text/yaml', size: bytes.length, blob }]
      const [card] = await house.type(name, text, { files })
      return card!
    },
  }
}

describeEachDatabase('a collection', (open, dialect) => {
  test('is tried, sent, answered, changed, reminded, counted out and shared', async () => {
    const house = await openHouse(open)
    const { button, last } = house
    const preview = await house.make('王强')
    expect(preview.title).toBe('发出前请核对：SJ-2026-0001')
    expect(JSON.stringify(preview)).toContain('将私信 10 人，发到 1 个群')
    expect(JSON.stringify(preview)).toContain('2026-03-05 09:00')

    const tried = await house.click('王强', button(preview, '试填'))
    expect(JSON.stringify(tried.form)).toContain('试填')
    await house.fillIn('王强', tried, { q1: '满意' })
    const change = await house.click('王强', button(preview, '修改'))
    await house.fillIn('王强', change, { title: '食堂调查' })
    await house.settle()
    await expect(house.click('王强', button(preview, '发出'))).rejects.toThrow('collections:refused.changed')
    // Somebody joins between the preview and the press while another leaves, so as many are meant; then both go back.
    const joining = { person: house.people.外人!, organisation: house.people.branch!, role: 'staff' as const }
    const { id: joined } = await house.store.transaction((trx) => addMembership(trx, joining))
    const untilDay = (until_day: string | null) =>
      house.store.transaction(async (trx) => {
        const left = trx.updateTable('membership').set({ until_day }).where('person', '=', house.people.褚工!)
        await left.execute()
      })
    await untilDay('2026-03-01')
    await expect(house.click('王强', button(last('王强'), '发出'))).rejects.toThrow(
      'circulation:refused.others',
    )
    await house.store.transaction(async (trx) => {
      await trx.deleteFrom('membership').where('id', '=', joined).execute()
    })
    await untilDay(null)
    await house.send('王强', last('王强')!)

    const card = last('张三')!
    expect(card.title).toBe('问卷：食堂调查')
    const done = await house.answer('张三', card, { q1: '满意', q2: '5' })
    expect(done.toast).toContain('已收到您的答案')
    const [mine] = await house.type('张三', '填写 SJ-2026-0001')
    const again = await house.click('张三', button(mine, '修改答案'))
    expect(again.form?.fields.map(({ value }) => value)).toEqual(['满意', '5'])
    await house.fillIn('张三', again, { q1: '一般' })
    await house.answer('陈晨', house.cardsIn(branchGroup)[0], { q1: '不满意', q2: '2' })
    await expect(house.click('外人', button(card, '填写'))).rejects.toThrow('collections:refused.not-asked')
    for (const name of ['褚工', '卫工', '赵工']) await house.answer(name, last(name), { q1: '满意', q2: '' })

    const [list] = await house.type('王强', '收集')
    expect(JSON.stringify(list)).toContain('收到 5 份，未填 5 人')
    const standing = (await house.click('王强', button(list, '查看'))).beside
    const tally = (await house.click('王强', button(standing, '看结果'))).beside
    expect(tally?.title).toBe('食堂调查：5 份')
    expect(JSON.stringify(tally)).toContain('满意：3（60%）')
    expect(JSON.stringify(tally)).toContain('最小 2，中位数 3.5，平均 3.5，最大 5')
    expect(tally?.blocks.some(({ type }) => type === 'picture')).toBe(true)
    const missing = (await house.click('王强', button(standing, '谁还没填'))).beside
    expect(JSON.stringify(missing)).toContain('钱工')
    expect(JSON.stringify(missing)).not.toContain('张三')

    await house.waitUntil('2026-03-05T01:00:00Z')
    expect(JSON.stringify(last('钱工'))).toContain('提醒：这份问卷您还没有填')
    expect(JSON.stringify(last('张三'))).not.toContain('提醒')
    const extend = await house.click('王强', button(standing, '延期'))
    await house.fillIn('王强', extend, { deadline: '2026-03-10', remind: [] })
    await house.waitUntil('2026-03-09T01:00:00Z')
    const close = (await house.click('王强', button(standing, '提前结束'))).beside
    await house.click('王强', button(close, '确认结束'))
    await house.settle()
    expect(JSON.stringify(last('王强'))).toContain('收到 5 份')
    house.time.now = new Date(house.time.now.getTime() + 61_000)
    await house.settle()
    expect(JSON.stringify(last('张三'))).toContain('满意：3（60%）')
    expect(last('张三')?.blocks.some(({ type }) => type === 'picture')).toBe(true)
    expect(JSON.stringify(last('钱工'))).not.toContain('满意：3')
    await expect(house.click('钱工', button(card, '填写'))).rejects.toThrow('collections:refused.ended')
    expect(house.errors).toEqual([])
  })

  if (dialect === 'postgres') return

  test('that is anonymous keeps nobody with their answer, and tells nothing before its end', async () => {
    const house = await openHouse(open)
    const { button, last, store } = house
    await house.send('王强', await house.make('王强', { anonymity: 'anonymous', remind: [] }))
    const people = ['张三', '陈晨', '褚工', '卫工', '赵工']
    for (const [n, name] of people.entries()) {
      const done = await house.answer(name, last(name), { q1: '满意', q2: String(70 + n) })
      expect(done.toast).toContain('匿名答案')
    }
    const opened = await house.click('张三', button(house.cardsIn(branchGroup)[0], '填写'))
    await expect(house.fillIn('张三', opened, { q1: '一般' })).rejects.toThrow('collections:refused.answered')
    const [standing] = await house.type('王强', 'SJ-2026-0001')
    const tally = button(standing, '看结果')
    await expect(house.click('王强', tally)).rejects.toThrow('collections:refused.not-ended')

    const ballots = await store.db.selectFrom('collection_ballot').selectAll().execute()
    expect(ballots).toHaveLength(5)
    for (const ballot of ballots) expect(Object.keys(ballot).sort()).toEqual(['collection', 'content', 'id'])
    expect(await store.db.selectFrom('collection_answer').selectAll().execute()).toEqual([])
    // Nor does a draft that was sent in.
    const drafts = await store.db
      .selectFrom('form_draft')
      .selectAll()
      .where('state', '=', 'submitted')
      .execute()
    for (const draft of drafts.filter(({ form }) => form === 'collections.answer-anonymous')) {
      expect(JSON.stringify(draft)).not.toMatch(/"7[0-4]"|满意/)
    }
    await house.waitUntil('2026-03-06T10:00:00Z')
    const shown = (await house.click('王强', tally)).beside
    expect(JSON.stringify(shown)).toContain('满意：5（100%）')
    await expect(
      house
        .click('王强', button(standing, '延期'))
        .then((form) => house.fillIn('王强', form, { deadline: '2026-03-20' })),
    ).rejects.toThrow('collections:refused.anonymous-ended')
    expect(house.errors).toEqual([])
  })

  test('that is for its handlers alone shows others no words, and nothing before its end', async () => {
    const house = await openHouse(open)
    const { button, last } = house
    const preview = await house.make('王强', {
      ...{ anonymity: 'handlers-only', remind: [], shares: '', label2: '建议', type2: 'text' },
    })
    expect(JSON.stringify(preview)).toContain('姓名和文字答案仅经办人可见')
    await house.send('王强', preview)
    for (const name of ['张三', '陈晨', '褚工', '卫工', '赵工']) {
      await house.answer(name, last(name), { q1: '满意', q2: `${name}的建议` })
    }
    const [seen] = await house.type('吴主席', 'SJ-2026-0001')
    const look = button(seen, '看结果')
    await expect(house.click('吴主席', look)).rejects.toThrow('collections:refused.not-ended')
    const [own] = await house.type('王强', 'SJ-2026-0001')
    expect(JSON.stringify((await house.click('王强', button(own, '看结果'))).beside)).toContain('张三的建议')
    const extend = await house.click('王强', button(own, '延期'))
    await house.waitUntil('2026-03-06T10:00:00Z')
    const shown = JSON.stringify((await house.click('吴主席', look)).beside)
    expect(shown).toContain('满意：5（100%）')
    expect(shown).not.toContain('一分公司')
    expect(shown).not.toContain('的建议')
    await expect(house.fillIn('王强', extend, { deadline: '2026-03-20' })).rejects.toThrow(
      'collections:refused.anonymous-ended',
    )
    expect(house.errors).toEqual([])
  })

  test('comes by a file, for each unit once, and with new questions while it is open', async () => {
    const house = await openHouse(open)
    const { button, last } = house
    const wrong = await house.sendFile(
      '王强',
      '新建收集',
      lines('标题: 月报', '单位: 三分公司', '必答: 是', '题目:', '  - 问题: 场次', '    类型: 数子'),
    )
    // All at once: a name that is not known hides neither the unit that is not there nor a kind of question.
    const told = ['3 处', '第 2 行：没有单位“三分公司”', '第 3 行：没有“必答”', '第 6 行：“类型”不能是“数子”']
    for (const text of told) expect(JSON.stringify(wrong)).toContain(text)
    expect(JSON.stringify(wrong)).not.toMatch(/\((?:type|number|required)\)/)
    const source = (label: string) =>
      lines(
        ...[
          '标题: 月报',
          '每份: 每单位',
          '截止: 2026-03-10',
          '对象:',
          '  成员: 是',
          '  单位: 一分公司',
          '  角色: [联络员, 科协干部]',
        ],
        ...['经办人: [李梅]', '题目:', `  - 问题: ${label}`, '    类型: 数字', '    必填: 是'],
        ...['  - 问题: 已公开', '    类型: 是否'],
      )
    const preview = await house.sendFile('王强', '新建收集', source('场次'))
    expect(JSON.stringify(preview)).toContain('每个单位一份')
    await house.send('王强', preview)
    await house.answer('李梅', last('李梅'), { q1: '3' })
    // The colleague of the same unit changes the one answer.
    const [mine] = await house.type('王强', '填写 SJ-2026-0001')
    const again = await house.click('王强', button(mine, '修改答案'))
    expect(again.form?.title).toBe('问卷：月报')
    expect(again.form?.fields[0]?.value).toBe('3')
    // Whoever leaves 是 and 否 alone has said neither.
    const [, asked] = again.form?.fields ?? []
    expect(asked?.options.map(({ label }) => label)).toEqual(['是', '否'])
    expect(asked?.value).toBe('')
    const [own] = await house.type('李梅', 'SJ-2026-0001')
    const counted = JSON.stringify((await house.click('李梅', button(own, '看结果'))).beside)
    expect(counted).toMatch(/已公开.*0 人作答.*否：0（0%）/)
    const [shown] = await house.type('李梅', 'SJ-2026-0001')
    const revise = await house.click('李梅', button(shown, '改题（传文件）'))
    const bytes = source('活动场次')
    const blob = await house.shared.blobs.put(bytes)
    await house.type('李梅', '', { files: [{ name: 'a.yaml', type: 'text/yaml', size: bytes.length, blob }] })
    await house.fillIn('李梅', revise, {})
    await house.settle()
    expect(JSON.stringify(last('李梅'))).toContain('已换新题')
    await house.fillIn('王强', again, { q1: '4', q2: 'no' })
    await house.settle()
    const rows = await house.store.db.selectFrom('collection_answer').select(['version', 'content']).execute()
    expect(rows).toEqual([{ version: 1, content: '{"q1":4,"q2":"no"}' }])
    const [refused] = await house.type('张三', '新建收集')
    expect(JSON.stringify(refused)).toContain('发起信息收集须是')
    const [none] = await house.type('外人', 'SJ-2026-0001')
    expect(JSON.stringify(none)).toContain('没有这份问卷')
    expect(house.errors).toEqual([])
  })
})
