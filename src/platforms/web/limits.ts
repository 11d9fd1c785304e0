/** What the web chat takes and keeps. Lengths are in characters (code points), times in milliseconds. */
export const longestMessage = 2000

/** Room for 2000 characters written as JSON escapes (12 bytes each), and the fields around them. */
export const largestBody = 32 * 1024
/** A page of a form holds several long texts. */
export const largestPage = 512 * 1024

/** As Slack: what a button carries, as JSON. */
export const longestButtonValue = 2000

/** One file, in bytes, and what stands around it in the request. */
export const largestFile = 20 * 1024 * 1024
export const largestUpload = largestFile + 64 * 1024
/** Bytes of files kept in a day, for one account; ten times that for one address. */
export const mostBytesADay = 200 * 1024 * 1024
export const longestFileName = 100
/** What is read of a name as it was sent, from its end: some systems send folders too. */
export const longestPath = 1000
/** Each holds its file in memory while it arrives; nobody who sends slowly takes all the places. */
export const mostUploadsAtOnce = 16
export const mostUploadsOfAddress = 4

/** A longer text in a card is shortened visibly; a browser would still show it, but nobody would read it. */
export const longestText = 20_000
export const mostTableRows = 500

/** What a page shows of the conversation when it is opened. */
export const mostShown = 100
/** What one look at the database takes up, for a stream that has fallen behind. */
export const mostChangesAtOnce = 100
/** Of the question that a late reply answers. */
export const longestAsked = 60

/** How long the transcript is kept: a signed-in person's, and a guest's. */
export const personKeptFor = 180 * 24 * 3600_000
export const guestMessagesKeptFor = 30 * 24 * 3600_000
export const sweepEvery = 24 * 3600_000

/** A message is written within seconds; one still open after this was left so by a process that died. */
export const openFor = 120_000
/** A reply that comes when nobody has spoken in its thread for this long says what it answers. */
export const lateAfter = 120_000

/** Several people share one address (an office behind one router), so it may ask more than one guest. */
export const addressFactor = 10
/** Clicks cost less than questions and come in bursts; so do pages that are opened and reloaded. */
export const clickFactor = 3
/** What is said and filled in is kept for weeks: in a day there is room for as much as in this many minutes at full rate. */
export const busyMinutes = 100
/** Guests and addresses whose rate is remembered at once, each. */
export const mostRates = 10_000

/** Pages that listen at once: tabs and devices of one account, and a large office behind one router. */
export const mostStreams = 8
export const mostStreamsOfAddress = 500
/** What another replica delivered is seen within this time. */
export const lookEvery = 1000
/** A sign of life on an idle stream, before proxies take it for dead (commonly 30 or 60 s). */
export const heartbeat = 15_000
/** A stream ends after this and is opened anew, which looks again who is signed in. */
export const streamFor = 5 * 60_000

/** How long `stop` waits for what is under way. */
export const stopTimeout = 5000

/** A guest is known by this cookie for half a year after the last visit, in seconds. */
export const guestKeptFor = 180 * 24 * 3600
