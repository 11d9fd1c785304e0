import { randomUUID } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Button, Card } from '../../chat/card.ts'
import type { Incoming } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Platform, Receive } from '../../chat/platform.ts'
import { translate } from '../../messages/translate.ts'
import { errorCard } from '../error-card.ts'
import type { Logger } from '../logger.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { buttonsOf } from '../text/render-card.ts'
import { stopTimeout } from './limits.ts'
import { renderCard } from './render-card.ts'

export interface TerminalOptions {
  input: Readable & { isTTY?: boolean }
  output: Writable & { isTTY?: boolean; columns?: number }
  language: Language
  clock: () => Date
  logger: Logger
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
}

/**
 * The chat in a terminal or a pipe: a line is a message, a number presses that button of the last card.
 * Lines are answered one after another, so that a number in a pipe meets the card of the line before it.
 */
export function createTerminalPlatform(options: TerminalOptions): TerminalPlatform {
  const { input, output, language, clock, logger } = options
  const interactive = Boolean(input.isTTY && output.isTTY)
  const color = options.color ?? Boolean(output.isTTY)
  const session = randomUUID()
  const ended = Promise.withResolvers<void>()
  let lines: Interface | undefined
  let buttons: Button[] = []
  let answered: Promise<void> = Promise.resolve()
  let count = 0

  const print = (card: Card) => {
    buttons = buttonsOf(card)
    output.write(renderCard(card, { columns: output.isTTY ? output.columns : undefined, color }, language))
  }

  const toIncoming = (line: string): Incoming => {
    count += 1
    const base = {
      id: `${session}:${count}`,
      account: { platform: 'terminal', installation: 'local', user: options.user ?? `guest-${session}` },
      conversation: { platform: 'terminal', installation: 'local', chat: session, thread: '' },
      language,
      at: clock(),
    }
    const button = /^\d{1,3}$/.test(line) ? buttons[Number(line) - 1] : undefined
    if (!button) return { ...base, type: 'message', text: line }
    if (button.action === 'ask') return { ...base, type: 'message', text: button.value.text ?? button.label }
    return { ...base, type: 'action', action: button.action, value: button.value }
  }

  const answer = async (line: string, receive: Receive) => {
    // Only the last card counts here, so it is held back until the reply has ended.
    let card: Card | undefined
    let toasted = false
    try {
      await receive(toIncoming(line), {
        show: async (shown) => {
          card = shown
        },
        toast: async (text) => {
          toasted = true
          output.write(`${harmlessText(text)}\n`)
        },
      })
      if (!card && !toasted) throw new Error('the reply ended without a card')
    } catch (error) {
      logger.error({ err: error }, 'a message could not be answered')
      card = errorCard(error, language)
    }
    if (card) print(card)
  }

  return {
    name: 'terminal',
    abilities: { updatesCards: false, opensBeside: false },
    ended: ended.promise,

    async start(receive) {
      if (options.welcome) print(options.welcome)
      const reader = createInterface({ input, output, terminal: interactive })
      lines = reader
      if (interactive) {
        reader.setPrompt(translate(language, 'chat:prompt'))
        reader.prompt()
      }
      let leaving = false
      reader.on('line', (typed) => {
        const line = typed.trim()
        if (leaving) return
        if (/^(exit|quit|bye|q|退出|再见)$/i.test(line)) {
          leaving = true
          reader.close()
          return
        }
        answered = answered.then(async () => {
          if (line !== '') await answer(line, receive)
          if (interactive && !leaving) reader.prompt()
        })
      })
      // Ctrl-C leaves as Ctrl-D does; without a listener it would only pause the input.
      reader.on('SIGINT', () => reader.close())
      reader.on('close', () => {
        leaving = true
        answered.then(ended.resolve, ended.reject)
      })
    },

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
