import type { Account } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { FormValues } from '../../../forms/definition.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { sendIn } from '../send-in.ts'

/** What somebody heard from others, to be taken up as an opinion. */
export interface HeardOpinion {
  /** Made of its cause: the same again is the same record. */
  id: string
  /** Whose matter it is: an organisation's id. */
  organisation: string
  title: string
  text: string
  /** Who heard it: answers go to them. */
  person: string
  account: Account | null
  language: Language
  now: Date
}

/** By which other features send in opinions. */
export interface OpinionsPort {
  /** Gives its number; null where the house takes no opinions, or asks for more than title and text. */
  send(trx: Trx, heard: HeardOpinion): Promise<string | null>
}

const kindOfOpinions = 'opinion'

export function createOpinionsPort(context: SubmissionsContext): OpinionsPort {
  return {
    async send(trx, heard) {
      const kind = context.kinds.all().find((one) => one.kind === kindOfOpinions)
      const values = kind ? valuesOf(kind, heard) : null
      if (!kind || values === null) return null
      const name = (await readPerson(trx, heard.person))?.name ?? ''
      const { row } = await sendIn(trx, context, {
        ...{ id: heard.id, kind: kind.kind, version: kind.version, values },
        naming: kind.naming.includes('signed') ? 'signed' : (kind.naming[0] ?? 'signed'),
        author: { account: heard.account, person: heard.person, name },
        organisation: heard.organisation,
        ...{ enteredBy: null, origin: 'chat', language: heard.language, inGroup: false },
        ...{ receiptHash: null, now: heard.now },
      })
      return row.number
    },
  }
}

/** What was heard in the fields of the kind as the house has it; null: it asks for something else too. */
function valuesOf({ pages, subject }: Kind, { title, text }: HeardOpinion): FormValues | null {
  const values: FormValues = {}
  let isTold = false
  for (const field of pages.flatMap((page) => page.fields)) {
    if (field.name === subject) values[field.name] = shortened(title, field.most ?? 200)
    else if (!isTold && field.type === 'long-text') {
      values[field.name] = shortened(text, field.most ?? 5000)
      isTold = true
    } else if (field.required) {
      const options = field.type === 'select' ? (field.options ?? []) : []
      const chosen = options.find(({ value }) => value === 'other') ?? options.at(-1)
      if (!chosen) return null
      values[field.name] = chosen.value
    }
  }
  return isTold ? values : null
}

function shortened(text: string, most: number): string {
  const letters = Array.from(text)
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
