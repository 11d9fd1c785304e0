import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import { translate } from '../../messages/translate.ts'
import type { FormField } from '../definition.ts'
import { own } from '../evaluate.ts'
import { showValue } from '../fields/show-value.ts'
import { insteadOf, introOf, notesOf, seenByLines, summaryIntro, summaryOf } from '../form-texts.ts'
import type { Session } from '../session.ts'
import { positionOf, type Step } from './take-step.ts'

/** Buttons that fit into one card everywhere. */
const mostButtons = 20

/**
 * What is asked after a step, as a card. Options come first among its buttons, so that where buttons are pressed by
 * their numbers these are the options'; a question whose answer is typed has none, since a number may be the answer.
 * @param group Others read along, which is said.
 */
export async function stepCard(session: Session, step: Step, { group = false } = {}): Promise<Card> {
  const { language } = session.draft
  const blocks: Block[] = []
  if (step.remark) {
    const { key, values } = step.remark
    blocks.push({ type: 'text', runs: [{ text: translate(language, key, values), strong: true }] })
  }
  const { asking } = step
  const field =
    asking.at === 'field' ? step.evaluation.fields.find(({ name }) => name === asking.field) : null
  if (field) blocks.push(...(await questionBlocks(session, step, field)))
  else if (asking.at === 'change') blocks.push(...changeBlocks(session, step))
  else blocks.push(...(await summaryBlocks(session, step, group)))
  if (group) blocks.push({ type: 'note', text: translate(language, 'forms:step.in-group') })
  return { tone: 'info', title: translate(language, session.definition.title, session.draft.context), blocks }
}

async function questionBlocks(session: Session, step: Step, field: FormField): Promise<Block[]> {
  const { language } = session.draft
  const { fields, pages } = step.evaluation
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `forms:step.${key}`, values)
  const note = (text: string): Block => ({ type: 'note', text })
  const page = pages.find((one) => one.fields[0] === field)
  const at = fields.indexOf(field) + 1
  const place = say('place', { at, of: fields.length })
  const intro = page ? introOf(page, session) : seenByLines([field], language)
  const blocks: Block[] = intro.map(note)
  blocks.push(note(`${place} · ${say(field.required ? 'must' : 'may')}`))
  blocks.push({ type: 'text', runs: [{ text: translate(language, field.label), strong: true }] })
  if (field.hint) blocks.push(note(translate(language, field.hint)))
  if (field.example) blocks.push(note(say('example', { example: translate(language, field.example) })))
  const how = howTo(field)
  if (how) blocks.push(note(say(how)))
  const value = step.evaluation.values[field.name]
  const isHeld = own(step.values, field.name) !== undefined && value !== undefined && !isEmptyList(value)
  if (isHeld) {
    const shown = await showValue(field, value, language, session.lookup)
    blocks.push(note(say('held', { value: shown })))
  }
  const options = optionButtons(session, step, field)
  const words = [
    ...(at > 1 ? ['back'] : []),
    ...(isHeld ? ['keep'] : field.required ? [] : ['skip']),
    'save',
    'cancel',
  ]
  if (options.length > 0 && options.length <= mostButtons) {
    return [...blocks, { type: 'buttons', buttons: [...options, ...wordButtons(session, step, words)] }]
  }
  if (options.length > 0) blocks.push(numbered(options.map(({ label }) => label)))
  const joiner = translate(language, 'forms:value.joiner')
  blocks.push(note(say('words', { words: words.map((word) => say(`word.${word}`)).join(joiner) })))
  return blocks
}

/** How the answer is given, where that is not plain from the question. */
function howTo({ type }: FormField): string | null {
  if (type === 'multi-select') return 'how.several'
  if (type === 'select' || type === 'checkbox') return 'how.one'
  return type === 'file' ? 'how.file' : null
}

function optionButtons(session: Session, { asking, values }: Step, field: FormField): Button[] {
  const { id, language } = session.draft
  const held = own(values, field.name)
  const chosen = (value: string) =>
    field.type === 'multi-select' && ((held ?? []) as readonly string[]).includes(value)
  const options =
    field.type === 'checkbox'
      ? [
          { value: 'yes', label: translate(language, 'forms:value.yes') },
          { value: '', label: translate(language, 'forms:value.no') },
        ]
      : (field.options ?? []).map(({ value, label }) => ({ value, label: translate(language, label) }))
  return options.map(({ value, label }) => ({
    label: `${label}${chosen(value) ? ' ✓' : ''}`,
    action: 'forms.answer',
    value: { draft: id, field: positionOf(asking), value },
  }))
}

function wordButtons({ draft: { id, language } }: Session, { asking }: Step, words: string[]): Button[] {
  return words.map((word) => ({
    label: translate(language, `forms:step.word.${word}`),
    action: 'forms.step',
    value: { draft: id, field: positionOf(asking), word: word === 'keep' ? 'skip' : word },
    style: word === 'submit' ? 'primary' : 'plain',
  }))
}

async function summaryBlocks(session: Session, step: Step, group: boolean): Promise<Block[]> {
  const items = await summaryOf(step.evaluation, session)
  const instead = await insteadOf(step.evaluation, session)
  return [
    ...(await notesOf(step.evaluation, session)).map((text): Block => ({ type: 'text', runs: plain(text) })),
    ...summaryIntro(step.evaluation, session).map((text): Block => ({ type: 'note', text })),
    {
      type: 'list',
      items: items.map(({ label, value }) => [
        { text: translate(session.draft.language, 'forms:summary.label', { label }), strong: true },
        { text: value },
      ]),
    },
    { type: 'buttons', buttons: wordButtons(session, step, ['submit', 'change', 'save', 'cancel']) },
    // Behind what leads on, so that its number is always the same.
    ...(instead && !(group && instead.alone) ? instead.blocks : []),
  ]
}

/** The fields by number; their buttons where they fit. */
function changeBlocks(session: Session, step: Step): Block[] {
  const { id, language } = session.draft
  const buttons = step.evaluation.fields.map(({ name, label }): Button => {
    const value = { draft: id, field: ':change', value: name }
    return { label: translate(language, label), action: 'forms.answer', value }
  })
  const which: Block = { type: 'text', runs: plain(translate(language, 'forms:step.which')) }
  return buttons.length <= mostButtons
    ? [which, { type: 'buttons', buttons }]
    : [which, numbered(buttons.map(({ label }) => label))]
}

/** Where there are too many for buttons. */
function numbered(labels: readonly string[]): Block {
  return { type: 'list', items: labels.map((label, i) => plain(`${i + 1}. ${label}`)) }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
