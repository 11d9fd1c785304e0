import type { CampaignRow } from '../records.ts'

type State = CampaignRow['state']

/** What moves a campaign on. */
export type CampaignAct = 'open' | 'end-entries' | 'close' | 'cancel'

const ways: Readonly<Record<CampaignAct, Partial<Record<State, State>>>> = {
  open: { draft: 'open' },
  'end-entries': { open: 'reviewing' },
  close: { reviewing: 'closed', notice: 'closed' },
  cancel: { draft: 'cancelled', open: 'cancelled', reviewing: 'cancelled', notice: 'cancelled' },
}

/** Where it leads; null: it cannot be done as the campaign stands. */
export function stateAfter(state: State, act: CampaignAct): State | null {
  return ways[act][state] ?? null
}

/** Whether something may still take part. */
export function takesEntries(
  { state, starts_on, ends_on }: Pick<CampaignRow, 'state' | 'starts_on' | 'ends_on'>,
  day: string,
): boolean {
  // Entries may have been closed a moment ago: what was sent in on the last day is in time all the same.
  return (state === 'open' || state === 'reviewing') && starts_on <= day && day <= ends_on
}
