/** Lines are broken at this many columns at most: longer ones are hard to read, however wide the window is. */
export const widestLine = 88

/** How long `stop` waits for an answer under way, in milliseconds. */
export const stopTimeout = 5000

/**
 * How long a line waits for its answer before the next one is taken, in milliseconds. Above what a model may take
 * for an answer, so that this is reached only where something is broken; the answer still comes, later.
 */
export const answerTimeout = 130_000

/** How long a pressed button waits for what it had said into the conversation, in milliseconds. */
export const followUpTimeout = 5000

/** Bytes of one file. */
export const largestFile = 20 * 1024 * 1024
