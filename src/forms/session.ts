import type { Card } from '../chat/card.ts'
import type { Account } from '../chat/incoming.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Wording } from '../messages/translate.ts'
import { findPersonByAccount, type Reads } from '../people/people.ts'
import { sealCardUnder } from '../seal/sealed-card.ts'
import type { Trx } from '../store/store.ts'
import { dayIn } from '../timers/calendar/day.ts'
import type { FormDefinition } from './definition.ts'
import type { Draft, DraftReader } from './drafts.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import type { Lookup } from './fields/lookup.ts'
import { createLookup } from './lookup-people.ts'

/** All definitions, among them older versions in which drafts are still kept. */
export interface Definitions extends DraftReader {
  /**
   * The version in which a form is opened, with the pages of the context. Throws where there is no such form: a defect of
   * whoever asks for it.
   */
  latest(name: string, context: Draft['context']): FormDefinition
  /** The version in which a draft began, with the pages of its context. Throws PlainError where it is no longer kept. */
  of(draft: Pick<Draft, 'form' | 'version' | 'context'>): FormDefinition
  has(draft: Pick<Draft, 'form' | 'version'>): boolean
  /** A draft's title, in the nearest version there is; null: no such form is left. */
  titleOf(draft: Pick<Draft, 'form' | 'version'>): Wording | null
  /** What its draft is about; null: the form names nothing. */
  subjectOf(draft: Pick<Draft, 'form' | 'version'>): Wording | null
}

export function indexDefinitions(
  definitions: readonly FormDefinition[],
  { sealer, files }: DraftReader,
): Definitions {
  const byName = Map.groupBy(definitions, ({ name }) => name)
  for (const [name, versions] of byName) {
    if (new Set(versions.map(({ version }) => version)).size < versions.length) {
      throw new Error(`two forms ${name} of one version`)
    }
  }
  const newest = (name: string) => byName.get(name)?.toSorted((a, b) => b.version - a.version)[0]
  const exactly = ({ form, version }: Pick<Draft, 'form' | 'version'>) =>
    byName.get(form)?.find((one) => one.version === version)
  return {
    ...{ sealer, files },
    latest(name, context) {
      const found = newest(name)
      if (!found) throw new Error(`no form ${name}`)
      return withPages(found, context)
    },
    of(draft) {
      const found = exactly(draft)
      if (!found) throw new PlainError('forms:draft.version-gone')
      return withPages(found, draft.context)
    },
    has: (draft) => exactly(draft) !== undefined,
    titleOf: (draft) => (exactly(draft) ?? newest(draft.form))?.title ?? null,
    subjectOf: (draft) => exactly(draft)?.subject ?? null,
  }
}

/** A form as one draft asks it. */
function withPages(definition: FormDefinition, context: Draft['context']): FormDefinition {
  return definition.pagesOf ? { ...definition, pages: definition.pagesOf(context) } : definition
}

/** A draft with what is needed to work on it: for one account, at one moment. */
export interface Session extends DraftReader {
  db: Reads
  draft: Draft
  definition: FormDefinition
  lookup: Lookup
  /** Whose account it is that works on it; null: a guest's. */
  person: string | null
  now: Date
}

export async function openSession(
  db: Reads,
  definitions: Definitions,
  draft: Draft,
  account: Account,
  now: Date,
): Promise<Session> {
  const person = (await findPersonByAccount(db, account))?.id ?? null
  const today = dayIn('Asia/Shanghai', now)
  const definition = definitions.of(draft)
  const { sealer, files } = definitions
  const at = { db, now, person, language: draft.language }
  const lookup = { ...createLookup(db, person ?? account, today), at }
  return { db, draft, definition, lookup, person, now, sealer, files }
}

export function evaluateDraft({ definition, draft, lookup, person }: Session): Promise<Evaluation> {
  // As it is now: whoever began it as a guest may have signed in since.
  const context = { ...draft.context, guest: person === null ? 'yes' : '' }
  return evaluate(definition, draft.values, context, lookup)
}

/** A card of a draft as it may be said: of one that is sealed it lies nowhere in the open. */
export async function cardOf(
  trx: Trx,
  { draft, sealer }: Pick<Session, 'draft' | 'sealer'>,
  card: Card,
): Promise<Card> {
  const { sealedUnder, language } = draft
  return sealedUnder === null ? card : sealCardUnder(trx, sealer, sealedUnder, card, language)
}
