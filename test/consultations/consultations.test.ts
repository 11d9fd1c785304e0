import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { findHanded } from '../../src/delivery/handed-files.ts'
import { openBoxes } from '../../src/features/consultations/boxes.ts'
import { draftConsultation } from '../../src/features/consultations/keep-consultation.ts'
import { keepPapers } from '../../src/features/consultations/papers.ts'
import { readQuestions } from '../../src/features/consultations/questions.ts'
import { readConsultation } from '../../src/features/consultations/records.ts'
import { showPreview } from '../../src/features/consultations/show-consultation.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { branchGroup, buttonsOf, type HouseOptions, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { testSealer } from '../fakes/test-sealer.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from '../submissions/dump-database.ts'

const filled = {
  ...{ kind: 'project', organisation: '一分公司', title: '新建铸造线', text: '拟投资八百万元。' },
  questions: '是否同意立项？\n先改哪条线？｜一号线/二号线\n有哪些风险？｜文字',
  ...{ documents: '', toKinds: ['members'], toAt: '', toBelow: '', toRoles: [], toPeople: '' },
  ...{ naming: 'signed', until: '2026-03-06', remind: [], decider: '何总' },
}

/** A draft of a consultation without names, as its preview shows it. */
async function asSent(house: Awaited<ReturnType<typeof openHouse>>): Promise<Card> {
  const { store, people, time } = house
  return store.transaction(async (trx) => {
    const doing = { by: people.王强!, now: time.now }
    const audience = { toKinds: ['members'], toAt: '', toBelow: false, toRoles: [], toPeople: [] }
    const consultation = await draftConsultation(
      trx,
      {
        ...{ kind: 'title', title: '职称评审', text: '请看材料。', organisation: people.branch!, audience },
        questions: readQuestions(filled.questions, ['同意', '不同意']),
        ...{ naming: 'unsigned', until: new Date('2026-03-06T10:00:00Z'), remind: [], decider: people.何总! },
        ...{ files: [], documents: [] },
      },
      doing,
    )
    const looker = { person: people.王强!, now: time.now, language: 'zh-CN' as const }
    return showPreview(trx, house.campaigns.consultations, consultation, looker)
  })
}

async function openHouse(open: Open, options: HouseOptions = {}) {
  const house = await openCampaignHouse(open, options)
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)
  const asked = (name: string) => house.cardsOf(name).findLast(({ title }) => title?.startsWith('征询意见'))
  return {
    ...{ ...house, button, last, asked },
    titles: (name: string) => house.cardsOf(name).flatMap(({ title }) => title ?? []),
    /** Fills in a consultation as somebody does who types 发起征询; gives the preview. */
    async write(name: string, values: Record<string, string | string[]> = {}): Promise<Card> {
      const [offer] = await house.type(name, '发起征询')
      const opened = await house.click(name, button(offer, '发起征询'))
      await house.fillIn(name, opened, { ...filled, ...values })
      await house.settle()
      return last(name)!
    },
    /** Answers what somebody was asked. */
    async answer(name: string, values: Record<string, string>, label = '发表意见') {
      const opened = await house.click(name, button(asked(name), label))
      const done = await house.fillIn(name, opened, values)
      await house.settle()
      return done
    },
  }
}

const text = (card: Card | undefined) => JSON.stringify(card)

