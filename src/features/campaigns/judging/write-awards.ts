import type { Language } from '../../../chat/language.ts'
import { writeCertificates } from '../../../documents/certificates.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { awardTitle } from './award-cards.ts'
import { awardsOf, namesOf } from './judging-records.ts'

/** All certificates of a campaign as one PDF, in the order of awards and places; null: none was given yet. */
export async function writeAwards(
  db: Reads,
  campaign: Campaign,
  language: Language,
  now: Date,
): Promise<Uint8Array | null> {
  const { row } = campaign
  const given = (await awardsOf(db, row.id)).filter(({ certificate }) => certificate !== null)
  if (given.length === 0) return null
  const organisation = (await namesOf(db, 'organisation', [row.organisation])).get(row.organisation) ?? ''
  const certificates = given.map((award) => {
    // An entry's holder is kept as 张三《改进夹具》: the name and what it is given for stand apart on paper.
    const [, name = award.holder, work = ''] = /^(.+?)《(.*)》$/su.exec(award.holder) ?? []
    return {
      ...{ kind: award.organisation === null ? ('person' as const) : ('organisation' as const) },
      ...{ holder: name, work, campaign: row.title, organisation, number: award.certificate ?? '' },
      ...{ award: awardTitle(campaign, award.award, language) },
      day: dayInChina(new Date(row.ended_at ?? award.at)),
    }
  })
  return (await writeCertificates(certificates, language, now)).bytes
}
