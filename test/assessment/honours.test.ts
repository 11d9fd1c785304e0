import { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { type Honour, honoursIn } from '../../src/features/assessment/honours.ts'
import { readHonoursSpan } from '../../src/features/assessment/honours-span.ts'
import type { Trx } from '../../src/store/store.ts'
import { type CampaignHouse, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { proposal } from '../submissions/submissions-house.ts'

const given = '2026-03-02T04:00:00.000Z'
const both = (text: string) => ({ 'zh-CN': text, en: text })

/** A judged campaign of 华北重工 with an award for an entry, a person and a unit. */
async function judge({ people }: CampaignHouse, db: Trx): Promise<void> {
  const { group, branch } = people
  const entry = await db
    .selectFrom('submission')
    .selectAll()
    .where('kind', '=', 'proposal')
    .executeTakeFirstOrThrow()
  const award = (name: string, whom: string) => ({ name, title: both(name), for: whom, places: 3 })
  await db
    .insertInto('campaign')
    .values({
      ...{ id: 'c', number: 'JB-2026-0001', title: '合理化建议月', form: 'campaign', organisation: group },
      ...{
        state: 'closed',
        revision: 5,
        purpose: '',
        rules_document: null,
        rules_version: null,
        rules_text: '',
      },
      ...{ starts_on: '2026-02-01', ends_on: '2026-02-28', review_until: null, kinds: '["proposal"]' },
      ...{ rubric: JSON.stringify({ criteria: [] }), blind: 0, reviewers_each: 1, audience: null },
      awards: JSON.stringify([
        award('创新团队', 'entry'),
        award('创新标兵', 'person'),
        award('先进集体', 'organisation'),
      ]),
      ...{ made_by: null, made_at: given, opened_at: given, ended_at: given },
    })
    .execute()
  await db
    .insertInto('campaign_entry')
    .values({
      ...{
        campaign: 'c',
        submission: entry.id,
        kind: 'proposal',
        organisation: branch!,
        author: entry.author,
      },
      ...{
        state: 'in',
        why: '',
        entered_at: given,
        asked: 1,
        given: 1,
        score: 90_000,
        benefit: null,
        criteria: null,
      },
    })
    .execute()
  await db
    .insertInto('campaign_judging')
    .values({
      ...{ campaign: 'c', ties: 'resolved', ended_at: given, notice_until: given, stopped_at: null },
      ...{ confirmed_by: people.吴主席!, confirmed_at: given },
    })
    .execute()
  const nobody = { submission: null, organisation: null, person: null }
  const rows = [
    { award: '创新团队', holder: '张三《快换夹具》', ...nobody, submission: entry.id },
    { award: '创新标兵', holder: '外人', ...nobody, person: people.外人! },
    { award: '先进集体', holder: '一分公司', ...nobody, organisation: branch! },
  ]
  await db
    .insertInto('campaign_award')
    .values(
      rows.map((one, at) => ({
        ...{ id: `a${at}`, campaign: 'c', place: 1, reason: '', file: null, by: null, at: given },
        ...{ certificate: `ZS-2026-000${at + 1}`, ...one },
      })),
    )
    .execute()
}

/** A model case that 张三 of 一分公司 put forward and that stands as honoured. */
async function honour(db: Trx): Promise<void> {
  const { id, revision } = await db
    .selectFrom('submission')
    .select(['id', 'revision'])
    .where('kind', '=', 'model-case')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('submission')
    .set({ state: 'honoured', award: '科技创新标兵' })
    .where('id', '=', id)
    .execute()
  await db
    .insertInto('submission_history')
    .values({
      ...{ submission: id, revision: revision + 1, action: 'honour', from_state: 'honouring' },
      ...{ to_state: 'honoured', by: null, part: 'handler', input: '{}', at: given },
    })
    .execute()
}

/** An assessment of 外人 that praises them. */
async function assess({ people }: CampaignHouse, db: Trx): Promise<void> {
  const sheet = {
    ...{ name: 's', title: both('表'), for: 'person', total: 10, groups: [], praised: ['good'] },
    grades: [{ name: 'good', title: both('优秀'), least: 0 }],
  }
  await db
    .insertInto('assessment')
    .values({
      ...{
        id: 'k',
        number: 'KH-2026-0001',
        title: '年度考核',
        organisation: people.group,
        campaign: null,
      },
      ...{ subjects: 'person', sheet: JSON.stringify(sheet), starts_on: '2026-01-01', ends_on: '2026-02-28' },
      ...{
        fill_until: '2026-03-01',
        check_until: '2026-03-01',
        notice_days: 1,
        state: 'closed',
        revision: 3,
      },
      ...{ made_at: given, made_by: people.吴主席!, opened_at: given, published_at: given },
      ...{ notice_until: given, ended_at: given },
    })
    .execute()
  await db
    .insertInto('assessment_subject')
    .values({
      ...{
        id: 's',
        assessment: 'k',
        organisation: people.other!,
        person: people.外人!,
        returned: '',
      },
      ...{ state: 'checked', filled_by: null, filled_at: null, checked_by: null, checked_at: null },
      ...{ self_total: 9000, total: 10_000, grade: 'good', place: 1 },
    })
    .execute()
}

test('honours are of campaigns, model cases and assessments; sealed, withdrawn and overturned ones are not among them', async () => {
  const opened = await openTestStore()
  const house = await openCampaignHouse(async () => opened)
  try {
    const form = await house.click('张三', { action: 'submissions.begin', value: { kind: 'proposal' } })
    await house.fillIn('张三', form, { ...proposal, title: '快换夹具' })
    await house.settle()
    const nomination = await house.click('张三', {
      action: 'submissions.begin',
      value: { kind: 'model-case' },
    })
    await house.fillIn('张三', nomination, {
      ...{ name: '孙工', variety: 'individual', nominee: '孙工', by: 'colleague', position: '工程师' },
      deeds: '三年攻克大型铸钢件热处理变形等三个难题，返工率由两成降到百分之三。',
      ...{ achievement: '专利两项。', noViolation: 'yes', video: '' },
    })
    await house.settle()
    await house.store.transaction(async (trx) => {
      await judge(house, trx)
      await honour(trx)
      await assess(house, trx)
    })

    const card = (await house.type('吴主席', '荣誉名单'))[0]
    expect(table(card)).toEqual([
      ['一分公司', '先进集体'],
      ['张三《快换夹具》（一分公司）', '创新团队'],
      ['孙工（铸造车间）', '科技创新标兵'],
      ['外人（二分公司）', '优秀'],
      ['外人（二分公司）', '创新标兵'],
    ])
    expect(JSON.stringify(card)).toContain('2026 年荣誉名单')
    for (const [text, count] of [
      ['荣誉名单 一季度', 5],
      ['荣誉名单 2026-03-02 至 2026-03-02', 5],
      ['荣誉名单 2026-03-03 至 2026-12-31', 0],
      ['去年荣誉名单', 0],
    ] as const) {
      expect(await listed(text), text).toHaveLength(count)
    }
    expect(JSON.stringify(await house.type('吴主席', '荣誉名单 2026-05-01 至 2026-04-01'))).toContain(
      '起止日期',
    )
    // 表彰名单, with a year or without, is of what was sent in.
    for (const text of ['表彰名单', '2026年表彰名单', '表彰名单 2026年'])
      expect(JSON.stringify(await house.type('吴主席', text)), text).toContain('2026 年还没有定奖的建议')

    // Each of these takes away those that stand beside it.
    type Change = Record<string, string | number | null>
    const change = async (table: string, set: Change, where: string) => {
      const keys = Object.keys(set)
      const [before] = await raw(`select ${keys.join(', ')} from ${table} where ${where}`)
      const put = (values: Change) =>
        raw(
          `update ${table} set ${keys.map((key) => `${key} = ${quoted(values[key] ?? null)}`).join(', ')} where ${where}`,
        )
      await put(set)
      const left = (await listed('荣誉名单')).map(({ honour: one }) => one)
      await put(before as Change)
      return ['先进集体', '创新团队', '科技创新标兵', '优秀', '创新标兵'].filter((one) => !left.includes(one))
    }
    const seal = { sealed: 1, author: null, author_account: null, author_sealed: 'x', author_tag: 'x' }
    const campaigns = ['先进集体', '创新团队', '创新标兵']
    const proposals = "kind = 'proposal'"
    const cases = "kind = 'model-case'"
    expect(await change('campaign_entry', { state: 'out' }, "campaign = 'c'")).toEqual(['创新团队'])
    expect(await change('submission', seal, proposals)).toEqual(['创新团队'])
    expect(await change('submission', { erased_at: given }, proposals)).toEqual(['创新团队'])
    expect(await change('submission', { naming: 'hidden' }, proposals)).toEqual(['创新团队'])
    expect(await change('campaign_judging', { confirmed_at: null }, "campaign = 'c'")).toEqual(campaigns)
    expect(await change('campaign', { state: 'notice' }, "id = 'c'")).toEqual(campaigns)
    expect(await change('campaign', { state: 'cancelled' }, "id = 'c'")).toEqual(campaigns)
    expect(await change('submission', { state: 'withdrawn' }, cases)).toEqual(['科技创新标兵'])
    expect(await change('submission', seal, cases)).toEqual(['科技创新标兵'])
    expect(await change('submission', { erased_at: given }, cases)).toEqual(['科技创新标兵'])
    expect(await change('assessment', { state: 'published' }, "id = 'k'")).toEqual(['优秀'])
    expect(await change('assessment', { state: 'cancelled' }, "id = 'k'")).toEqual(['优秀'])
    // All are back: what was taken away was taken away by the change alone.
    expect(await listed('荣誉名单')).toHaveLength(5)
    // Those of a unit alone are not those of the unit above it.
    expect(table((await house.type('王强', '荣誉名单'))[0])).toEqual([['孙工（铸造车间）', '科技创新标兵']])

    async function raw(sql: string): Promise<unknown[]> {
      const { rows } = await house.store.transaction((trx) => trx.executeQuery(CompiledQuery.raw(sql)))
      return rows
    }
  } finally {
    await house.stop()
    await opened.close()
  }
  expect(house.errors).toEqual([])

  async function listed(text: string): Promise<Honour[]> {
    const { group, branch, workshop, other } = house.people
    const places = [group, branch!, workshop!, other!]
    const span = readHonoursSpan(text, '2026-03-02')
    return honoursIn(house.store.db, house.campaigns.assessment, places, span, 'zh-CN')
  }
})

const quoted = (value: string | number | null) => (typeof value === 'string' ? `'${value}'` : String(value))

/** Name and honour of each line. */
function table(card: Card | undefined): string[][] {
  const block = card?.blocks.find((one) => one.type === 'table')
  return (block?.rows ?? []).map(([name = '', honoured = '']) => [String(name), String(honoured)])
}
