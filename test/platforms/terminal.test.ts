import { PassThrough } from 'node:stream'
import type { Operation } from '../../src/chat/outgoing.ts'
import type { Intake } from '../../src/chat/platform.ts'
import { translate } from '../../src/messages/translate.ts'
import { createTerminalPlatform, type TerminalOptions } from '../../src/platforms/terminal/platform.ts'
import { describePlatform } from './platform-contract.ts'
import type { Person, PlatformUnderTest } from './platform-scene.ts'

function openTerminal(changes: Partial<TerminalOptions>) {
  return createTerminalPlatform({
    input: new PassThrough(),
    output: new PassThrough(),
    language: 'zh-CN',
    clock: () => new Date(0),
    logger: { info() {}, warn() {}, error() {} },
    keepFile: () => Promise.reject(new Error('no file is sent')),
    ...changes,
  })
}

const { name, abilities, once } = openTerminal({})

/** In the terminal each person runs a process of their own. */
const terminal: PlatformUnderTest = {
  ...{ name, abilities, once },
  refused: [
    {
      what: 'message to another chat',
      kind: 'gone',
      make: (possible) => ({
        ...possible,
        to: {
          type: 'conversation',
          conversation: { platform: 'terminal', installation: 'local', chat: 'elsewhere', thread: '' },
        },
      }),
    },
  ],
  async begin(intake, now) {
    const logged: string[] = []
    const platforms: ReturnType<typeof openTerminal>[] = []
    const isFor = ({ to }: Operation, { serves }: (typeof platforms)[number], user: string | undefined) =>
      to.type === 'conversation' ? to.conversation.chat === serves.chat : to.account.user === user
    const users = new Map<(typeof platforms)[number], string>()
    const platformOf = (operation: Operation) =>
      platforms.find((platform) => isFor(operation, platform, users.get(platform))) ?? platforms[0]!
    return {
      logged,
      deliver: (operation) => platformOf(operation).deliver(operation),
      find: (operation) => platformOf(operation).find(operation),
      stop: async () => void (await Promise.all(platforms.map((platform) => platform.stop()))),
      async join(): Promise<Person> {
        const input = new PassThrough()
        const output = new PassThrough({ encoding: 'utf8' })
        let printed = ''
        output.on('data', (text: string) => {
          printed += text
        })
        const user = `person-${platforms.length}`
        const platform = openTerminal({
          ...{ input, output, user },
          clock: () => now,
          logger: { info() {}, warn() {}, error: (_details, message) => logged.push(message) },
        })
        platforms.push(platform)
        users.set(platform, user)
        let taken = Promise.withResolvers<void>()
        await platform.start(tellingWhenDone(intake, () => taken.resolve()))
        const type = async (line: string) => {
          taken = Promise.withResolvers()
          const before = printed.length
          input.write(`${line}\n`)
          await taken.promise
          // What follows the end of `take` runs in microtasks; by the next turn it is printed.
          await new Promise(setImmediate)
          return printed.slice(before)
        }
        return {
          say: type,
          press: (label) => type(numberOf(label, printed)),
          shown: async () => printed,
        }
      },
    }
  },
}

describePlatform(terminal)

function tellingWhenDone(intake: Intake, done: () => void): Intake {
  return {
    take: (message) => intake.take(message).finally(done),
    answer: (interaction) => intake.answer(interaction).finally(done),
    wantsFiles: (account) => intake.wantsFiles(account),
    withdraw: (message) => intake.withdraw(message),
    heard: (platform) => intake.heard(platform),
    amend: (message) => intake.amend(message),
    tell: (words) => intake.tell(words),
  }
}

/** What is to be typed to press the button, as the last card says. */
function numberOf(label: string, printed: string): string {
  const line = printed.split('\n').findLast((text) => text.endsWith(`] ${label}`))
  if (!line || !printed.includes(translate('zh-CN', 'chat:press-by-number'))) {
    throw new Error(`no button ${label} in: ${printed}`)
  }
  return /\d+/.exec(line)![0]
}
