import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { type Reads, readPerson } from '../../people/people.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { isByDay } from './clocks.ts'
import { whoseLines } from './collect/whose.ts'
import type { KindAction } from './definition/schema.ts'
import { columnTitle } from './ledger/columns.ts'
import type { Part, PossibleAction } from './life/life.ts'
import type { Submission } from './records.ts'
import { seesAll, sideOf } from './relations.ts'
import {
  coAuthorButtons,
  coAuthorsLine,
  isAskedAsCoAuthor,
  maySecond,
  secondButton,
  secondsOf,
} from './support.ts'
import { authorName, labelled, readableFields, stateTitle, varietyTitle } from './texts.ts'

/** Beyond this a field is cut on a card; the whole of it stands behind 查看全文. */
const longestShown = 300
/** The most buttons that lead on from one card. */
const mostButtons = 6

interface RecordCardOptions {
  /** Stands above everything. */
  lead?: string
  /** Of whoever reads it: for the buttons that are none of the kind's. Default: none of these. */
  part?: Part
  /** Who reads it, for how the author is called. Default: `part`. */
  reader?: Pick<Part, 'as'>
  /** Below what was filled in. */
  more?: readonly Block[]
  whole?: boolean
}

export function textCard(text: string, title?: string): Card {
  return { tone: 'info', ...(title ? { title } : {}), blocks: [{ type: 'text', runs: plain(text) }] }
}

/** Number, kind and subject on one line. */
export function headline(submission: Submission, language: Language): string {
  const { row, kind, subject } = submission
  if (subject === '') return bareHeadline(submission, language)
  const what = varietyTitle(kind, row.variety, language)
  return translate(language, 'submissions:card.headline', { number: row.number, what, subject })
}

/** The same as somebody may read it: of a sealed record not what it is about, unless they work on it. */
export function headlineFor(submission: Submission, reader: Part, language: Language): string {
  const isBare = submission.row.sealed === 1 && !seesAll(reader)
  return isBare ? bareHeadline(submission, language) : headline(submission, language)
}

/** As `headline`, without what it is about. */
function bareHeadline({ row, kind }: Pick<Submission, 'row' | 'kind'>, language: Language): string {
  const what = varietyTitle(kind, row.variety, language)
  return translate(language, 'seal:headline', { number: row.number, what })
}

/** State, and until when something is expected; or until when it stays so by itself. */
export function stateLine(submission: Submission, language: Language): string {
  const { row, kind } = submission
  const state = stateTitle(submission, language)
  const due = dueDay(submission)
  if (due === null) return state
  const { waitsFor, clock } = kind.states[row.state] ?? {}
  const key = clock && !waitsFor ? 'state-until' : 'state-due'
  return translate(language, `submissions:card.${key}`, { state, due })
}

/** The day of China by which something is expected, `YYYY-MM-DD`; null: none. Where a day was set, it ends with that day. */
export function dueDay({ row, kind }: Pick<Submission, 'row' | 'kind'>): string | null {
  if (row.due_at === null) return null
  const state = kind.states[row.state]
  const endsThatDay = state?.clock !== undefined && !('after' in state.clock)
  return (
    (endsThatDay || (state && isByDay(state)) ? row.due_day : null) ??
    minuteInChina(new Date(row.due_at)).slice(0, 10)
  )
}

/** What was filled in, shortened, with a way to the whole of it. */
export async function contentBlocks(
  db: Reads,
  submission: Submission,
  language: Language,
  { whole = false }: { whole?: boolean } = {},
): Promise<Block[]> {
  const { kind, values, row } = submission
  const fields = kind.pages
    .flatMap((page) => page.fields)
    // Co-authors stand on a line of their own, with who of them has confirmed.
    .filter(({ name, sets }) => name !== kind.subject && (sets !== 'co-authors' || row.sealed === 1))
  const blocks: Block[] = []
  for (const { label, value } of await readableFields(db, fields, values, language)) {
    const letters = Array.from(value)
    const shown =
      whole || letters.length <= longestShown ? value : `${letters.slice(0, longestShown).join('')}……`
    blocks.push({ type: 'text', runs: [{ text: labelled(label, language), strong: true }, { text: shown }] })
  }
  return blocks
}

/** The buttons by which somebody goes on. Each carries the stage that it was made for. */
export function actionButtons(
  { row }: Pick<Submission, 'row'>,
  possible: readonly PossibleAction[],
  language: Language,
  most = mostButtons,
): Button[] {
  // What leads on comes first, whatever is cut off; what takes it back is pressed last.
  const rank = ({ action }: PossibleAction) =>
    action.style === 'primary' ? 0 : action.does.includes('withdraw') ? 2 : 1
  const inOrder = possible.toSorted((one, other) => rank(one) - rank(other))
  return inOrder.slice(0, most).map(({ name, action }) => ({
    label: action.title[language],
    action: 'submissions.act',
    value: { submission: row.id, action: name, seen: String(row.stage) },
    ...(asksSomething(action) ? { opens: 'beside' as const } : {}),
    style: action.style,
  }))
}

