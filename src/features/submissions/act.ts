import type { Account } from '../../chat/incoming.ts'
import type { FormValues } from '../../forms/definition.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { Submission } from './records.ts'

/** Something that is to be done to a record. */
export interface Deed {
  /** Id or number. */
  submission: string
  action: string
  /** Who does it: an account and whose it is; `clock`: the time is over. */
  by: { account: Account; person: string | null } | 'clock'
  /** The record's revision that was seen; another one now: PlainError `submissions:changed`. Null: whatever it is. */
  seen: number | null
  /** What was filled in, by the names of the action's fields. */
  input: FormValues
  now: Date
}

/**
 * Does it, all or nothing: checks rights and needs, changes the state, writes the history, does what the action does,
 * sets the clocks of the new state, tells the author and whoever must act next. Throws PlainError
 * `submissions:refused.*` where it may not be done.
 */
export async function act(_trx: Trx, _context: SubmissionsContext, _deed: Deed): Promise<Submission> {
  throw new Error('not made yet')
}
