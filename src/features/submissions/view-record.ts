import type { Block, Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Account } from '../../chat/incoming.ts'
import { type Language, languageOf } from '../../chat/language.ts'
import type { Click, Command } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { bareCard, recordCard, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { historyBlocks } from './history.ts'
import { type Part, possibleActions } from './life/life.ts'
import { withoutItems } from './problems/item-buttons.ts'
import { solvingBlocks } from './problems/solving-cards.ts'
import { readSubmission, type Submission } from './records.ts'
import { partOfAccount, seesAll, sideOf } from './relations.ts'
import { workBlocks } from './review/work-blocks.ts'
import { readingSide, sealedCard, unsealed } from './sealed.ts'
import { standingOf } from './standing.ts'

/**
 * A record as somebody may see it, with what they can do: to colleagues what is public, to authors what they were told,
 * to those who work on it everything.
 * @param whole With the whole of what was filled in, all buttons and how it was handled. Default false.
 */
export async function viewOfRecord(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  part: Part,
  language: Language,
  { whole = false }: { whole?: boolean } = {},
): Promise<Card> {
  const isBare = !maySeeContent(submission, part)
  const more = whole && !isBare ? await historyBlocks(trx, context, submission, part, language) : []
  const card = await cardOfRecord(trx, context, submission, part, language, { whole, more })
  return isBare ? card : sealedCard(trx, context, submission.row, card, language, readingSide(part))
}

/**
 * The same as it is read at once, on a page that is kept nowhere.
 * @param more Below all else but the buttons.
 */
export async function cardOfRecord(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  part: Part,
  language: Language,
  { whole, more }: { whole: boolean; more: readonly Block[] },
): Promise<Card> {
  const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
  if (!maySeeContent(submission, part)) return bareCard(submission, possible, language)
  const today = dayInChina(await context.store.now(trx))
  const below = [
    ...(await workBlocks(trx, context, submission, part, today, language)),
    ...(await publicationBlocks(trx, context, submission, part, language)),
    ...(await solvingBlocks(trx, context, submission, part, possible, language)),
    ...more,
  ]
  const buttons = withoutItems(submission, possible)
  return recordCard(trx, submission, buttons, language, { whole, part, more: below })
}

/** Whoever may look up a name sees no more of it by that, nor colleagues of what lies encrypted. */
function maySeeContent({ row }: Submission, part: Part): boolean {
  return seesAll(part) || (row.sealed === 0 && (part.as.includes('colleague') || part.as.includes('offerer')))
}

/** What of it is to be, or was, published; what only waits is for its author and those who handle it. */
async function publicationBlocks(
  trx: Trx,
  context: SubmissionsContext,
  { row }: Submission,
  part: Part,
  language: Language,
): Promise<Block[]> {
  if (row.sealed === 0) return []
  const side = sideOf(part)
  const proposed = side && row.proposed ? await unsealed(trx, context, row, 'proposed', row.proposed) : ''
  const block = (key: string, text: string): Block[] =>
    text === '' ? [] : [{ type: 'text', runs: [{ text: translate(language, key), strong: true }, { text }] }]
  return [
    ...block('seal:bulletin.proposed', proposed),
    ...block('seal:bulletin.published', row.published ?? ''),
  ]
}

/** 查看全文. */
export async function openRecord(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const id = action.value.submission ?? ''
  const beside = await lookUp(trx, context, id, action.account, language, now)
  return { beside, besideAlone: action.group ?? false }
}

/** A number typed in chat, with the letters of any kind, shows the record to whoever may see it, and to them alone. */
export function numberCommand(context: SubmissionsContext): Command {
  const prefixes = [...new Set(context.kinds.everyVersion().map(({ prefix }) => prefix.toLowerCase()))]
  const number = `(?:${prefixes.join('|') || '(?!)'})[-–—\\s]*\\d{4}[-–—\\s]*\\d{1,9}`
  return {
    words: { 'zh-CN': [], en: [] },
    pattern: new RegExp(`^(?:(?:查询|查看|查一下|查|show)\\s*)?${number}$`),
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { message } = turn
        const text = message.text.normalize('NFKC')
        const typed = new RegExp(number, 'i').exec(text)?.[0] ?? ''
        // A number says nothing of the language, however it is typed.
        const language = languageOf(text.replace(typed, ''), message.language)
        const now = await context.store.now(trx)
        try {
          await sayAlone(turn, say, await lookUp(trx, context, typed, message.account, language, now))
        } catch (error) {
          if (!(error instanceof PlainError)) throw error
          // The same for one that is not there and for one that is not theirs.
          await sayAlone(turn, say, textCard(translate(language, error.key, error.values)))
        }
      }),
  }
}

async function lookUp(
  trx: Trx,
  context: SubmissionsContext,
  idOrNumber: string,
  account: Account,
  language: Language,
  now: Date,
): Promise<Card> {
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const submission = await readSubmission(trx, context, idOrNumber)
  const part = await partOfAccount(trx, submission, { account, person }, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  return viewOfRecord(trx, context, submission, part, language, { whole: true })
}