/** Whether a form is asked before it is done. */
export function asksSomething({ fields, does }: KindAction): boolean {
  return fields.length > 0 || does.includes('review') || does.includes('edit')
}

export function openButton({ row }: Pick<Submission, 'row'>, language: Language): Button {
  return {
    label: translate(language, 'submissions:card.open'),
    action: 'submissions.open',
    value: { submission: row.id },
    opens: 'beside',
  }
}

export function commentButton(
  { row }: Pick<Submission, 'row'>,
  language: Language,
  which: 'write' | 'reply' = 'write',
): Button {
  return {
    label: translate(language, `submissions:comment.${which}`),
    action: 'submissions.comment',
    value: { submission: row.id },
    opens: 'beside',
  }
}

/** A record as somebody who works on it finds it. */
export async function recordCard(
  db: Reads,
  submission: Submission,
  possible: readonly PossibleAction[],
  language: Language,
  { lead, part, reader = part, more = [], whole = false }: RecordCardOptions = {},
): Promise<Card> {
  const buttons = actionButtons(submission, possible, language, whole ? possible.length : mostButtons)
  const seconds = await secondsOf(db, submission.row.id, part?.person ?? null)
  const coAuthors = submission.row.sealed === 1 ? '' : await coAuthorsLine(db, submission, language)
  const isAsked = part?.person ? await isAskedAsCoAuthor(db, submission.row.id, part.person) : false
  if (isAsked) buttons.unshift(...coAuthorButtons(submission, language))
  else if (part && maySecond(submission, part)) buttons.push(secondButton(submission, seconds, language))
  if (part && sideOf(part) !== null) buttons.push(commentButton(submission, language))
  if (!whole) buttons.push(openButton(submission, language))
  const note = (key: 'author' | 'co-authors' | 'seconds', values: Record<string, string | number>) => ({
    type: 'note' as const,
    text: translate(language, `submissions:card.${key}`, values),
  })
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      ...(lead ? [{ type: 'text' as const, runs: [{ text: lead, strong: true }] }] : []),
      { type: 'note', text: stateLine(submission, language) },
      note('author', { author: authorName(submission, language, reader) }),
      ...(coAuthors === '' ? [] : [note('co-authors', { names: coAuthors })]),
      ...(seconds.count === 0 ? [] : [note('seconds', { count: seconds.count })]),
      ...(whole ? await workerBlocks(db, submission, reader, language) : []),
      ...(await contentBlocks(db, submission, language, { whole })),
      ...whoseBlocks(submission, reader, language),
      ...more,
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Who has it, carries it out and verifies it, for those who work on it. */
async function workerBlocks(
  db: Reads,
  { row, kind }: Submission,
  reader: Pick<Part, 'as'> | undefined,
  language: Language,
): Promise<Block[]> {
  if (!reader || sideOf({ person: null, as: reader.as }) !== 'handler') return []
  const lines: string[] = []
  for (const column of ['handler', 'owner', 'verifier'] as const) {
    const id = row[column]
    const name = id === null ? undefined : (await readPerson(db, id))?.name
    if (name) lines.push(labelled(columnTitle(column, [kind], language), language) + name)
  }
  return lines.map((text) => ({ type: 'note', text }))
}

/** How to reach a guest, and from what it was entered, for those who work on it. */
function whoseBlocks(
  { row, values }: Submission,
  reader: Pick<Part, 'as'> | undefined,
  language: Language,
): Block[] {
  if (!reader || row.naming !== 'signed' || sideOf({ person: null, as: reader.as }) !== 'handler') return []
  return whoseLines(values, language).map(({ label, value }) => ({
    type: 'note',
    text: labelled(label, language) + value,
  }))
}

/** What the author is told of a change. */
export function changeCard(
  submission: Submission,
  told: string,
  possible: readonly PossibleAction[],
  language: Language,
): Card {
  const buttons = [...actionButtons(submission, possible, language), openButton(submission, language)]
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      { type: 'text', runs: [{ text: stateLine(submission, language), strong: true }] },
      ...(told ? [{ type: 'text' as const, runs: plain(told) }] : []),
      { type: 'buttons', buttons },
    ],
  }
}

/** That there is a record and where it stands, for whoever may know no more of it. */
export function bareCard(
  submission: Submission,
  possible: readonly PossibleAction[],
  language: Language,
  lead = '',
): Card {
  const buttons = actionButtons(submission, possible, language)
  return {
    tone: 'info',
    title: bareHeadline(submission, language),
    blocks: [
      ...(lead ? [{ type: 'text' as const, runs: plain(lead) }] : []),
      { type: 'note', text: stateLine(submission, language) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** What stands in place of a card whose time is over. */
export function settledCard(submission: Submission, language: Language, lead = ''): Card {
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      ...(lead ? [{ type: 'text' as const, runs: plain(lead) }] : []),
      { type: 'note', text: stateLine(submission, language) },
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ],
  }
}
