import { type Block, type Card, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import type { Click } from '../../conversation/feature.ts'
import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../people/people.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { headline } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { changedFields } from './edit-content.ts'
import { fundWords } from './funds.ts'
import { coAuthorLines, mergeLines } from './history-beside.ts'
import { type Part, replay } from './life/life.ts'
import { readSubmission, type Submission } from './records.ts'
import { partOfAccount, seesAll } from './relations.ts'
import { reviewWordsThen } from './review/score-card.ts'
import { readingSide, sealedCard, unsealed } from './sealed.ts'
import { authorName, labelled, readableFields, toldWords } from './texts.ts'

/** One thing that was done to a record, as somebody may read it. */
export interface HistoryLine {
  at: string
  /** When, who, what, from and to, on one line. */
  text: string
  /** What was said with it; empty where nothing was, or where it is not for whoever reads. */
  words: string
}

/** On the record itself only these many stand; the rest is behind a button. */
const shortened = 3
/** More would not fit a card. */
const mostOnCard = 20
const longestWords = 500

/** How much of it somebody may read: `told` is what the authors were told, without what was said among handlers. */
type View = 'all' | 'told'

/** Authors and whoever is put forward, also those who handle their own, and reviewers read what authors read; colleagues nothing (null). */
export function historyViewOf(part: Part): View | null {
  if (!seesAll(part)) return null
  if (part.as.some((as) => as === 'author' || as === 'co-author' || as === 'nominee')) return 'told'
  return part.as.some((as) => as !== 'reviewer' && as !== 'colleague') ? 'all' : 'told'
}

/**
 * All that was done to a record and said about it, first to last.
 * @param reader For how the author is called. Default: anybody.
 */
export async function historyOf(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  view: View,
  language: Language,
  reader: Pick<Part, 'as'> = { as: [] },
): Promise<HistoryLine[]> {
  const rows = await db
    .selectFrom('submission_history')
    .selectAll()
    .where('submission', '=', submission.row.id)
    .orderBy('revision')
    .execute()
  const lines: HistoryLine[] = []
  for (const row of rows) {
    const line = await historyLine(db, context, submission, row, { view, reader }, language)
    if (line) lines.push(line)
  }
  lines.push(...(await commentLines(db, context, submission, language, reader)))
  lines.push(
    ...(await coAuthorLines(db, submission, language)),
    ...(await mergeLines(db, submission, language)),
  )
  return lines.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** The last of it for the record's own card, with a way to the whole. */
export async function historyBlocks(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  part: Part,
  language: Language,
): Promise<Block[]> {
  const view = historyViewOf(part)
  if (view === null) return []
  const lines = await historyOf(db, context, submission, view, language, part)
  return [
    { type: 'divider' },
    { type: 'text', runs: [{ text: translate(language, 'submissions:history.title'), strong: true }] },
    ...lines.slice(-shortened).flatMap((line) => lineBlocks(line, 120)),
    ...(lines.length > shortened
      ? [{ type: 'buttons' as const, buttons: [wholeButton(submission, lines.length, language)] }]
      : []),
  ]
}

/**
 * What was said with the last that was done, for whoever must act on it: what is asked of them, what was found, why it
 * came back. Nothing for those who read no more than authors do: those are told it in words of their own.
 */
export async function lastSaidBlocks(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  part: Part,
  language: Language,
): Promise<Block[]> {
  const view = historyViewOf(part)
  if (view !== 'all') return []
  const last = await db
    .selectFrom('submission_history')
    .selectAll()
    .where('submission', '=', submission.row.id)
    .where('revision', '=', submission.row.revision)
    .executeTakeFirst()
  const line = last && (await historyLine(db, context, submission, last, { view, reader: part }, language))
  return line && line.words !== '' ? lineBlocks(line, longestWords) : []
}

/** 办理经过, the latest page first; earlier ones behind a button. */
export async function showHistory(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const part = await partOfAccount(trx, submission, { account: action.account, person }, dayInChina(now))
  const view = historyViewOf(part)
  if (view === null) throw new PlainError('submissions:gone')
  const lines = await historyOf(trx, context, submission, view, language, part)
  const typed = Number(action.value.until)
  const until = Number.isInteger(typed) && typed > 0 ? Math.min(typed, lines.length) : lines.length
  const from = Math.max(0, until - mostOnCard)
  const blocks = lines.slice(from, until).flatMap((line) => lineBlocks(line, longestWords))
  if (view === 'all' && !(await hangsTogether(trx, submission))) {
    blocks.unshift({ type: 'note', text: translate(language, 'submissions:history.broken') })
  }
  if (from > 0) {
    blocks.push({ type: 'buttons', buttons: [wholeButton(submission, from, language, 'earlier')] })
  }
  const title = translate(language, 'submissions:history.of', { number: submission.row.number })
  const card: Card = {
    tone: 'info',
    title,
    blocks: [{ type: 'note', text: headline(submission, language) }, ...blocks],
  }
  const beside = await sealedCard(trx, context, submission.row, card, language, readingSide(part))
  return { beside, besideAlone: action.group ?? false }
}

/** Whether what was done leads to the state in which the record is; what was imported began elsewhere. */
async function hangsTogether(db: Reads, { row, kind }: Submission): Promise<boolean> {
  const rows = await db
    .selectFrom('submission_history')
    .select(['action', 'from_state', 'to_state'])
    .where('submission', '=', row.id)
    .orderBy('revision')
    .execute()
  return row.origin === 'import' || replay(kind, rows) === row.state
}

function wholeButton(
  { row }: Submission,
  until: number,
  language: Language,
  which: 'whole' | 'earlier' = 'whole',
) {
  return {
    label: translate(language, `submissions:history.${which}`, { count: until }),
    action: 'submissions.history',
    value: { submission: row.id, until: String(until) },
    opens: 'beside' as const,
  }
}

function lineBlocks({ text, words }: HistoryLine, most: number): Block[] {
  const letters = Array.from(words)
  const shown = letters.length <= most ? words : `${letters.slice(0, most).join('')}……`
  return [{ type: 'note', text }, ...(shown === '' ? [] : [{ type: 'text' as const, runs: plain(shown) }])]
}

interface Entry {
  revision: number
  action: string
  from_state: string
  to_state: string
  by: string | null
  part: string
  input: string
  at: string
}

async function historyLine(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  { revision, action: name, from_state, to_state, by, part, input, at }: Entry,
  { view, reader }: { view: View; reader: Pick<Part, 'as'> },
  language: Language,
): Promise<HistoryLine | null> {
  const { row, kind } = submission
  const action = Object.hasOwn(kind.actions, name) ? kind.actions[name] : undefined
  const kept = await unsealed(db, context, row, `history ${revision}`, input)
  const values = kept === '' ? {} : (JSON.parse(kept) as FormValues)
  const title = (state: string) => kind.states[state]?.title[language] ?? state
  const isMoved = from_state !== to_state
  const doer = by === null ? null : await readPerson(db, by)
  let words = ''
  if (view === 'told') {
    const more = { by: doer?.name ?? '', ...reviewWordsThen(values), ...fundWords(submission) }
    words = action && kept !== '' ? await toldWords(db, action, values, language, more) : ''
    // What moved nothing and was not told is among those who handle it, but what authors do themselves.
    if (!isMoved && words === '' && part !== 'author' && part !== 'co-author') return null
  } else {
    const lines = await readableFields(db, action?.fields ?? [], values, language)
    words = lines.map(({ label, value }) => labelled(label, language) + value).join('\n')
  }
  const changed = changedFields(submission, values).map(({ label }) => label[language])
  if (changed.length > 0) {
    const fields = changed.join(language === 'en' ? ', ' : '、')
    words = [translate(language, 'submissions:history.changed', { fields }), words].filter(Boolean).join('\n')
  }
  const said = {
    at: minuteInChina(new Date(at)),
    who: await whoOf(db, submission, { revision, by, part, view, reader }, language),
    what:
      action?.title[language] ??
      translate(language, `submissions:history.${name === 'import' ? 'imported' : 'sent-in'}`),
    from: title(from_state),
    to: title(to_state),
  }
  const key = isMoved && from_state !== '' ? 'moved' : 'done'
  return { at, text: translate(language, `submissions:history.${key}`, said), words }
}

/** A name with the part in which it was done; of whoever is hidden what stands for them, of reviewers nothing to authors. */
async function whoOf(
  db: Reads,
  submission: Submission,
  {
    revision,
    by,
    part,
    view,
    reader,
  }: Pick<Entry, 'revision' | 'by' | 'part'> & { view: View; reader: Pick<Part, 'as'> },
  language: Language,
): Promise<string> {
  const title = translate(language, `submissions:part.${part}`)
  if (part === 'author') {
    const name = authorName(submission, language, reader)
    const { author, row } = submission
    const isEntered = revision === 1 && by !== null && by === row.entered_by && by !== author?.person
    if (!isEntered) return name
    return translate(language, 'submissions:history.entered', { name, by: await nameOf(db, by) })
  }
  // Who scored it or objected to it is not for those whose it is.
  const isKeptBack = view === 'told' && (part === 'reviewer' || part === 'colleague')
  if (by === null || isKeptBack) return title
  const name = await nameOf(db, by)
  return name === '' ? title : translate(language, 'submissions:history.who', { name, part: title })
}

async function commentLines(
  db: Reads,
  context: SubmissionsContext,
  submission: Submission,
  language: Language,
  reader: Pick<Part, 'as'>,
): Promise<HistoryLine[]> {
  const comments = await db
    .selectFrom('submission_comment')
    .selectAll()
    .where('submission', '=', submission.row.id)
    .orderBy('at')
    .execute()
  const lines: HistoryLine[] = []
  for (const { id, part, person, text, at } of comments) {
    const who =
      part === 'author' && (person === null || person === submission.author?.person)
        ? authorName(submission, language, reader)
        : ((person === null ? null : await readPerson(db, person))?.name ?? '')
    const said = { at: minuteInChina(new Date(at)), who }
    lines.push({
      at,
      text: translate(language, 'submissions:history.comment', said),
      words: await unsealed(db, context, submission.row, `comment ${id}`, text),
    })
  }
  return lines
}

async function nameOf(db: Reads, person: string): Promise<string> {
  return (await readPerson(db, person))?.name ?? ''
}
