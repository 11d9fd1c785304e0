import type { Block, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { actorOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { openRow, type SubmissionRow } from '../records.ts'
import type { ListReader } from './list-reader.ts'
import { authorsOf, organisationName } from './post-notice.ts'

/** More would not fit a card. */
const mostAwards = 40

/** A record that was given an award. */
interface Awarded {
  row: SubmissionRow
  /** Of the tier among the kind's, from 0, the highest. */
  place: number
  /** Of the tier. */
  label: string
}

/**
 * What was given an award in a year, the highest tier first; those of a tier that is none of the kind's awards (不设奖)
 * are left out.
 * @param organisations Of the records.
 */
async function awardedIn(
  db: Reads,
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  { year, organisations }: { year: number; organisations: readonly string[] },
  language: Language,
): Promise<Awarded[]> {
  if (organisations.length === 0) return []
  // Years of China.
  const [first, last] = [year, year + 1].map((one) => new Date(`${one}-01-01T00:00:00+08:00`).toISOString())
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where('award', 'is not', null)
    .where('closed_at', '>=', first!)
    .where('closed_at', '<', last!)
    .where('organisation', 'in', organisations)
    .orderBy('number')
    .execute()
  const found = rows.flatMap((row) => {
    const { awards } = kinds.of(row)
    const place = awards.findIndex(({ value }) => value === row.award)
    return place < 0 ? [] : [{ row, place, label: awards[place]!.label[language] }]
  })
  return found.sort((one, other) => one.place - other.place)
}

/** One line of the list, without what a sealed record is about. */
async function awardLine(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  { row }: Awarded,
  language: Language,
): Promise<string> {
  const submission = await openRow(db, context, row)
  const line = translate(language, 'review:awards.line', {
    number: row.number,
    subject: row.sealed === 1 ? '…' : submission.subject,
    authors: await authorsOf(db, submission, language),
    organisation: row.organisation === null ? '' : await organisationName(db, row.organisation),
  })
  if (row.benefit === null || row.benefit === 0) return line
  return line + translate(language, 'review:awards.benefit', { benefit: row.benefit.toLocaleString('en-US') })
}

export async function awardsCard(db: Reads, context: SubmissionsContext, reader: ListReader): Promise<Card> {
  const { person, today, language } = reader
  const typed = /\d{4}/.exec(reader.text)?.[0]
  const year = Number(typed ?? today.slice(0, 4))
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `review:awards.${key}`, { year, ...values })
  if (person === null) return textCard(say('sign-in'))
  const organisations = await houseOfPerson(db, person, today)
  const awarded = await awardedIn(db, context, { year, organisations }, language)
  if (awarded.length === 0) return textCard(say('none'))
  const blocks: Block[] = []
  const shown = awarded.slice(0, mostAwards)
  for (const [label, those] of Map.groupBy(shown, (one) => one.label)) {
    const items: { text: string }[][] = []
    for (const one of those) items.push([{ text: await awardLine(db, context, one, language) }])
    blocks.push({ type: 'text', runs: [{ text: label, strong: true }] }, { type: 'list', items })
  }
  const left = awarded.length - shown.length
  if (left > 0) blocks.push({ type: 'note', text: say('more', { count: left }) })
  const actor = await actorOf(db, person, today)
  if (actor.grants.some(({ organisation }) => can(actor, 'submission.view', { path: [organisation] }))) {
    const url = `${context.publicUrl()}/console/awards?year=${year}`
    blocks.push({ type: 'link', label: say('page'), url })
  }
  return { tone: 'info', title: say('title', { count: awarded.length }), blocks }
}
