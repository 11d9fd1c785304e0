import { html } from 'hono/html'
import { audienceText, momentText, placeText, whenOf } from '../../features/events/lists/event-texts.ts'
import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Html } from '../../platforms/web/plain-page.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { table } from '../frame.ts'
import type { Visit } from '../visit.ts'
import { eventAddress, type OpenedEvent } from './event-frame.ts'
import { eventsOfSeries } from './event-list.ts'
import { eventSay } from './event-say.ts'
import { seatsCell, statusTag } from './event-status.ts'

/** Seats of a pool: those kept for an organisation, or the general ones. */
interface Pool {
  /** An organisation; null: general. */
  organisation: string | null
  /** Null: as many as come. */
  seats: number | null
  taken: number
}

/** How the seats of an event stand, the general ones first. */
async function poolsOf(db: Reads, registers: string, capacity: number | null): Promise<Pool[]> {
  const reserves = await db
    .selectFrom('event_reserve')
    .select(['organisation', 'seats'])
    .where('event', '=', registers)
    .execute()
  const held = await db
    .selectFrom('event_registration')
    .select(({ fn, lit }) => [
      'pool',
      fn.countAll<number | string>().as('people'),
      fn.coalesce(fn.sum<number | string>('guests'), lit(0)).as('guests'),
    ])
    .where('event', '=', registers)
    .where('state', 'in', ['confirmed', 'offered'])
    .groupBy('pool')
    .execute()
  const taken = new Map(held.map(({ pool, people, guests }) => [pool, Number(people) + Number(guests)]))
  const kept = reserves.reduce((sum, { seats }) => sum + seats, 0)
  const general = capacity === null ? null : capacity - kept
  return [
    { organisation: null, seats: general, taken: taken.get('') ?? 0 },
    ...reserves.map((reserve) => ({ ...reserve, taken: taken.get(reserve.organisation) ?? 0 })),
  ]
}

/** Everything about an event, as its organisers need it. */
export async function overviewBody(visit: Visit, db: Reads, opened: OpenedEvent, side: Html): Promise<Html> {
  const say = eventSay(visit)
  const { language, now } = visit
  const { event, listed, registers } = opened
  const { row, audience, questions, priority, reminders } = event
  const organisations = new Map((await listOrganisations(db)).map(({ id, path }) => [id, path]))
  const moment = (instant: string) => momentText(instant, row, language, now)
  const maker = await db
    .selectFrom('person')
    .select('name')
    .where('id', '=', row.created_by)
    .executeTakeFirst()
  const yes = (flag: unknown) => say(flag ? 'yes' : 'no')
  const joint = say('listed')
  const facts: [string, string | Html][] = [
    [say('fact.when'), whenOf(row, language, now)],
    [say('fact.where'), placeText(row, language)],
    [
      say('fact.link'),
      row.link === '' ? '' : html`<a href="${row.link}" rel="noopener noreferrer">${row.link}</a>`,
    ],
    [say('fact.organisation'), organisations.get(row.organisation) ?? ''],
    [say('fact.organisers'), row.organisers],
    [say('fact.audience'), audienceText(audience, organisations, language)],
    [
      say('fact.window'),
      say('window', {
        from: row.opens_at === null ? say('since-published') : moment(row.opens_at),
        until: moment(row.closes_at),
      }),
    ],
    [say('fact.cancel-until'), moment(row.cancel_until)],
    [say('fact.mode'), say(`mode.${row.mode}`)],
    [say('fact.guests'), row.most_guests === 0 ? '' : say('most-guests', { count: row.most_guests })],
    [
      say('fact.waiting-list'),
      row.has_waiting_list ? say('offer-hours', { hours: row.offer_hours }) : say('no'),
    ],
    [
      say('fact.priority'),
      priority
        .map(({ organisation, role, points }) =>
          say('priority', {
            who: audienceText(
              { organisations: organisation ? [organisation] : [], roles: role ? [role] : [], public: false },
              organisations,
              language,
            ),
            points,
          }),
        )
        .join(joint),
    ],
    [
      say('fact.questions'),
      questions
        .map(
          ({ label, required, options }) =>
            `${label}${options.length > 0 ? `（${options.join(' / ')}）` : ''}${required ? say('required') : ''}`,
        )
        .join(joint),
    ],
    [say('fact.cost'), row.cost],
    [say('fact.contacts'), row.contacts],
    [say('fact.materials'), row.materials],
    [
      say('fact.reminders'),
      reminders
        .map((minutes) =>
          minutes % 1440 === 0
            ? say('days-before', { count: minutes / 1440 })
            : minutes % 60 === 0
              ? say('hours-before', { count: minutes / 60 })
              : say('minutes-before', { count: minutes }),
        )
        .join(joint),
    ],
    [say('fact.online'), yes(row.online)],
    [say('fact.hours'), row.hours === null ? '' : String(row.hours)],
    [say('fact.made'), say('made', { name: maker?.name ?? '', at: minuteInChina(new Date(row.created_at)) })],
  ]
  const pools = await poolsOf(db, registers, listed.registering.capacity)
  const series = row.series === null ? [] : await eventsOfSeries(db, row.series)
  return html`<div class="record"><div class="record-main">
<section class="panel"><h2>${say('content')}</h2>${row.description === '' ? '' : html`<p class="prose">${row.description}</p>`}
<dl class="facts event-facts">${facts.filter(([, value]) => value !== '').map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>
<section class="panel"><h2>${say('seats.title')}</h2>
${registers === row.id ? '' : html`<p class="small"><a href="${eventAddress({ id: registers })}">${say('seats.shared')}</a></p>`}
${table(
  say('seats.title'),
  [say('seats.pool'), say('seats.all'), say('seats.taken'), say('seats.left')],
  pools.map(({ organisation, seats, taken }) => [
    organisation === null ? say('seats.general') : (organisations.get(organisation) ?? ''),
    seats === null ? say('seats.unlimited') : String(seats),
    String(taken),
    seats === null ? '—' : String(Math.max(0, seats - taken)),
  ]),
)}
<p class="small">${say('seats.beside', { waiting: listed.seats.waiting, requested: listed.seats.requested })}</p></section>
${
  series.length === 0
    ? ''
    : html`<section class="panel"><h2>${say('series', { title: listed.series ?? '' })}</h2>${table(
        say('series', { title: listed.series ?? '' }),
        [say('column.when'), say('column.title'), say('column.state'), say('column.seats')],
        series.map((one) => [
          whenOf(one.row, language, now),
          one.row.id === row.id
            ? html`<strong>${one.row.title}</strong>`
            : html`<a href="${eventAddress(one.row)}">${one.row.title}</a>`,
          statusTag(visit, one),
          seatsCell(visit, one),
        ]),
      )}</section>`
}
</div><aside class="record-side">${side}</aside></div>`
}
