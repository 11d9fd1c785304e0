import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Language } from '../../chat/language.ts'
import { type ChatModel, ModelFailure } from '../../model/chat-model.ts'
import { fillPrompt, type Prompts } from '../../model/prompt-file.ts'
import type { FactSection } from './gather-facts.ts'
import type { Words } from './outline.ts'
import { sentenceOf, weave } from './sentences.ts'

/** Milliseconds that somebody waits for it; then the facts stand as they are. */
const patience = 20_000
/** UTF-16 units that a model may write. */
const longestAnswer = 12_000

const answer = z.record(z.string(), z.array(z.string().max(2_000)).max(30))

export interface WrittenSection extends FactSection {
  /** Its sentences; empty: there are no facts. */
  text: string
}

/** Sections as sentences by rule, without a model. */
export function writeByRules(sections: readonly FactSection[], language: Language): WrittenSection[] {
  return sections.map((section) => ({ ...section, text: sentenceOf(section.facts, language) }))
}

/**
 * Sections as a model joins their facts, which it knows by placeholders; what it writes of its own counts as far as it is
 * words of the list. Never throws for anything that a model does: without it the rules' sentences stand.
 */
export async function writeWithModel(
  sections: readonly FactSection[],
  {
    model,
    words,
    language,
    signal,
  }: {
    model: { chat: ChatModel; prompts: Prompts } | null
    words: Words
    language: Language
    signal: AbortSignal
  },
): Promise<WrittenSection[]> {
  const known = sections.filter(({ facts }) => facts.length > 0)
  if (!model || known.length === 0) return writeByRules(sections, language)
  const nonce = randomBytes(16).toString('hex')
  const system = fillPrompt(model.prompts['write-summary'], {
    nonce,
    language: language === 'en' ? 'English' : '简体中文',
    words: words[language].join(' '),
  })
  const data = known.flatMap(({ key, heading, facts }) => [
    `# ${key} ${heading}`,
    ...facts.map(({ number, text }) => `⟦${number}⟧ ${text}`),
  ])
  try {
    const written = await collect(
      model.chat.stream(
        [
          { role: 'system', content: system },
          { role: 'user', content: `⟦${nonce} facts⟧\n${data.join('\n')}\n⟦${nonce} end⟧` },
        ],
        AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      ),
    )
    const found = answer.parse(JSON.parse(written))
    const allowed = new Set(words[language])
    return sections.map((section) => ({
      ...section,
      text: weave(
        section.facts,
        Object.hasOwn(found, section.key) ? found[section.key]! : [],
        allowed,
        language,
      ),
    }))
  } catch (error) {
    const isTheModels =
      error instanceof ModelFailure || error instanceof SyntaxError || error instanceof z.ZodError
    if (isTheModels || signal.aborted || isAbort(error)) return writeByRules(sections, language)
    throw error
  }
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length > longestAnswer) break
  }
  // A model that thinks aloud, or puts its answer into a block, is forgiven.
  return text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
