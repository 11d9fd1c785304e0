import { normalise } from './normalise.ts'

/** Words that point back at what was said before. */
const backward =
  /^(那|那么|还有|另外|此外|再问|接着|然后|除此|除了这|所以|可是|但是|如果不|要是不|不够|不到|and |what about|how about|then|also )|它|他们|她们|这个|这些|这种|这样|这事|这块|这条|那个|那些|那条|那种|上面|上述|前面|刚才|刚说|其中|该不该也|\b(it|its|they|them|their|this|that|those|these|he|she)\b|(呢|呀|嘛)$/

/** Whether a question says something only after the one before it. */
export function pointsBack(question: string): boolean {
  return backward.test(normalise(question))
}

/** Han characters (or Latin words) in a question that is clear by itself. */
const clearLength = 14

/**
 * How much the turns before count beside the question itself, 0 to 1. A question that points back or is short
 * needs them; a full one on its own does not, and would only be pulled back to the old subject.
 */
export function historyShare(question: string): number {
  const normalised = normalise(question)
  const length = normalised.match(/[\u4e00-\u9fff]|[a-z0-9]+/g)?.length ?? 0
  if (backward.test(normalised)) return length > 2 * clearLength ? 0.2 : 0.5
  if (length <= clearLength / 2) return 0.4
  return length <= clearLength ? 0.25 : 0
}
