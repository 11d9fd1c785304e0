import type { Block, Button, Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Click, Command, Mine, Whose } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { actionButtons, headline, openButton, stateLine, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { expertsToApprove, mineToApprove, toApproveBlocks } from './experts/to-approve.ts'
import { possibleActions } from './life/life.ts'
import { ownSubmissions } from './own.ts'
import { withoutItems } from './problems/item-buttons.ts'
import { reportedBlocks } from './problems/solving-cards.ts'
import type { Submission } from './records.ts'
import { partOf } from './relations.ts'
import { sealedListCard } from './sealed.ts'
import { standingOf } from './standing.ts'
import { coAuthorButtons, isAskedAsCoAuthor } from './support.ts'
import { stateTitle, varietyTitle } from './texts.ts'
import { type OwnList, waitingFor } from './waiting.ts'

/** More would be a long way to scroll. */
const size = 6
/** Of what leads on, on one entry of the queue; the rest stands on the record itself. */
const mostButtons = 2

/** `own`: what one sent in; `queue`: what waits for one. */
type ListName = 'own' | 'queue'

const words: Record<ListName, { name: string; title: string; none: string }> = {
  own: { name: 'submissions:mine.own', title: 'submissions:own.title', none: 'submissions:own.none' },
  queue: { name: 'submissions:mine.queue', title: 'submissions:queue.title', none: 'submissions:queue.none' },
}

interface ListReader {
  account: Account
  language: Language
  now: Date
}

/** 我的提交, 待我处理: to the asker alone. */
export function listCommands(context: SubmissionsContext): Command[] {
  const command = (list: ListName, said: Command['words']): Command => ({
    words: said,
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { message, language } = turn
        const now = await context.store.now(trx)
        const reader = { account: message.account, language, now }
        await sayAlone(turn, say, await listCard(trx, context, list, reader, 1))
      }),
  })
  return [
    command('own', { 'zh-CN': ['我的提交', '我的建议', '我提交的'], en: ['my submissions'] }),
    command('queue', { 'zh-CN': ['待我处理', '待办理'], en: ['my queue'] }),
  ]
}

/** Another page, in place of the one that was shown. */
export async function turnPage(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const list = action.value.list === 'queue' ? 'queue' : 'own'
  const page = Number(action.value.page)
  const reader = { account: action.account, language, now }
  return { replace: await listCard(trx, context, list, reader, Number.isSafeInteger(page) ? page : 1) }
}

/** What of submissions stands on 我的. */
export async function mineOf(context: SubmissionsContext, whose: Whose): Promise<Mine[]> {
  const { db, person, language, now } = whose
  const first = { page: 1, size: 5 }
  const own = await ownSubmissions(db, context, whose, first)
  const today = dayInChina(now)
  const queue = person === null ? null : await waitingFor(db, context, { person, today }, first)
  const experts = person === null ? [] : await expertsToApprove(db, person, today)
  const section = (kind: Mine['kind'], list: ListName, { submissions, count }: OwnList): Mine => ({
    kind,
    title: translate(language, words[list].name),
    count,
    items: submissions
      .filter((submission) => mayStand(submission, list))
      .map((submission) => ({
        title: openHeadline(submission, language),
        state: stateTitle(submission, language),
        buttons: [openButton(submission, language)],
      })),
    more: translate(language, words[list].name),
  })
  const all = [
    ...(queue ? [section('to-do', 'queue', queue)] : []),
    ...mineToApprove(experts, language),
    section('own', 'own', own),
  ]
  return all.filter(({ count }) => count > 0)
}

/** 我的 lies as it is shown, so nothing there says whose a sealed record is, or what it is about. */
function mayStand({ row, kind }: Submission, list: ListName): boolean {
  return row.sealed === 0 || (list === 'queue' && kind.states[row.state]?.waitsFor !== 'author')
}

function openHeadline(submission: Submission, language: Language): string {
  const { row, kind } = submission
  return row.sealed === 0
    ? headline(submission, language)
    : `${row.number} ${varietyTitle(kind, row.variety, language)}`
}

async function listCard(
  trx: Trx,
  context: SubmissionsContext,
  list: ListName,
  { account, language, now }: ListReader,
  wanted: number,
): Promise<Card> {
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const today = dayInChina(now)
  const asked = { page: wanted, size }
  const { submissions, count, page } =
    list === 'own'
      ? await ownSubmissions(trx, context, { account, person }, asked)
      : person === null
        ? { submissions: [], count: 0, page: 1 }
        : await waitingFor(trx, context, { person, today }, asked)
  // Those who wait to be taken in are no records: they stand behind the last of them.
  const beside =
    list === 'queue' && person !== null
      ? toApproveBlocks(await expertsToApprove(trx, person, today), language)
      : []
  if (count === 0 && beside.length === 0) return textCard(translate(language, words[list].none))
  const blocks: Block[] = []
  for (const submission of submissions) {
    const { reported, buttons } =
      list === 'queue' && person !== null
        ? await leadingOn(trx, submission, person, today, language)
        : { reported: [], buttons: [] }
    blocks.push(
      { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
      { type: 'note', text: stateLine(submission, language) },
      ...reported,
      { type: 'buttons', buttons: [...buttons, openButton(submission, language)] },
    )
  }
  const title = translate(language, words[list].title, { count })
  const card: Card = {
    tone: 'info',
    title,
    blocks: [...blocks, ...beside, ...pageBlocks(list, page, count, language)],
  }
  const isAuthors =
    list === 'own' ||
    submissions.some(({ row, kind }) => row.sealed === 1 && kind.states[row.state]?.waitsFor === 'author')
  const rows = submissions.map(({ row }) => row)
  return sealedListCard(trx, context, rows, card, language, isAuthors ? 'author' : 'others')
}

async function leadingOn(
  trx: Trx,
  submission: Submission,
  person: string,
  today: string,
  language: Language,
): Promise<{ reported: Block[]; buttons: Button[] }> {
  if (await isAskedAsCoAuthor(trx, submission.row.id, person))
    return { reported: [], buttons: coAuthorButtons(submission, language) }
  const part = await partOf(trx, submission, person, today)
  const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
  const reported = await reportedBlocks(trx, submission, possible, person, language)
  // What was reported has buttons of its own.
  const others = reported.length > 0 ? withoutItems(submission, possible) : possible
  return { reported, buttons: actionButtons(submission, others, language, mostButtons) }
}

function pageBlocks(list: ListName, page: number, count: number, language: Language): Block[] {
  const pages = Math.ceil(count / size)
  if (pages === 1) return []
  const button = (label: string, to: number) => ({
    label: translate(language, label),
    action: 'submissions.list',
    value: { list, page: String(to) },
  })
  const buttons = [
    ...(page > 1 ? [button('submissions:list.previous', page - 1)] : []),
    ...(page < pages ? [button('submissions:list.next', page + 1)] : []),
  ]
  return [
    { type: 'note', text: translate(language, 'submissions:list.page', { page, pages }) },
    { type: 'buttons', buttons },
  ]
}
