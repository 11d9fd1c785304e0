import type { Card } from '../../../chat/card.ts'
import { conversationKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { chatsOf } from '../../../people/chats.ts'
import { findOrganisation, listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOf } from '../../../people/reach.ts'
import { openButton } from '../cards.ts'
import type { Effect } from '../effects.ts'
import type { Submission } from '../records.ts'
import { isShown } from '../relations.ts'
import { messageId } from '../tell.ts'
import { varietyTitle } from '../texts.ts'

/** More would not be read in a form. */
const mostProposed = 8

/**
 * Puts what was approved for everybody before the chats of the organisations that were named, each of which must lie
 * within the right of whoever does it (`circulation.send`). Throws PlainError where one does not, or has no chat.
 */
export async function showcase(effect: Effect): Promise<void> {
  const { trx, context, submission, part, action, input, now } = effect
  const { row } = submission
  const field = action.fields.find(({ sets }) => sets === 'groups')
  if (part.person === null) throw new PlainError('submissions:refused.not-yours')
  const actor = await actorOf(trx, part.person, dayInChina(now))
  const chosen: string[] = []
  for (const name of namesIn(String(input[field?.name ?? ''] ?? ''))) {
    const organisation = await findOrganisation(trx, name)
    if (!can(actor, 'circulation.send', await placeOf(trx, organisation.id))) {
      throw new PlainError('submissions:refused.showcase-right', { name: organisation.name })
    }
    // Of each a word: whoever names a unit without chats believes that it was shown there.
    if ((await chatsOf(trx, [organisation.id])).length === 0) {
      throw new PlainError('submissions:refused.showcase-chat', { name: organisation.name })
    }
    chosen.push(organisation.id)
  }
  const card = showcaseCard(submission, row.language)
  for (const chat of await chatsOf(trx, chosen)) {
    const conversation = { ...chat, thread: '' }
    const id = messageId(context, submission, conversationKey(conversation), `${row.revision + 1}:showcase`)
    await enqueue(trx, { id, to: { type: 'conversation', conversation }, card, lane: 'broadcast', now })
  }
}

/** The text that was approved, under what it is about. */
function showcaseCard(submission: Submission, language: Language): Card {
  const { row, kind, subject } = submission
  const what = varietyTitle(kind, row.variety, language)
  const title = translate(language, 'submissions:showcase.title', { what, subject })
  return {
    tone: 'info',
    title,
    blocks: [
      { type: 'text', runs: [{ text: row.published ?? '' }] },
      ...(isShown(submission)
        ? [{ type: 'buttons' as const, buttons: [openButton(submission, language)] }]
        : []),
    ],
  }
}

/** The organisations within somebody's right that have chats, to be chosen from: those nearest the record first. */
export async function groupsWithin(
  db: Reads,
  { row }: Pick<Submission, 'row'>,
  person: string | null,
  today: string,
): Promise<string[]> {
  if (person === null) return []
  const organisations = await listOrganisations(db)
  const actor = await actorOf(db, person, today)
  const allowed = new Set(reachOf(organisations, actor, ['circulation.send']).organisations)
  const names: string[] = []
  const near = (id: string) => (id === row.lies_with || id === row.organisation ? 0 : 1)
  for (const { id, name } of organisations.toSorted((one, other) => near(one.id) - near(other.id))) {
    if (names.length === mostProposed) break
    if (allowed.has(id) && (await chatsOf(db, [id])).length > 0) names.push(name)
  }
  return names
}

function namesIn(text: string): string[] {
  return [...new Set(text.split(/[、，,;；\n]+/).map((name) => name.trim()))].filter((name) => name !== '')
}
