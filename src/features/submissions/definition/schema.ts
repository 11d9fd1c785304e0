import { z } from 'zod'

/**
 * A kind of submission as data: what is filled in, through which states it goes, who may do what, until when, and what
 * people are told. One YAML file each in `knowledge/submissions`, made by whoever knows the rules of their enterprise.
 */

const wording = z
  .union([z.string().min(1), z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })])
  // A file in one language is read in it by everybody.
  .transform((given) => (typeof given === 'string' ? { 'zh-CN': given, en: given } : given))

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/** Those who stand in some relation to a record; `clock` acts by itself when the time of a state is over. */
export const actors = [
  'author',
  /** A co-author who confirmed. */
  'co-author',
  /** Cadres and liaisons of the organisation with which the record lies, or the one to whom it was handed. */
  'handler',
  /** Handlers of the organisations above. */
  'superior',
  /** Whoever decides for the organisation: leaders and cadres of the organisation with which it lies, or above. */
  'decider',
  /** Somebody asked to review who has not declined. */
  'reviewer',
  /** Responsible for carrying it out. */
  'owner',
  /** Confirms result and benefit. */
  'verifier',
  /** Handlers of rights cases, named by the administrator. */
  'restricted',
  /** Anybody who may see the record and has none of the parts above. */
  'colleague',
  'clock',
] as const

export type ActorName = (typeof actors)[number]

const option = z.strictObject({ value: name, label: wording })

const field = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
  type: z.enum([
    ...([
      'text',
      'long-text',
      'number',
      'money',
      'date',
      'time',
      'person',
      'people',
      'organisation',
    ] as const),
    ...(['select', 'multi-select', 'checkbox', 'file'] as const),
  ]),
  label: wording,
  hint: wording.optional(),
  example: wording.optional(),
  required: z.boolean().default(false),
  options: z.array(option).optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  seenBy: wording.optional(),
  /** Which part of what somebody says in one go is filled in here: 现在…, 把…改成…, 从…降到…, or all of it. */
  hears: z.enum(['defect', 'method', 'effect', 'whole']).optional(),
  /** What of the record it becomes, beside being kept in the history. */
  sets: z
    .enum([
      ...(['handler', 'owner', 'verifier', 'reviewers', 'priority', 'due'] as const),
      ...(['benefit', 'award', 'published', 'merged-into', 'co-authors', 'naming', 'variety'] as const),
    ])
    .optional(),
})

const page = z.strictObject({
  name,
  intro: z.array(wording).default([]),
  /** Asked only where an earlier field has one of these values. */
  when: z.strictObject({ field: z.string(), is: z.array(z.string()).min(1) }).optional(),
  fields: z.array(field).min(1),
})

const days = z.strictObject({
  days: z.number().int().min(1).max(400),
  of: z.enum(['working', 'calendar']).default('working'),
})

const state = z.strictObject({
  title: wording,
  /** Who must act next, and is told with the buttons to act. Default: nobody. */
  waitsFor: z.enum(actors).optional(),
  /** The time for it: those who must act are warned a day before, their superior is told after it. */
  limit: days
    .extend({
      /** Those above are told again after so many working days, as long as it lies. Default 5. */
      repeat: z.number().int().min(1).max(400).optional(),
    })
    .optional(),
  /** What happens by itself after a time: `action` is carried out by the clock. */
  clock: z.strictObject({ after: days, action: name }).optional(),
  /** While the author may change what was filled in, and take it back. */
  open: z.boolean().default(false),
  /** Nothing more becomes of it. */
  final: z.boolean().default(false),
  /** What it counts as in statistics. */
  counts: z.array(z.enum(['admitted', 'decided', 'adopted', 'declined', 'completed'])).default([]),
})

