import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../messages/plain-error.ts'

/** What a file says about itself between two lines `---` at its beginning. All of it may be left out. */
export interface FrontMatter {
  title?: string
  issuers?: string
  /** First day it holds, `YYYY-MM-DD`. */
  effective?: string
  /** The document's short name. */
  document?: string
  /** Organisations or roles that may see it; left out: all. */
  visibleTo?: string[]
}

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim())
const schema = z.object({
  title: text.optional(),
  issuers: z.union([z.array(text).transform((names) => names.join('、')), text]).optional(),
  effective: z.iso.date().optional(),
  document: text.optional(),
  visibleTo: z.union([z.array(text), text.transform((value) => value.split(/[,，、]\s*/))]).optional(),
})

/**
 * Parts a text from the front matter before it.
 * @throws PlainError where there is front matter that cannot be read.
 */
export function splitFrontMatter(
  source: string,
  fileName: string,
): { frontMatter: FrontMatter; text: string } {
  const opening = /^---[ \t]*\r?\n/.exec(source)
  if (!opening) return { frontMatter: {}, text: source }
  const rest = source.slice(opening[0].length)
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(rest)
  // A lone rule at the top is not front matter.
  if (!closing) return { frontMatter: {}, text: source }
  const lineCounter = new LineCounter()
  const yaml = parseDocument(rest.slice(0, closing.index), { lineCounter, logLevel: 'silent' })
  const broken = yaml.errors[0]
  if (broken) {
    const line = lineCounter.linePos(broken.pos[0]).line + 1
    throw new PlainError('knowledge:read.frontMatter', { file: fileName, line })
  }
  const content: unknown = yaml.toJS({ maxAliasCount: 10 }) ?? {}
  const checked = schema.safeParse(content)
  if (!checked.success) {
    const field = String(checked.error.issues[0]?.path[0] ?? 'title')
    throw new PlainError('knowledge:read.frontMatterField', { file: fileName, field })
  }
  const entries = Object.entries(checked.data).filter(([, value]) => value !== undefined && value !== '')
  return { frontMatter: Object.fromEntries(entries), text: rest.slice(closing.index + closing[0].length) }
}
