import type { FormDefinition, FormField, FormPage, FormValues } from '../../src/forms/definition.ts'
import type { Values } from '../forms/form-house.ts'
import { hardText } from './extreme-texts.ts'

/** One way through a form: where it was opened, by whom, and what is answered there. */
export interface Round {
  /** What the form's context holds beside the usual. */
  context: Record<string, string>
  /** By field: something that is taken, as long as it may be. */
  answers: Values
  /** The fields that are asked then, in order. */
  asked: FormField[]
}

/** Whoever fills it in may act for others, be a guest, enter it for somebody, or change what lies encrypted. */
const contexts = [
  { mayActFor: 'yes' },
  { onBehalf: 'yes' },
  { guest: 'yes' },
  { sealed: 'yes' },
  { entry: 'yes' },
]
/** Ways that are looked through for pages that no way before came to. */
const mostTried = 600

/**
 * Ways through a form that come to all of its pages together, and the pages to which none comes. Options are drawn by a
 * counter, so the ways are the same each time.
 * @param fitting What is taken in fields that are read further than their type says.
 */
export function roundsOf(
  definition: FormDefinition,
  fitting: Readonly<Values> = {},
): { rounds: Round[]; unreached: string[] } {
  const rounds: Round[] = []
  const unreached = new Set(definition.pages.map(({ name }) => name))
  for (let at = 0; at < mostTried && (unreached.size > 0 || at === 0); at += 1) {
    const context: Record<string, string> = contexts[at % contexts.length]!
    const answers: Values = {}
    const values: FormValues = {}
    const asked: FormPage[] = []
    for (const page of definition.pages) {
      if (page.when && !page.when(values, context)) continue
      asked.push(page)
      page.fields.forEach((field, place) => {
        const pick = drawn(at, place + 7 * asked.length)
        const answer = fitting[field.name] ?? answerTo(field, pick, context.guest === 'yes')
        answers[field.name] = answer
        values[field.name] = checkedOf(field, answer)
      })
    }
    const fields = asked.flatMap((page) => page.fields)
    const isPossible = fields.every(({ name, required }) => !required || answers[name] !== '')
    if (!isPossible || !asked.some(({ name }) => unreached.has(name))) continue
    for (const { name } of asked) unreached.delete(name)
    rounds.push({ context, answers, asked: fields })
  }
  return { rounds, unreached: [...unreached] }
}

/** An even spread without chance: the mixing of MurmurHash3, a public method. */
function drawn(round: number, place: number): number {
  let bits = Math.imul(round, 2_654_435_761) + place
  bits = Math.imul(bits ^ (bits >>> 16), 2_246_822_507)
  bits = Math.imul(bits ^ (bits >>> 13), 3_266_489_909)
  return (bits ^ (bits >>> 16)) >>> 1
}

function answerTo(
  { type, options = [], most, least, required, name }: FormField,
  pick: number,
  isGuest: boolean,
): string | string[] {
  switch (type) {
    case 'text':
      return hardText(most ?? 200)
    case 'long-text':
      return hardText(most ?? 5000)
    case 'number':
      return String(pick % 2 === 0 ? (most ?? 999_999) : (least ?? 0))
    case 'money':
      return String(Math.min(most ?? Number.POSITIVE_INFINITY, 9_999_999_999.99))
    case 'date':
      return '2026-12-01'
    case 'time':
      return '14:30'
    case 'select':
      return options[pick % options.length]!.value
    case 'multi-select':
      return options.slice(0, most).map(({ value }) => value)
    case 'checkbox':
      return required || pick % 2 === 0 ? 'yes' : ''
    // Guests look nobody up.
    case 'person':
      return isGuest ? '' : '张三'
    case 'people':
      return isGuest ? '' : ['张三', '李四', '王五'].slice(0, most).join('、')
    case 'organisation':
      return isGuest ? '' : '集团'
    case 'file':
      return name
  }
}

function checkedOf({ type }: FormField, answer: string | string[]): unknown {
  if (type === 'number' || type === 'money') return Number(answer)
  if (type === 'checkbox') return answer === 'yes'
  return answer === '' ? undefined : answer
}
