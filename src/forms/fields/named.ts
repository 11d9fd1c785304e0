import { z } from 'zod'
import type { FormField } from '../definition.ts'
import type { Lookup } from './lookup.ts'
import { refuse } from './refuse.ts'

/** The id of the one person who is meant. */
export function personSchema({ colleagues }: FormField, lookup: Lookup) {
  return z.string().transform(async (text, context) => {
    const found = await lookup.person(text, colleagues)
    return 'id' in found ? found.id : refuse(context, found.key, found.values)
  })
}

/** The ids of the people who are meant, each once: names, paths or ids parted by commas and the like. */
export function peopleSchema({ least, most = 20, colleagues }: FormField, lookup: Lookup) {
  return z.string().transform(async (text, context) => {
    const ids = new Set<string>()
    for (const name of text.split(/[、,，;；\n]+/).map((piece) => piece.trim())) {
      if (name === '') continue
      const found = await lookup.person(name, colleagues)
      if (!('id' in found)) return refuse(context, found.key, found.values)
      ids.add(found.id)
    }
    if (ids.size > most) return refuse(context, 'forms:problem.too-many-people', { most })
    if (least !== undefined && ids.size < least)
      return refuse(context, 'forms:problem.too-few-people', { least })
    return [...ids]
  })
}

/** The id of the one organisation that is meant. */
export function organisationSchema(lookup: Lookup) {
  return z.string().transform(async (text, context) => {
    const found = await lookup.organisation(text)
    return 'id' in found ? found.id : refuse(context, found.key, found.values)
  })
}
