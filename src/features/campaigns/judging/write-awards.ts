import type { DocumentBlock } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { handOver } from '../../../delivery/handed-files.ts'
import { type Certificate, writeCertificates } from '../../../documents/certificates.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { Campaign } from '../records.ts'
import { awardTitle } from './award-cards.ts'
import type { JudgingContext } from './context.ts'
import { awardsOf, namesOf } from './judging-records.ts'
import type { OwnCertificate } from './own-certificates.ts'

/** Certificates in one file: more would hold too much memory at a time. */
export const certificatesInFile = 500

/**
 * Certificates of a campaign as PDF, in the order of awards and places; null: there is no such part, or none was given yet.
 * @param part From 1: the first 500, the next 500.
 */
export async function writeAwards(
  db: Reads,
  campaign: Campaign,
  language: Language,
  now: Date,
  part = 1,
): Promise<Uint8Array | null> {
  const { row } = campaign
  const all = (await awardsOf(db, row.id)).filter(({ certificate }) => certificate !== null)
  const given = all.slice((part - 1) * certificatesInFile, part * certificatesInFile)
  if (given.length === 0) return null
  const organisation = (await namesOf(db, 'organisation', [row.organisation])).get(row.organisation) ?? ''
  const certificates = given.map((award) => certificateOf({ campaign, award }, organisation, language))
  return (await writeCertificates(certificates, language, now)).bytes
}

/** One certificate as a file that its holder keeps: the same bytes, and so one address, however often it is fetched. */
export async function handCertificate(
  trx: Trx,
  context: Pick<JudgingContext, 'blobs' | 'publicUrl'>,
  own: OwnCertificate,
  language: Language,
  now: Date,
): Promise<DocumentBlock> {
  const { row } = own.campaign
  const organisation = (await namesOf(trx, 'organisation', [row.organisation])).get(row.organisation) ?? ''
  const written = await writeCertificates(
    [certificateOf(own, organisation, language)],
    language,
    givenAt(own),
  )
  const file = { name: `${own.award.certificate}.pdf`, mediaType: 'application/pdf', bytes: written.bytes }
  return { type: 'document', ...(await handOver(trx, context, file, now)) }
}

function certificateOf(own: OwnCertificate, organisation: string, language: Language): Certificate {
  const { award, campaign } = own
  // An entry's holder is kept as 张三《改进夹具》: the name and what it is given for stand apart on paper.
  const [, name = award.holder, work = ''] = /^(.+?)《(.*)》$/su.exec(award.holder) ?? []
  return {
    ...{ kind: award.organisation === null ? ('person' as const) : ('organisation' as const) },
    ...{ holder: name, work, campaign: campaign.row.title, organisation, number: award.certificate ?? '' },
    ...{ award: awardTitle(campaign, award.award, language), day: dayInChina(givenAt(own)) },
  }
}

const givenAt = ({ campaign, award }: OwnCertificate) => new Date(campaign.row.ended_at ?? award.at)
