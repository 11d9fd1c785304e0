import type { DomainEvents } from '../../events/events.ts'
import type { Trx } from '../../store/store.ts'
import { normaliseQuestion } from './answer-log.ts'

/**
 * A person has answered what the documents did not: the question is no gap any longer, whoever asked it. Asked in
 * vain again, it is one anew.
 */
export async function closeGaps(
  trx: Trx,
  { answer, question }: DomainEvents['question.answered'],
  now: Date,
): Promise<void> {
  const asked = await trx
    .selectFrom('gap')
    .select('normalised')
    .where('answer', '=', answer ?? '')
    .executeTakeFirst()
  // The asker may have put it in other words to the person than to the bot.
  const questions = [normaliseQuestion(question), asked?.normalised ?? ''].filter((text) => text !== '')
  if (questions.length === 0) return
  await trx
    .updateTable('gap')
    .set({ closed_at: now.toISOString() })
    .where('normalised', 'in', questions)
    .where('closed_at', 'is', null)
    .execute()
}
