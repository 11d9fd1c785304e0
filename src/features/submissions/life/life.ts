import type { ActorName } from '../definition/actors.ts'
import { rubricOf } from '../definition/rubric.ts'
import type { Kind, KindAction } from '../definition/schema.ts'

/** What of a record decides about its next steps. */
export interface Standing {
  state: string
  /** By it the rubric is chosen. */
  variety: string
  reopened: boolean
  /** Reviews that were given, and that are awaited. */
  reviewsGiven: number
  reviewsAwaited: number
  objectionsOpen: number
  owner: string | null
  verifier: string | null
  /** Whom it puts forward, where they are of the house. */
  nominee: string | null
  /** 元 granted and not used, as far as is accounted for; null: nothing was granted, or is not accounted for. */
  remainder: number | null
  /** Whether there is an organisation above the one with which it lies. */
  hasSuperior: boolean
  /** Whether it lies encrypted and was not erased; whether the name is hidden from those who handle it. */
  sealed: boolean
  hidden: boolean
  /** Whether a text waits to be approved for everybody; whether one was approved. */
  proposed: boolean
  published: boolean
  /** Offers to solve it that are open. */
  offersOpen: number
  /** Milestones of the agreement in force: yet to be reached, reported as reached, and all that count. */
  milestonesOpen: number
  milestonesReported: number
  milestonesSet: number
}

/** Somebody in relation to a record. */
export interface Part {
  /** Null: a guest, or the clock. */
  person: string | null
  /** All that they are to it. */
  as: readonly ActorName[]
  /** Whether they were asked to review and have done so. Default false. */
  reviewed?: boolean
}

export interface PossibleAction {
  name: string
  action: KindAction
  /** In which part it is done: the first of the action's that fits. */
  as: ActorName
}

/** Why an action cannot be done; a word for the message `submissions:refused.<word>`. */
export type Refusal =
  | 'unknown'
  | 'not-now'
  | 'not-yours'
  | 'own'
  | 'reviews-missing'
  | 'objection-open'
  | 'reopened-before'
  | 'not-reopened'
  | 'same-person'
  | 'no-superior'
  | 'superior'
  | 'nominee-known'
  | 'nominee-unknown'
  | 'no-remainder'
  | 'remainder'
  | 'not-sealed'
  | 'not-hidden'
  | 'nothing-proposed'
  | 'nothing-published'
  | 'no-offers'
  | 'offerer'
  | 'no-milestone-open'
  | 'no-milestone-reported'
  | 'milestones-unaccepted'
  | 'reviewed-already'
  | 'not-reviewed'

/** What somebody may do to a record as it stands, in the order of the kind's file. Pure. */
export function possibleActions(kind: Kind, standing: Standing, part: Part): PossibleAction[] {
  return Object.keys(kind.actions).flatMap((name) => {
    const checked = checkAction(kind, standing, part, name)
    return typeof checked === 'string' ? [] : [checked]
  })
}

/**
 * Whether an action may be done now.
 * @param input What was filled in; only `owner` and `verifier` are looked at, where fields set them.
 */
