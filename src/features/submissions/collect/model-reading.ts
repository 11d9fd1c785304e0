import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type ChatModel, ModelFailure } from '../../../model/chat-model.ts'
import { fillPrompt, type Prompts } from '../../../model/prompt-file.ts'
import { fieldsOf, type SentenceReading } from './read-sentence.ts'

/** What reads a sentence better than rules do. */
export interface SentenceModel {
  chat: ChatModel
  prompts: Prompts
}

/** Milliseconds that somebody waits for it; then the rules' reading holds. */
const patience = 5_000
/** UTF-16 units that a model is given, and that it may write. */
const longest = { message: 4_000, answer: 16_000 }

const answer = z.record(z.string(), z.union([z.string(), z.array(z.string()).max(20)]))

/**
 * The reading with what a model finds in place of what the rules found, as far as it is words of what was said. Never
 * throws for anything that a model does. What is to lie encrypted is shown to no model, nor what may be hidden, unless the
 * kind's file allows it (`modelReads`): nobody has chosen yet.
 */
export async function readWithModel(
  reading: SentenceReading,
  { chat, prompts }: SentenceModel,
  signal: AbortSignal,
): Promise<SentenceReading> {
  const { kind, content } = reading
  const mayBeHidden = kind.naming.some((naming) => naming !== 'signed')
  if (kind.sealed || (mayBeHidden && !kind.modelReads) || content === '' || content.length > longest.message)
    return reading
  const nonce = randomBytes(16).toString('hex')
  const asked = fieldsOf(kind).filter(({ name, hears }) => hears !== undefined || name === kind.subject)
  const fields = asked.map(
    ({ name, label, example }) => `${name}：${label['zh-CN']}${example ? `，如“${example['zh-CN']}”` : ''}`,
  )
  const message = content.replaceAll(/[⟦⟧]/gu, ' ')
  try {
    const said = await collect(
      chat.stream(
        [
          { role: 'system', content: fillPrompt(prompts['fill-form'], { nonce, fields: fields.join('\n') }) },
          { role: 'user', content: `⟦${nonce} message⟧\n${message}\n⟦${nonce} end⟧` },
        ],
        AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      ),
    )
    const found = answer.parse(JSON.parse(said))
    const values = { ...reading.values }
    for (const field of asked) {
      const given = Object.hasOwn(found, field.name) ? found[field.name] : undefined
      const pieces = [given ?? []].flat().map((piece) => piece.trim())
      const isSaid = pieces.length > 0 && pieces.every((piece) => piece !== '' && content.includes(piece))
      const words = pieces.join('；')
      // A title that does not fit would have to be cut; the rules' is cut already.
      if (isSaid && [...words].length <= (field.most ?? words.length)) values[field.name] = words
    }
    return { ...reading, values }
  } catch (error) {
    const isTheModels =
      error instanceof ModelFailure || error instanceof SyntaxError || error instanceof z.ZodError
    if (isTheModels || signal.aborted || isAbort(error)) return reading
    throw error
  }
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length > longest.answer) break
  }
  // A model that thinks aloud, or puts its answer into a block, is forgiven.
  return text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