const action = z.strictObject({
  title: wording,
  from: z.array(name).min(1),
  /** The state that follows; by the value of a select field; or `same`. */
  to: z.union([name, z.strictObject({ field: z.string(), states: z.record(z.string(), name) })]),
  by: z.array(z.enum(actors)).min(1),
  /** What whoever acts is asked; none: the button acts at once. */
  fields: z.array(field).default([]),
  style: z.enum(['primary', 'plain']).default('plain'),
  /** What must hold, checked in the transaction. */
  needs: z
    .array(
      z.enum([
        /** Whoever acts is none of the authors. */
        'not-author',
        /** As many reviews are there as the rubric wants, and none is awaited. */
        'reviews-complete',
        'no-open-objection',
        'not-reopened',
        'reopened',
        /** A field that is set as owner and one that is set as verifier name two people. */
        'verifier-is-not-owner',
        'has-superior',
      ]),
    )
    .default([]),
  /** What it does beside changing the state and what its fields set. */
  does: z
    .array(
      z.enum([
        /** Keeps scores and opinion of the reviewer, or that they have an interest in it. */
        'review',
        'object',
        'settle-objection',
        /** Votes and authors go over to another record. */
        'merge',
        /** It lies with the organisation above from now on. */
        'pass-up',
        'reopen',
        'withdraw',
        /** What was filled in is shown to be changed or completed before it is done. */
        'edit',
        /** Those who must act are asked once more. */
        'remind',
        /** Whoever acts is its handler from now on. */
        'take-over',
        /** Offers to solve a problem, and their choice. */
        'offer',
        'choose-offer',
        'milestone',
      ]),
    )
    .default([]),
  /** What the author is told; `{{field}}` is what was filled in. Default: the new state alone. */
  told: wording.optional(),
})

const rubric = z.strictObject({
  criteria: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
        title: wording,
        most: z.number().int().min(1).max(100),
        /** Bands, such as 年效益 50 万元以上：26–30 分. */
        hint: wording.optional(),
      }),
    )
    .min(1),
  /** Reviews that must be there before it is decided. */
  reviews: z.number().int().min(1).max(20).default(3),
})

const bothLanguages = z.strictObject({ 'zh-CN': z.array(z.string().min(1)), en: z.array(z.string().min(1)) })

export const kindSchema = z.strictObject({
  kind: name,
  title: wording,
  /** Begins its numbers: `JY` gives `JY-2026-0001`. */
  prefix: z.string().regex(/^[A-Z]{2,4}$/),
  /** How people begin it in their own words: 我想提个建议. */
  words: z.strictObject({ 'zh-CN': z.array(z.string()).min(1), en: z.array(z.string()).min(1) }),
  /** How a sentence begins that says at once what is meant: 我想提个建议：…, 反映…. Default: such sentences are questions. */
  opens: z
    .strictObject({
      /** Said after 提, 有, 报, “I have a”: 建议. */
      nouns: bothLanguages,
      /** With which the matter itself begins: 建议把…. */
      verbs: bothLanguages.optional(),
    })
    .optional(),
  /** Phrases that say nothing by themselves, such as 加强管理: what is left of a text without them must say something. */
  hollow: z.array(z.string().min(1)).default([]),
  /** Kinds within the kind, such as 小革新; none: there is but one. */
  varieties: z.array(option).default([]),
  /** In which ways it may be signed, the usual one first. */
  naming: z.array(z.enum(['signed', 'hidden', 'unpublished'])).min(1),
  /** Names and free text lie encrypted whatever the naming; it is never searched or shown to colleagues. */
  sealed: z.boolean().default(false),
  /** Who handles it: `restricted` people alone, or whoever has the office. */
  handlers: z.enum(['office', 'restricted']).default('office'),
  /** The fields that name it in lists, and that are searched. */
  subject: z.string(),
  searched: z.array(z.string()).default([]),
  pages: z.array(page).min(1),
  /** What it must contain to be admitted, and what to say where it is missing. */
  admission: z.array(z.strictObject({ field: z.string(), missing: wording })).default([]),
  /** The kind that is offered instead where something is missing. */
  instead: name.optional(),
  /** Whether colleagues see it and may second it. */
  seconded: z.boolean().default(false),
  start: name,
  states: z.record(name, state),
  actions: z.record(name, action),
  rubric: rubric.optional(),
  /** Award tiers, the highest first; `from`: yearly benefit in 元 for which it is proposed. */
  awards: z.array(z.strictObject({ value: name, label: wording, from: z.number().min(0) })).default([]),
})

export type KindFile = z.infer<typeof kindSchema>
export type KindField = z.infer<typeof field>
export type KindPage = z.infer<typeof page>
export type KindAction = z.infer<typeof action>

/** A kind in one of its versions. A record keeps the version that it began with. */
export interface Kind extends KindFile {
  /** Grows with each change of its file. */
  version: number
}
