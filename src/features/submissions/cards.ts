import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import type { PossibleAction } from './life/life.ts'
import type { Submission } from './records.ts'
import { authorName, readableFields, stateTitle, varietyTitle } from './texts.ts'

/** Beyond this a field is cut on a card; the whole of it stands behind 查看全文. */
const longestShown = 300
/** The most buttons that lead on from one card. */
const mostButtons = 6

export function textCard(text: string, title?: string): Card {
  return { tone: 'info', ...(title ? { title } : {}), blocks: [{ type: 'text', runs: plain(text) }] }
}

/** Number, kind and subject on one line. */
export function headline(submission: Submission, language: Language): string {
  const { row, kind, subject } = submission
  const what = varietyTitle(kind, row.variety, language)
  return translate(language, 'submissions:card.headline', { number: row.number, what, subject })
}

/** State, since when, and until when something is expected. */
export function stateLine(submission: Submission, language: Language): string {
  const { row } = submission
  const state = stateTitle(submission, language)
  const due = row.due_at === null ? '' : minuteInChina(new Date(row.due_at)).slice(0, 10)
  return due === '' ? state : translate(language, 'submissions:card.state-due', { state, due })
}

/** What was filled in, shortened, with a way to the whole of it. */
async function contentBlocks(
  db: Reads,
  submission: Submission,
  language: Language,
  { whole = false }: { whole?: boolean } = {},
): Promise<Block[]> {
  const { kind, values } = submission
  const fields = kind.pages.flatMap((page) => page.fields).filter(({ name }) => name !== kind.subject)
  const blocks: Block[] = []
  for (const { label, value } of await readableFields(db, fields, values, language)) {
    const letters = Array.from(value)
    const shown =
      whole || letters.length <= longestShown ? value : `${letters.slice(0, longestShown).join('')}……`
    blocks.push({ type: 'text', runs: [{ text: `${label}：`, strong: true }, { text: shown }] })
  }
  return blocks
}

/** The buttons by which somebody goes on. Each carries the stage that it was made for. */
export function actionButtons(
  { row }: Pick<Submission, 'row'>,
  possible: readonly PossibleAction[],
  language: Language,
): Button[] {
  return possible.slice(0, mostButtons).map(({ name, action }) => ({
    label: action.title[language],
    action: 'submissions.act',
    value: { submission: row.id, action: name, seen: String(row.stage) },
    ...(action.fields.length > 0 || action.does.includes('review') ? { opens: 'beside' as const } : {}),
    style: action.style,
  }))
}

export function openButton({ row }: Pick<Submission, 'row'>, language: Language): Button {
  return {
    label: translate(language, 'submissions:card.open'),
    action: 'submissions.open',
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
  { lead, whole = false }: { lead?: string; whole?: boolean } = {},
): Promise<Card> {
  const buttons = actionButtons(submission, possible, language)
  if (!whole) buttons.push(openButton(submission, language))
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      ...(lead ? [{ type: 'text' as const, runs: [{ text: lead, strong: true }] }] : []),
      { type: 'note', text: stateLine(submission, language) },
      {
        type: 'note',
        text: translate(language, 'submissions:card.author', { author: authorName(submission, language) }),
      },
      ...(await contentBlocks(db, submission, language, { whole })),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
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

/** What stands in place of a card whose time is over. */
export function settledCard(submission: Submission, language: Language): Card {
  return {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      { type: 'note', text: stateLine(submission, language) },
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ],
  }
}
