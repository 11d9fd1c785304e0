import { z } from 'zod'
import { rubricSchema } from '../../submissions/port.ts'
import { awardKindSchema } from '../award-kind.ts'
import { bothLanguages } from '../both-languages.ts'

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const day = z.iso.date()

/** What a campaign is, whoever holds it. */
const terms = {
  title: bothLanguages,
  form: z.enum(['campaign', 'contest']).default('campaign'),
  /** How long it lasts, from its first day. */
  months: z.number().int().min(1).max(60).optional(),
  purpose: z.string().trim().max(2000).default(''),
  rules: z.string().trim().max(10_000).default(''),
  kinds: z.array(z.string().min(1).max(60)).min(1).max(20),
  blind: z.boolean().default(true),
  'reviewers-each': z.number().int().min(1).max(20).default(3),
  rubric: rubricSchema,
  awards: z.array(awardKindSchema).max(30),
}

/** A file of `knowledge/campaigns`. */
export const templateSchema = z.strictObject({ name, ...terms })

/** A campaign that lies ready to be made. */
export type CampaignTemplate = z.infer<typeof templateSchema>

/** A campaign in a file of its own; what it leaves out stands in the template that it names. */
export const campaignFileSchema = z.strictObject({
  template: name.optional(),
  /** Who holds it. */
  organisation: z.string().trim().min(1).max(400),
  starts: day,
  ends: day.optional(),
  /** Who takes part. Default: whoever holds it, with all below. */
  organisations: z.array(z.string().trim().min(1).max(400)).max(200).default([]),
  /** A document of the library, by its name or title. */
  'rules-document': z.string().trim().max(200).optional(),
  title: terms.title.optional(),
  form: z.enum(['campaign', 'contest']).optional(),
  months: terms.months,
  purpose: z.string().trim().max(2000).optional(),
  rules: z.string().trim().max(10_000).optional(),
  kinds: terms.kinds.optional(),
  blind: z.boolean().optional(),
  'reviewers-each': z.number().int().min(1).max(20).optional(),
  rubric: terms.rubric.optional(),
  awards: terms.awards.optional(),
})

export type CampaignFile = z.infer<typeof campaignFileSchema>
