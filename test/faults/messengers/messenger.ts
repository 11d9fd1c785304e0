export const messengers = ['slack', 'feishu'] as const
export type MessengerName = (typeof messengers)[number]

/** By a line that the bot opens (Socket Mode, long connection), or by requests to the bot. */
export const transports = ['socket', 'http'] as const
export type Transport = (typeof transports)[number]

/** What a call of the vendor's interface is about. */
export type Call = 'send' | 'edit' | 'find'

/** How a call fails; `isMade`: it is carried out all the same. */
export interface Fault {
  how: FaultKind
  isMade?: boolean
}

export const faultKinds = ['cut', 'silent', 'error', 'limit', 'revoked'] as const
export type FaultKind = (typeof faultKinds)[number]

/** What people were shown by the bot. */
export interface Shown {
  chat: string
  text: string
}

/** How a click ended for the person: `refused` in words, `failed` where there was no answer. */
export type ClickEnd = 'taken' | 'refused' | 'failed'

/** Somebody in a chat with the bot, alone or in a group. */
export interface Talker {
  readonly chat: string
  /** Whether what they say there is one conversation, which is answered in its order. */
  readonly isOrdered: boolean
  /** Writes something: an event that is yet to be pushed. */
  say(label: string): Pushed
  /** Presses a button under an answer; more than once at the same time where `times` says so. */
  press(button: string, of: string, times?: number): Promise<ClickEnd>
  /** Whether the form is shown that they opened last. */
  seesForm(): boolean
  /** Fills in the first page of the form that is shown; sends it in from its last. */
  fill(label: string): Promise<ClickEnd>
  submit(): Promise<ClickEnd>
}

/** A vendor on this machine, as people and the bot see it. */
export interface Messenger {
  readonly name: MessengerName
  readonly transport: Transport
  /** The address of its interface. */
  readonly url: string
  /** Pauses before each further try to deliver an event, in milliseconds. */
  readonly retries: readonly number[]
  /** Where the bot is reached by HTTP; null: nowhere. */
  reach(address: string | null): void
  join(group?: string): Talker
  /** A group with the bot in it. */
  addGroup(): string
  /** Whether the bot stands; tells nothing where a process is not ours to start. */
  isUp: boolean
  /** Resolves when the bot has died: nobody waits for an answer to a click then. Default: never. */
  over: Promise<unknown>
  /** Asked about each call; default: none fails. */
  fate: ((call: Call) => Fault | null) | null
  shown(): Shown[]
  /** For how many seconds it asks to be left alone where it is called too often. Default 30. */
  limitFor: number
  /** Errors that people were shown. */
  refusals(): number
  /** Calls so far that send or change something, with the time of each. */
  calls(): number
  /** Lines that stand; of all that were ever opened. */
  lines(): { open: number; opened: number }
  /** `within`: in the middle of a message. */
  breakLines(how: 'cut' | 'freeze' | 'within'): void
  /** Has the vendor ask for another line, as Slack does; null where it never does. */
  askForAnother: ((reason: 'warning' | 'refresh_requested') => void) | null
  /** Refuses new lines with the vendor's words for too many or a bad token; null: no longer. */
  refuseLines(why: 'too-many' | 'revoked' | null): void
  close(): Promise<void>
}

let acknowledgements = 0

/** How long an acknowledgement is waited for, in milliseconds: the vendors wait 3 s. */
const acknowledgedWithin = 3000

/** An event that the vendor pushes until it is acknowledged, or it gives up. */
export class Pushed {
  readonly label: string
  readonly chat: string
  /** How often it was pushed. */
  tries = 0
  isTaken = false
  /** The place of its first acknowledgement among all of them. */
  takenAt = 0
  readonly #push: (tries: number) => Promise<boolean>

  constructor(label: string, chat: string, push: (tries: number) => Promise<boolean>) {
    this.label = label
    this.chat = chat
    this.#push = push
  }

  /**
   * Pushes it once. Resolves to whether it was acknowledged, as far as is known when `over` resolves or 3 s are past; an
   * acknowledgement that comes later counts as well.
   */
  async push(over: Promise<unknown> = never): Promise<boolean> {
    this.tries += 1
    const pushed = this.#push(this.tries).then(
      (isTaken) => {
        if (isTaken && !this.isTaken) {
          this.isTaken = true
          this.takenAt = ++acknowledgements
        }
      },
      () => {},
    )
    await endOf(pushed, over)
    return this.isTaken
  }
}

export const never = new Promise<never>(() => {})

/** Resolves with what comes first: undefined where it is over, or the vendor's patience. */
export async function endOf<T>(work: Promise<T>, over: Promise<unknown> = never): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, acknowledgedWithin, undefined)
  try {
    return await Promise.race([work, over.then(() => undefined), promise])
  } finally {
    clearTimeout(timer)
  }
}
