import type { IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { FormField } from '../definition.ts'
import type { Lookup } from './lookup.ts'
import { grouped } from './number.ts'

/** A checked value as people read it in a summary. */
export async function showValue(
  field: FormField,
  value: unknown,
  language: Language,
  lookup: Lookup,
): Promise<string> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `forms:value.${key}`, values)
  if (value === undefined) return say('none')
  const label = (wanted: unknown) => {
    const option = field.options?.find(({ value: own }) => own === wanted)
    return option ? translate(language, option.label) : String(wanted)
  }
  switch (field.type) {
    case 'number':
      return grouped(Number(value))
    case 'money':
      return say('money', { amount: grouped(Number(value)) })
    case 'date': {
      const day = new Date(`${value}T00:00:00Z`)
      return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(day)
    }
    case 'person': {
      const found = await lookup.person(String(value), field.colleagues)
      return 'id' in found ? found.name : String(value)
    }
    case 'people': {
      const names: string[] = []
      for (const id of listed(value)) {
        const found = await lookup.person(String(id), field.colleagues)
        names.push('id' in found ? found.name : String(id))
      }
      return names.join(say('joiner'))
    }
    case 'organisation': {
      const found = await lookup.organisation(String(value))
      return 'id' in found ? found.path : String(value)
    }
    case 'select':
      return label(value)
    case 'multi-select':
      return listed(value).map(label).join(say('joiner'))
    case 'checkbox':
      return say(value === true ? 'yes' : 'no')
    case 'file':
      return (listed(value) as IncomingFile[])
        .map(({ name, size }) => say('file', { name, size: sizeOf(size) }))
        .join(say('joiner'))
    default:
      return String(value)
  }
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Bytes as 320 B, 12 KB, 3.4 MB. */
function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
