import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { readOnce } from '../../knowledge/read-once.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { type OrganisationKind, organisationKinds } from '../../people/roles.ts'

/** 指导员, 联络员; 联系人 of an organisation that has an association (clause 12 of the guideline). */
export const liaisonRoles = ['instructor', 'liaison', 'contact'] as const

export type LiaisonRole = (typeof liaisonRoles)[number]

/** 走访, 电话联系, 报告. */
export const visitKinds = ['visit', 'call', 'report'] as const

export type VisitKind = (typeof visitKinds)[number]

const times = z.number().int().min(1).max(12)
const words = z.strictObject({ 'zh-CN': z.string().min(1).max(40), en: z.string().min(1).max(60) })
const duty = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    kind: z.enum(visitKinds),
    title: words,
    roles: z.array(z.enum(liaisonRoles)).min(1),
    times,
    'by-kind': z.partialRecord(z.enum(organisationKinds), times).default({}),
    least: times.default(1),
  })
  .refine(({ times: usual, least, 'by-kind': byKind }) =>
    [usual, ...Object.values(byKind)].every((one) => one >= least),
  )

const schema = z.strictObject({
  kinds: z.array(z.enum(organisationKinds)).default(['group', 'enterprise', 'park', 'branch', 'team']),
  'most-points': z.number().int().min(1).max(1000).default(5),
  'unvisited-days': z.number().int().min(7).max(1000).default(90),
  'remind-on': z.number().int().min(1).max(20).default(15),
  'remind-at': z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .default('09:00'),
  steps: z
    .array(
      z.strictObject({
        'working-days': z.number().int().min(1).max(60),
        to: z.enum(['again', 'superior', 'group', 'owner', 'urgent']),
      }),
    )
    .max(5)
    .default([
      { 'working-days': 5, to: 'again' },
      { 'working-days': 5, to: 'superior' },
    ]),
  duties: z
    .array(duty)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length)
    .default([
      {
        ...{ key: 'visit', kind: 'visit', roles: ['liaison', 'contact'], times: 4, least: 4 },
        ...{ 'by-kind': {}, title: { 'zh-CN': '走访联系点', en: 'Visit the liaison point' } },
      },
    ]),
})

/** What is expected of whoever looks after organisations, as an enterprise has it: `knowledge/liaison.yaml`. */
export type LiaisonRules = z.infer<typeof schema>

export type DutyRule = LiaisonRules['duties'][number]

/**
 * Reads the rules of a knowledge folder; without the file those of common practice hold. Throws PlainError with the line
 * and the place where the file is wrong.
 */
export function readLiaisonRules(knowledgeDir: string): LiaisonRules {
  const file = join(knowledgeDir, 'liaison.yaml')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return readOnce(readLiaisonRules, text, () => parseLiaisonRules(text))
}

/** As `readLiaisonRules`, of the file's text. */
export function parseLiaisonRules(text: string): LiaisonRules {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) throw wrong(lines.linePos(broken.pos[0]).line, 'YAML')
  const read = schema.safeParse(document.toJS() ?? {})
  if (read.success) return read.data
  const path = (read.error.issues[0]?.path ?? []).map((part) =>
    typeof part === 'symbol' ? String(part) : part,
  )
  // What is missing has no place of its own: the line of what it is missing in.
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range = rangeOf(node)
    if (range !== null) throw wrong(lines.linePos(range).line, path.join('.'))
  }
  throw wrong(1, path.join('.'))
}

function rangeOf(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null
}

function wrong(line: number, place: string): PlainError {
  return new PlainError('liaison:rules-wrong', { line, place })
}

/** How often a year a duty is due for an organisation of a kind. */
export function timesOf(rule: DutyRule, kind: OrganisationKind): number {
  return rule['by-kind'][kind] ?? rule.times
}

/** The roles that an organisation needs somebody in, by whether it has an association. */
export function neededRoles(hasAssociation: boolean): readonly LiaisonRole[] {
  return hasAssociation ? ['contact'] : ['instructor', 'liaison']
}
