import type { Account, Conversation } from '../chat/incoming.ts'
import { conversationKey } from '../chat/keys.ts'
import type { Turn } from '../conversation/feature.ts'
import { translate } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { Store } from '../store/store.ts'
import { addFiles } from './add-files.ts'
import type { FormField } from './definition.ts'
import { filesCard, textCard, titleOf } from './draft-cards.ts'
import { type Draft, isLapsed, lockDraft, openDrafts, updateDraft } from './drafts.ts'
import { pageOfField, summaryPage } from './evaluate.ts'
import { type Definitions, evaluateDraft, openSession, type Session } from './session.ts'

interface Place {
  account: Account
  conversation?: Conversation
}

/**
 * Takes files into the draft whose pages stand open for whoever sent them: the one in hand last, here before
 * elsewhere. False where none takes files: nothing was done.
 */
export async function receiveFiles(
  turn: Turn,
  definitions: Definitions,
  store: Pick<Store, 'db' | 'now'>,
): Promise<boolean> {
  const { message, language } = turn
  const found = await findTaker(store.db, definitions, message, await store.now())
  if (!found) return false
  await turn.commit(async (trx, say) => {
    const now = await store.now(trx)
    const draft = await lockDraft(trx, definitions, found.draft.id, message.account)
    if (draft.state !== 'open') return void (await say(textCard(language, 'forms:step.past')))
    const session = await openSession(trx, definitions, draft, message.account, now)
    const added = addFiles(await takersOf(session), draft.values, message.files ?? [])
    if (!added) return void (await say(textCard(language, 'forms:step.no-file-here')))
    const { field, values, held, refused } = added
    // A summary that was shown before does not show them.
    const page = draft.page === summaryPage ? pageOfField(session.definition, field.name)?.name : draft.page
    await updateDraft(trx, definitions, { ...draft, values, page: page ?? draft.page, updatedAt: now })
    const key = refused > 0 ? 'forms:files.refused' : 'forms:files.kept'
    const count = (message.files?.length ?? 0) - refused
    const title = titleOf(language, draft, definitions)
    const said = { title, field: translate(language, field.label), count, refused, held }
    await say(filesCard(language, key, said, draft))
  })
  await definitions.files.clear(message.files ?? [])
  return true
}

/** Whether `receiveFiles` would take a file of this account. */
export async function wantsFiles(
  account: Account,
  definitions: Definitions,
  store: Pick<Store, 'db' | 'now'>,
): Promise<boolean> {
  return (await takerOf({ account }, definitions, store)) !== null
}

/** The draft that would take a file of this account; null: none. */
export async function takerOf(
  place: Place,
  definitions: Definitions,
  store: Pick<Store, 'db' | 'now'>,
): Promise<Draft | null> {
  return (await findTaker(store.db, definitions, place, await store.now()))?.draft ?? null
}

async function findTaker(
  db: Reads,
  definitions: Definitions,
  { account, conversation }: Place,
  now: Date,
): Promise<Session | null> {
  const here = conversation && conversationKey(conversation)
  const fresh = (await openDrafts(db, definitions, account, now)).filter((draft) => !isLapsed(draft, now))
  const isHere = (draft: Draft) => conversationKey(draft.conversation) === here
  for (const draft of [...fresh.filter(isHere), ...fresh.filter((one) => !isHere(one))]) {
    if (!definitions.has(draft)) continue
    const session = await openSession(db, definitions, draft, account, now)
    if ((await takersOf(session)).some(({ type }) => type === 'file')) return session
  }
  return null
}

/** The fields of the page in hand first, then all others. */
async function takersOf(session: Session): Promise<FormField[]> {
  const { pages, fields } = await evaluateDraft(session)
  const here = pages.find(({ name }) => name === session.draft.page)?.fields ?? []
  return [...here, ...fields.filter((field) => !here.includes(field))]
}
