import type { Block, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { actorOf } from '../../../people/actor.ts'
import { ancestorsOf, descendantsOf } from '../../../people/organisations.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { openRows, type Submission } from '../records.ts'
import { authorsOf, noticeCard, organisationName } from './post-notice.ts'

/** More would not fit a card. */
const mostNotices = 5
const mostAwards = 40

/** 公示 and 表彰名单: what everybody of the house may read, by whoever is signed in. */
export function publicCommands(context: SubmissionsContext): Command[] {
  const command = (
    words: Command['words'],
    card: (db: Reads, reader: Reader) => Promise<Card>,
    pattern?: RegExp,
  ): Command => ({
    words,
    ...(pattern ? { pattern } : {}),
    run: (turn: Turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const person = (await findPersonByAccount(trx, message.account))?.id ?? null
        const today = dayInChina(await context.store.now(trx))
        const reader = { person, today, language, text: message.text.normalize('NFKC') }
        await sayAlone(turn, say, await card(trx, reader))
      }),
  })
  return [
    command({ 'zh-CN': ['公示', '公示名单', '正在公示'], en: ['public notices'] }, (db, reader) =>
      noticesCard(db, context, reader),
    ),
    command(
      { 'zh-CN': ['表彰名单', '获奖名单'], en: ['awards', 'award list'] },
      (db, reader) => awardsCard(db, context, reader),
      /^\d{4}\s*年?(?:表彰|获奖)名单$/,
    ),
  ]
}

interface Reader {
  person: string | null
  today: string
  language: Language
  text: string
}

/** What is on public notice under the reader's root, each as it was published, with its button to object. */
async function noticesCard(db: Reads, context: SubmissionsContext, reader: Reader): Promise<Card> {
  const { person, today, language } = reader
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `review:notice.${key}`, values)
  if (person === null) return textCard(say('sign-in'))
  const places = await houseOf(db, person, today)
  const states = context.kinds.everyVersion().flatMap(({ kind, states: all, actions }) =>
    // States to which an action leads that posts what it publishes.
    Object.values(actions)
      .filter(({ does, to }) => does.includes('post') && typeof to === 'string' && all[to])
      .map(({ to }) => ({ kind, state: String(to) })),
  )
  if (states.length === 0 || places.length === 0) return textCard(say('none'))
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where((where) => where.or(states.map(({ kind, state }) => where.and({ kind, state }))))
    .where('organisation', 'in', places)
    .where('published', 'is not', null)
    .orderBy('since', 'desc')
    .execute()
  if (rows.length === 0) return textCard(say('none'))
  const submissions = await openRows(db, context, rows.slice(0, mostNotices))
  const blocks: Block[] = []
  for (const submission of submissions) {
    const { published, number, due_at } = submission.row
    const { blocks: own } = noticeCard(submission, published ?? '', language)
    blocks.push({ type: 'text', runs: [{ text: say('title', { number }), strong: true }] })
    if (due_at !== null)
      blocks.push({ type: 'note', text: say('until', { until: minuteInChina(new Date(due_at)) }) })
    blocks.push(...own.filter(({ type }) => type !== 'note'))
  }
  return { tone: 'info', title: say('running', { count: rows.length }), blocks }
}

/** A record that was given an award. */
export interface Awarded {
  submission: Submission
  /** Of the tier. */
  label: string
  /** As others may read them. */
  authors: string
  organisation: string
}

/**
 * What was given an award in a year, the highest tier first; those of a tier that is none of the kind's awards (不设奖)
 * are left out.
 * @param organisations Of the records; `all`: everywhere.
 */
export async function awardedIn(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  { year, organisations }: { year: number; organisations: readonly string[] | 'all' },
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
    .$if(organisations !== 'all', (query) => query.where('organisation', 'in', organisations as string[]))
    .orderBy('number')
    .execute()
  const found: (Awarded & { place: number })[] = []
  for (const submission of await openRows(db, context, rows)) {
    const { row, kind } = submission
    const place = kind.awards.findIndex(({ value }) => value === row.award)
    if (place < 0) continue
    found.push({
      ...{ submission, place, label: kind.awards[place]!.label[language] },
      authors: await authorsOf(db, submission, language),
      organisation: row.organisation === null ? '' : await organisationName(db, row.organisation),
    })
  }
  return found.sort((one, other) => one.place - other.place)
}

async function awardsCard(db: Reads, context: SubmissionsContext, reader: Reader): Promise<Card> {
  const { person, today, language } = reader
  const typed = /^\d{4}/.exec(reader.text.trim())?.[0]
  const year = Number(typed ?? today.slice(0, 4))
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `review:awards.${key}`, { year, ...values })
  if (person === null) return textCard(say('sign-in'))
  const organisations = await houseOf(db, person, today)
  const awarded = await awardedIn(db, context, { year, organisations }, language)
  if (awarded.length === 0) return textCard(say('none'))
  const blocks: Block[] = []
  const shown = awarded.slice(0, mostAwards)
  for (const [label, those] of Map.groupBy(shown, (one) => one.label)) {
    const items = those.map(({ submission: { row, subject }, authors, organisation }) => {
      const benefit = row.benefit === null || row.benefit === 0 ? '' : row.benefit.toLocaleString('en-US')
      // What a sealed record is about is for nobody to read here.
      const what = row.sealed === 1 ? '…' : subject
      const line = say('line', { number: row.number, subject: what, authors, organisation })
      return [{ text: line + (benefit === '' ? '' : say('benefit', { benefit })) }]
    })
    blocks.push({ type: 'text', runs: [{ text: label, strong: true }] }, { type: 'list', items })
  }
  const left = awarded.length - shown.length
  if (left > 0) blocks.push({ type: 'note', text: say('more', { count: left }) })
  return { tone: 'info', title: say('title', { count: awarded.length }), blocks }
}

/** All organisations of the roots under which somebody stands. */
async function houseOf(db: Reads, person: string, today: string): Promise<string[]> {
  const { grants } = await actorOf(db, person, today)
  const found = new Set<string>()
  for (const { organisation } of grants) {
    const root = (await ancestorsOf(db, organisation)).at(-1)?.id ?? organisation
    if (found.has(root)) continue
    found.add(root)
    for (const { id } of await descendantsOf(db, root)) found.add(id)
  }
  return [...found]
}
