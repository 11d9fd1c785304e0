import { z } from 'zod'
import type { FormField } from '../definition.ts'
import { refuse } from './refuse.ts'

/** How many files a field takes. */
export function mostFiles({ most = 5 }: FormField): number {
  return most
}

/** Files that came as messages. */
export function fileSchema(field: FormField) {
  const { least = 0 } = field
  return z
    .array(
      z.object({
        ...{ name: z.string(), type: z.string(), size: z.number(), blob: z.string() },
        sealedUnder: z.string().optional(),
      }),
    )
    .superRefine((files, context) => {
      if (files.length > mostFiles(field)) {
        refuse(context, 'forms:problem.too-many-files', { most: mostFiles(field) })
      }
      if (files.length < least) refuse(context, 'forms:problem.too-few-files', { least })
    })
}
