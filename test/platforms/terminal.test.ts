import { PassThrough } from 'node:stream'
import { translate } from '../../src/messages/translate.ts'
import { createTerminalPlatform } from '../../src/platforms/terminal/platform.ts'
import { describePlatform, type Person } from './platform-contract.ts'

/** In the terminal each person runs a process of their own. */
describePlatform({
  name: 'terminal',
  abilities: { updatesCards: false, opensBeside: false },
  async begin(receive, now) {
    const logged: string[] = []
    const stops: (() => Promise<void>)[] = []
    return {
      logged,
      stop: async () => void (await Promise.all(stops.map((stop) => stop()))),
      async join(): Promise<Person> {
        const input = new PassThrough()
        const output = new PassThrough({ encoding: 'utf8' })
        let replied = Promise.withResolvers<void>()
        const toasts: string[] = []
        const platform = createTerminalPlatform({
          input,
          output,
          language: 'zh-CN',
          clock: () => now,
          logger: { info() {}, warn() {}, error: (_details, message) => logged.push(message) },
        })
        await platform.start(async (incoming, reply) => {
          try {
            await receive(incoming, {
              show: reply.show,
              toast: async (text) => {
                toasts.push(text)
                await reply.toast(text)
              },
            })
          } finally {
            replied.resolve()
          }
        })
        stops.push(() => platform.stop())
        let last = ''
        const type = async (line: string, onCard?: (text: string) => void) => {
          replied = Promise.withResolvers()
          toasts.length = 0
          input.write(`${line}\n`)
          await replied.promise
          // What follows the end of `receive` runs in microtasks; by the next turn it is printed.
          await new Promise(setImmediate)
          const printed: string = output.read() ?? ''
          if (toasts.length > 0) return { cards: [], toasts: printed.trim().split('\n') }
          last = printed
          onCard?.(printed)
          return { cards: [printed], toasts: [] }
        }
        return {
          say: type,
          press: (label) => type(numberOf(label, last)),
        }
      },
    }
  },
})

function numberOf(label: string, printed: string): string {
  const line = printed.split('\n').find((text) => text.endsWith(`] ${label}`))
  if (!line || !printed.includes(translate('zh-CN', 'chat:press-by-number'))) {
    throw new Error(`no button ${label} in: ${printed}`)
  }
  return /\d+/.exec(line)![0]
}
