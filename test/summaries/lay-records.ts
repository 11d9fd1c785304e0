import type { Trx } from '../../src/store/store.ts'
import type { CampaignHouse } from '../campaigns/campaign-house.ts'

const at = '2026-03-02T01:00:00.000Z'
const later = '2026-03-02T03:00:00.000Z'

/**
 * Lays records of a year into a house, beside some that do not count: dropped, cancelled, withdrawn, of another year. Gives
 * what there is, counted row by row.
 */
export async function layRecords({ store, people }: CampaignHouse) {
  const group = people.group
  await store.transaction(async (trx) => {
    const plan = {
      ...{ id: 'plan', number: 'JH-2026-0001', organisation: group, year: 2026, title: '计划', version: 1 },
      ...{ state: 'running' as const, created_by: null, submitted_by: null, submitted_at: null },
      ...{ decided_by: null, decided_at: null, reason: '', summary: '', running_on: '2026-01-05' },
      ...{ created_at: at, changed_at: at },
    }
    await trx.insertInto('plan').values(plan).execute()
    const item = (position: number, goal: string, state: 'open' | 'done' | 'dropped') => ({
      ...{ id: `item ${position}`, plan: 'plan', position, section: '', goal, clause: null, measure: '' },
      ...{ target: '', owner: null, budget: null, starts_on: '2026-01-05', ends_on: '2026-03-31', state },
      ...{ percent: state === 'done' ? 100 : 20, reason: '', done_before: 0 as const },
      ...{ created_at: at, changed_at: at },
    })
    const items = [item(1, '办论坛', 'done'), item(2, '技术攻关', 'open'), item(3, '不办了', 'dropped')]
    await trx.insertInto('plan_item').values(items).execute()
    const notice = (id: string, state: 'sent' | 'withdrawn', sent: string) => ({
      ...{ id, number: `TZ-2026-${id}`, kind: 'notice' as const, title: '通知', text: '', state },
      ...{ organisation: group, audience: '{}', asks: 0 as const, until: null, remind: '[]', revision: 0 },
      ...{ reason: '', made_by: people.吴主席!, made_at: at, sent_at: sent },
      corrected_at: null,
    })
    const notices = [
      ...[notice('0001', 'sent', at), notice('0002', 'withdrawn', at)],
      notice('0003', 'sent', '2025-12-31T15:59:59.999Z'),
    ]
    await trx.insertInto('notice').values(notices).execute()
    const visit = (id: string, organisation: string, day: string) => ({
      ...{
        id,
        number: `ZF-2026-${id}`,
        organisation,
        kind: 'visit' as const,
        day,
        people: '',
        summary: '谈',
      },
      ...{ by: people.李梅!, item: null, at },
    })
    const visits = [
      ...[visit('0001', people.branch!, '2026-01-01'), visit('0002', people.other!, '2026-12-20')],
      visit('0003', people.branch!, '2025-12-31'),
    ]
    await trx.insertInto('liaison_visit').values(visits).execute()
    const campaign = {
      ...{ id: 'c', number: 'JB-2026-0001', title: '合理化建议月', form: 'campaign' as const },
      ...{ organisation: group, state: 'open' as const, revision: 0, purpose: '', rules_document: null },
      ...{ rules_version: null, rules_text: '', starts_on: '2026-02-01', ends_on: '2026-11-30' },
      ...{
        review_until: null,
        kinds: '[]',
        rubric: '{}',
        blind: 0 as const,
        reviewers_each: 1,
        awards: '[]',
      },
      ...{ audience: null, made_by: null, made_at: at, opened_at: at, ended_at: null },
    }
    await trx
      .insertInto('campaign')
      .values([campaign, { ...campaign, id: 'd', number: 'JB-2026-0002', state: 'cancelled' }])
      .execute()
    const event = (id: string, state: 'over' | 'cancelled', starts: string, ends: string) => ({
      ...{
        id,
        number: `HD-2026-${id}`,
        kind: 'training',
        title: '培训',
        organisation: people.branch!,
        state,
      },
      ...{ organisers: '', description: '', place: '', link: '', starts_at: starts, ends_at: ends },
      ...{ time_zone: 'Asia/Shanghai', audience: '{}', capacity: null, opens_at: null, closes_at: starts },
      ...{ cancel_until: starts, mode: 'first-come' as const, most_guests: 0, has_waiting_list: 0 as const },
      ...{ offer_hours: 1, priority: '[]', questions: '[]', cost: '', contacts: '', materials: '' },
      ...{ reminders: '[]', online: 0 as const, hours: null, series: null, registers_with: null },
      ...{ copied_from: null, reason: '', sequence: 0, arrangement: 0, secret: id, created_by: people.王强! },
      ...{ created_at: at, changed_at: at },
    })
    const events = [
      ...[event('0001', 'over', at, later), event('0002', 'cancelled', at, later)],
      event('0003', 'over', '2026-12-31T15:00:00.000Z', '2026-12-31T15:59:59.999Z'),
    ]
    await trx.insertInto('event_entry').values(events).execute()
    await layAsked(trx, group, people.吴主席!)
  })
  const all = async (table: 'notice' | 'liaison_visit' | 'campaign' | 'event_entry' | 'submission') =>
    (await store.db.selectFrom(table).selectAll().execute()) as Record<string, unknown>[]
  const count = (rows: Record<string, unknown>[], of: (row: Record<string, unknown>) => boolean) =>
    rows.filter(of).length
  const isIn = (instant: unknown) => String(instant) >= '2025-12-31T16' && String(instant) < '2026-12-20T02'
  return {
    submissions: count(
      await all('submission'),
      ({ sealed, submitted_at }) => sealed === 0 && isIn(submitted_at),
    ),
    notices: count(await all('notice'), ({ state, sent_at }) => state === 'sent' && isIn(sent_at)),
    visits: count(await all('liaison_visit'), ({ day }) => String(day).startsWith('2026')),
    campaigns: count(await all('campaign'), ({ state }) => state === 'open'),
    trainings: count(await all('event_entry'), ({ state, ends_at }) => state === 'over' && isIn(ends_at)),
  }
}

