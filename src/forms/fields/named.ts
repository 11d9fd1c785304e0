import { z } from 'zod'
import type { Lookup } from './lookup.ts'
import { refuse } from './refuse.ts'

/** The id of the one person who is meant. */
export function personSchema(lookup: Lookup) {
  return z.string().transform(async (text, context) => {
    const found = await lookup.person(text)
    return 'id' in found ? found.id : refuse(context, found.key, found.values)
  })
}

/** The id of the one organisation that is meant. */
export function organisationSchema(lookup: Lookup) {
  return z.string().transform(async (text, context) => {
    const found = await lookup.organisation(text)
    return 'id' in found ? found.id : refuse(context, found.key, found.values)
  })
}
