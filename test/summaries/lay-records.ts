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
