import { z } from 'zod'
import { actors } from './actors.ts'
import { rubricSchema } from './rubric.ts'
import { name, wording } from './wording.ts'

/**
 * A kind of submission as data: what is filled in, through which states it goes, who may do what, until when, and what
 * people are told. One YAML file each in `knowledge/submissions`, made by whoever knows the rules of their enterprise.
 */

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
  /** What it is called where it is read, not filled in. Default: the label. */
  short: wording.optional(),
  hint: wording.optional(),
  example: wording.optional(),
  required: z.boolean().default(false),
  /** Default, for the field that sets the variety: the kind's varieties. */
  options: z.array(option).optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  seenBy: wording.optional(),
  /** Phrases that give no reason by themselves, such as 不符合要求: a text with no more than them is not taken. */
  hollow: z.array(z.string().min(1)).optional(),
  /** Must be filled in where what is set for this is another than what is proposed, or than the author estimated or applied for. */
  explains: z.enum(['award', 'benefit', 'granted']).optional(),
  /**
   * Which part of what somebody says in one go is filled in here: 现在…, 把…改成…, 从…降到…, or all of it; what a phrase of
   * `says` has within brackets (`named`); a sum of money in 元 (`amount`).
   */
  hears: z.enum(['defect', 'method', 'effect', 'whole', 'named', 'amount']).optional(),
  /** What of the record it becomes, beside being kept in the history. */
  sets: z
    .enum([
      ...(['handler', 'owner', 'verifier', 'reviewers', 'unasked', 'priority', 'due'] as const),
      ...(['benefit', 'award', 'published', 'merged-into', 'co-authors', 'naming', 'variety'] as const),
      /** What is to be published, until somebody approves it. */
      'proposed',
      /** They name an offer or a milestone by its number, an expert by number or name. */
      ...(['offer', 'milestone', 'expert'] as const),
      /** Whom it puts forward; 元 granted of what was applied for, and used of that; whose chats it is shown to. */
      ...(['nominee', 'granted', 'used', 'groups'] as const),
      /** Whether what is posted goes to each member of the unit alone, too. */
      'each',
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
  /**
   * Whoever it waits for waits themselves for somebody outside the house: they are not asked at once, only when the time
   * for it comes to its end. Default: they are asked.
   */
  quiet: z.literal(true).optional(),
  /** The time for it: those who must act are warned a day before, their superior is told after it. */
  limit: days
    .extend({
      /** Those above are told again after so many working days, as long as it lies. Default 5. */
      repeat: z.number().int().min(1).max(400).optional(),
      /** Other numbers of days for what is pressing. Default: `days` for all. */
      byPriority: z
        .strictObject({
          urgent: z.number().int().min(1).max(400).optional(),
          important: z.number().int().min(1).max(400).optional(),
          ordinary: z.number().int().min(1).max(400).optional(),
        })
        .optional(),
    })
    .optional(),
  /**
   * Where it is to be done on the day set as `due`: how many days before it whoever has to do it is reminded. Default: one
   * day where it waits for the owner; else it has a `limit`, whatever day is set.
   */
  remind: z.array(z.number().int().min(1).max(100)).optional(),
  /** What happens by itself after a time, or when the day that a field has set as `due` is over. */
  clock: z
    .union([
      z.strictObject({ after: days, action: name }),
      z.strictObject({
        on: z.literal('due'),
        /** So many calendar days earlier. Default 0. */
        before: z.number().int().min(0).max(400).default(0),
        action: name,
      }),
    ])
    .optional(),
  /**
   * Who comes upon it beside those with a part in it: nobody (`parts`), colleagues, or colleagues also by the words with
   * which the kind is looked for (`listed`). Default `colleagues`.
   */
  shows: z.enum(['parts', 'colleagues', 'listed']).default('colleagues'),
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
        /** Whoever acts was asked to review and has not done so yet, or has. */
        'has-not-reviewed',
        'has-reviewed',
        ...(['has-superior', 'no-superior'] as const),
        /** Whom it puts forward is one of the house, so that they can be asked; is none. */
        ...(['nominee-known', 'nominee-unknown'] as const),
        /** Of what was granted something was not used; all of it was, as far as is accounted for. */
        ...(['has-remainder', 'no-remainder'] as const),
        /** It lies encrypted and was not erased; the name is hidden from those who handle it. */
        ...(['sealed', 'hidden'] as const),
        /** A text waits to be approved; one was approved. */
        ...(['proposed', 'published'] as const),
        'has-offers',
        /** Whoever acts has no offer open. */
        'not-offerer',
        /** At least one milestone is yet to be reached; was reported as reached; all were accepted. */
        ...(['milestones-open', 'milestones-reported', 'milestones-accepted'] as const),
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
        /** The oldest that is open is answered; leads the action on, all that are open are. */
        'settle-objection',
        /** Votes and authors go over to another record. */
        'merge',
        /** It lies with the organisation above from now on. */
        'pass-up',
        /** Once, by whoever is not content; also of what is final. */
        'reopen',
        /** What was final goes on, as often as somebody wants it. */
        'take-up',
        /** What is published is put before the chats of the organisation. */
        'post',
        /** Those who handle it are told what was filled in. */
        'report',
        'withdraw',
        /** What was filled in is shown to be changed or completed before it is done. */
        'edit',
        /** Those who must act are asked once more. */
        'remind',
        /** Whoever acts is its handler from now on. */
        'take-over',
        /** The text that waits may be read by everybody; it may no longer, or not. */
        ...(['publish', 'unpublish'] as const),
        /** Name and texts are gone for good; number, state and figures stay. */
        'erase',
        /** Whoever acts is shown the name that is hidden. */
        'unseal',
        /** An offer to solve it: made, or put in place of the one before; taken back. */
        ...(['offer', 'withdraw-offer'] as const),
        /** One offer is taken; all open ones are turned down. Those who made them are told. */
        ...(['choose-offer', 'end-offers'] as const),
        /** What was agreed with whoever solves it: kept, and ended before it was solved. */
        ...(['agree', 'end-agreement'] as const),
        ...(['add-milestone', 'report-milestone', 'accept-milestone', 'return-milestone'] as const),
        /** An expert is asked to make an offer; whoever handles it is told which ones fit. */
        ...(['invite', 'suggest-experts'] as const),
        /** The authors are asked for contact: by the same person once a day. */
        'contact',
        /** What was approved for everybody is shown in the chats of the organisations that `sets: groups` names. */
        'showcase',
      ]),
    )
    .default([]),
  /** Who did it and what was filled in stand nowhere in the history, for those who handle it must not know yet. */
  secret: z.boolean().default(false),
  /** What the author is told; `{{field}}` is what was filled in, `{{by}}` who did it. Default: the new state alone. */
  told: wording.optional(),
})

