import { conversationKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { type Chat, chatsOf } from '../../../people/chats.ts'
import type { Reads } from '../../../people/people.ts'
import { lineOf } from '../../../people/route.ts'
import type { KindAction } from '../definition/schema.ts'
import type { Effect } from '../effects.ts'
import { placeOfNominee } from '../nominee.ts'
import { coAuthorsOf } from '../receivers.ts'
import type { Submission } from '../records.ts'
import { messageId } from '../tell.ts'
import { authorName, varietyTitle } from '../texts.ts'
import { noticeCard } from './notice-card.ts'
import { noticeToEach } from './notice-to-each.ts'
import { tellWord } from './tell-handlers.ts'

/**
 * What a handler is proposed to publish: the kind's `notice` with `number`, `what`, `subject`, `authors` (none by name
 * where the record hides them), `organisation` (of whoever is put forward, else of the author),
 * `benefit` (元) and `days` of the notice filled in.
 * @param today `YYYY-MM-DD` of China.
 */
export async function noticeText(
  db: Reads,
  submission: Submission,
  action: KindAction,
  language: Language,
  today: string,
): Promise<string> {
  const { row, kind, subject } = submission
  if (!kind.notice) return ''
  const next = typeof action.to === 'string' ? kind.states[action.to] : undefined
  const clock = next?.clock
  const days = clock && 'after' in clock ? clock.after.days : ''
  const organisation = await unitOf(db, row, today)
  return translate(language, kind.notice, {
    ...{ number: row.number, subject, days },
    what: varietyTitle(kind, row.variety, language),
    authors: await authorsOf(db, submission, language),
    organisation: organisation === null ? '' : await organisationName(db, organisation),
    benefit: (row.benefit ?? 0).toLocaleString('en-US', { maximumFractionDigits: 2 }),
  })
}

/** The unit of which a notice speaks. */
async function unitOf(db: Reads, row: Submission['row'], today: string): Promise<string | null> {
  return (await placeOfNominee(db, row.nominee, today)).unit ?? row.organisation
}

/** Author and confirmed co-authors as others may read them. */
export async function authorsOf(db: Reads, submission: Submission, language: Language): Promise<string> {
  const names = [authorName(submission, language)]
  if (submission.row.sealed === 0) {
    for (const person of await coAuthorsOf(db, submission.row.id)) {
      const row = await db.selectFrom('person').select('name').where('id', '=', person).executeTakeFirst()
      if (row) names.push(row.name)
    }
  }
  return names.join(language === 'en' ? ', ' : '、')
}

export async function organisationName(db: Reads, id: string): Promise<string> {
  const row = await db.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? ''
}

/**
 * Puts what is published before the chats of the organisation, with a button to object: those of the unit of which it speaks
 * and of the one with which it lies, or else of the nearest above that has any. It goes
 * to each member of the unit alone where that was asked for. Where it comes before nobody its handlers are told.
 */
export async function postNotice(effect: Effect): Promise<void> {
  const { trx, context, submission, action, input, now } = effect
  const { row } = submission
  const field = action.fields.find(({ sets }) => sets === 'published')
  const text = String(input[field?.name ?? ''] ?? '')
  const chats = await chatsFor(trx, submission, dayInChina(now))
  const card = noticeCard(submission, text, row.language)
  for (const chat of chats) {
    const conversation = { ...chat, thread: '' }
    const id = messageId(context, submission, conversationKey(conversation), `${row.revision + 1}:post`)
    await enqueue(trx, { id, to: { type: 'conversation', conversation }, card, lane: 'broadcast', now })
  }
  const unit = (await unitOf(trx, row, dayInChina(now))) ?? row.lies_with
  const isToEach = await noticeToEach(effect, unit)
  if (chats.length > 0 || isToEach) return
  const word = {
    matter: 'no-chat',
    text: (language: Language) => translate(language, 'review:notice.no-chat'),
  }
  await tellWord(trx, context, submission, word, now)
}

export async function chatsFor(db: Reads, { row }: Submission, today: string): Promise<Chat[]> {
  const near = [...new Set([await unitOf(db, row, today), row.lies_with])].filter((id) => id !== null)
  const own = await chatsOf(db, near)
  if (own.length > 0 || near.length === 0) return own
  for (const above of await lineOf(db, row.lies_with)) {
    const chats = await chatsOf(db, [above])
    if (chats.length > 0) return chats
  }
  return []
}
