import type { Button, Card } from '../chat/card.ts'
import type { Acknowledgement } from '../chat/form-view.ts'
import type { Account, IncomingAction, IncomingMessage } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Recipient } from '../chat/outgoing.ts'
import type { Subscriptions } from '../events/events.ts'
import type { FormDefinition } from '../forms/definition.ts'
import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import type { TimerHandlers } from '../timers/timers.ts'

/** What a feature says it has; main.ts lists the features, nothing is found by scanning. */
export interface Feature {
  /** First part of its actions' names. */
  name: string
  actions: Record<string, ActionHandler>
  commands: Command[]
  /** Forms by their names, which begin with the feature's: `help.ask`. */
  forms: FormDefinition[]
  /** What of this feature concerns somebody, for “我的” and the home pages. Reads only. */
  mine(whose: Whose): Promise<Mine[]>
  /** What happens when a timer of the kind is due; kinds begin with the feature's name. */
  timers: TimerHandlers
  /** What it does when another feature's event has happened. */
  subscriptions: Subscriptions
}

/** Whose own items are wanted. */
export interface Whose {
  db: Reads
  account: Account
  /** The person's id; null: a guest. */
  person: string | null
  language: Language
  now: Date
}

/** Items of one kind: what waits for the person, what they asked for and sent in. */
export interface Mine {
  /** `to-do`: somebody waits for them; `own`: they wait for somebody; `unfinished`: they began it. */
  kind: 'to-do' | 'own' | 'unfinished'
  /** Such as 待我解答. */
  title: string
  /** All there are, also those that are not listed. */
  count: number
  /** The most pressing first, five at most. */
  items: MyItem[]
  /** Says as if typed, such as 我的待办: shows all of them. */
  more: string
}

export interface MyItem {
  /** Number and what it is about, on one line. */
  title: string
  /** State and what is due, on one line. */
  state: string
  /** What can be done at once; at most two. */
  buttons: Button[]
}

/** Words that a person types to reach something directly. */
export interface Command {
  /** Every way to type it, in each language; compared without case, width and punctuation at the ends. */
  words: Record<Language, string[]>
  /** What else it takes, such as a code; default: nothing else. Compared as the words are. */
  pattern?: RegExp
  /** Whether what fits the pattern is meant for it after all, where a pattern cannot tell. Default: it is. */
  fits?(turn: Turn): Promise<boolean>
  /** It says itself what becomes of an open form: nobody is reminded of that after it. Default false. */
  aboutDrafts?: boolean
  run(turn: Turn): Promise<void>
}

/** A message whose turn it is. Whoever handles it calls `commit` once. */
export interface Turn {
  readonly message: IncomingMessage
  /** Of what was said. */
  readonly language: Language
  /** Aborted when the house stops or the turn has lasted too long: what can be said by then is to be said. */
  readonly signal: AbortSignal
  /**
   * Keeps what the message caused, its answer (at least one) and its being done, all or nothing. `work` may run
   * several times, so it changes nothing but rows; no network or model inside.
   */
  commit(work: (trx: Trx, say: Say) => Promise<void>): Promise<void>
  /** After `commit`: puts another card in place of one said there. The last edit is one without `open`. */
  edit(said: string, card: Card, options?: { open?: boolean }): Promise<void>
}

export interface SayOptions {
  /** Default: where the message or click came from. */
  to?: Recipient
  /** More edits are about to come. Default false. */
  open?: boolean
}

/** Puts a message into the outbox, in the lane of replies. Returns its id, for `edit`. */
export type Say = (card: Card, options?: SayOptions) => Promise<string>

/** A button that was pressed. */
export interface Click {
  readonly action: IncomingAction
  readonly language: Language
  /** The one transaction in which all of it happens, within a second. */
  readonly trx: Trx
  readonly now: Date
  readonly say: Say
  /** Opens a form for whoever clicked: the answer is to be returned from the handler. */
  openForm(form: string, options: OpenFormOptions): Promise<Acknowledgement>
}

export interface OpenFormOptions {
  /** Values already known, by field name. */
  values?: Record<string, string | string[]>
  /** What the form is about, kept with the draft and given back at its submit; never shown. */
  context?: Record<string, string>
}

/**
 * What a button does. `reads`: nothing is changed, so nothing is kept about it; else a repeat of the same click
 * returns the first answer without a second effect.
 */
export interface ActionHandler {
  reads: boolean
  run(click: Click): Promise<Acknowledgement>
  /** Presses of which very many come at the same moment take this way instead of `run`. Default: none do. */
  rush?: RushLane
}

/** A way on which presses that wait together are kept in one commit, and what they lead to is found out after it. */
export interface RushLane {
  /**
   * Keeps the presses, in their order; the same key again keeps nothing new. Locks what it needs, so that their order is
   * that in which transactions commit.
   */
  accept(trx: Trx, presses: readonly RushedPress[], now: Date): Promise<void>
  /**
   * What became of a press that was kept, as soon as it is known; null: not before the signal was aborted. A toast at
   * most: whatever else there is to say goes out by the outbox.
   */
  answer(press: RushedPress, within: AbortSignal): Promise<Acknowledgement | null>
  /** Says that the press was kept and its answer follows. */
  queued(press: RushedPress): Acknowledgement
}

export interface RushedPress {
  /** The same for the same press, however often it arrives. */
  key: string
  action: IncomingAction
}
