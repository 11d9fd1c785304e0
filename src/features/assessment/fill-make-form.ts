import type { OpenFormOptions } from '../../conversation/feature.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { listOrganisations } from '../../people/organisations.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import { campaignToAssess } from './of-campaign.ts'
import { readAssessment, subjectsOf } from './records.ts'
import type { Looker } from './show.ts'

/** Names a sheet that lies with the form itself. */
export const ownSheet = 'kept'
/** The sheet that is offered first for the organising of a campaign. */
const campaignSheet = 'campaign-organising'

/** How units are typed: by their name, where several have it by their path. */
async function typedUnits(db: Reads, ids: readonly string[]): Promise<string> {
  const all = await listOrganisations(db)
  const named = Map.groupBy(all, ({ name }) => name)
  return all
    .filter(({ id }) => ids.includes(id))
    .map(({ name, path }) => ((named.get(name)?.length ?? 0) > 1 ? path : name))
    .join('\n')
}

async function typedPeople(db: Reads, ids: readonly string[]): Promise<string> {
  const names = []
  for (const id of ids) names.push((await readPerson(db, id))?.name ?? '')
  return names.filter((name) => name !== '').join('、')
}

const pathOf = async (db: Reads, organisation: string) =>
  (await listOrganisations(db)).find(({ id }) => id === organisation)?.path ?? ''

/** The form filled in as a draft stands. Throws PlainError where it has begun. */
export async function filledByDraft(db: Reads, id: string): Promise<OpenFormOptions> {
  const { row, sheet, checkers } = await readAssessment(db, id)
  if (row.state !== 'draft') throw new PlainError('assessment:refused.begun', { number: row.number })
  const subjects = await subjectsOf(db, id)
  const people = subjects.flatMap((subject) => subject.row.person ?? [])
  return {
    context: { assessment: id, revision: String(row.revision), sheet: JSON.stringify(sheet) },
    values: {
      ...{ title: row.title, organisation: await pathOf(db, row.organisation), sheet: ownSheet },
      ...(sheet.for === 'person'
        ? { people: await typedPeople(db, people) }
        : {
            units: await typedUnits(
              db,
              subjects.map((subject) => subject.row.organisation),
            ),
          }),
      checkers: await typedPeople(db, checkers),
      ...{ from: row.starts_on, to: row.ends_on, fill: row.fill_until, check: row.check_until },
      notice: String(row.notice_days),
    },
  }
}

/** The form filled in for a campaign: its period, and the organisations that take part. */
export async function filledByCampaign(db: Reads, id: string, looker: Looker): Promise<OpenFormOptions> {
  const campaign = await campaignToAssess(db, id, looker)
  const title = translate(looker.language, 'assessment:campaign.title', { title: campaign.title })
  return {
    context: { campaign: campaign.id },
    values: {
      title: Array.from(title).slice(0, 60).join(''),
      ...{ organisation: await pathOf(db, campaign.organisation), sheet: campaignSheet },
      units: await typedUnits(db, campaign.units),
      ...{ from: campaign.startsOn, to: campaign.endsOn, notice: '5' },
    },
  }
}
