import { plain } from '../chat/card.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Reads } from '../people/people.ts'
import type { ActionHandler, Command, Feature, Turn } from './feature.ts'
import type { Forms } from './forms-port.ts'

export interface DispatchOptions {
  features: readonly Feature[]
  forms: Forms
  /** For reading which form is being asked. */
  db: Reads
  /**
   * Looks at what is neither a command nor meant for a form before it is taken for a question; gives back the turn that
   * is to be answered, null: it was taken. Default: everything is a question.
   */
  takeStatement?(turn: Turn): Promise<Turn | null>
  /** Takes the rest. */
  answerQuestion(turn: Turn): Promise<void>
  /** Whether it is plainly a question and can be answered: it is then no answer to a form's. */
  isClearQuestion(turn: Pick<Turn, 'message' | 'language'>): Promise<boolean>
}

/** Who speaks next. */
export interface Dispatch {
  /** Carries a message out, up to its commit. */
  message(turn: Turn): Promise<void>
  /** What a button does. Throws PlainError `chat:gone` for one of an old card that does nothing any more. */
  handlerOf(action: string): ActionHandler
}

/** Hands what people say to the feature that speaks next: a command, an open form, else a question. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { features, forms, db, answerQuestion, isClearQuestion, takeStatement } = options
  const all = features.flatMap((feature) => feature.commands)
  const commands = new Map<string, Command>()
  for (const command of all) {
    for (const saying of Object.values(command.words).flat()) commands.set(bare(saying), command)
  }

  return {
    async message(turn) {
      const { text, files = [], conversation, account } = turn.message
      const said = bare(text)
      const command = commands.get(said)
      const asked = await forms.asking(db, conversation, account)
      if (command && !(asked && (await asked.isChoice(text))))
        return command.run(asked && !command.aboutDrafts ? withReminder(turn) : turn)
      if (asked) {
        const isForForm = files.length > 0 || (await asked.isAnswer(text)) || !(await isClearQuestion(turn))
        return isForForm ? forms.takeText(turn, asked) : answerQuestion(withReminder(turn))
      }
      if (files.length > 0) {
        // A photo that comes with what it is about: the words open their form.
        const isTaken = text !== '' && takeStatement !== undefined && (await takeStatement(turn)) === null
        if (isTaken) return
        if (!(await forms.receiveFiles(turn))) await refuseFiles(turn)
        return
      }
      for (const coded of all) {
        if (coded.pattern?.test(said) && ((await coded.fits?.(turn)) ?? true)) return coded.run(turn)
      }
      const question = takeStatement ? await takeStatement(turn) : turn
      if (question) await answerQuestion(question)
    },

    handlerOf(action) {
      const [name, ...rest] = action.split('.')
      const feature = features.find((candidate) => candidate.name === name)
      const handler = rest.join('.')
      if (!feature || !Object.hasOwn(feature.actions, handler)) throw new PlainError('chat:gone')
      return feature.actions[handler]!
    },
  }
}

/** The same turn, whose answer is followed by how to go on with the form that waits. */
function withReminder(turn: Turn): Turn {
  return {
    message: turn.message,
    language: turn.language,
    signal: turn.signal,
    commit: (work) =>
      turn.commit(async (trx, say) => {
        await work(trx, say)
        const text = translate(turn.language, 'chat:form-waits')
        await say({ tone: 'info', blocks: [{ type: 'note', text }] })
      }),
    edit: (said, card, edit) => turn.edit(said, card, edit),
  }
}

function refuseFiles(turn: Turn): Promise<void> {
  return turn.commit(async (_trx, say) => {
    const text = translate(turn.language, 'chat:no-form-for-files')
    await say({ tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] })
  })
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
