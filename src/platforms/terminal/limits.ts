/** Lines are broken at this many columns at most: longer ones are hard to read, however wide the window is. */
export const widestLine = 88

/** How long `stop` waits for a reply under way, in milliseconds. */
export const stopTimeout = 5000