const bothLanguages = z.strictObject({ 'zh-CN': z.array(z.string().min(1)), en: z.array(z.string().min(1)) })

export const kindSchema = z.strictObject({
  kind: name,
  title: wording,
  /** Begins its numbers: `JY` gives `JY-2026-0001`. */
  prefix: z.string().regex(/^[A-Z]{2,4}$/),
  /** Where it stands among the kinds when they are listed, the least first. */
  order: z.number().int().min(0).default(100),
  /** How people begin it in their own words: 我想提个建议. */
  words: z.strictObject({ 'zh-CN': z.array(z.string()).min(1), en: z.array(z.string()).min(1) }),
  /** How a sentence begins that says at once what is meant: 我想提个建议：…, 反映…. Default: such sentences are questions. */
  opens: z
    .strictObject({
      /** Said after 提, 有, 报, “I have a”: 建议. */
      nouns: bothLanguages,
      /** With which the matter itself begins: 建议把…. */
      verbs: bothLanguages.optional(),
      /** What somebody wants who sends it in, wherever they say so: 维护…权益, … for some words between. */
      asks: bothLanguages.optional(),
      /** The same where the words say the matter itself: 推荐[…]为典型. … is at least a letter; brackets: see `hears: named`. */
      says: bothLanguages.optional(),
    })
    .optional(),
  /** Phrases that say nothing by themselves, such as 加强管理: what is left of a text without them must say something. */
  hollow: z.array(z.string().min(1)).default([]),
  /** Kinds within the kind, such as 小革新; none: there is but one. */
  varieties: z.array(option).default([]),
  /** In which ways it may be signed, the usual one first. */
  naming: z.array(z.enum(['signed', 'hidden', 'unpublished'])).min(1),
  /** Whether a model may read a sentence before its author chose how to sign; without a choice it may, of what is sealed never. */
  modelReads: z.boolean().default(false),
  /** Names and free text lie encrypted whatever the naming; it is never searched or shown to colleagues. */
  sealed: z.boolean().default(false),
  /** Who handles it: `restricted` people alone, or whoever has the office. */
  handlers: z.enum(['office', 'restricted']).default('office'),
  /** The fields that name it in lists, and that are searched. */
  subject: z.string(),
  searched: z.array(z.string()).default([]),
  pages: z.array(page).min(1),
  /** The field that holds the yearly benefit expected of it, in 元: for statistics and ledgers. */
  expected: z.string().optional(),
  /** The field that holds what is applied for, in 元: no more than that is granted. */
  applied: z.string().optional(),
  /** What it must contain to be admitted, and what to say where it is missing. */
  admission: z.array(z.strictObject({ field: z.string(), missing: wording })).default([]),
  /** The kind that is offered instead where something is missing. */
  instead: name.optional(),
  /** Whether colleagues see it and may second it. */
  seconded: z.boolean().default(false),
  /** Whether colleagues see it though they do not second it. */
  shown: z.boolean().default(false),
  /** How colleagues look for what is listed: these words, then what they look for. Default: it is not listed. */
  finds: bothLanguages.optional(),
  /** Words by which people read what was approved of it for everybody. Default: nothing is shown. */
  bulletin: bothLanguages.optional(),
  /** Offers to solve it: `sealed` until none is taken any more, so that nobody can be told another's. */
  offers: z.strictObject({ sealed: z.boolean().default(true) }).optional(),
  /** Calendar days before a milestone's day at which its owner is reminded. */
  milestones: z.strictObject({ warn: z.number().int().min(1).max(60).default(3) }).optional(),
  start: name,
  states: z.record(name, state),
  actions: z.record(name, action),
  rubric: rubricSchema.optional(),
  /** Other rubrics for some of the varieties, by their values. */
  rubrics: z.record(name, rubricSchema).default({}),
  /** How far, in percent of `expected`, a benefit may be confirmed without saying why. */
  expectedWithin: z.number().min(0).max(1000).default(20),
  /** What is put on public notice, for a handler to approve; `{{…}}` as `review/post-notice.ts` fills it in. */
  notice: wording.optional(),
  /** Told before it is sent in, where a day that was filled in lies less than so many months back. */
  advice: z
    .array(z.strictObject({ field: z.string(), months: z.number().int().min(1).max(120), text: wording }))
    .default([]),
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