describeEachDatabase('a consultation', (open, dialect) => {
  test('is answered with names, reminded, summed up, decided, and what came of it told', async () => {
    const house = await openHouse(open)
    const { button } = house
    const preview = await house.write('王强', { toKinds: ['groups', 'members'] })
    expect(preview.title).toBe('发出前请核对：ZX-2026-0001')
    expect(text(preview)).toContain('将私信 8 人，发到 1 个群')
    expect(text(preview)).toContain('决策人：何总')
    const change = await house.click('王强', button(preview, '修改'))
    await house.fillIn('王强', change, { title: '新建铸造线（一期）' })
    await house.settle()
    await expect(house.click('王强', button(preview, '发出'))).rejects.toThrow(
      'consultations:refused.changed',
    )
    // Somebody joins between the preview and the press, and leaves again.
    const joining = { person: house.people.外人!, organisation: house.people.branch!, role: 'staff' as const }
    const { id: joined } = await house.store.transaction((trx) => addMembership(trx, joining))
    await expect(house.click('王强', button(house.last('王强'), '发出'))).rejects.toThrow(
      'circulation:refused.others',
    )
    await house.store.transaction(async (trx) => {
      await trx.deleteFrom('membership').where('id', '=', joined).execute()
    })
    await house.click('王强', button(house.last('王强'), '发出'))
    await house.settle()
    expect(house.asked('张三')?.title).toBe('征询意见（项目立项）：新建铸造线（一期）')
    expect(house.cardsIn(branchGroup)).toHaveLength(1)

    await house.answer('张三', { q0: '0', q1: '1', q2: '工期紧', remark: '先试点。' })
    const inGroup = { conversation: branchGroup, group: true }
    const pressed = await house.click('陈晨', button(house.cardsIn(branchGroup)[0], '发表意见'), inGroup)
    await house.fillIn('陈晨', pressed, { q0: '1', q1: '0', q2: '', remark: '经费不够。' })
    await house.settle()
    // Said again it takes the place of what was said before.
    const again = await house.click('张三', button(house.asked('张三'), '发表意见'))
    expect(again.form?.fields.find(({ name }) => name === 'remark')?.value).toBe('先试点。')
    await house.fillIn('张三', again, { remark: '先试点，再推广。' })
    await house.settle()
    const [mine] = await house.type('张三', '我的征询')
    expect(text(mine)).toContain('您已答复')
    const [waiting] = await house.type('褚工', '我的征询')
    expect(text(waiting)).toContain('待您答复')

    await house.waitUntil('2026-03-05T01:00:00Z')
    expect(text(house.last('褚工'))).toContain('提醒：这项征询您还没有答复')
    expect(house.titles('张三').filter((title) => title.startsWith('征询意见'))).toHaveLength(1)
    expect(text(house.cardsIn(branchGroup)[0])).toContain('已答复 2 人，未答复 6 人')
    const [standing] = await house.type('王强', 'ZX-2026-0001')
    const missing = await house.click('王强', button(standing, '谁还没答复'))
    expect(missing.beside?.title).toBe('ZX-2026-0001：6 人未答复')
    expect(text(missing.beside)).not.toContain('张三')

    await house.waitUntil('2026-03-06T10:00:00Z')
    const summary = house.last('何总')
    expect(summary?.title).toBe('征询结果：新建铸造线（一期）')
    expect(text(summary)).toContain('征询 8 人，2 人答复')
    expect(text(summary)).toContain('不同意：1 人（50%）')
    const remarks = await house.click('何总', button(summary, '看全部意见（3 条）'))
    expect(text(remarks.beside)).toContain('先试点，再推广。')
    expect(text(remarks.beside)).toContain('张三 · 一分公司')
    await expect(house.click('外人', button(summary, '看全部意见（3 条）'))).rejects.toThrow(
      'consultations:gone',
    )

    const decide = await house.click('何总', button(summary, '记录决定并反馈'))
    const sources = remarks.beside!.blocks.flatMap((block) => (block.type === 'quote' ? [block] : []))
    const at = sources.findIndex(({ runs }) => runs[0]?.text === '先试点，再推广。') + 1
    const decision = { decision: '同意立项，先试点。', adoption: '试点的意见采纳。' }
    await expect(house.fillIn('何总', decide, { ...decision, adopted: '9' })).rejects.toThrow('adopted')
    const once = await house.click('何总', button(summary, '记录决定并反馈'))
    await house.fillIn('何总', once, { ...decision, adopted: String(at) })
    await house.settle()
    expect(house.last('张三')?.title).toBe('征询反馈：新建铸造线（一期）')
    expect(text(house.last('张三'))).toContain('您的意见有 1 条被采纳')
    expect(text(house.last('陈晨'))).toContain('先试点，再推广。')
    expect(text(house.last('陈晨'))).not.toContain('您的意见有')
    expect(text(house.last('陈晨'))).not.toContain('张三')
    expect(house.titles('褚工')).not.toContain('征询反馈：新建铸造线（一期）')
    expect(buttonsOf(house.asked('陈晨')!)).toEqual([])
    expect(house.errors).toEqual([])
  })

  test('without names tells nobody who said what, nor a reader of the database', async () => {
    const house = await openHouse(open)
    const { button, store } = house
    const few = await house.write('王强', { naming: 'unsigned', toKinds: ['people'], toPeople: '张三、陈晨' })
    await expect(house.click('王强', button(few, '发出'))).rejects.toThrow('consultations:refused.too-few')
    const preview = await house.write('王强', { naming: 'unsigned' })
    await house.click('王强', button(preview, '发出'))
    await house.settle()
    const names = ['张三', '陈晨', '褚工', '卫工', '赵工']
    const said = names.map((_, at) => `独有的话${'甲乙丙丁戊'[at]}`)
    for (const [at, name] of names.slice(0, 4).entries()) {
      await house.answer(name, { q0: String(at % 3), q1: '0', q2: '', remark: said[at]! })
    }
    const [before] = await house.type('王强', 'ZX-2026-0002')
    expect(text(before)).toContain('结束后才出结果')
    expect(buttonsOf(before!).map(({ label }) => label)).not.toContain('看结果')
    const once = button(house.asked('张三'), '发表意见')
    await expect(house.click('张三', once)).rejects.toThrow('consultations:refused.answered')

    // Of fewer than five nothing is shown, and it may go on.
    const sure = (await house.click('王强', button(before, '现在结束'))).beside
    expect(text(sure)).toMatch(/还有 \d+ 人未答复.*不能再延期/)
    const ended = await house.click('王强', button(sure, '确认结束'))
    expect(buttonsOf(ended.replace!).map(({ label }) => label)).toEqual(['查看征询情况'])
    await house.settle()
    expect(text(house.last('何总'))).toContain('4 人答复')
    const [closed] = await house.type('何总', 'ZX-2026-0002')
    expect(text(closed)).toContain('不足 5 人')
    const [own] = await house.type('王强', 'ZX-2026-0002')
    const extend = await house.click('王强', button(own, '延期'))
    await house.fillIn('王强', extend, { until: '2026-03-10' })
    await house.settle()
    await house.answer('赵工', { q0: '0', q1: '1', q2: '', remark: said[4]! })

    // What was said lies in one text that is nobody's, and the draft in which it was typed is forgotten soon.
    await house.waitUntil('2026-03-02T03:00:00Z')
    const dump = await dumpDatabase(store)
    expect(placesHolding(dump, said)).toEqual([])
    const { row } = await readConsultation(store.db, 'ZX-2026-0002')
    expect(dump.filter(({ place }) => place === 'consultation_answer.id')).toEqual([])
    const boxes = dump.filter(({ place }) => place === 'consultation_box.sealed')
    expect(boxes).toHaveLength(1)
    const inside = JSON.stringify(await openBoxes(store.db, testSealer, row.id))
    for (const word of said) expect(inside).toContain(word)
    const ids = dump.flatMap(({ place, text: id }) => (/^(?:person|account)\.\w+$/.test(place) ? [id] : []))
    for (const id of ids.filter((one) => one.length > 3)) expect(inside).not.toContain(id)
    expect(inside).not.toMatch(/20\d\d-\d\d-\d\d/)
    // No key is left with which a draft of an answer could be opened.
    const keys = dump.filter(({ place }) => place === 'seal_key.name').map(({ text: name }) => name)
    const drafts = dump.filter(
      ({ place, text: kept }) => place.startsWith('form_draft.') && kept.startsWith('under:'),
    )
    expect(drafts.length).toBeGreaterThan(0)
    for (const draft of drafts) expect(keys).not.toContain(draft.text.split(':')[1])

    await house.waitUntil('2026-03-10T10:00:00Z')
    const summary = house.last('何总')
    expect(text(summary)).toContain('5 人答复')
    const remarks = await house.click('何总', button(summary, '看全部意见（5 条）'))
    for (const word of said) expect(text(remarks.beside)).toContain(word)
    for (const name of names) expect(text(remarks.beside)).not.toContain(name)
    const [over] = await house.type('王强', 'ZX-2026-0002')
    expect(buttonsOf(over!).map(({ label }) => label)).not.toContain('延期')
    expect(house.errors).toEqual([])
  })

  if (dialect === 'postgres') return

  test('without names is answered step by step too, where no page can be shown', async () => {
    const house = await openHouse(open, { showsForms: false })
    const { store } = house
    const preview = await asSent(house)
    await house.click('王强', house.button(preview, '发出'))
    await house.settle()
    await house.click('张三', house.button(house.asked('张三'), '发表意见'))
    await house.settle()
    for (const typed of ['1', '2', '独有的风险', '独有的理由', '提交']) await house.type('张三', typed)
    expect(text(house.last('张三'))).toContain('没有记下是谁的')
    // A receipt that says nothing of the answer is not erased with its draft.
    expect(house.last('张三')?.sealed).toBeUndefined()
    const { row } = await readConsultation(store.db, 'ZX-2026-0001')
    expect(JSON.stringify(await openBoxes(store.db, testSealer, row.id))).toContain('独有的理由')
    await house.waitUntil('2026-03-02T03:00:00Z')
    expect(placesHolding(await dumpDatabase(store), ['独有的'])).toEqual([])
    expect(house.errors).toEqual([])
  })

  test('is for those who may, names each mistake, hands over its papers, and can be withdrawn', async () => {
    const house = await openHouse(open)
    const { button } = house
    const [refused] = await house.type('张三', '发起征询')
    expect(text(refused)).toContain('发起征询须是')
    const [none] = await house.type('张三', '征询')
    expect(text(none)).toContain('还没有征询您意见的事项')
    await expect(house.write('王强', { questions: '甲？｜是' })).rejects.toThrow('第 1 行的选项不足两个')
    await expect(house.write('王强', { documents: '没有的文件' })).rejects.toThrow('没有您能看的“没有的文件”')
    await expect(house.write('王强', { until: '2026-03-01' })).rejects.toThrow('until')
    const preview = await house.write('王强', { toKinds: ['people'], toPeople: '张三', decider: '' })
    const blob = await house.shared.blobs.put(Buffer.from('可行性研究报告'))
    const { row } = await readConsultation(house.store.db, 'ZX-2026-0001')
    const paper = { name: '可研报告.pdf', type: 'application/pdf', size: 21, blob }
    await house.store.transaction((trx) => keepPapers(trx, row.id, { files: [paper], documents: [] }))
    await expect(house.click('李梅', button(preview, '放弃'))).rejects.toThrow('consultations:gone')
    await house.click('王强', button(preview, '发出'))
    await house.settle()
    const press = button(house.asked('张三'), '发表意见')
    const look = button(house.asked('张三'), '看材料')
    expect((await house.click('张三', look)).toast).toBe('1 份材料正在发给您。')
    await house.settle()
    expect(house.last('张三')?.blocks).toMatchObject([{ type: 'document', name: '可研报告.pdf', blob }])
    const [handed] = house.last('张三')!.blocks
    const token = handed?.type === 'document' ? new URL(handed.url).pathname.split('/')[2]! : ''
    const lies = (now = house.time.now) => findHanded(house.store.db, token, now)
    expect(await lies()).toMatchObject({ blob, lasts: false })
    expect(await lies(new Date(house.time.now.getTime() + 4 * 24 * 3600_000))).toBeNull()
    await expect(house.click('外人', look)).rejects.toThrow('consultations:gone')
    await expect(house.click('外人', press)).rejects.toThrow('consultations:gone')
    const [standing] = await house.type('王强', 'ZX-2026-0001')
    const withdraw = await house.click('王强', button(standing, '撤回'))
    await house.fillIn('王强', withdraw, { reason: '另行研究' })
    await house.settle()
    expect(text(house.asked('张三'))).toContain('这项征询已撤回。原因：另行研究')
    await expect(house.click('张三', press)).rejects.toThrow('consultations:refused.withdrawn')
    // What was handed over is not read any more, and not handed over again.
    expect(await lies()).toBeNull()
    await expect(house.click('张三', look)).rejects.toThrow('consultations:refused.withdrawn')
    expect(house.errors).toEqual([])
  })
})
