import { PlainError } from '../../messages/plain-error.ts'

/** How far it would reach, before it is sent. */
export interface Reached {
  people: number
  /** Of these, whoever has no account. */
  unreachable: number
  chats: number
}

type Shown = Pick<Reached, 'people' | 'chats'>

/** What a preview shows of its audience, as the button of its last press carries it. */
export const reachedInShort = ({ people, chats }: Shown) => `${people} ${chats}`

/** Throws PlainError where it would reach more or fewer than the preview showed. @param shown As `reachedInShort` wrote it. */
export function mustBeAsShown(reached: Shown, shown: string): void {
  if (reachedInShort(reached) !== shown) throw new PlainError('circulation:refused.others')
}
