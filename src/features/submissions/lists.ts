import type { Block, Card } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { actionButtons, headline, openButton, stateLine, textCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { possibleActions } from './life/life.ts'
import { openRow, type Submission } from './records.ts'
import { partOf } from './relations.ts'
import { organisationsBelow } from './scope.ts'
import { standingOf } from './standing.ts'

/** More would not fit a card. */
const mostListed = 10

/** What somebody sent in, the latest first; what they signed and what they did not. */
export async function ownSubmissions(
  db: Reads,
  context: SubmissionsContext,
  { account, person }: { account: Account; person: string | null },
): Promise<Submission[]> {
  const key = accountKey(account)
  const tags = [context.sealer.tag(key), ...(person === null ? [] : [context.sealer.tag(person)])]
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where((where) =>
      where.or([
        where('author_account', '=', key),
        where('author_tag', 'in', tags),
        ...(person === null
          ? []
          : [
              where('author', '=', person),
              where(
                'id',
                'in',
                db
                  .selectFrom('submission_author')
                  .select('submission')
                  .where('person', '=', person)
                  .where('confirmed', '=', 1),
              ),
            ]),
      ]),
    )
    .orderBy('submitted_at', 'desc')
    .limit(50)
    .execute()
  const own: Submission[] = []
  for (const row of rows) own.push(await openRow(db, context, row))
  return own
}

/** What waits for somebody to act, the most pressing first. */
export async function queueOf(
  db: Reads,
  context: SubmissionsContext,
  person: string,
  today: string,
): Promise<Submission[]> {
  const waiting = context.kinds
    .everyVersion()
    .flatMap(({ kind, states }) =>
      Object.entries(states).flatMap(([state, { waitsFor }]) => (waitsFor ? [{ kind, state }] : [])),
    )
  const pairs = [...new Map(waiting.map((one) => [`${one.kind} ${one.state}`, one])).values()]
  if (pairs.length === 0) return []
  const places = await organisationsBelow(db, person, today)
  const reviews = db
    .selectFrom('submission_review')
    .select('submission')
    .where('reviewer', '=', person)
    .where('state', '=', 'asked')
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where((where) => where.or(pairs.map(({ kind, state }) => where.and({ kind, state }))))
    .where((where) =>
      where.or([
        ...(places.length === 0 ? [] : [where('lies_with', 'in', places)]),
        where('handler', '=', person),
        where('owner', '=', person),
        where('verifier', '=', person),
        where('author', '=', person),
        where('id', 'in', reviews),
      ]),
    )
    .orderBy('due_at')
    .orderBy('submitted_at')
    .limit(200)
    .execute()
  const mine: Submission[] = []
  for (const row of rows) {
    const submission = await openRow(db, context, row)
    const waitsFor = submission.kind.states[row.state]?.waitsFor
    const { as } = await partOf(db, submission, person, today)
    if (waitsFor && as.includes(waitsFor) && !(waitsFor !== 'author' && as.includes('author'))) {
      mine.push(submission)
    }
  }
  return mine
}

export async function ownListCard(trx: Reads, context: SubmissionsContext, turn: Turn): Promise<Card> {
  const { message, language } = turn
  const person = (await findPersonByAccount(trx, message.account))?.id ?? null
  const own = await ownSubmissions(trx, context, { account: message.account, person })
  if (own.length === 0) return textCard(translate(language, 'submissions:own.none'))
  const blocks: Block[] = own.slice(0, mostListed).flatMap((submission): Block[] => [
    { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
    { type: 'note', text: stateLine(submission, language) },
    { type: 'buttons', buttons: [openButton(submission, language)] },
  ])
  return { tone: 'info', title: translate(language, 'submissions:own.title', { count: own.length }), blocks }
}

export async function queueCard(
  trx: Reads,
  context: SubmissionsContext,
  turn: Turn,
  now: Date,
): Promise<Card> {
  const { message, language } = turn
  const person = (await findPersonByAccount(trx, message.account))?.id
  const today = dayInChina(now)
  const queue = person === undefined ? [] : await queueOf(trx, context, person, today)
  if (person === undefined || queue.length === 0)
    return textCard(translate(language, 'submissions:queue.none'))
  const blocks: Block[] = []
  for (const submission of queue.slice(0, mostListed)) {
    const part = await partOf(trx, submission, person, today)
    const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
    blocks.push(
      { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
      { type: 'note', text: stateLine(submission, language) },
      {
        type: 'buttons',
        buttons: [
          ...actionButtons(submission, possible.slice(0, 3), language),
          openButton(submission, language),
        ],
      },
    )
  }
  return {
    tone: 'info',
    title: translate(language, 'submissions:queue.title', { count: queue.length }),
    blocks,
  }
}
