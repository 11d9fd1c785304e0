import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { readHeads } from '../../../knowledge/library/stored-versions.ts'
import { versionInForce } from '../../../knowledge/library/versions.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { chatsOf } from '../../../people/chats.ts'
import type { Trx } from '../../../store/store.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { type Doing, lockCampaign, noteHistory } from '../history.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { membersOf, withAllBelow } from './audience.ts'
import type { CampaignDraft } from './draft.ts'

/** Keeps a checked draft; gives the campaign, which nobody has heard of yet. */
export async function createCampaign(trx: Trx, draft: CampaignDraft, doing: Doing): Promise<Campaign> {
  const id = randomUUID()
  const number = await nextNumber(trx, 'JB', yearOf(dayInChina(doing.now)))
  await trx
    .insertInto('campaign')
    .values({
      ...{ id, number, state: 'draft', revision: 1, review_until: null },
      ...(await columnsOf(trx, draft)),
      ...{ made_by: doing.by, made_at: doing.now.toISOString(), opened_at: null, ended_at: null },
    })
    .execute()
  await keepOrganisations(trx, id, draft.organisations)
  await noteHistory(trx, id, 'made', {}, doing)
  return (await readCampaign(trx, id))!
}

/** Keeps another draft in place of one. Throws PlainError where it was opened or changed meanwhile. */
export async function changeDraft(
  trx: Trx,
  { id, seen }: { id: string; seen: number | null },
  draft: CampaignDraft,
  doing: Doing,
): Promise<Campaign> {
  const { row } = await lockCampaign(trx, id, seen)
  if (row.state !== 'draft') throw new PlainError('campaigns:not-now', { number: row.number })
  await trx
    .updateTable('campaign')
    .set({ ...(await columnsOf(trx, draft)), revision: row.revision + 1 })
    .where('id', '=', id)
    .execute()
  await keepOrganisations(trx, id, draft.organisations)
  await noteHistory(trx, id, 'draft-changed', {}, doing)
  return (await readCampaign(trx, id))!
}

async function columnsOf(trx: Trx, draft: CampaignDraft) {
  const audience = draft.tellsMembers
    ? {
        chats: await chatsOf(trx, await withAllBelow(trx, draft.organisations)),
        people: [],
        members: membersOf(draft.organisations),
      }
    : null
  return {
    ...{ title: draft.title, form: draft.form, organisation: draft.organisation, purpose: draft.purpose },
    rules_document: draft.rulesDocument?.document ?? null,
    rules_version: draft.rulesDocument?.version ?? null,
    ...{ rules_text: draft.rulesText, starts_on: draft.startsOn, ends_on: draft.endsOn },
    ...{ kinds: JSON.stringify(draft.kinds), rubric: JSON.stringify(draft.rubric) },
    blind: draft.blind ? (1 as const) : (0 as const),
    ...{ reviewers_each: draft.reviewersEach, awards: JSON.stringify(draft.awards) },
    audience: audience && JSON.stringify(audience),
  }
}

/** Which organisations take part, in place of those before. */
export async function keepOrganisations(
  trx: Trx,
  campaign: string,
  organisations: readonly string[],
): Promise<void> {
  await trx.deleteFrom('campaign_organisation').where('campaign', '=', campaign).execute()
  await trx
    .insertInto('campaign_organisation')
    .values([...new Set(organisations)].map((organisation) => ({ campaign, organisation })))
    .execute()
}

/**
 * The version of a document that holds on a day. Throws PlainError where the library has none by that name or title.
 * @param given Such as 《讲比活动管理办法》.
 */
export async function rulesNamed(
  trx: Trx,
  given: string,
  day: string,
): Promise<{ document: string; version: number; title: string }> {
  const wanted = given.trim().replace(/^《(.*)》$/u, '$1')
  const heads = await readHeads(trx)
  const named = heads.filter(({ document, title }) => document === wanted || title === wanted)
  const held = versionInForce(named, day)
  if (!held) throw new PlainError('campaigns:problem.no-document', { name: wanted.slice(0, 60) })
  return { document: held.document, version: held.version, title: held.title }
}
