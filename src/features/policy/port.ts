import type { Trx } from '../../store/store.ts'

export { askPerson } from './answer-log.ts'
export { isWordedAsQuestion } from './worded-as-question.ts'

/** An answer that was given, as others may need it. */
export interface GivenAnswer {
  id: string
  question: string
  /** To whom and where, as `accountKey` and `conversationKey` write it. */
  account: string
  conversation: string
  /** The clause it rests on, or the nearest one of a refusal; null where nothing was near. */
  clause: { document: string; key: string } | null
}

/** The answer by its id; null where there is none. */
export async function readGivenAnswer(db: Pick<Trx, 'selectFrom'>, id: string): Promise<GivenAnswer | null> {
  const row = await db
    .selectFrom('answer_given')
    .select(['question', 'account', 'conversation', 'citations', 'nearest_document', 'nearest_key'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const { question, account, conversation } = row
  const [first] = JSON.parse(row.citations) as { document: string; key: string }[]
  const nearest =
    row.nearest_document !== null && row.nearest_key !== null
      ? { document: row.nearest_document, key: row.nearest_key }
      : null
  return {
    id,
    question,
    account,
    conversation,
    clause: first ? { document: first.document, key: first.key } : nearest,
  }
}
