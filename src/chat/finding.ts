/** A sentence that is made in the reader's language where it is shown: a key of the messages, with its values. */
export interface Sentence {
  key: string
  values?: Record<string, string | number>
}

/** What a check of the installation came to. */
export interface Finding {
  /** What was looked at, the same in every language: `slack.bot-token`. */
  check: string
  /** `unknown`: it cannot be found out from here. */
  state: 'well' | 'wrong' | 'unknown'
  found: Sentence
  /** What to do, and where to look. Default: nothing is to be done. */
  advice?: Sentence
}

/** A finding in which nothing is to be done. */
export function well(check: string, key: string, values: Sentence['values'] = {}): Finding {
  return { check, state: 'well', found: { key, values } }
}

/** A finding that somebody has to mend, or to look at where it cannot be found out. */
export function unwell(
  check: string,
  state: 'wrong' | 'unknown',
  found: Sentence,
  advice: Sentence,
): Finding {
  return { check, state, found, advice }
}
