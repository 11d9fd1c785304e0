import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Trx } from '../../store/store.ts'
import { recordCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { lastSaidBlocks } from './history.ts'
import { type PossibleAction, possibleActions } from './life/life.ts'
import { withoutItems } from './problems/item-buttons.ts'
import { solvingBlocks } from './problems/solving-cards.ts'
import type { Submission } from './records.ts'
import { partOf } from './relations.ts'
import { workBlocks } from './review/work-blocks.ts'
import { standingOf } from './standing.ts'

/** Why a record is put before somebody; a word for the message `submissions:tell.<word>`. */
export type Reason = 'new' | 'edited' | 'more' | 'handed' | 'timed' | 'remind' | 'warn' | 'late' | 'overdue'

/** What those above can do about a record that lies too long. */
const escalating: ReadonlySet<string> = new Set(['press', 'remind', 'take-over'])
/** Reasons that come of what was just done, with which something may have been said. */
const telling: ReadonlySet<Reason> = new Set(['new', 'more', 'handed', 'timed'] as const)

/**
 * The record with the buttons of somebody who must act, or who is to see that others do.
 * @param why Default: it was put before them already, and is shown as it stands now.
 */
export async function askingCard(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { person, today, language }: { person: string; today: string; language: Language },
  { why, lead }: { why?: Reason; lead?: string },
): Promise<{ card: Card; possible: PossibleAction[] }> {
  const reader = await partOf(trx, submission, person, today)
  const possible = possibleActions(submission.kind, await standingOf(trx, submission), reader)
  const first = why === 'late' ? possible.filter(({ name }) => escalating.has(name)) : []
  // Nobody presses themselves: of what is put before them to act, that is for those above.
  const rest = withoutItems(submission, possible).filter(
    ({ name }) => why === 'late' || (name !== 'press' && name !== 'remind'),
  )
  const solving = await solvingBlocks(trx, context, submission, reader, possible, language)
  const isTold = why !== undefined && telling.has(why)
  const record = await recordCard(trx, submission, [...new Set([...first, ...rest])], language, {
    ...(lead ? { lead } : {}),
    reader,
    more: [
      ...(isTold ? await lastSaidBlocks(trx, context, submission, reader, language) : []),
      ...(await workBlocks(trx, context, submission, reader, today, language)),
    ],
  })
  return { card: { ...record, blocks: [...record.blocks, ...solving] }, possible }
}
