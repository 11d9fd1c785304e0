import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { type AwardRow, namesOf } from './judging-records.ts'
import { pointsOf } from './score.ts'
import { unitSum } from './unit-sums.ts'

/** An award as it is read: of two of the same name the unit tells which. */
export interface ShownAward extends AwardRow {
  /** Name of the unit of whom it honours; empty or none: a unit itself, or not known. */
  unit?: string
  /** Score and state, for whoever decides. */
  standing?: string
}

/** Awards with the units of whom they honour: of an entry its own, of a person that of their entry, else where they are today. */
export async function withUnits(
  db: Reads,
  { row }: Campaign,
  awards: readonly AwardRow[],
  now: Date,
): Promise<ShownAward[]> {
  const ofEntry = new Map<string, string | null>()
  const ofPerson = new Map<string, string | null>()
  const entries = () =>
    db
      .selectFrom('campaign_entry')
      .select(['submission', 'author', 'organisation'])
      .where('campaign', '=', row.id)
  for (const piece of inPieces(awards.flatMap(({ submission }) => submission ?? []))) {
    const found = await entries().where('submission', 'in', piece).execute()
    for (const { submission, organisation } of found) ofEntry.set(submission, organisation)
  }
  const people = awards.flatMap(({ person }) => person ?? [])
  for (const piece of inPieces(people)) {
    const found = await entries().where('author', 'in', piece).where('state', '=', 'in').execute()
    for (const { author, organisation } of found) ofPerson.set(author ?? '', organisation)
  }
  for (const person of people) {
    if (ofPerson.has(person)) continue
    const [membership] = await membershipsInForce(db, person, dayInChina(now))
    ofPerson.set(person, membership?.organisation ?? null)
  }
  const ids = [...ofEntry.values(), ...ofPerson.values()].flatMap((id) => id ?? [])
  const names = await namesOf(db, 'organisation', ids)
  return awards.map((award) => {
    const unit = award.submission === null ? ofPerson.get(award.person ?? '') : ofEntry.get(award.submission)
    return { ...award, unit: names.get(unit ?? '') ?? '' }
  })
}

/** 姓名（单位）, of an entry 姓名（单位）《题目》. */
export function holderText({ holder, unit = '' }: ShownAward, language: Language): string {
  if (unit === '') return holder
  const [, name = holder, work = ''] = /^(.+?)(《.*》)$/su.exec(holder) ?? []
  return `${translate(language, 'judging:awards.of-unit', { name, unit })}${work}`
}

/** Awards with score and state of the entries for which they are given; of a unit what its entries come to. */
export async function withStanding(
  db: Reads,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  awards: readonly ShownAward[],
  language: Language,
): Promise<ShownAward[]> {
  const { row } = campaign
  const shown: ShownAward[] = []
  for (const award of awards) {
    const { submission, person } = award
    if (submission === null && person === null) {
      const standing = await unitSum(db, campaign, award, language)
      shown.push({ ...award, standing })
      continue
    }
    const entries = await db
      .selectFrom('campaign_entry')
      .select(['submission', 'score'])
      .where('campaign', '=', row.id)
      .where('state', '=', 'in')
      .where(submission === null ? 'author' : 'submission', '=', submission ?? person)
      .orderBy('score', 'desc')
      .orderBy('submission')
      .limit(3)
      .execute()
    const records = await submissions.records(
      db,
      entries.map((one) => one.submission),
      language,
    )
    const lines = records.map(({ id, number, state }) => {
      const score = entries.find((one) => one.submission === id)?.score ?? null
      const key = score === null ? 'judging:awards.unscored' : 'judging:awards.scored'
      return translate(language, key, { number, state, points: pointsOf(score ?? 0) })
    })
    shown.push({ ...award, standing: lines.join(language === 'en' ? '; ' : '；') })
  }
  return shown
}
