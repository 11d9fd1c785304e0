import type { Language } from '../../../chat/language.ts'
import { writeList } from '../../../documents/list.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Campaign } from '../records.ts'
import { awardTitle } from './award-cards.ts'
import { awardsOf } from './judging-records.ts'

/** The awards of a campaign as a list to be printed (PDF); null: none was given yet. */
export async function listAwards(
  db: Reads,
  campaign: Campaign,
  language: Language,
  now: Date,
): Promise<Uint8Array | null> {
  const { id, title, number } = campaign.row
  const given = (await awardsOf(db, id)).filter(({ certificate }) => certificate !== null)
  if (given.length === 0) return null
  const say = (key: string, values: Record<string, string> = {}) => translate(language, key, values)
  const list = {
    ...{ title: say('documents:awards.title', { title }), subtitle: number, language },
    columns: [
      { title: say('documents:awards.award'), share: 2 },
      { title: say('documents:awards.holder'), share: 4 },
      { title: say('documents:awards.reason'), share: 3 },
      { title: say('documents:awards.certificate'), share: 2.5 },
    ],
    rows: given.map((one) => [
      ...[awardTitle(campaign, one.award, language), one.holder, one.reason, one.certificate ?? ''],
    ]),
  }
  return (await writeList(list, now)).bytes
}
