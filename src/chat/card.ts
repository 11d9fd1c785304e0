/**
 * A card is data. Features make cards; each platform renders them purely, within its limits.
 * What a platform lacks it shows another way (a button as a numbered command in the terminal), never drops.
 */
export interface Card {
  tone: 'answer' | 'refusal' | 'error' | 'info'
  title?: string
  blocks: Block[]
  /** Where what it shows must not lie open: all of it, encrypted, and the name of the key. Default: it may. */
  sealed?: { key: string; text: string }
  /**
   * While more of it is about to come: the blocks from `at` on, `count` of them, are being written, and `lead`
   * announces them. All others stay as they are until the last edit, so that a platform can show this card as a text
   * that grows at its end.
   */
  growing?: { at: number; count: number; lead: string }
  /** Of what goes to a calendar (`Recipient`): the entry itself, of which the blocks say in words what they can. */
  entry?: CalendarEntry
}

/** Something that stands in a person's calendar. */
export interface CalendarEntry {
  title: string
  description: string
  /** Empty: none. */
  place: string
  /** ISO texts of instants. */
  startsAt: string
  endsAt: string
  /** IANA name. */
  timeZone: string
  /** Minutes before the beginning at which the calendar reminds. */
  reminders: number[]
  /** It takes place no more, or not for this person: the entry is taken out. */
  cancelled: boolean
}

export type Block =
  | { type: 'text'; runs: Run[] }
  /** A passage quoted to the letter; `source` is the line that says where it stands. */
  | { type: 'quote'; runs: Run[]; source?: string }
  /** Small print: what to know beside the answer. */
  | { type: 'note'; text: string }
  | { type: 'list'; items: Run[][] }
  | { type: 'table'; header: string[]; rows: string[][] }
  | { type: 'buttons'; buttons: Button[] }
  /** A way out of the chat, http or https only; where a platform has no links it stands there to be copied. */
  | { type: 'link'; label: string; url: string }
  /**
   * A small text file, such as one for calendars. Where it is all that a message consists of, a messenger sends it as a
   * file of its own; else, and where that is not allowed, `url` is where it is fetched.
   */
  | { type: 'file'; name: string; mediaType: string; text: string; url: string }
  /**
   * A picture (PNG) out of the blob store, shown in the card where the platform can. `alt` says in words what is to be
   * seen; where it cannot be shown that stands there, with `url`, where the picture is.
   */
  | { type: 'picture'; name: string; blob: string; alt: string; url: string }
  /** A file out of the blob store, of any size; else as `file`. */
  | { type: 'document'; name: string; mediaType: string; blob: string; url: string }
  | { type: 'divider' }

/** A piece of a line. `mark` is the highlighter, `strong` is bold. Text is plain: no markup of any platform. */
export interface Run {
  text: string
  mark?: boolean
  strong?: boolean
}

export interface Button {
  label: string
  /**
   * Names the feature and what to do, as `feature.action`, e.g. `policy.open-clause`. The platforms' own `ask` says
   * `value.text` (or else the label) as if the person had typed it.
   */
  action: string
  /** What the action needs; comes back unchanged. At most 2000 characters as JSON (Slack's limit). */
  value: Record<string, string>
  /** `open` shows a card beside the conversation (modal, drawer) where the platform can. */
  opens?: 'here' | 'beside'
  style?: 'primary' | 'plain'
}

/** Whether a platform may make a link of it: an absolute http(s) address without a name and password in it. */
export function isLinkable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}

/** The file that a message consists of; null where it is another message. */
export function fileOf({ title, blocks }: Pick<Card, 'title' | 'blocks'>): FileBlock | DocumentBlock | null {
  const [block, more] = blocks
  const isFile = block?.type === 'file' || block?.type === 'document'
  return isFile && !more && title === undefined ? block : null
}

export type FileBlock = Extract<Block, { type: 'file' }>
export type DocumentBlock = Extract<Block, { type: 'document' }>
export type PictureBlock = Extract<Block, { type: 'picture' }>

export function plain(text: string): Run[] {
  return [{ text }]
}
