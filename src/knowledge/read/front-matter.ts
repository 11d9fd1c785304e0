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
const names = z
  .union([z.array(text), text.transform((value) => value.split(/[,，、]/))])
  .transform((entries) => entries.map((entry) => entry.trim()).filter((entry) => entry !== ''))
const issuers = z.union([z.array(text).transform((entries) => entries.join('、')), text])
const schema = z.object({
  title: text.optional(),
  issuers: issuers.optional(),
  // As the command line has it.
  issuer: issuers.optional(),
  effective: z.iso.date().optional(),
  document: text.optional(),
  // Left empty it would open the document to all, which nobody means who writes the line.
  visibleTo: names.refine((entries) => entries.length > 0).optional(),
})

/** Other words for a name, in lower case and without - and _. */
const otherWords: Record<string, keyof FrontMatter> = {
  name: 'document',
  标题: 'title',
  题名: 'title',
  issuedby: 'issuers',
  发文单位: 'issuers',
  发文机关: 'issuers',
  effectivedate: 'effective',
  effectivefrom: 'effective',
  validfrom: 'effective',
  施行日期: 'effective',
  生效日期: 'effective',
  visible: 'visibleTo',
  visibility: 'visibleTo',
  visiblefor: 'visibleTo',
  access: 'visibleTo',
  audience: 'visibleTo',
  readers: 'visibleTo',
  可见范围: 'visibleTo',
  公开范围: 'visibleTo',
}
const known: string[] = Object.keys(schema.shape)

/**
 * Parts a text from the front matter before it. A name that looks like a known one is refused: a slip in
 * `visibleTo` must not open a document to all.
 * @throws PlainError where there is front matter that cannot be read.
 */
export function splitFrontMatter(
  source: string,
  fileName: string,
): { frontMatter: FrontMatter; text: string } {
  const opening = /^\s*---[ \t]*\r?\n/.exec(source)
  if (!opening) return { frontMatter: {}, text: source }
  const rest = source.slice(opening[0].length)
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(rest)
  if (!closing) {
    // A lone rule at the top is not front matter, names of details under it are.
    if (rest.split('\n', 5).some(namesDetail)) {
      throw new PlainError('knowledge:read.frontMatterOpen', { file: fileName })
    }
    return { frontMatter: {}, text: source }
  }
  const lineCounter = new LineCounter()
  const yaml = parseDocument(rest.slice(0, closing.index), { lineCounter, logLevel: 'silent' })
  const broken = yaml.errors[0]
  if (broken) {
    const line = lineCounter.linePos(broken.pos[0]).line + 1
    throw new PlainError('knowledge:read.frontMatter', { file: fileName, line })
  }
  const content: unknown = yaml.toJS({ maxAliasCount: 10 }) ?? {}
  // Running text between two rules.
  if (typeof content !== 'object' || content === null) return { frontMatter: {}, text: source }
  for (const field of Object.keys(content)) {
    const meant = known.includes(field) ? null : findMeant(field)
    if (meant) throw new PlainError('knowledge:read.frontMatterName', { file: fileName, field, meant })
  }
  const checked = schema.safeParse(content)
  if (!checked.success) {
    const field = String(checked.error.issues[0]?.path[0] ?? 'title')
    throw new PlainError('knowledge:read.frontMatterField', { file: fileName, field })
  }
  const { issuer, ...details } = checked.data
  const entries = Object.entries({ ...details, issuers: details.issuers ?? issuer })
  return {
    frontMatter: Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== '')),
    text: rest.slice(closing.index + closing[0].length),
  }
}

function namesDetail(line: string): boolean {
  const field = /^\s*([^\s:：]{1,20})\s*[:：]/.exec(line)?.[1]
  return field !== undefined && (known.includes(field) || findMeant(field) !== null)
}

/** The name that was meant by another one: written otherwise, or with a slip or two. */
function findMeant(field: string): string | null {
  const bare = field.toLowerCase().replaceAll(/[-_\s]/g, '')
  const same = known.find((name) => name.toLowerCase() === bare)
  const near = () =>
    bare.length >= 5 && bare.length <= 20
      ? known.find((name) => name.length > 5 && distance(bare, name.toLowerCase()) <= 2)
      : undefined
  return same ?? (Object.hasOwn(otherWords, bare) ? otherWords[bare]! : null) ?? near() ?? null
}

/** Letters to change, add or leave out to make one word the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[other.length]!
}
