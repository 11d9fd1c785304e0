import { sql } from 'kysely'
import type { Button } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Mine, MyItem, Whose } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { CampaignRow } from '../records.ts'
import { objectionsOf, readJudging } from './judging-records.ts'
import { shortLine } from './review-cards.ts'

const mostItems = 5
/** More campaigns than run at a time anywhere. */
const mostLookedAt = 50

/** The one thing that somebody is to do next about a campaign. */
interface NextStep {
  what:
    | 'open'
    | 'close'
    | 'name-reviewers'
    | 'deal'
    | 'end-reviewing'
    | 'propose'
    | 'notice'
    | 'settle'
    | 'confirm'
  action: string
  /** Of its button, beside the campaign. */
  value?: Record<string, string>
}

/** What organisers and deciders have to do next, campaign by campaign, for 我的: what nobody does stands still. */
export async function listNextSteps({ db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const today = dayInChina(now)
  const made = new Set((await reachOfPerson(db, person, ['campaign.make'], today)).organisations)
  const decided = new Set((await reachOfPerson(db, person, ['campaign.decide'], today)).organisations)
  if (made.size + decided.size === 0) return []
  const rows = await db
    .selectFrom('campaign')
    .selectAll()
    .where('state', 'in', ['draft', 'reviewing', 'notice'])
    .orderBy('ends_on')
    .orderBy('id')
    .limit(mostLookedAt)
    .execute()
  const items: MyItem[] = []
  for (const row of rows) {
    // A draft is its maker's own affair; awards on notice are settled by whoever decides.
    const isTheirs = row.state === 'notice' ? decided.has(row.organisation) : made.has(row.organisation)
    if (!isTheirs || (row.state === 'draft' && row.made_by !== person)) continue
    const step = await nextStep(db, row, now)
    if (step) items.push(itemOf(row, step, language))
  }
  if (items.length === 0) return []
  return [
    {
      ...{ kind: 'to-do', title: translate(language, 'judging:next.title'), count: items.length },
      ...{ items: items.slice(0, mostItems), more: translate(language, 'judging:next.more') },
    },
  ]
}

function itemOf(
  { id, number, title }: CampaignRow,
  { what, action, value }: NextStep,
  language: Language,
): MyItem {
  const button: Button = {
    label: translate(language, `judging:next.do-${what}`),
    ...{ action: `campaigns.${action}`, value: { ...value, campaign: id }, opens: 'beside' },
  }
  return {
    title: `${number} ${shortLine(title, 60)}`,
    state: translate(language, `judging:next.${what}`),
    buttons: [button],
  }
}

/** Null: it runs, or others are at it. */
async function nextStep(db: Reads, row: CampaignRow, now: Date): Promise<NextStep | null> {
  if (row.state === 'draft') return { what: 'open', action: 'show' }
  const judging = await readJudging(db, row.id)
  if (row.state === 'notice') {
    const open = (await objectionsOf(db, row.id)).find(({ state }) => state === 'open')
    if (open) return { what: 'settle', action: 'settle-objection', value: { objection: open.id } }
    const isOver = (judging?.notice_until ?? '') <= now.toISOString()
    return isOver ? { what: 'confirm', action: 'confirm-awards' } : null
  }
  if (judging?.ended_at != null) {
    const proposed = await any(db, 'campaign_award', row.id)
    return { what: proposed ? 'notice' : 'propose', action: 'list-awards' }
  }
  if (!(await any(db, 'campaign_entry', row.id, 'in'))) return { what: 'close', action: 'close' }
  if (!(await any(db, 'campaign_reviewer', row.id, 'in')))
    return { what: 'name-reviewers', action: 'name-reviewers' }
  if (await any(db, 'campaign_review', row.id, 'asked')) return null
  return (await any(db, 'campaign_review', row.id, 'given'))
    ? { what: 'end-reviewing', action: 'end-reviewing' }
    : { what: 'deal', action: 'deal' }
}

type Listed = 'campaign_award' | 'campaign_entry' | 'campaign_reviewer' | 'campaign_review'

/** Whether a campaign has any such row, in a state where one is named. */
async function any(db: Reads, table: Listed, campaign: string, state?: string): Promise<boolean> {
  const row = await db
    .selectFrom(table)
    .select('campaign')
    .where('campaign', '=', campaign)
    .$if(state !== undefined, (query) => query.where(sql.ref('state'), '=', state))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
