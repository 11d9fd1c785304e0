import { z } from 'zod'
import { both, limits, questionTypes, type Text } from './definition.ts'
import { choiceOf } from './words.ts'

/** Names that messages offer where one is not known, by what they stand in. */
export const knownNames = {
  collection: [
    ...['title', 'intro', 'organisation', 'anonymity', 'per', 'deadline', 'remind', 'audience', 'handlers'],
    ...['share-result', 'pages', 'questions'],
  ],
  audience: ['groups', 'members', 'organisation', 'below', 'roles', 'people'],
  pages: ['title', 'when', 'questions'],
  questions: ['name', 'type', 'label', 'hint', 'required', 'options', 'least', 'most'],
} as const

/** Words in one language for both, or in each; numbers are words too. */
function words(most: number, least = 1): z.ZodType<Text> {
  const text = z.string().trim().min(least).max(most)
  return z.preprocess(
    (typed) =>
      typeof typed === 'string' || typeof typed === 'number' ? both(String(typed)) : (typed ?? undefined),
    z.strictObject({ 'zh-CN': text, en: text }),
  )
}

const few = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.preprocess(choiceOf, z.enum(values))
const yes: z.ZodType<boolean> = z.preprocess(
  (typed) => (typed === '是' ? true : typed === '否' ? false : typed),
  z.boolean(),
)
/** One or several: people write a single one without a list. */
const several = (most: number) =>
  z.preprocess(
    (typed) => (Array.isArray(typed) || typed === undefined ? typed : [typed]),
    z
      .array(
        z.preprocess(
          (one) => (typeof one === 'number' ? String(one) : one),
          z.string().trim().min(1).max(100),
        ),
      )
      .max(most),
  )

const question = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,29}$/i)
    .optional(),
  type: few(questionTypes as unknown as [(typeof questionTypes)[number]]),
  label: words(limits.label),
  hint: words(limits.hint, 0).default(both('')),
  required: yes.default(false),
  options: z.array(words(limits.option)).max(limits.options).default([]),
  least: z.number().int().min(0).max(1_000_000_000).optional(),
  most: z.number().int().min(1).max(1_000_000_000).optional(),
})
const questions = z.array(question).min(1).max(limits.questions)

/** What a collection's file holds, its names in English. */
export const collectionFile = z.strictObject({
  title: words(limits.title),
  intro: words(limits.intro, 0).default(both('')),
  organisation: z.string().trim().min(1).max(200).optional(),
  anonymity: few(['named', 'handlers-only', 'anonymous']).default('named'),
  per: few(['person', 'unit']).default('person'),
  deadline: z.string().trim().max(40).optional(),
  remind: z.array(z.number().int().min(0).max(60)).max(5).default([3, 1]),
  audience: z
    .strictObject({
      groups: yes.default(false),
      members: yes.default(false),
      organisation: several(100).default([]),
      below: yes.default(false),
      roles: several(20).default([]),
      people: several(200).default([]),
    })
    .optional(),
  handlers: several(10).default([]),
  'share-result': yes.default(false),
  pages: z
    .array(
      z.strictObject({
        title: words(limits.title, 0).default(both('')),
        when: z.record(z.string().max(100), several(limits.options)).default({}),
        questions,
      }),
    )
    .min(1)
    .max(limits.pages)
    .optional(),
  questions: questions.optional(),
})

export type CollectionFile = z.infer<typeof collectionFile>
