import { createHash } from 'node:crypto'
import type { Block } from '../../../chat/card.ts'
import type { StuckForm } from '../../../forms/definition.ts'
import { translate } from '../../../messages/translate.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { chosenNaming } from '../forms/naming-pages.ts'
import { keepReading } from './keep-reading.ts'
import { fieldsOf, valuesFor } from './read-sentence.ts'

/**
 * What is said to somebody whose form cannot go on because what it must contain is missing or says nothing: what that
 * is, and another kind with what was typed carried over, one press away. The draft stays as it is. Null: something else
 * is the matter, or it was said of these words already.
 */
export async function turnBlocks(
  stuck: StuckForm,
  kind: Kind,
  context: SubmissionsContext,
): Promise<Block[] | null> {
  const { trx, account, draft, typed, problems, language, now } = stuck
  const missing = kind.admission.filter(({ field }) => problems.has(field))
  if (missing.length === 0 || kind.instead === undefined) return null
  const other = context.kinds.all().find((one) => one.kind === kind.instead)
  // What is entered for somebody, or by a code on a wall, is to stay what it was begun as.
  const isOwn = stuck.context.onBehalf !== 'yes' && stuck.context.entry === undefined
  if (!other || !isOwn) return null
  const values = carriedOver(typed, kind, other)
  if (!values) return null
  const id = createHash('sha256')
    .update(`turn ${draft} ${JSON.stringify([values, missing.map(({ field }) => field)])}`)
    .digest('hex')
    .slice(0, 32)
  const content = ''
  if (!(await keepReading(trx, context, { id, account, now, kind: other.kind, content, values }))) return null
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(language, `submissions:collect.${key}`, more)
  const what = other.title[language]
  const names = missing.map((one) => one.missing[language]).join(language === 'en' ? '; ' : '、')
  return [
    { type: 'text', runs: [{ text: say('missing', { names }) }] },
    { type: 'note', text: say('turn-note', { what }) },
    {
      type: 'buttons',
      buttons: [
        {
          label: say('instead', { what }),
          action: 'submissions.fill',
          value: { reading: id },
          opens: 'beside',
        },
      ],
    },
  ]
}

/** All that was typed in words, under the other kind's fields; null: nothing was. */
function carriedOver(typed: StuckForm['typed'], kind: Kind, other: Kind): Record<string, string> | null {
  const textOf = (name: string) => {
    const value = Object.hasOwn(typed, name) ? typed[name] : undefined
    return typeof value === 'string' ? value.trim() : ''
  }
  const said = fieldsOf(kind)
    .filter(({ name, type }) => type === 'long-text' && textOf(name) !== '')
    .map(({ name }) => textOf(name))
  const subject = textOf(kind.subject)
  const text = (said.length > 0 ? said : [subject]).join('\n')
  if (text === '') return null
  const values = valuesFor(other, text)
  if (subject !== '') values[other.subject] = subject
  // Whoever hid their name goes on hiding it; else the other kind's usual way holds, which is the more careful one.
  const naming = chosenNaming(typed, kind)
  return naming !== 'signed' && other.naming.includes(naming) ? { ...values, naming } : values
}
