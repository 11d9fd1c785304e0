import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportProfiles } from '../../src/features/organisations/export-profiles.ts'
import { importProfiles } from '../../src/features/organisations/import-profiles.ts'
import { keepProfile } from '../../src/features/organisations/keep-profile.ts'
import { figuresByRegion, listProfiles, narrowed } from '../../src/features/organisations/overview.ts'
import {
  associations,
  emptyProfile,
  modes,
  type Profile,
  readProfile,
  readProfiles,
} from '../../src/features/organisations/profile.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { buttonsOf, type DutiesHouse, openDutiesHouse } from '../reminders/duties-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const people = fc.option(fc.nat(3000))
const words = fc.oneof(
  fc.constantFrom('', '=1+1', '-', '007', '2026-01-01', ' 两端 空白 ', 'a\nb', '"x",y', '1E5', '@x'),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const drafts = fc.record({
  ...{ region: words, industry: words, chair: words, secretary: words, note: words },
  ...{ employees: people, stWorkers: people, members: people },
  stCountedOn: fc.constantFrom(null, '2026-01-01'),
  association: fc.constantFrom(...associations),
  mode: fc.constantFrom(null, ...modes),
  founded: fc.constantFrom(null, '2020-02-29'),
  ends: fc.constantFrom(null, '2025-03-01', '2199-12-31'),
  has: fc.record({
    ...{ organisation: fc.boolean(), premises: fc.boolean(), staff: fc.boolean() },
    ...{ funds: fc.boolean(), activities: fc.boolean() },
  }),
})

describeEachDatabase('profiles of organisations', (open) => {
  let house: DutiesHouse
  beforeEach(async () => {
    house = await openDutiesHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const keep = (changed: Partial<Profile>, organisation = house.people.branch!) =>
    house.store.transaction(async (trx) =>
      keepProfile(
        trx,
        { ...(await readProfile(trx, organisation)), ...changed },
        { by: null, how: 'form', now: house.time.now, reminders: house.duties.organisations.reminders },
      ),
    )
  const terms = () =>
    house.store.db
      .selectFrom('reminder')
      .select(['title', 'rule', 'state', 'organisation'])
      .where('origin', 'like', 'organisations.term:%')
      .execute()

  test('are filled in by a form with plain errors, shown in chat to whoever may see them, and remembered', async () => {
    const [card] = await house.type('王强', '修改单位档案')
    const [button] = buttonsOf(card!)
    const open = () => house.click('王强', button!)
    const basics = { region: '河北省唐山市', industry: '装备制造', employees: '860' }
    await expect(
      house.fillIn('王强', await open(), { ...basics, stWorkers: '900', association: 'none' }),
    ).rejects.toThrow('stWorkers: 科技工作者人数不能多于职工人数（860 人）')
    await expect(
      house.fillIn('王强', await open(), { stWorkers: '1.5', association: 'none' }),
    ).rejects.toThrow('stWorkers: 请填写 0 以上的整数')
    await expect(
      house.fillIn('王强', await open(), { stWorkers: '120', association: 'none', foundedOn: '2020-01-01' }),
    ).rejects.toThrow('foundedOn: 科协状态为“已成立”时才填写此项')
    const founded = { association: 'founded', mode: 'standalone', foundedOn: '2021-10-01' }
    await expect(
      house.fillIn('王强', await open(), { ...founded, termEndsOn: '2020-10-01' }),
    ).rejects.toThrow('termEndsOn: 任期届满日期应晚于成立日期 2021-10-01')
    await house.fillIn('王强', await open(), {
      ...{ ...basics, ...founded, stWorkers: '120', termEndsOn: '2026-10-31', members: '98' },
      ...{ chair: '何总', secretary: '外聘刘老师', has: ['premises', 'funds'] },
    })
    await house.settle()
    const kept = await readProfile(house.store.db, house.people.branch!)
    // A name of somebody in the house is that person, another stays a name.
    expect(kept).toMatchObject({ chairPerson: house.people.何总, secretaryPerson: null, stWorkers: 120 })

    const [full] = await house.type('何总', '一分公司科协情况')
    expect(JSON.stringify(full)).toContain('○ 有组织  ● 有阵地  ○ 有人员  ● 有经费  ○ 有活动')
    expect(JSON.stringify(full)).toContain('外聘刘老师')
    expect(buttonsOf(full!)).toEqual([])
    const [seen] = await house.type('张三', '单位档案')
    expect(JSON.stringify(seen)).toContain('单独组建')
    expect(JSON.stringify(seen)).not.toMatch(/860|2026-10-31|有阵地/)
    expect(JSON.stringify(await house.type('外人', '单位档案 一分公司'))).toContain(
      '没有这个单位，或者您无权查看',
    )
    expect(JSON.stringify(await house.type('张三', '修改单位档案'))).toContain('没有维护这个单位档案的权限')
    await expect(
      house.click('张三', { action: 'organisations.edit', value: { organisation: house.people.branch! } }),
    ).rejects.toThrow('organisations:not-yours')
    // What is no organisation's name is a question.
    expect((await house.type('张三', '企业科协情况'))[0]).toMatchObject({ tone: 'refusal' })
    const history = await house.store.db
      .selectFrom('organisation_profile_history')
      .select(['changes', 'by'])
      .execute()
    expect(history).toHaveLength(1)
    expect(JSON.parse(history[0]!.changes)).toMatchObject({
      employees: ['', '860'],
      has: ['', 'premises,funds'],
    })
    expect(history[0]!.by).toBe(house.people.王强)
  })

  test('remind of the election half a year before the term ends, on a working day, as long as it ends', async () => {
    await keep({ association: 'founded', termEndsOn: '2026-11-01' })
    // 1 May is a holiday until 5 May 2026.
    expect((await terms()).map(({ rule }) => JSON.parse(rule))).toEqual([
      { type: 'once', at: '2026-05-06T09:00' },
    ])
    await keep({ termEndsOn: '2026-04-01' })
    expect((await terms()).map(({ rule }) => JSON.parse(rule))).toEqual([
      { type: 'once', at: '2026-03-03T09:00' },
    ])
    await keep({ termEndsOn: null, association: 'none' })
    expect((await terms()).map(({ state }) => state)).toEqual(['ended'])
    expect(await keep({ association: 'none' })).toEqual({})
  })

  test('are counted by region, and an organisation of which nobody said anything has no association', async () => {
    const { branch, workshop, other, group } = house.people
    await keep({ region: '唐山', stWorkers: 120, association: 'founded' })
    await keep({ region: '唐山', stWorkers: 80, association: 'preparing' }, workshop)
    const { regions, total } = figuresByRegion(await listProfiles(house.store.db, null))
    expect(regions.map(({ region }) => region)).toEqual(['唐山', ''])
    expect(regions[0]!.figures).toMatchObject({
      ...{ organisations: 2, workers: 200, covered: 120 },
      byState: { none: 0, preparing: 1, founded: 1 },
    })
    expect(total.organisations).toBe(4)
    // An association is none of the units that may have one.
    const added = await house.store.transaction((trx) =>
      createOrganisation(trx, { name: '集团科协', kind: 'association', parent: group! }),
    )
    const all = await listProfiles(house.store.db, null)
    expect(all.map(({ organisation }) => organisation.id)).toContain(added.id)
    expect(figuresByRegion(all).total).toEqual(total)
    const without = narrowed(all, { association: 'none' }, null)
    expect(without.map(({ organisation }) => organisation.id)).not.toContain(added.id)
    expect(narrowed(all, { missing: true }, null)).toHaveLength(4)
    await house.store.transaction((trx) =>
      trx.deleteFrom('organisation').where('id', '=', added.id).execute(),
    )
    const read = await readProfiles(house.store.db, [branch!, other!])
    expect(read.get(other!)).toEqual(emptyProfile(other!))
    expect(
      (await listProfiles(house.store.db, [group!])).map(({ organisation }) => organisation.name),
    ).toEqual(['华北重工'])
  })

  test('what was exported changes nothing when it is imported, whatever stands in it', async () => {
    const { reminders } = house.duties.organisations
    await fc.assert(
      fc.asyncProperty(drafts, fc.constantFrom('xlsx', 'csv'), async (draft, format) => {
        const { founded, ends, ...rest } = draft
        const isFounded = draft.association === 'founded'
        const counts = {
          employees: draft.employees === null ? null : draft.employees + (draft.stWorkers ?? 0),
        }
        await keep({
          ...{ ...rest, ...counts, foundedOn: isFounded ? founded : null },
          termEndsOn: isFounded ? ends : null,
        })
        const before = await readProfile(house.store.db, house.people.branch!)
        const listed = await listProfiles(house.store.db, null)
        const { pieces } = exportProfiles(listed, { format, language: 'zh-CN', today: '2026-03-02' })
        const chunks: Uint8Array[] = []
        for await (const piece of pieces) chunks.push(piece)
        const rows = await importProfiles(house.store, Buffer.concat(chunks), {
          ...{ by: house.people.周建国!, reminders, preview: false },
        })
        expect(rows.map(({ outcome, changes, problems }) => [outcome, changes, problems])).toEqual(
          listed.map(() => ['same', {}, []]),
        )
        expect(await readProfile(house.store.db, house.people.branch!)).toEqual(before)
      }),
      { numRuns: 25 },
    )
  })
})
