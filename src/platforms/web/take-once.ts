import type { Context } from 'hono'
import type { IncomingMessage } from '../../chat/incoming.ts'
import type { Intake } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Logger } from '../logger.ts'
import type { ChatWatch } from './chat-watch.ts'
import { problem, tooMany } from './problem.ts'
import type { Transcript } from './transcript.ts'

export interface TakeOnceOptions {
  intake: Intake
  transcript: Transcript
  watch: ChatWatch
  logger: Logger
}

export interface Taking {
  message: IncomingMessage
  /** Whole seconds to wait before a new message is taken; not asked for one that is known. */
  admit(): number
}

/** Takes what people say: kept in the transcript, stored by the intake, and only then answered with 202. */
export class TakeOnce {
  readonly #options: TakeOnceOptions
  /** The seconds to wait, or 0 where it was taken; by the message's id while it is under way. */
  readonly #underWay = new Map<string, Promise<number>>()

  constructor(options: TakeOnceOptions) {
    this.#options = options
  }

  /** @param id As the page made it. */
  async answer(context: Context, id: string, taking: Taking): Promise<Response> {
    const { message } = taking
    try {
      const wait = await this.#once(taking)
      return wait > 0 ? tooMany(context, message.language, wait) : context.json({ id }, 202)
    } catch (error) {
      // A database that is busy for now is no defect of ours.
      if (error instanceof PlainError) {
        this.#options.logger.info({ reason: error.key }, 'a message was turned down')
        return problem(context, 503, message.language, error.key, error.values)
      }
      this.#options.logger.error({ err: error, incoming: message.id }, 'a message could not be stored')
      return problem(context, 503, message.language, 'chat:failure')
    }
  }

  /** The same message at the same time joins the first. */
  #once(taking: Taking): Promise<number> {
    const { id } = taking.message
    const known = this.#underWay.get(id)
    if (known) return known
    const begun = this.#take(taking).finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, begun)
    return begun
  }

  async #take({ message, admit }: Taking): Promise<number> {
    const { intake, transcript, watch } = this.#options
    const { id, text, conversation, files = [] } = message
    const { chat, thread } = conversation
    const isKnown = await transcript.has(chat, id)
    const wait = isKnown ? 0 : admit()
    if (wait > 0) return wait
    const isNew = await transcript.say({
      id,
      chat,
      thread,
      text,
      files: files.map(({ name, size }) => ({ name, size })),
    })
    try {
      // Also where it is known: the first time may have ended between the two.
      await intake.take(message)
    } catch (error) {
      if (isNew) await transcript.retract(id)
      throw error
    }
    if (isNew) watch.tell(chat)
    return 0
  }
}
