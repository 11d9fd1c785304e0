/**
 * What Slack takes and gives, in one table. Lengths are in UTF-16 units, which is never less than what Slack counts;
 * sizes in bytes, times in milliseconds. Sources: the vendor's reference of Block Kit, the Web API and the Events API.
 */

/** Blocks of a message; of a modal or a home. */
export const mostMessageBlocks = 50
export const mostViewBlocks = 100
/** All texts of one message or view together: the vendor names no number and refuses some above 13,000. */
export const mostText = 12_000
/** A piece of running text in one block. */
export const longestText = 3000
/** The line of a notification, shown where blocks are not. */
export const longestFallback = 3000
export const longestHeader = 150
export const longestContext = 2000
export const mostActions = 25
export const longestButton = 75
export const longestButtonValue = 2000
export const longestId = 255
export const mostTableRows = 100
export const mostTableColumns = 20
/** All cells of a table together. */
export const mostTableText = 10_000
export const longestLink = 3000
/** All of a text that is streamed: the vendor takes 12,000 characters in one call (`markdown_text`). */
export const mostStream = 12_000
/** One text in it. */
export const longestStreamedText = 3000
/** Streams that are remembered; the vendor ends each after about five minutes. */
export const mostStreams = 1000

export const longestViewTitle = 24
export const longestLabel = 2000
export const longestHint = 2000
export const longestPlaceholder = 150
export const longestInput = 3000
export const mostOptions = 100
export const mostOptionGroups = 100
export const longestOption = 75
export const longestOptionValue = 150

/** A message a second in a chat. For the workspace the vendor names no number; its 429 is waited out. */
export const chatPace = { most: 1, per: 1000 }
export const appPace = { most: 20, per: 1000 }

/** One file that is sent to the bot, and how many with one message. */
export const largestFile = 20 * 1024 * 1024
export const mostFiles = 10
/** One that the bot sends: it lies in the outbox. Its name, in characters. */
export const largestSentFile = 256 * 1024
export const longestFileName = 100
/** One out of the blob store, which the bot made itself; the words of a picture, 2000 by the vendor. */
export const largestUpload = 30 * 1024 * 1024
export const longestAlt = 2000
/** How long a picture that was just uploaded may not be usable yet, and how long until it is tried again. */
export const uploadSettles = 120_000
export const uploadWait = 3000
/** People named in one message whose names are looked up. */
export const mostNames = 10

/** A request by HTTP: the vendor sends far smaller ones. */
export const largestRequest = 1024 * 1024
/** How far the time in a request's header may lie from ours, both ways. */
export const oldestRequest = 5 * 60_000
/** Requests whose answers are kept for exact repeats. */
export const mostKeptAnswers = 10_000

/** One call of the Web API; one that has to come before a trigger or an acknowledgement expires (3 s). */
export const callTimeout = 10_000
export const hastyTimeout = 1500
/** One call of `kexie doctor`, where somebody sits and waits. */
export const checkTimeout = 5000
/** A file of 20 MB over a slow line. */
export const downloadTimeout = 60_000
/** A small file to the vendor's host for uploads. */
export const uploadTimeout = 10_000
/** How long a start waits for the connection before it goes on without. */
export const readyTimeout = 10_000
/** The first wait before another connection, doubled up to the longest. */
export const firstRetry = 250
export const longestRetry = 30_000
/** How often it is looked whether the socket is alive, and how long one that is not may take to say so itself. */
export const watchEvery = 5000
/** How long a connection may take to be greeted by Slack. */
export const helloTimeout = 15_000
/** How long `stop` waits for what is under way. */
export const stopTimeout = 5000

/** Entries of the directory. */
export const knownFor = 12 * 3_600_000
export const unknownFor = 10 * 60_000
export const mostKnown = 10_000
/** Who is in a channel: how long it holds, and how long nothing is asked where there was no answer. */
export const membersKnownFor = 5 * 60_000
export const membersUnknownFor = 60_000
export const mostGroups = 1000
/** In a larger channel a guest is taken to read along. The vendor gives up to 999 at once. */
export const mostMembers = 1000
export const membersPage = 999
/** Of the workspace's people, in search of its bots and of whoever reads its public channels. */
export const mostUserPages = 10
/** Pages of 100 messages in which a message of ours is looked for. */
export const mostPages = 5

/** What was said longer ago than this is not asked for, nor answered. */
export const oldestMissed = 24 * 3_600_000
/** Messages of a page of a chat's history, and pages that are read of it at most. */
export const historyPage = 200
export const mostHistoryPages = 10
/** Tier 3 is 50 calls a minute; some are left for looking whether a message of ours was made. */
export const historyPace = { most: 40, per: 60_000 }
