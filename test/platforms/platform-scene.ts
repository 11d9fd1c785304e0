import type { Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { IncomingMessage, Interaction } from '../../src/chat/incoming.ts'
import type { Delivered, DeliveryError, Operation } from '../../src/chat/outgoing.ts'
import type { HeardConversation, Intake, Platform, PlatformWords } from '../../src/chat/platform.ts'

/** Somebody who uses the platform, as they see it. */
export interface Person {
  /** Says something. Gives what the person is shown at once, such as an error; nothing where it was taken. */
  say(text: string): Promise<string>
  /** Presses the button with this label on the last card. Gives what the person is shown at once: toast, cards, error. */
  press(label: string): Promise<string>
  /** All that the bot has said in the conversation, as it stands there now; of a card its texts, as `textsOf` gives them. */
  shown(): Promise<string>
}

/** A platform started for a test, and the people on it. */
export interface Stage {
  join(): Promise<Person>
  /** As `Platform` does it; where each person has a platform of their own, by that of whom it is for. */
  deliver(operation: Operation): Promise<Delivered>
  find(operation: Operation): Promise<Delivered | null>
  /** Stops the platform of everyone who joined. */
  stop(): Promise<void>
  /** Messages logged as errors so far. */
  readonly logged: string[]
}

export interface PlatformUnderTest extends Pick<Platform, 'name' | 'abilities' | 'once'> {
  /** The clock of the platform stands at `now`. The screen's language is Chinese. */
  begin(intake: Intake, now: Date): Promise<Stage>
  /** Makes what cannot be done of what can, and how the platform is to refuse it. */
  refused: { what: string; kind: DeliveryError['kind']; make(possible: Operation): Operation }[]
}

export const now = new Date('2026-03-02T01:02:03Z')

/** All texts of a card as they stand in it, for platforms that hand cards on as data. */
export function textsOf(card: unknown): string {
  if (typeof card === 'string') return card
  return card !== null && typeof card === 'object' ? Object.values(card).map(textsOf).join('\n') : ''
}

/** An intake that keeps what it is given; each message is done with when it has been taken. */
export class KeptIntake implements Intake {
  readonly messages: IncomingMessage[] = []
  readonly interactions: Interaction[] = []
  /** Runs before a message counts as stored. */
  storing = async (_message: IncomingMessage): Promise<void> => {}
  answering = async (_interaction: Interaction): Promise<Acknowledgement> => ({ toast: '好' })

  async take(message: IncomingMessage): Promise<void> {
    await this.storing(message)
    this.messages.push(message)
  }

  async answer(interaction: Interaction): Promise<Acknowledgement> {
    this.interactions.push(interaction)
    return this.answering(interaction)
  }

  /** Whether a form waits for files. */
  wanting = true

  async wantsFiles(): Promise<boolean> {
    return this.wanting
  }

  readonly withdrawn: string[] = []
  /** What the platform said of its own accord, each id once. */
  readonly told: PlatformWords[] = []

  async withdraw({ id }: Pick<IncomingMessage, 'id'>): Promise<void> {
    this.withdrawn.push(id)
  }

  /** Ids of what still waits, and what was changed in time. */
  readonly waiting = new Set<string>()
  readonly amended: { id: string; text: string }[] = []

  async amend({ id, text }: Pick<IncomingMessage, 'id' | 'text'>): Promise<boolean> {
    if (!this.waiting.has(id)) return false
    this.amended.push({ id, text })
    return true
  }

  /** Where people spoke lately. */
  lately: HeardConversation[] = []

  async heard(): Promise<HeardConversation[]> {
    return this.lately
  }

  async tell(words: PlatformWords): Promise<void> {
    if (this.told.every(({ id }) => id !== words.id)) this.told.push(words)
  }
}

let made = 0

/** The answer to a message, finished. */
export function answerTo(message: IncomingMessage, card: Card, changes: Partial<Operation> = {}): Operation {
  made += 1
  return {
    id: `contract:${made}`,
    name: 'send',
    to: { type: 'conversation', conversation: message.conversation },
    card,
    replyTo: message.id,
    open: false,
    message: null,
    ...changes,
  }
}

/** An edit of a message, as the outbox hands it to the platform: a new message where it cannot edit. */
export function editOf(
  { abilities }: PlatformUnderTest,
  { message }: Delivered,
  of: Operation,
  card: Card,
): Operation {
  made += 1
  const edit = { ...of, id: `contract:${made}`, card, open: false }
  return abilities.updatesCards ? { ...edit, name: 'edit', message } : edit
}

export interface Scene {
  intake: KeptIntake
  stage: Stage
  person: Person
  /** Says something, and gives what the intake got of it. */
  heard(text: string, by?: Person): Promise<IncomingMessage>
  /** Says something that is answered with the card. */
  ask(card: Card): Promise<Operation>
}

/** Plays a scene with one or more people and always stops the platform. */
export async function playScene(
  platform: PlatformUnderTest,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const intake = new KeptIntake()
  const stage = await platform.begin(intake, now)
  try {
    const person = await stage.join()
    const heard = async (text: string, by = person) => {
      await by.say(text)
      return intake.messages.at(-1)!
    }
    const ask = async (card: Card) => {
      const operation = answerTo(await heard('问'), card)
      await stage.deliver(operation)
      return operation
    }
    await play({ intake, stage, person, heard, ask })
  } finally {
    await stage.stop()
  }
}
