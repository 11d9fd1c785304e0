import { listOrganisations } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Day } from '../../timers/calendar/day.ts'
import type { ComparingPort } from '../submissions/port.ts'
import { lookerOf, maySee } from './access.ts'
import { unitsOf } from './making/standing.ts'
import { findCampaign, readCampaign } from './records.ts'

/** A campaign whose organising is assessed (考核评估). */
export interface AssessedCampaign {
  id: string
  number: string
  title: string
  organisation: string
  /** Neither a draft nor cancelled. */
  isHeld: boolean
  startsOn: Day
  endsOn: Day
  /** Ids of the organisations that are compared in it: those that take part, of a single one its parts. */
  units: readonly string[]
}

/** By id or number; null: there is none. */
export async function readAssessedCampaign(db: Reads, idOrNumber: string): Promise<AssessedCampaign | null> {
  const campaign = (await readCampaign(db, idOrNumber)) ?? (await findCampaign(db, idOrNumber))
  if (!campaign) return null
  const { row, organisations } = campaign
  const units = unitsOf(await listOrganisations(db), organisations)
  return {
    ...{ id: row.id, number: row.number, title: row.title, organisation: row.organisation },
    isHeld: row.state !== 'draft' && row.state !== 'cancelled',
    ...{ startsOn: row.starts_on, endsOn: row.ends_on },
    units: units.filter(({ own }) => !own).map(({ id }) => id),
  }
}

/** Whether somebody may see a campaign. */
export async function maySeeCampaign(db: Reads, person: string, id: string, now: Date): Promise<boolean> {
  const campaign = await readCampaign(db, id)
  return campaign !== null && maySee(db, await lookerOf(db, person, now), campaign)
}

/** Something that takes part in a campaign, and what became of it. */
export interface EnteredRecord {
  number: string
  subject: string
  kind: string
  adopted: boolean
  /** 元 a year, as confirmed; 0: nothing was. */
  benefit: number
  /** Id; null: a guest's. */
  author: string | null
}

/** What takes part in a campaign from some organisations, by number; sealed and erased records never do. */
export async function entriesOfUnits(
  db: Reads,
  submissions: Pick<ComparingPort, 'records' | 'figures'>,
  campaign: string,
  organisations: readonly string[],
): Promise<EnteredRecord[]> {
  const found: EnteredRecord[] = []
  for (const piece of inPieces(organisations)) {
    const entries = db
      .selectFrom('campaign_entry')
      .where('campaign', '=', campaign)
      .where('state', '=', 'in')
      .where('organisation', 'in', piece)
    const rows = await entries.select('submission').orderBy('submission').execute()
    if (rows.length === 0) continue
    const compared = entries.select(['submission', 'submission as part']).as('compared')
    const figures = await submissions.figures(db, compared)
    for (const ids of inPieces(rows.map(({ submission }) => submission))) {
      for (const one of await submissions.records(db, ids, 'zh-CN')) {
        const { adopted = 0, benefit = 0 } = figures.get(one.id) ?? {}
        const { number, subject, kind, people } = one
        found.push({ number, subject, kind, adopted: adopted > 0, benefit, author: people[0] ?? null })
      }
    }
  }
  return found.sort((a, b) => (a.number < b.number ? -1 : 1))
}
