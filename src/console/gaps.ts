import { html } from 'hono/html'
import { accountKey } from '../chat/keys.ts'
import { countAnswers } from '../features/policy/answer-figures.ts'
import { listGaps } from '../features/policy/answer-log.ts'
import { can } from '../people/can.ts'
import { isInForce, toMembership } from '../people/memberships.ts'
import type { ConsoleRoutes } from './console.ts'
import { consolePage, table } from './frame.ts'
import { visibleOrganisations } from './members.ts'
import { timeInChina } from './say.ts'
import { needs, type Visit, wholeHouse } from './visit.ts'

/** The figures above the list are those of a month. */
const figuresFor = 30 * 24 * 3600_000
const mostShown = 200

/** What people asked in vain, and how they liked the answers. */
export function addGapRoutes({ options: { store }, get }: ConsoleRoutes): void {
  get('/gaps', async (visit) => {
    needs(visit, 'gaps.view')
    const { say, actor, now } = visit
    const seesAll = can(actor, 'gaps.view', wholeHouse)
    const gaps = await listGaps(store.db, seesAll ? undefined : await accountsInReach(visit))
    const figures = seesAll ? await countAnswers(store.db, new Date(now.getTime() - figuresFor)) : null
    const header = ['question', 'times', 'askers', 'person', 'nearest', 'last'].map((key) =>
      say(`gaps.${key}`),
    )
    const rows = gaps
      .slice(0, mostShown)
      .map((gap) => [
        gap.question,
        String(gap.times),
        String(gap.askers),
        gap.wantsPerson ? html`<span class="tag waiting">${say('gaps.waiting')}</span>` : '',
        gap.nearest ? `${gap.nearest.document} ${gap.nearest.key}` : '',
        timeInChina(gap.lastAt),
      ])
    const body = html`<h1>${say('nav.gaps')}</h1>
<p class="lead">${say(seesAll ? 'gaps.lead' : 'gaps.lead-own')}</p>
${
  figures
    ? html`<dl class="figures" aria-label="${say('gaps.figures')}">${(
        ['answers', 'refused', 'up', 'down'] as const
      ).map((name) => html`<div><dt>${say(`gaps.figure.${name}`)}</dt><dd>${figures[name]}</dd></div>`)}</dl>`
    : ''
}
<section class="panel"><h2>${say('gaps.list', { count: gaps.length })}</h2>
${gaps.length === 0 ? html`<p class="empty">${say('gaps.none')}</p>` : table(say('nav.gaps'), header, rows)}
${gaps.length > mostShown ? html`<p class="small">${say('gaps.more', { most: mostShown })}</p>` : ''}
</section>`
    return consolePage(visit, { title: say('nav.gaps'), body, section: '/console/gaps' })
  })

  /** The accounts of those who stand today in an organisation whose gaps the visitor may see. */
  async function accountsInReach({ actor, today }: Visit): Promise<Set<string>> {
    const organisations = await visibleOrganisations(store.db, actor)
    const reached = new Set(
      organisations.filter(({ place }) => can(actor, 'gaps.view', place)).map(({ id }) => id),
    )
    const rows = await store.db
      .selectFrom('account')
      .innerJoin('membership', 'membership.person', 'account.person')
      .selectAll('membership')
      .select(['platform', 'installation', 'user_id'])
      .execute()
    return new Set(
      rows
        .filter((row) => reached.has(row.organisation) && isInForce(toMembership(row), today))
        .map(({ platform, installation, user_id: user }) => accountKey({ platform, installation, user })),
    )
  }
}
