import { randomUUID } from 'node:crypto'
import { PlainError } from '../../messages/plain-error.ts'
import type { Trx } from '../../store/store.ts'
import type { CampaignTable } from '../../store/tables/campaigns.ts'
import { type Campaign, readCampaign } from './records.ts'

/** Who does it, and when; null: a timer. */
export interface Doing {
  by: string | null
  now: Date
}

/**
 * The campaign, kept from others until this transaction ends. Throws PlainError where there is none, or where it was
 * changed since `seen` was looked at; null: whatever it is.
 */
export async function lockCampaign(trx: Trx, id: string, seen: number | null = null): Promise<Campaign> {
  // The row is written, so that of two who press at the same moment the second waits for the first.
  await trx
    .updateTable('campaign')
    .set(({ ref }) => ({ revision: ref('revision') }))
    .where('id', '=', id)
    .execute()
  const campaign = await readCampaign(trx, id)
  if (!campaign) throw new PlainError('campaigns:gone')
  if (seen !== null && campaign.row.revision !== seen) {
    throw new PlainError('campaigns:changed-meanwhile', { number: campaign.row.number })
  }
  return campaign
}

/** Moves a campaign on, as a new revision; `set`: what else changes. */
export async function moveCampaign(
  trx: Trx,
  { row }: Campaign,
  set: Partial<Omit<CampaignTable, 'id' | 'number' | 'revision'>>,
): Promise<Campaign> {
  await trx
    .updateTable('campaign')
    .set({ ...set, revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  return (await readCampaign(trx, row.id))!
}

/** Writes down what was done. @param data What it was about, as texts. */
export async function noteHistory(
  trx: Trx,
  campaign: string,
  what: string,
  data: Readonly<Record<string, string>>,
  { by, now }: Doing,
): Promise<void> {
  await trx
    .insertInto('campaign_history')
    .values({ id: randomUUID(), campaign, what, data: JSON.stringify(data), by, at: now.toISOString() })
    .execute()
}
