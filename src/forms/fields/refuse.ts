import { z } from 'zod'

/** Why a value is not taken: a message key with its values. */
export interface Problem {
  key: string
  values: Record<string, string | number>
}

/** Ends a check of zod with a message of the catalogues. */
export function refuse(
  context: z.RefinementCtx,
  key: string,
  values: Record<string, string | number> = {},
): never {
  context.addIssue({ code: 'custom', message: key, params: values })
  return z.NEVER
}

/** The first reason of a check that failed; what zod itself says is not for people. */
export function problemOf(error: z.ZodError): Problem {
  const issue = error.issues[0]
  if (issue?.code !== 'custom') return { key: 'forms:problem.unclear', values: {} }
  return { key: issue.message, values: issue.params ?? {} }
}
