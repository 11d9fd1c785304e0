import { randomUUID } from 'node:crypto'
import type { Card } from '../chat/card.ts'
import type { FormView } from '../chat/form-view.ts'
import { accountKey } from '../chat/keys.ts'
import type { Feature } from '../conversation/feature.ts'
import type { Forms, FormToOpen } from '../conversation/forms-port.ts'
import { PlainError } from '../messages/plain-error.ts'
import { concealedId, keyNameOf } from '../seal/matters.ts'
import type { SealedFiles } from '../seal/sealed-files.ts'
import type { Sealer } from '../seal/sealer.ts'
import type { Store, Trx } from '../store/store.ts'
import { answerPage } from './answer-page.ts'
import type { FormDefinition } from './definition.ts'
import { textCard } from './draft-cards.ts'
import {
  checkRoom,
  type Draft,
  insertDraft,
  isLapsed,
  lockDraft,
  mayAskAt,
  openDrafts,
  sweepDrafts,
  toDraft,
  updateDraft,
} from './drafts.ts'
import { summaryPage } from './evaluate.ts'
import { keptValues } from './fields/typed.ts'
import { findAsked, findAskedRow, isSealedRow } from './find-asked.ts'
import { viewOf } from './form-page-view.ts'
import { createFormsFeature } from './forms-feature.ts'
import { receiveFiles, takerOf, wantsFiles } from './receive-files.ts'
import { cardOf, evaluateDraft, indexDefinitions, openSession, type Session } from './session.ts'
import { answerStep, beginAsking, isAskedAt, type Place } from './steps/answer-step.ts'
import { isAnswer, isChoice } from './steps/is-answer.ts'

export interface FormsOptions {
  /** With what sealed drafts are encrypted. */
  sealer: Sealer
  /** The same for the files that come with them. */
  files: SealedFiles
  store: Pick<Store, 'db' | 'now'>
  /** Whether a platform shows pages of fields (`PlatformAbilities.showsForms`), by its name. */
  showsForms(platform: string): boolean
}

/** All that the house needs of forms. */
export interface RunningForms extends Forms {
  /** Commands and buttons of drafts. */
  feature: Feature
  /** Drops drafts that nobody touched for 30 days, and what was cancelled more than 10 minutes ago. */
  sweep(trx: Trx, now: Date): Promise<void>
}

