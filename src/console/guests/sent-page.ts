import type { Context } from 'hono'
import type { IncomingPage } from '../../chat/incoming.ts'

/** A page of a form as a browser without scripts sends it. */
export interface SentPage {
  step: string
  draft: string
  page: string
  values: IncomingPage['values']
  files: File[]
}

/** What was sent, of either encoding; empty where it is no form. */
export async function readSent(context: Context): Promise<SentPage> {
  const body: Record<string, unknown> = Object.create(null)
  try {
    Object.assign(body, await context.req.parseBody({ all: true }))
  } catch {
    // No form: there is no step in it either.
  }
  const list = (name: string) => [body[name] ?? []].flat()
  const text = (name: string) => list(name).filter((one): one is string => typeof one === 'string')[0] ?? ''
  const values: IncomingPage['values'] = {}
  const files: File[] = []
  for (const name of Object.keys(body)) {
    const all = list(name)
    files.push(...all.filter((one): one is File => one instanceof File && one.size > 0))
    const texts = all.filter((one): one is string => typeof one === 'string')
    // A box is sent after an empty value that stands for not ticked.
    if (texts.length > 0) values[name] = texts.length === 1 ? texts[0]! : texts.filter((one) => one !== '')
  }
  return { step: text('step'), draft: text('draft'), page: text('page'), values: flattened(values), files }
}

/** A single choice of several is a list of one to the form, and a text to a box; both read a list of one. */
function flattened(values: IncomingPage['values']): IncomingPage['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) && value.length === 1 ? value[0]! : value,
    ]),
  )
}
