import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import { codePattern } from '../../../people/receipt-code.ts'
import { headline, stateLine, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { type HistoryLine, historyOf } from '../history.ts'
import type { Submission } from '../records.ts'
import { sealedCard } from '../sealed.ts'
import { fetchByReceipt } from './receipt.ts'
import { receiptButtons } from './receipt-deeds.ts'

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
      progressCard(
        submission,
        { progress, buttons: receiptButtons(context, submission, account, language) },
        `${context.publicUrl()}/receipt`,
        language,
      ),
      language,
    )
    if (!group) return void (await say(card))
    await say(card, { to: { type: 'account', account } })
    await say(textCard(translate(language, 'submissions:collect.private')))
  })
}

function progressCard(
  submission: Submission,
  { progress, buttons }: { progress: HistoryLine[]; buttons: Button[] },
  web: string,
  language: Language,
): Card {
  const blocks: Block[] = [{ type: 'text', runs: [{ text: stateLine(submission, language), strong: true }] }]
  for (const { text, words } of progress) {
    blocks.push({ type: 'note', text })
    if (words !== '') blocks.push({ type: 'text', runs: plain(words) })
  }
  if (submission.row.published) blocks.push({ type: 'text', runs: plain(submission.row.published) })
  if (buttons.length > 0) {
    blocks.push({ type: 'buttons', buttons })
    blocks.push({ type: 'note', text: translate(language, 'submissions:code.also') })
    blocks.push({ type: 'link', label: translate(language, 'submissions:code.web'), url: web })
  }
  return { tone: 'info', title: headline(submission, language), blocks }
}
