import type { Block } from '../../../chat/card.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { headline, openButton } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { possibleActions } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { sealedCard } from '../sealed.ts'
import { standingOf } from '../standing.ts'
import { languageOf, messageId } from '../tell.ts'
import type { Milestone } from './milestones.ts'
import { oneMilestone } from './solving-cards.ts'

interface Telling {
  /** A word for the message `problems:milestone.<word>`. */
  why: 'set' | 'warn' | 'overdue' | 'late' | 'reported' | 'accepted' | 'returned'
  /** Persons. */
  to: readonly string[]
  /** Parts a second word of the same reason from the first. */
  round?: string
  now: Date
}

/** Puts one milestone before people, each with the buttons that are theirs. */
export async function tellOfMilestone(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  milestone: Milestone,
  { why, to, round = '', now }: Telling,
): Promise<void> {
  const { row, kind } = submission
  const standing = await standingOf(trx, submission)
  for (const person of to) {
    const address = await addressOf(trx, person)
    // Whoever cannot be written to finds it on the record.
    if (!address) continue
    const language = await languageOf(trx, person)
    const part = await partOf(trx, submission, person, dayInChina(now))
    const possible = possibleActions(kind, standing, part)
    const lead = translate(language, `problems:milestone.${why}`, { day: milestone.due_day })
    const blocks: Block[] = [
      { type: 'text', runs: [{ text: lead, strong: true }] },
      ...(await oneMilestone(trx, submission, milestone, possible, language)),
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ]
    const card = { tone: 'info' as const, title: headline(submission, language), blocks }
    await enqueue(trx, {
      id: messageId(
        context,
        submission,
        person,
        `milestone ${milestone.number} ${milestone.changed_at} ${why}${round}`,
      ),
      ...{ to: address, card: await sealedCard(trx, context, row, card, language), now },
      lane: why === 'warn' || why === 'overdue' || why === 'late' ? 'reminder' : 'confirmation',
    })
  }
}