/** @param definitions Every form, in every version in which drafts may still be kept. */
export function createForms(definitions: readonly FormDefinition[], options: FormsOptions): RunningForms {
  const { store, showsForms, sealer, files: sealedFiles } = options
  const known = indexDefinitions(definitions, { sealer, files: sealedFiles })

  async function open(trx: Trx, request: FormToOpen) {
    const { account, conversation, now } = request
    const begun = await openDrafts(trx, known, account, now)
    const same = begun.find((draft) => isSame(draft, request, known.latest(request.form, request.context)))
    if (same) return continueDraft(trx, same.id, { account, conversation, group: request.group }, request)
    checkRoom(begun)
    const definition = known.latest(request.form, request.context)
    const fields = definition.pages.flatMap((page) => page.fields)
    const id = randomUUID()
    const { language, context, person } = request
    const offered = await definition.begins?.({ db: trx, now, language, person, context })
    const draft: Draft = {
      ...{ id, form: definition.name, version: definition.version, state: 'open' },
      ...{ owner: request.person ?? accountKey(account), account, conversation },
      ...{ language, page: definition.pages[0]?.name ?? summaryPage },
      ...{ values: keptValues(fields, {}, filledIn({ ...offered, ...request.values })), context },
      ...{ asking: null, openedAt: now, updatedAt: now, receipt: null, files: [] },
      // Under the key of the record that it may become: what is typed into it is erased with that.
      sealedUnder: definition.sealed ? keyNameOf(sealer, concealedId(sealer, id)) : null,
    }
    await insertDraft(trx, known, draft)
    const session = await openSession(trx, known, draft, account, now)
    return show(trx, session, { account, conversation, group: request.group }, request.asView)
  }

  /** A draft where it stands, for the account that goes on with it. Throws PlainError where it cannot go on. */
  async function continueDraft(
    trx: Trx,
    id: string,
    place: Place,
    { now, language, asView }: Pick<FormToOpen, 'now' | 'language' | 'asView'>,
  ): Promise<{ view: FormView } | { card: Card }> {
    const draft = await lockDraft(trx, known, id, place.account)
    if (draft.receipt) return { card: await cardOf(trx, { draft, sealer }, draft.receipt.card) }
    if (draft.state === 'cancelled') throw new PlainError('forms:draft.is-cancelled')
    // Sent in, and erased since.
    if (draft.state === 'submitted') throw new PlainError('forms:draft.gone')
    if (!asView && !mayAskAt(draft, place)) throw new PlainError('forms:draft.private')
    const session = await openSession(trx, known, { ...draft, language }, place.account, now)
    return show(trx, session, place, asView)
  }

  async function show(trx: Trx, session: Session, place: Place, asView: boolean) {
    if (!asView) return { card: await cardOf(trx, session, await beginAsking(trx, session, place)) }
    const evaluation = await evaluateDraft(session)
    const { draft, now } = session
    // What is typed beside the page is no longer an answer to the question that was asked there before.
    const asking = isAskedAt(draft, place) ? null : draft.asking
    const isThere = evaluation.pages.some(({ name }) => name === draft.page) || draft.page === summaryPage
    const page = isThere ? draft.page : (evaluation.pages[0]?.name ?? summaryPage)
    session.draft = { ...draft, asking, page, updatedAt: now }
    await updateDraft(trx, known, session.draft)
    return { view: await viewOf(session, evaluation) }
  }

  return {
    open,
    answerPage: (trx, page, tools) => answerPage(trx, known, page, tools),

    async asking(db, conversation, account) {
      const row = await findAskedRow(db, conversation, account)
      if (!row || !known.has(row)) return null
      if (isLapsed({ updatedAt: new Date(row.updated_at) }, await store.now())) return null
      return {
        draft: row.id,
        // What belongs into a sealed form is kept with no questions, whatever it sounds like.
        isAnswer: async (text) => isSealedRow(row) || isAnswer(await toDraft(db, known, row), known, text),
        isChoice: async (text) => isChoice(await toDraft(db, known, row), known, text),
      }
    },

    async sealedFor(db, { conversation, account, files }) {
      const asked = await findAsked(db, known, conversation, account)
      const draft = asked ?? (files ? await takerOf({ conversation, account }, known, store) : null)
      return draft?.sealedUnder ? concealedId(sealer, draft.id) : null
    },

    async takeText(turn, { draft: id }) {
      const { conversation, account, group, text, files = [] } = turn.message
      await turn.commit(async (trx, say) => {
        const now = await store.now(trx)
        const draft = await lockDraft(trx, known, id, account)
        const place = { conversation, account, group }
        if (!isAskedAt(draft, place)) {
          // It was sent in, cancelled or taken elsewhere since it was looked up.
          const card = draft.receipt?.card ?? textCard(turn.language, 'forms:step.past')
          await say(await cardOf(trx, { draft, sealer }, card))
          return
        }
        const session = await openSession(trx, known, draft, account, now)
        const input =
          files.length > 0 ? ({ type: 'files', files } as const) : ({ type: 'text', text } as const)
        await answerStep(trx, session, input, place, say)
      })
      await sealedFiles.clear(files)
    },

    receiveFiles: (turn) => receiveFiles(turn, known, store),
    wantsFiles: (account) => wantsFiles(account, known, store),
    feature: createFormsFeature({ store, definitions: known, showsForms, continueDraft }),
    sweep: (trx, now) => sweepDrafts(trx, known, now),
  }
}

/** What is known already; an empty text is no answer, so it is still asked. */
function filledIn(values: FormToOpen['values']): FormToOpen['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value.length > 0))
}

/**
 * A button pressed twice goes on with the draft that it opened; what has begun as something else stays apart. A form that
 * takes nothing but files goes on too: each wrong file would leave a draft of its own.
 */
function isSame(draft: Draft, { form, context }: FormToOpen, { version, pages }: FormDefinition): boolean {
  const isUntouched = draft.updatedAt.getTime() === draft.openedAt.getTime()
  const isForFiles = pages.every(({ fields }) => fields.every(({ type }) => type === 'file'))
  return (
    draft.form === form &&
    draft.version === version &&
    sorted(draft.context) === sorted(context) &&
    (isUntouched || isForFiles || Object.keys(context).length > 0)
  )
}

function sorted(context: Record<string, string>): string {
  return JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)))
}
