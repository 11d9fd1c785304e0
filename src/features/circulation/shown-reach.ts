import { createHash } from 'node:crypto'
import { PlainError } from '../../messages/plain-error.ts'

/** How far it would reach, before it is sent. */
export interface Reached {
  people: number
  /** Of these, whoever has no account. */
  unreachable: number
  chats: number
  /** Stands for who and which chats these are, as `markOf` makes it. */
  whom: string
}

type Shown = Pick<Reached, 'whom'>

/**
 * One text for the same people and chats in any order: as many others are told from them, and nobody is found out by it.
 * @param people Ids. @param chats As `chatKey` writes them, each once.
 */
export function markOf(people: readonly string[], chats: readonly string[]): string {
  const whom = JSON.stringify([people.toSorted(), chats.toSorted()])
  return createHash('sha256').update(whom).digest('base64url').slice(0, 22)
}

/** What a preview shows of its audience, as the button of its last press carries it. */
export const reachedInShort = ({ whom }: Shown) => whom

/** Throws PlainError where it would reach others than the preview showed, be they as many. @param shown As `reachedInShort` wrote it. */
export function mustBeAsShown(reached: Shown, shown: string): void {
  if (reachedInShort(reached) !== shown) throw new PlainError('circulation:refused.others')
}
