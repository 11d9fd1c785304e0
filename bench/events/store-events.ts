import { sql } from 'kysely'
import { keepListed } from '../../src/features/events/lists/keep-listed.ts'
import { createEvent } from '../../src/features/events/making/keep-event.ts'
import { openEventKinds } from '../../src/features/events/making/kinds.ts'
import { toEvent } from '../../src/features/events/records.ts'
import { inPieces } from '../../src/store/in-pieces.ts'
import type { Store } from '../../src/store/store.ts'
import { lecture } from '../../test/events/event-drafts.ts'
import type { RushHouse } from '../../test/events/rush/people.ts'
import { seededRandom } from '../seeded-random.ts'

/** Events in one transaction. */
const together = 100
const day = 24 * 3600_000
/** The house has had events for five years, and those of a quarter are to come. */
const [before, ahead] = [5 * 365 * day, 90 * day]

const subjects = [
  '工业机器人',
  '人工智能',
  '增材制造',
  '氢能储运',
  '数字孪生',
  '精密铸造',
  '特种焊接',
  '绿色制造',
]
const uses = ['应用', '前沿', '标准宣贯', '安全操作', '案例分享', '技能比武', '成果展示', '专利布局']
const forms = ['讲座', '论坛', '培训班', '开放日', '竞赛', '沙龙']
const places = ['三楼报告厅', '科技馆', '一号车间', '培训中心', '线上']

/** Events of years with their registrations, found by their words. Returns the ids of the events, oldest first. */
export async function storeEvents(
  store: Store,
  house: RushHouse,
  { events, registrations, people }: { events: number; registrations: number; people: number },
): Promise<string[]> {
  const random = seededRandom(6)
  const any = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!
  const refused = (file: string, reason: string) => process.stderr.write(`${file}: ${reason}\n`)
  const context = { store, kinds: await openEventKinds({ folder: 'knowledge/events', refused }) }
  const names = context.kinds.all().map(({ name }) => name)
  const now = Date.now()
  const ids: string[] = []
  const perEvent = Math.floor(registrations / events)
  for (let from = 0; from < events; from += together) {
    await store.transaction(async (trx) => {
      for (let n = from; n < Math.min(events, from + together); n += 1) {
        const startsAt = new Date(now - before + ((before + ahead) * n) / events)
        const isOver = startsAt.getTime() < now
        const branch = any(house.branches)
        const draft = lecture(n % 3 === 0 ? house.root : branch, {
          title: `${any(subjects)}${any(uses)}${any(forms)}（第${(n % 97) + 1}期）`,
          kind: any(names),
          place: any(places),
          ...{ startsAt, endsAt: new Date(startsAt.getTime() + 2 * 3600_000), capacity: perEvent },
          ...{
            closesAt: new Date(startsAt.getTime() - day),
            cancelUntil: new Date(startsAt.getTime() - day),
          },
          audience: {
            organisations: n % 3 === 1 ? [branch] : [],
            roles: n % 20 === 0 ? ['cadre'] : [],
            public: n % 10 === 0,
          },
        })
        const { row } = await createEvent(trx, draft, { by: house.cadre, now: startsAt })
        const state = isOver
          ? n % 25 === 0
            ? ('cancelled' as const)
            : ('over' as const)
          : ('published' as const)
        const figures = { taken: Math.floor(perEvent * 0.8), waiting: Math.floor(perEvent * 0.1) }
        await trx.updateTable('event_entry').set({ state }).where('id', '=', row.id).execute()
        await trx.updateTable('event_seats').set(figures).where('event', '=', row.id).execute()
        await keepListed(trx, context, toEvent({ ...row, state }))
        ids.push(row.id)
      }
    })
  }
  const numbered = ids.map((id, n) => ({ id, n }))
  for (const piece of inPieces(numbered, 200)) await register(store, piece, perEvent, people)
  if (store.dialect === 'postgres') {
    // As its own housekeeping does after so many rows.
    await store.transaction((trx) => sql`analyze`.execute(trx))
  }
  return ids
}

/** Registrations of several events, made by the database itself: a million rows would take long on their way there. */
async function register(
  store: Store,
  events: readonly { id: string; n: number }[],
  perEvent: number,
  people: number,
): Promise<void> {
  const rows = events.map(({ id, n }) => sql`(${id}, cast(${n} as integer))`)
  await store.transaction((trx) =>
    sql`
      with recursive
        k(n) as (select 0 union all select n + 1 from k where n < ${sql.lit(perEvent - 1)}),
        e(id, n) as (values ${sql.join(rows)})
      insert into event_registration
        (id, event, seq, person, account, organisation, name, contact, state, pool, guests, answers, priority, team,
         registered_by, offer_until, arrangement, asked_to_leave_at, receipt_hash, language, created_at, changed_at)
      select e.id || '-' || cast(k.n as text), e.id, e.n * ${sql.lit(perEvent)} + k.n + 1,
        'person-' || cast((e.n * 37 + k.n * 11) % ${sql.lit(people)} as text), null, entry.organisation,
        '职工' || cast((e.n * 37 + k.n * 11) % ${sql.lit(people)} as text), null,
        case when k.n < ${sql.lit(Math.floor(perEvent * 0.8))} then 'confirmed'
             when k.n < ${sql.lit(Math.floor(perEvent * 0.9))} then 'waiting' else 'cancelled' end,
        '', 0, '{}', 0, null, null, null, 0, null, null, 'zh-CN', entry.created_at, entry.created_at
      from e join event_entry entry on entry.id = e.id cross join k
    `.execute(trx),
  )
}
