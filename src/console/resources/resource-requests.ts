import { html } from 'hono/html'
import { openDetails } from '../../features/resources/booking/details.ts'
import { showTime } from '../../features/resources/booking/facts.ts'
import type { BookingRow } from '../../features/resources/records.ts'
import { sightOf } from '../../features/resources/sight.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { consolePage, table } from '../frame.ts'
import { pressButton } from '../press-panel.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { needs } from '../visit.ts'
import { resourceSay, resourceSection } from './resource-panels.ts'

const states = ['requested', 'proposed', 'confirmed', 'past'] as const
const past: BookingRow['state'][] = ['declined', 'withdrawn', 'cancelled', 'expired', 'over']
const mostListed = 200

/** Requests for the resources that the visitor keeps or is in charge of, what waits for an answer first. */
export function addResourceRequestRoutes({ options, get }: ConsoleRoutes): void {
  const { store, resources } = options

  get('/resources/requests', async (visit) => {
    needs(visit, 'resource.edit')
    const { context, language, who, today } = visit
    const say = resourceSay(visit)
    const asked = states.find((state) => state === context.req.query('state')) ?? 'requested'
    const { kept } = await sightOf(store.db, who.id, today)
    const theirs = store.db
      .selectFrom('resource_booking')
      .innerJoin('resource_entry', 'resource_entry.id', 'resource_booking.resource')
      .where('resource_booking.state', 'in', asked === 'past' ? past : [asked])
      .where(({ or, eb }) =>
        or([
          eb('resource_entry.owner', '=', who.id),
          ...(kept.size > 0 ? [eb('resource_entry.organisation', 'in', [...kept])] : []),
        ]),
      )
    const { count } = await theirs
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    const found = await theirs
      .selectAll('resource_booking')
      .select(['resource_entry.title', 'resource_entry.time_zone'])
      .orderBy('resource_booking.starts_at', asked === 'past' ? 'desc' : 'asc')
      .orderBy('resource_booking.id')
      .limit(mostListed)
      .execute()
    const rows = []
    for (const one of found) {
      const details = await openDetails(store.db, resources.sealer, one)
      rows.push([
        one.number,
        html`<a href="${resourceSection}/${one.resource}">${one.title}</a>`,
        showTime(one, one.time_zone, language, today),
        String(one.people),
        details === null ? say('erased') : details.unit || say('colleague'),
        details === null ? '' : `${details.name} ${details.phone}`,
        translate(language, `resources:state.${one.state}`),
        minuteInChina(new Date(one.created_at)),
        pressButton(visit, `${resourceSection}/${one.resource}`, {
          ...{ label: say('open'), action: 'resources.booking', value: { booking: one.id } },
        }),
      ])
    }
    const header = [
      ...[translate(language, 'resources:column.number'), say('resource'), say('time'), say('people')],
      ...[say('unit'), say('contact'), translate(language, 'resources:column.state'), say('asked-at'), ''],
    ]
    const body = html`<p class="crumbs"><a href="${resourceSection}">${say('title')}</a></p><h1>${say('requests')}</h1>
<p class="actions">${states.map((state) => html`<a class="button" href="${resourceSection}/requests?state=${state}"${state === asked ? html` aria-current="true"` : ''}>${state === 'past' ? say('past') : translate(language, `resources:state.${state}`)}</a>`)}</p>
<section class="panel lines"><h2>${say('requests-count', { count: Number(count) })}</h2>
${rows.length === 0 ? html`<p class="empty">${say('no-requests')}</p>` : table(say('requests'), header, rows)}</section>`
    return consolePage(visit, { title: say('requests'), body, section: resourceSection })
  })
}
