import { randomUUID } from 'node:crypto'
import { type Block, type Card, plain } from '../../../chat/card.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { checkReceipt, codePattern } from '../../../people/receipt-code.ts'
import type { Trx } from '../../../store/store.ts'
import { act } from '../act.ts'
import { headline, stateLine, textCard } from '../cards.ts'
import { deliver } from '../comments.ts'
import type { SubmissionsContext } from '../context.ts'
import { type HistoryLine, historyOf } from '../history.ts'
import { normaliseNumber, openRow, type Submission } from '../records.ts'
import { sealed, sealedCard } from '../sealed.ts'

/** What somebody typed to follow up what they sent in. */
export interface Receipt {
  number: string
  code: string
  /** The account or network address that asks, by which wrong codes are counted. */
  who: string
}

export type FetchOutcome = { outcome: 'found'; submission: Submission } | { outcome: 'wrong' | 'too-many' }

/** Code points of a comment. */
export const longestComment = 1000
const mostComments = 20

/** The record of a number and its receipt code. */
export async function fetchByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  { number, code, who }: Receipt,
  now: Date,
): Promise<FetchOutcome> {
  const wanted = normaliseNumber(number)
  const row = await trx.selectFrom('submission').selectAll().where('number', '=', wanted).executeTakeFirst()
  const hash = row?.receipt_hash ?? null
  const checked = await checkReceipt(trx, { number: wanted, code, hash, who, now })
  if (checked !== 'right') return { outcome: checked }
  return row ? { outcome: 'found', submission: await openRow(trx, context, row) } : { outcome: 'wrong' }
}

/** `JY-2026-0003 ABCD1234`, for every prefix that numbers have. */
export function receiptCommand(context: SubmissionsContext): Command {
  const prefixes = [...new Set(context.kinds.everyVersion().map(({ prefix }) => prefix.toLowerCase()))]
  const number = `(?:${prefixes.join('|') || '(?!)'})[-–—\\s]*\\d{4}[-–—\\s]*\\d{1,9}`
  const pattern = new RegExp(`^(?:(?:查询|查看答复|回执码?|receipt)\\s*)?(${number})\\s+(${codePattern})$`)
  return {
    words: { 'zh-CN': [], en: [] },
    pattern,
    run: (turn) => showReceipt(turn, context, new RegExp(`(${number})\\s+(${codePattern})`)),
  }
}

/** 回执: how to follow up what was sent in without signing in. */
export function askReceiptCommand({ publicUrl }: Pick<SubmissionsContext, 'publicUrl'>): Command {
  return {
    words: { 'zh-CN': ['回执', '回执码', '查回执', '查询回执'], en: ['receipt code'] },
    run: ({ commit, language }) =>
      commit(async (_trx, say) => {
        const word = (key: string) => translate(language, `submissions:code.${key}`)
        const blocks: Block[] = [
          { type: 'text', runs: plain(word('ask')) },
          { type: 'link', label: word('web'), url: `${publicUrl()}/receipt` },
        ]
        await say({ tone: 'info', blocks })
      }),
  }
}

async function showReceipt(turn: Turn, context: SubmissionsContext, typed: RegExp): Promise<void> {
  const { message } = turn
  // A code tells nothing of the language in which somebody reads.
  const { account, group = false, language } = message
  const [, number = '', code = ''] = typed.exec(message.text.normalize('NFKC').toLowerCase()) ?? []
  await turn.commit(async (trx, say) => {
    const now = await context.store.now(trx)
    const found = await fetchByReceipt(
      trx,
      context,
      { number, code, who: `account ${accountKey(account)}` },
      now,
    )
    if (found.outcome !== 'found') {
      return void (await say({
        ...textCard(translate(language, `submissions:code.${found.outcome}`)),
        tone: 'error',
      }))
    }
    const { submission } = found
    const progress = await historyOf(trx, context, submission, 'told', language)
    const card = await sealedCard(
      trx,
      context,
      submission.row,
      progressCard(submission, progress, `${context.publicUrl()}/receipt`, language),
      language,
    )
    if (!group) return void (await say(card))
    await say(card, { to: { type: 'account', account } })
    await say(textCard(translate(language, 'submissions:collect.private')))
  })
}

function progressCard(
  submission: Submission,
  progress: HistoryLine[],
  web: string,
  language: Language,
): Card {
  const blocks: Block[] = [{ type: 'text', runs: [{ text: stateLine(submission, language), strong: true }] }]
  for (const { text, words } of progress) {
    blocks.push({ type: 'note', text })
    if (words !== '') blocks.push({ type: 'text', runs: plain(words) })
  }
  if (submission.row.published) blocks.push({ type: 'text', runs: plain(submission.row.published) })
  if (!submission.kind.states[submission.row.state]?.final) {
    blocks.push({ type: 'note', text: translate(language, 'submissions:code.also') })
    blocks.push({ type: 'link', label: translate(language, 'submissions:code.web'), url: web })
  }
  return { tone: 'info', title: headline(submission, language), blocks }
}

/** What an author may do once for all, known by the code alone. */
type LastWord = 'withdraw' | 'erase'

/** The action by which an author takes it back, or has it erased, now; null: it is too late, or not of that kind. */
export function lastWordOf({ kind, row }: Submission, wanted: LastWord): string | null {
  if (wanted === 'erase' && (row.sealed === 0 || row.erased_at !== null)) return null
  const found = Object.entries(kind.actions).find(
    ([, { does, from }]) => does.includes(wanted) && from.includes(row.state),
  )
  return found ? found[0] : null
}

/** Does it. Throws PlainError where it is too late. */
export async function endByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  wanted: LastWord,
  now: Date,
): Promise<void> {
  const action = lastWordOf(submission, wanted)
  if (action === null) throw new PlainError('submissions:refused.not-now')
  await act(trx, context, {
    submission: submission.row.id,
    action,
    by: 'receipt',
    seen: null,
    input: {},
    now,
  })
}

/** What the author adds, put before those who have it now. Throws PlainError where it is empty or too long. */
export async function commentByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  given: string,
  now: Date,
): Promise<void> {
  const text = given.toWellFormed().replaceAll('\0', '').trim()
  const { row, kind } = submission
  if (text === '' || Array.from(text).length > longestComment) {
    throw new PlainError('submissions:code.comment-length', { most: longestComment })
  }
  if (kind.states[row.state]?.final) throw new PlainError('submissions:refused.not-now')
  const own = trx
    .selectFrom('submission_comment')
    .select('id')
    .where('submission', '=', row.id)
    .where('part', '=', 'author')
  if ((await own.limit(mostComments).execute()).length === mostComments) {
    throw new PlainError('submissions:code.comments-full')
  }
  const id = randomUUID()
  await trx
    .insertInto('submission_comment')
    .values({
      ...{ id, submission: row.id, part: 'author', person: null, at: now.toISOString() },
      text: await sealed(trx, context, row, `comment ${id}`, text),
    })
    .execute()
  await deliver(trx, context, submission, { id, side: 'author', person: null, text }, now)
}