/** What people were asked: five answered one collection without their names, and four another, of whom nothing is told. */
async function layAsked(trx: Trx, organisation: string, by: string) {
  const consultation = {
    ...{
      id: 'z',
      number: 'ZX-2026-0001',
      kind: 'project' as const,
      title: '技改立项',
      text: '',
      organisation,
    },
    ...{
      questions: '[]',
      audience: '{}',
      naming: 'signed' as const,
      until: later,
      remind: '[]',
      decider: by,
    },
    ...{ state: 'decided' as const, revision: 0, reason: '', decision: '立项', adoption: '', made_by: by },
    ...{ adopted: '["a","b"]', made_at: at, sent_at: at, closed_at: later, decided_at: later },
  }
  const dropped = { ...consultation, id: 'y', number: 'ZX-2026-0002', state: 'withdrawn' as const }
  await trx.insertInto('consultation').values([consultation, dropped]).execute()
  const collection = (id: string, number: string, title: string) => ({
    ...{
      id,
      number,
      title,
      organisation,
      anonymity: 'anonymous' as const,
      per: 'person' as const,
      version: 1,
    },
    ...{ audience: null, deadline: later, remind: '[]', shares: 0 as const, state: 'closed' as const },
    ...{ revision: 0, made_by: by, made_at: at, opened_at: at, ended_at: later },
  })
  const collections = [collection('s', 'SJ-2026-0001', '状况调查'), collection('t', 'SJ-2026-0002', '小调查')]
  await trx.insertInto('collection').values(collections).execute()
  const ballots = Array.from({ length: 9 }, (_, n) => ({
    ...{ id: `ballot ${n}`, collection: n < 5 ? 's' : 't', content: '{}' },
  }))
  await trx.insertInto('collection_ballot').values(ballots).execute()
  const assessment = {
    ...{ id: 'k', number: 'KH-2026-0001', title: '年度考核', organisation, subjects: 'unit' as const },
    ...{ campaign: null, sheet: '{}', starts_on: '2026-01-01', ends_on: '2026-02-28', notice_days: 3 },
    ...{ fill_until: '2026-03-01', check_until: '2026-03-02', state: 'published' as const, revision: 0 },
    ...{ made_by: by, made_at: at, opened_at: at, published_at: later, notice_until: null, ended_at: null },
  }
  await trx.insertInto('assessment').values(assessment).execute()
  const subject = {
    ...{ id: 'k1', assessment: 'k', organisation, person: null, state: 'checked' as const, returned: '' },
    filled_by: null,
    ...{ filled_at: null, checked_by: null, checked_at: null, self_total: null, total: null },
    ...{ grade: null, place: null },
  }
  await trx.insertInto('assessment_subject').values(subject).execute()
}
