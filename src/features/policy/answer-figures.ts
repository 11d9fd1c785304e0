import type { Trx } from '../../store/store.ts'

/** How often the bot answered, and what people thought of it. */
export interface AnswerFigures {
  answers: number
  refused: number
  up: number
  down: number
}

/** Counted over answers that were given since then. */
export async function countAnswers(db: Pick<Trx, 'selectFrom'>, since: Date): Promise<AnswerFigures> {
  const from = since.toISOString()
  const given = await db
    .selectFrom('answer_given')
    .select(({ fn }) => ['refused', fn.countAll().as('count')])
    .where('at', '>=', from)
    .groupBy('refused')
    .execute()
  const verdicts = await db
    .selectFrom('feedback')
    .innerJoin('answer_given', 'answer_given.id', 'feedback.answer')
    .select(({ fn }) => ['verdict', fn.countAll().as('count')])
    .where('answer_given.at', '>=', from)
    .groupBy('verdict')
    .execute()
  const verdict = (wanted: 'up' | 'down') =>
    Number(verdicts.find((row) => row.verdict === wanted)?.count ?? 0)
  return {
    answers: given.reduce((sum, { count }) => sum + Number(count), 0),
    refused: Number(given.find(({ refused }) => refused === 1)?.count ?? 0),
    up: verdict('up'),
    down: verdict('down'),
  }
}
