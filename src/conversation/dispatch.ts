import type { Incoming, IncomingMessage } from '../chat/incoming.ts'
import { type Language, languageOf } from '../chat/language.ts'
import type { Receive, Reply } from '../chat/platform.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Command, Feature } from './feature.ts'

/** Takes whatever is neither a button nor a command. */
export type AnswerQuestions = (message: IncomingMessage, language: Language, reply: Reply) => Promise<void>

/** Hands what people say to the feature that speaks next: a button to its owner, a command, else a question. */
export function createDispatch(features: readonly Feature[], answerQuestions: AnswerQuestions): Receive {
  const all = features.flatMap((feature) => feature.commands)
  const commands = new Map<string, Command>()
  for (const command of all) {
    for (const saying of Object.values(command.words).flat()) commands.set(bare(saying), command)
  }
  return async (incoming: Incoming, reply: Reply) => {
    if (incoming.type === 'action') {
      const [name, ...rest] = incoming.action.split('.')
      const feature = features.find((candidate) => candidate.name === name)
      const action = rest.join('.')
      // A button of an old card may name what is no longer there.
      if (!feature || !Object.hasOwn(feature.actions, action)) throw new PlainError('chat:gone')
      return feature.actions[action]!(incoming, reply)
    }
    const language = languageOf(incoming.text, incoming.language)
    const said = bare(incoming.text)
    const command = commands.get(said) ?? all.find(({ pattern }) => pattern?.test(said))
    return command ? command.run(incoming, language, reply) : answerQuestions(incoming, language, reply)
  }
}

/**
 * What is compared: from the first letter or digit to the last, so that neither signs nor smileys at the ends count.
 * One greedy run between the two keeps the time in proportion to the length.
 */
function bare(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase()
  const [, core = ''] = /^[^\p{L}\p{N}]*(.*[\p{L}\p{N}])?/su.exec(folded) ?? []
  return core.replace(/^kexie /, '')
}
