import type { Flag, Instant } from '../tables.ts'

/** One person's chat on the web. Its counter is raised with each change, by which readers find what is new. */
interface WebChatTable {
  /** The account's user. */
  chat: string
  last_change: number
  changed_at: Instant
}

/** What was said in the web chat, by the person and by the bot. */
interface WebMessageTable {
  /** A person's: the id of its `Incoming`; the bot's: the id under which the outbox sent it. */
  id: string
  chat: string
  /** Empty: to the person directly, in whichever thread they are. */
  thread: string
  /** Its place in the chat: the chat's counter when it was said. */
  position: number
  /** The chat's counter when it was said or edited last. */
  change: number
  speaker: 'person' | 'bot'
  /** A person's words; empty where only files were sent. */
  text: string
  /** JSON array of `{name, size}`. */
  files: string
  /** The bot's card as JSON; null for a person's message. */
  card: string | null
  /** The id of what a bot's message answers. */
  reply_to: string | null
  /** 1: the bot is still writing it. */
  open: Flag
  /** 1: it came when nobody was speaking in its thread any more. */
  late: Flag
  /** 1 for what was said, one more with each edit. */
  version: number
  at: Instant
  changed_at: Instant
}

export interface WebChatTables {
  web_chat: WebChatTable
  web_message: WebMessageTable
}
