/**
 * What Feishu takes and gives, in one table. Sizes are in bytes of UTF-8, lengths in characters, times in
 * milliseconds. The vendor's own limits stand beside those that this code keeps to stay clear of them.
 */

/** A card as JSON: the vendor refuses more than 30 KB (code 200860); what stands around it in a request is left room. */
export const largestCard = 28_000
/** Elements of a card, texts inside others counted: the vendor refuses more than 200 (300305). */
export const mostElements = 190
/** Tables of a card: the vendor refuses more than 5 (11310), and some clients draw only three. */
export const mostTables = 3
export const mostTableRows = 100
export const mostTableColumns = 20
/** The vendor shows between 1 and 10 rows of a table at once. */
export const tablePage = 10
/** Each button is up to three elements with its column. */
export const mostButtons = 40
/** Beyond this a text in a card is cut visibly; fitting into the card may cut it further. */
export const longestText = 8000
export const longestLabel = 100
/** What stands in the list of chats instead of the card. */
export const longestSummary = 100

/** What may be typed into one field of a card form, by the vendor. */
export const longestInput = 1000
/** A choice of more options than this is typed instead. */
export const mostOptions = 50

/** An entry of a calendar: what the vendor takes, in characters. */
export const longestEntryTitle = 1000
export const longestEntryText = 8000
export const longestPlace = 500
/** Minutes before the beginning. */
export const earliestReminder = 20_160

/** The vendor takes up to 50 characters in `uuid`; the same one is sent once within an hour. */
export const uuidLength = 43
export const uuidWindow = 3_600_000

/** Calls on a card's entity are numbered upwards, as int32: a number for each tenth of a second, at most ten calls. */
export const longestSequence = 2 ** 31 - 1
export const sequenceTick = 100
/** Streams that are remembered; the vendor ends each after ten minutes. */
export const mostStreams = 1000

/** 5 a second in a chat; 50 a second and 1000 a minute for the app, of which the second is the tighter one. */
export const chatPace = { most: 5, per: 1000 }
export const appPace = { most: 1000, per: 60_000 }

/** One file that is sent to the bot. */
export const largestFile = 20 * 1024 * 1024
/** One that the bot sends: the vendor takes 30 MB, but it lies in the outbox. */
export const largestSentFile = 256 * 1024
/** Out of the blob store, made by the bot itself: 30 MB and 10 MB by the vendor. */
export const largestUpload = 30 * 1024 * 1024
export const largestPicture = 10 * 1024 * 1024
/** What is read in place of a picture. */
export const longestAlt = 1000
/** Images of one rich text. */
export const mostFiles = 10

/** A request by HTTP. Events hold a message of 150 KB at most, and grow by a third when encrypted. */
export const largestRequest = 512 * 1024
/** How far the time in a request's header may lie from ours, both ways. */
export const oldestRequest = 5 * 60_000
/** Requests whose answers are kept for exact repeats. */
export const mostKeptAnswers = 10_000

/** One call of the open platform. */
export const callTimeout = 10_000
/** One call of `kexie doctor`, where somebody sits and waits. */
export const checkTimeout = 5000
/** A file of 20 MB over a slow line. */
export const downloadTimeout = 60_000
/** The opening of a long connection. */
export const handshakeTimeout = 10_000
/**
 * How long a ping may stay without an answer, in seconds, before the connection counts as dead. Each ping begins this
 * time anew, so it must be shorter than the pause between two (120 s, as the vendor says at each connection).
 */
export const pingTimeout = 15
/** How long a start waits for the connection before it goes on without. */
export const readyTimeout = 10_000
/** How often it is looked whether the connection has been given up by the SDK. */
export const watchEvery = 5_000
/** How long `stop` waits for what is under way. */
export const stopTimeout = 5_000

/** Entries of the directory. */
export const knownFor = 12 * 3_600_000
export const unknownFor = 10 * 60_000
export const mostKnown = 10_000
/** How long an answer waits for the directory. */
export const hastyTimeout = 1500
/** Of one person: the main one and a few more. */
export const mostDepartments = 3
/** Who is in a group: how long it holds, and how long nothing is asked where there was no answer. */
export const membersKnownFor = 5 * 60_000
export const membersUnknownFor = 60_000
export const mostGroups = 1000
/** In a larger group a guest is taken to read along. The vendor gives up to 100 at once. */
export const mostMembers = 1000
export const membersPage = 100

/** A toast is one or two lines on a telephone. */
export const longestToast = 200

/** What was said longer ago than this is not asked for, nor answered. */
export const oldestMissed = 24 * 3_600_000
/** Messages of a page of a chat's history, 50 by the vendor, and pages that are read of it at most. */
export const historyPage = 50
export const mostHistoryPages = 20
/** 50 a second and 1000 a minute are the vendor's: most are left for answers. */
export const historyPace = { most: 10, per: 1000 }

/**
 * 多维表格: rows and columns of a table, characters of a text; rows of one call, which the vendor's limits for adding
 * (1000), changing (1000) and deleting (500) all allow; rows of a page that is read.
 */
export const mostBitableRows = 20_000
export const mostBitableColumns = 300
export const longestBitableText = 100_000
export const longestBitableName = 100
export const mostRowsOfCall = 500
export const rowsOfPage = 500
