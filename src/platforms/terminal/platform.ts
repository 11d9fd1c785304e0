import { randomUUID } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Card } from '../../chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { DeliveryError, type Recipient } from '../../chat/outgoing.ts'
import type { Intake, Platform } from '../../chat/platform.ts'
import { errorCard } from '../../messages/error-card.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import { type AwaitedAnswer, AwaitedAnswers } from './awaited-answers.ts'
import { answerTimeout, followUpTimeout, stopTimeout } from './limits.ts'
import { filePathIn, keepLocalFile } from './local-file.ts'
import { Screen } from './screen.ts'

export interface TerminalOptions {
  input: Readable & { isTTY?: boolean }
  output: Writable & { isTTY?: boolean; columns?: number }
  language: Language
  clock: () => Date
  logger: Logger
  /** Puts a file that was sent into the blob store and gives its name there. */
  keepFile(bytes: Uint8Array): Promise<string>
  /** The user id of whoever types. Default: a guest, another one each time. */
  user?: string | undefined
  /** Shown at the start. */
  welcome?: Card
  /** Default: whether `output` is a terminal. */
  color?: boolean
}

export interface TerminalPlatform extends Platform {
  /** Resolves when the person has left (`exit`, Ctrl-D, end of the pipe) and every line has been answered. */
  readonly ended: Promise<void>
  /** The one chat that is here: what is for another terminal is for another process to take and deliver. */
  readonly serves: { platform: string; chat: string }
}

/**
 * The chat in a terminal or a pipe: a line is a message, a number or a label presses that button of the last card.
 * Lines are answered one after another, so that a number in a pipe meets the card of the line before it.
 */
export function createTerminalPlatform(options: TerminalOptions): TerminalPlatform {
  const { input, output, language, clock, logger } = options
  const interactive = Boolean(input.isTTY && output.isTTY)
  const session = randomUUID()
  // A person finds the same chat each time, and in it what came meanwhile. It is called as the account is, so that what
  // is said to the account alone is delivered here too.
  const chat = options.user ?? session
  const account = { platform: 'terminal', installation: 'local', user: chat }
  const conversation = { platform: 'terminal', installation: 'local', chat, thread: '' }
  const screen = new Screen({ output, language, color: options.color ?? Boolean(output.isTTY) })
  const answers = new AwaitedAnswers((card) => screen.print(card))
  const ended = Promise.withResolvers<void>()
  let lines: Interface | undefined
  let answered: Promise<void> = Promise.resolve()
  let count = 0
  let unanswered = 0

  const isHere = (to: Recipient) =>
    to.type === 'conversation'
      ? to.conversation.platform === 'terminal' && to.conversation.chat === chat
      : to.account.platform === 'terminal' && to.account.user === account.user

  /** What the line means; a file that it names is kept before the message that carries it is handed on. */
  const toIncoming = async (line: string): Promise<IncomingMessage | IncomingAction> => {
    count += 1
    const base = { id: `${session}:${count}`, account, conversation, language, at: clock() }
    const button = /^\d{1,3}$/.test(line) ? screen.button(Number(line)) : screen.buttonNamed(line)
    if (button?.action === 'ask') return { ...base, type: 'message', text: button.value.text ?? button.label }
    if (button) return { ...base, type: 'action', action: button.action, value: button.value }
    const path = await filePathIn(line)
    if (path === null) return { ...base, type: 'message', text: line }
    return { ...base, type: 'message', text: '', files: [await keepLocalFile(path, options.keepFile)] }
  }

  const handOn = async (
    incoming: IncomingMessage | IncomingAction,
    answer: AwaitedAnswer,
    intake: Intake,
  ) => {
    if (incoming.type === 'message') {
      await intake.take(incoming)
      if (!(await answer.within(answerTimeout))) {
        logger.warn({ incoming: incoming.id }, 'a message waited too long for its answer')
        screen.printLine(translate(language, 'terminal:no-answer-yet'))
      }
      return
    }
    const { toast, replace, beside } = await intake.answer(incoming)
    if (toast !== undefined) screen.printLine(toast)
    for (const card of [replace, beside]) if (card) screen.print(card)
    // Whatever else the button did is said in the conversation.
    if (toast === undefined && !replace && !beside) await answer.within(followUpTimeout)
  }

  const answer = async (line: string, intake: Intake) => {
    let awaited: AwaitedAnswer | undefined
    try {
      const incoming = await toIncoming(line)
      awaited = answers.expect(incoming.id)
      await handOn(incoming, awaited, intake)
    } catch (error) {
      if (error instanceof PlainError) logger.info({ reason: error.key }, 'a line was turned down')
      else logger.error({ err: error }, 'a line could not be handed on')
      screen.print(errorCard(error, language))
    } finally {
      awaited?.forget()
    }
  }

  return {
    name: 'terminal',
    abilities: {
      updatesCards: false,
      opensBeside: false,
      replacesCards: false,
      showsForms: false,
      // The person waits before an empty line; what was said there could not be taken away again.
      showsWaiting: true,
      keepsCalendar: false,
    },
    // Nobody can tell what a screen has shown.
    once: { send: { how: 'at-most-once' }, edit: { how: 'at-most-once' } },
    pace: { perChat: null, perApp: null },
    serves: { platform: 'terminal', chat },
    ended: ended.promise,

    async start(intake) {
      if (options.welcome) screen.print(options.welcome)
      const reader = createInterface({ input, output, terminal: interactive })
      lines = reader
      if (interactive) {
        screen.printLine(translate(language, 'terminal:how-to'))
        reader.setPrompt(translate(language, 'chat:prompt'))
        screen.keepLineOf(reader)
        screen.prompt()
      }
      let leaving = false
      reader.on('line', (typed) => {
        const line = typed.trim()
        if (leaving) return
        screen.lineTaken()
        if (/^(exit|quit|bye|q|退出|再见)$/i.test(line)) {
          leaving = true
          reader.close()
          return
        }
        unanswered += 1
        answered = answered.then(async () => {
          if (line !== '') await answer(line, intake)
          unanswered -= 1
          if (!leaving && unanswered === 0) screen.prompt()
        })
      })
      // Ctrl-C leaves as Ctrl-D does; without a listener it would only pause the input.
      reader.on('SIGINT', () => reader.close())
      reader.on('close', () => {
        leaving = true
        screen.close()
        answered.then(ended.resolve, ended.reject)
      })
    },

    // Also after the stop: what a click had said may be sent while the rest of the house is closing.
    async deliver(operation) {
      if (!isHere(operation.to)) throw new DeliveryError('gone')
      return answers.deliver(operation)
    },

    profileOf: async () => null,
    membersOf: async () => null,
    callsMade: () => 0,
    find: async () => null,

    async stop() {
      lines?.close()
      const timeout = Promise.withResolvers<void>()
      const timer = setTimeout(timeout.resolve, stopTimeout)
      await Promise.race([answered, timeout.promise])
      clearTimeout(timer)
      ended.resolve()
    },
  }
}
