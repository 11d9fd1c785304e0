import { afterEach, beforeEach, expect, test } from 'vitest'
import { factsOf } from '../../src/features/founding/organisation-facts.ts'
import { readTemplates } from '../../src/features/founding/templates.ts'
import { writeDocument } from '../../src/features/founding/write-document.ts'
import { keepProfile } from '../../src/features/organisations/keep-profile.ts'
import { emptyProfile, readProfile } from '../../src/features/organisations/profile.ts'
import { importSeed } from '../../src/knowledge/library/import-seed.ts'
import { readWord } from '../../src/knowledge/read/word/read-word.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

describeEachDatabase('founding an association', (open) => {
  let house: DutiesHouse
  beforeEach(async () => {
    house = await openDutiesHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const press = (user: string, action: string, value: Record<string, string>) =>
    house.click(user, { action: `founding.${action}`, value })
  const ask = async (user: string, values: Record<string, string>) => {
    const [offer] = await house.type(user, '建科协')
    await house.fillIn(user, await house.click(user, buttonsOf(offer!)[0]!), values)
    await house.settle()
    return house.cardsOf(user).at(-1)!
  }
  const begin = async () => {
    const form = await press('王强', 'begin', { organisation: house.people.branch! })
    await house.fillIn('王强', form, { mode: 'hosted', owner: '李梅' })
    await house.settle()
    return house.store.db.selectFrom('founding_case').selectAll().executeTakeFirstOrThrow()
  }
  const steps = () => house.store.db.selectFrom('founding_step').selectAll().orderBy('position').execute()
  const reminders = () =>
    house.store.db
      .selectFrom('reminder')
      .select(['title', 'state', 'rule', 'form', 'context'])
      .where('origin', 'like', 'founding.step:%')
      .orderBy('number')
      .execute()

  test('the advisor rules by the clause to the letter, says what is open, and leaves it where the clause does', async () => {
    await importSeed(house.store, house.blobs, 'knowledge', house.time.now)
    const standalone = await ask('王强', { staff: '120', mature: 'yes' })
    const text = JSON.stringify(standalone)
    expect(text).toContain('建议方式：单独组建')
    expect(text).toContain('应单独组建')
    const quote = standalone.blocks.find(({ type }) => type === 'quote')
    if (quote?.type !== 'quote') throw new Error('nothing is quoted')
    expect(quote.runs.map((run) => run.text).join('')).toMatch(/^（十）坚持组织建设模式创新。.*全覆盖。$/)
    expect(quote.runs.filter(({ mark }) => mark).map((run) => run.text)).toEqual([
      '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织',
    ])
    expect(quote.source).toContain('（十）')
    expect(text).not.toContain('其他可选方式')
    const park = JSON.stringify(await ask('王强', { staff: '80', zone: 'high-tech' }))
    expect(park).toContain('建议方式：依托组建')
    expect(park).toContain('该条未规定不足 100 人的企业不得单独组建')
    expect(park).toContain('所在区域是否中小企业集中')
    const unclear = JSON.stringify(await ask('张三', {}))
    expect(unclear).toContain('四种方式都可以考虑')
    expect(unclear).toContain('组建由本单位科协干部或联络员发起')
  })

  test('the advisor takes what the page of the organisation says, for who may see it', async () => {
    const profile = { ...emptyProfile(house.people.branch!), region: '河北唐山', stWorkers: 150 }
    const { reminders: port } = house.duties.founding
    const keeping = { how: 'form' as const, by: null, now: house.time.now, reminders: port }
    await house.store.transaction((trx) => keepProfile(trx, profile, keeping))
    const [offer] = await house.type('王强', '建科协')
    const form = await house.click('王强', buttonsOf(offer!)[0]!)
    expect(JSON.stringify(form)).toContain('河北唐山')
    const text = JSON.stringify(await ask('王强', { organisation: '一分公司' }))
    expect(text).toContain('一分公司 · 河北唐山 · 科技人员 150 人')
    // Whoever may not see all of it is told nothing of its figures.
    const other = JSON.stringify(await ask('张三', { organisation: '一分公司' }))
    expect(other).toContain('"一分公司"')
    expect(other).not.toContain('150')
  })

  test('without the clause in force nothing is ruled', async () => {
    const text = JSON.stringify(await ask('王强', { staff: '120', mature: 'yes' }))
    expect(text).toContain('资料库中没有适用的现行条款')
    expect(text).not.toContain('建议方式')
    expect(text).toContain('召开成立大会（15 个工作日）')
  })

  test('goes its steps in working days with a reminder each, and ends in the profile', async () => {
    const { branch } = house.people
    const { id, number } = await begin()
    expect(number).toBe('ZJ-2026-0001')
    // Five working days after Monday 2 March, ten more, five more; 6 April is the holiday's Monday.
    expect((await steps()).map(({ due_on }) => due_on).slice(0, 5)).toEqual([
      ...['2026-03-09', '2026-03-23', '2026-03-30', '2026-04-07', '2026-04-14'],
    ])
    expect(await readProfile(house.store.db, branch!)).toMatchObject({
      association: 'preparing',
      mode: 'hosted',
    })
    const made = await reminders()
    expect(made).toHaveLength(8)
    expect(made[0]).toMatchObject({ title: '一分公司科协组建：成立筹备组', form: 'founding.step-done' })
    expect(JSON.parse(made[0]!.rule)).toEqual({ type: 'once', at: '2026-03-06T09:00' })
    await expect(
      house.fillIn('王强', await press('王强', 'begin', { organisation: branch! }), {
        mode: 'hosted',
        owner: '李梅',
      }),
    ).rejects.toThrow()
    await expect(press('张三', 'done', { founding: id, position: '0' })).rejects.toThrow('founding:not-yours')

    // A colleague of another organisation gets a step, and may finish that one alone.
    const assign = await press('王强', 'assign', { founding: id, position: '1' })
    await house.fillIn('王强', assign, { owner: '张三' })
    const own = await press('张三', 'done', { founding: id, position: '1' })
    await expect(house.fillIn('张三', own, { day: '2026-03-03', note: '已登记' })).rejects.toThrow(
      'day: 日期不能晚于今天',
    )
    const again = await press('张三', 'done', { founding: id, position: '1' })
    await house.fillIn('张三', again, { day: '2026-03-02', note: '会员登记 98 人' })
    await expect(press('张三', 'done', { founding: id, position: '1' })).rejects.toThrow(
      'founding:step-done-before',
    )
    await house.settle()
    expect((await reminders()).filter(({ state }) => state === 'ended')).toHaveLength(1)
    const late = await press('王强', 'done', { founding: id, position: '7' })
    const result = {
      day: '2026-03-02',
      note: '已备案',
      foundedOn: '2026-03-01',
      chair: '何总',
      members: '98',
    }
    await expect(house.fillIn('王强', late, result)).rejects.toThrow()
    for (const position of [0, 2, 3, 4, 5, 6]) {
      const form = await press('李梅', 'done', { founding: id, position: String(position) })
      await house.fillIn('李梅', form, { day: '2026-03-02', note: '已办' })
    }
    const last = await press('李梅', 'done', { founding: id, position: '7' })
    await house.fillIn('李梅', last, { ...result, termEndsOn: '2031-02-28' })
    await house.settle()
    expect(await readProfile(house.store.db, branch!)).toMatchObject({
      ...{ association: 'founded', mode: 'hosted', foundedOn: '2026-03-01', chair: '何总', members: 98 },
      chairPerson: house.people.何总,
    })
    expect((await reminders()).every(({ state }) => state === 'ended')).toBe(true)
    expect(JSON.stringify(await house.type('何总', '组建进度 一分公司'))).toContain('8/8 步')
  })

  test('shows what is late, is stopped with a reason, and may begin anew', async () => {
    const { branch } = house.people
    const { id } = await begin()
    await house.waitUntil('2026-03-12T01:00:00Z')
    const [card] = await house.type('李梅', '组建进度')
    expect(JSON.stringify(card)).toContain('！成立筹备组（2026-03-09 已到期，李梅）')
    expect(JSON.stringify(house.cardsOf('李梅'))).toContain('王强已请您负责一分公司科协的组建')
    const form = await press('王强', 'stop', { founding: id })
    await house.fillIn('王强', form, { reason: '与二分公司合并' })
    await house.settle()
    expect(await readProfile(house.store.db, branch!)).toMatchObject({ association: 'none' })
    expect((await reminders()).every(({ state }) => state === 'ended')).toBe(true)
    expect(JSON.stringify(await house.type('何总', '组建进度 一分公司'))).toContain('与二分公司合并')
    await expect(press('王强', 'done', { founding: id, position: '0' })).rejects.toThrow('founding:over')
    const anew = await press('王强', 'begin', { organisation: branch! })
    await house.fillIn('王强', anew, { mode: 'standalone', owner: '王强' }, undefined, (view) => {
      expect(JSON.stringify(view)).toContain('单位档案未填科技工作者人数。第十条规定，科技人员达到 100 人')
    })
    // A day of a year whose holidays are not published may move.
    await house.store.transaction((trx) =>
      trx.updateTable('founding_step').set({ due_on: '2027-03-01' }).where('position', '=', 0).execute(),
    )
    const shown = await house.type('王强', '组建进度')
    expect(JSON.stringify(shown)).toContain('（期限 2027-03-01，暂定，王强）')
    expect(await house.store.db.selectFrom('founding_case').select('state').execute()).toHaveLength(2)
  })

  test('its documents are filled with what is known, and open in another reader', async () => {
    await begin()
    const facts = await factsOf(house.store.db, house.people.branch!, '2026-03-02')
    const texts = new Map<string, string>()
    for (const [name, template] of readTemplates('knowledge')) {
      const text = await readWord(await writeDocument(template, facts), 10_000_000)
      expect(text, name).not.toMatch(/\{\{|undefined|null/)
      texts.set(name, text)
    }
    expect([...texts.keys()]).toEqual([
      ...['agenda', 'application-form', 'candidates', 'charter', 'filing-form', 'member-form', 'request'],
    ])
    const request = texts.get('request')!
    expect(request).toContain('关于成立一分公司科学技术协会的请示')
    expect(request).toContain('华北重工科学技术协会：')
    expect(request).toContain('依托组建')
    expect(request).toContain('其中科技工作者＿＿＿＿＿＿人')
    expect(request).toContain('2026年3月2日')
    expect(texts.get('application-form')).toContain('组建方式 | 依托组建')
  })
})
