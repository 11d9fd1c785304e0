import { html } from 'hono/html'
import { mayReadEntries } from '../../features/campaigns/judging/access.ts'
import { awardTitle } from '../../features/campaigns/judging/award-cards.ts'
import { awardsOf, reviewerFigures } from '../../features/campaigns/judging/judging-records.ts'
import { lackingLine } from '../../features/campaigns/judging/lacking-characters.ts'
import { listAwards } from '../../features/campaigns/judging/list-awards.ts'
import { readRankingWindow } from '../../features/campaigns/judging/read-ranking.ts'
import { pointsOf } from '../../features/campaigns/judging/score.ts'
import { certificatesInFile, writeAwards } from '../../features/campaigns/judging/write-awards.ts'
import { type Campaign, readCampaign } from '../../features/campaigns/records.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type KeyOf, translate } from '../../messages/translate.ts'
import { sendWhole } from '../download.ts'
import { consolePage, table } from '../frame.ts'
import type { ConsoleRoutes } from '../routes.ts'
import { idIn, needs, type Visit } from '../visit.ts'

const section = '/console/campaigns'
const mostLines = 200

type PageKey =
  Extract<KeyOf<'campaign-pages'>, `judging.${string}`> extends `judging.${infer Rest}` ? Rest : never

/** How a campaign is judged: who has how many reviews open, the ranking, the awards, all certificates as one PDF. */
export function addJudgingRoutes({ options, get }: ConsoleRoutes): void {
  const { store, campaigns } = options
  const { submissions } = campaigns.campaigns

  /** Throws PlainError, a 404 page, for who does not run it, or reviews it blind. */
  async function visible(visit: Visit): Promise<Campaign> {
    needs(visit, 'campaign.view')
    const campaign = await readCampaign(store.db, idIn(visit, 'id'))
    const who = { person: visit.who.id, now: await store.now() }
    if (!campaign || !(await mayReadEntries(store.db, campaign, who))) {
      throw new PlainError('console:no-such-record')
    }
    return campaign
  }

  for (const [name, write] of [
    ['certificates', writeAwards],
    ['awards', listAwards],
  ] as const) {
    get(`/campaigns/:id/${name}.pdf`, async (visit) => {
      const campaign = await visible(visit)
      const asked = Number(visit.context.req.query('part') ?? 1)
      const part = Number.isInteger(asked) && asked > 0 ? asked : 1
      const bytes = await write(store.db, campaign, visit.language, await store.now(), part)
      if (!bytes) throw new PlainError('console:no-such-record')
      const file = `${campaign.row.number}-${name}${part > 1 ? `-${part}` : ''}.pdf`
      return sendWhole(visit, { bytes, name: file, type: 'application/pdf' })
    })
  }

  get('/campaigns/:id/judging', async (visit) => {
    const campaign = await visible(visit)
    const { id, title } = campaign.row
    const say = (key: PageKey) => translate(visit.language, `campaign-pages:judging.${key}`)
    const window = { from: 0, count: mostLines }
    const { placed: shown } = await readRankingWindow(store.db, campaign, window)
    const records = await submissions.records(
      store.db,
      shown.map(({ entry }) => entry.submission),
      visit.language,
    )
    const names = new Map(records.map((record) => [record.id, `${record.number} ${record.subject}`]))
    const reviewers = (await reviewerFigures(store.db, id)).map((one) => [
      one.name,
      ...[one.open, one.given, one.declined].map(String),
    ])
    const ranking = shown.map(({ entry, place }) => [
      ...[String(place), names.get(entry.submission) ?? '', String(pointsOf(entry.score ?? 0))],
      `${entry.given}/${entry.asked}`,
    ])
    const rows = await awardsOf(store.db, id)
    const lacking = lackingLine(rows, visit.language)
    const awards = rows.map((one) => [
      ...[awardTitle(campaign, one.award, visit.language), String(one.place), one.holder, one.reason],
      one.certificate ?? '',
    ])
    const panel = (name: PageKey, header: PageKey[], rows: string[][]) =>
      html`<section class="panel lines"><h2>${say(name)}</h2>${
        rows.length === 0
          ? html`<p class="empty">${say('none')}</p>`
          : table(say(name), header.map(say), rows)
      }</section>`
    const given = awards.filter((row) => row.at(-1) !== '').length
    const parts = Math.ceil(given / certificatesInFile)
    const links = Array.from({ length: parts }, (_, at) => {
      const name = parts === 1 ? say('download') : `${say('download')} ${at + 1}/${parts}`
      return html`<a class="button" href="${section}/${id}/certificates.pdf?part=${at + 1}" download>${name}</a> `
    })
    const body = html`<p class="crumbs"><a href="${section}/${id}">${title}</a></p><h1>${say('title')}</h1>
${panel('reviewers', ['reviewer', 'open', 'given', 'declined'], reviewers)}
${panel('ranking', ['place', 'entry', 'points', 'reviews'], ranking)}
${panel('awards', ['award', 'place', 'holder', 'reason', 'certificate'], awards)}
${lacking === '' ? '' : html`<p class="hint">${lacking}</p>`}
${given > 0 ? html`<p class="actions">${links}<a class="button" href="${section}/${id}/awards.pdf" download>${translate(visit.language, 'documents:awards.download')}</a></p>` : ''}`
    return consolePage(visit, { title: say('title'), body, section })
  })
}