export function checkAction(
  kind: Kind,
  standing: Standing,
  part: Part,
  name: string,
  input: Record<string, unknown> = {},
): PossibleAction | Refusal {
  const action = Object.hasOwn(kind.actions, name) ? kind.actions[name] : undefined
  if (!action) return 'unknown'
  if (!action.from.includes(standing.state)) return 'not-now'
  const as = action.by.find((actor) => part.as.includes(actor))
  if (!as) return 'not-yours'
  const isAuthor = part.as.includes('author') || part.as.includes('co-author')
  for (const need of action.needs) {
    switch (need) {
      case 'not-author':
        // Whoever is put forward decides as little about it as whoever sent it in.
        if (isAuthor || part.as.includes('nominee')) return 'own'
        break
      case 'reviews-complete':
        if (
          standing.reviewsAwaited > 0 ||
          standing.reviewsGiven < (rubricOf(kind, standing.variety)?.reviews ?? 1)
        ) {
          return 'reviews-missing'
        }
        break
      case 'no-open-objection':
        if (standing.objectionsOpen > 0) return 'objection-open'
        break
      case 'not-reopened':
        if (standing.reopened) return 'reopened-before'
        break
      case 'reopened':
        if (!standing.reopened) return 'not-reopened'
        break
      case 'verifier-is-not-owner': {
        const [owner, verifier] = [set(action, input, 'owner'), set(action, input, 'verifier')]
        const both = [owner ?? standing.owner, verifier ?? standing.verifier]
        if (both[0] !== null && both[0] === both[1]) return 'same-person'
        break
      }
      case 'has-not-reviewed':
        if (part.reviewed) return 'reviewed-already'
        break
      case 'has-reviewed':
        if (!part.reviewed) return 'not-reviewed'
        break
      case 'has-superior':
        if (!standing.hasSuperior) return 'no-superior'
        break
      case 'no-superior':
        if (standing.hasSuperior) return 'superior'
        break
      case 'nominee-known':
        if (standing.nominee === null) return 'nominee-unknown'
        break
      case 'nominee-unknown':
        if (standing.nominee !== null) return 'nominee-known'
        break
      case 'has-remainder':
        if (standing.remainder === null || standing.remainder <= 0) return 'no-remainder'
        break
      case 'no-remainder':
        if (standing.remainder !== null && standing.remainder > 0) return 'remainder'
        break
      case 'sealed':
        if (!standing.sealed) return 'not-sealed'
        break
      case 'hidden':
        if (!standing.hidden) return 'not-hidden'
        break
      case 'proposed':
        if (!standing.proposed) return 'nothing-proposed'
        break
      case 'published':
        if (!standing.published) return 'nothing-published'
        break
      case 'has-offers':
        if (standing.offersOpen === 0) return 'no-offers'
        break
      case 'not-offerer':
        if (part.as.includes('offerer')) return 'offerer'
        break
      case 'milestones-open':
        if (standing.milestonesOpen === 0) return 'no-milestone-open'
        break
      case 'milestones-reported':
        if (standing.milestonesReported === 0) return 'no-milestone-reported'
        break
      case 'milestones-accepted':
        if (standing.milestonesSet === 0 || standing.milestonesOpen + standing.milestonesReported > 0) {
          return 'milestones-unaccepted'
        }
        break
      default:
        throw new Error(`a need that nobody checks: ${need satisfies never}`)
    }
  }
  return { name, action, as }
}

/** The state that follows. Throws where the kind's file names none for what was filled in: checked when it is read. */
export function nextState(
  { action }: Pick<PossibleAction, 'action'>,
  state: string,
  input: Record<string, unknown>,
): string {
  if (action.to === 'same') return state
  if (typeof action.to === 'string') return action.to
  const chosen = String(input[action.to.field])
  const next = Object.hasOwn(action.to.states, chosen) ? action.to.states[chosen] : undefined
  if (next === undefined) throw new Error(`no state follows ${chosen}`)
  return next
}

function set(action: KindAction, input: Record<string, unknown>, what: 'owner' | 'verifier'): string | null {
  const field = action.fields.find(({ sets }) => sets === what)
  const value = field && input[field.name]
  return typeof value === 'string' ? value : null
}

/** The state to which a history leads; null where it does not hang together. */
export function replay(
  kind: Kind,
  history: readonly { action: string; from_state: string; to_state: string }[],
): string | null {
  let state = kind.start
  for (const [at, entry] of history.entries()) {
    // The first entry is the sending in.
    if (at === 0) {
      if (entry.to_state !== kind.start) return null
      continue
    }
    const isKnown = Object.hasOwn(kind.states, entry.to_state)
    if (entry.from_state !== state || !isKnown) return null
    state = entry.to_state
  }
  return history.length === 0 ? null : state
}
