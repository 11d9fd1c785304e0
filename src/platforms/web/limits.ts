/** What the web chat takes and keeps. Lengths are in characters (code points), times in milliseconds. */
export const longestMessage = 2000

/** Room for 2000 characters written as JSON escapes (12 bytes each), and the fields around them. */
export const largestBody = 32 * 1024

/** As Slack: what a button carries, as JSON. */
export const longestButtonValue = 2000

/** A longer text in a card is shortened visibly; a browser would still show it, but nobody would read it. */
export const longestText = 20_000
export const mostTableRows = 500

/** Replies are kept this long after their end, so that a browser whose connection was cut can fetch them. */
export const repliesKeptFor = 10 * 60_000
export const mostReplies = 2000

/** Several people share one address (an office behind one router), so it may ask more than one guest. */
export const addressFactor = 10
/** Clicks cost less than questions and come in bursts. */
export const clickFactor = 3
/** Guests and addresses whose rate is remembered at once, each. */
export const mostRates = 10_000

/** A comment line on an idle stream, before proxies take it for dead (commonly 30 or 60 s). */
export const heartbeat = 15_000

/** How long `stop` waits for replies under way. */
export const stopTimeout = 5000

/** A guest is known by this cookie for half a year after the last visit, in seconds. */
export const guestKeptFor = 180 * 24 * 3600
