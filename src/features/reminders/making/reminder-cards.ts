import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { type Reminder, wordsOf } from '../records.ts'
import type { ReminderView } from './reminder-view.ts'
import type { ReminderTemplate } from './templates.ts'

const longestText = 600
/** More names would not be read. */
const mostNames = 20
/** More would not fit a card. */
const onePage = 8

/** A text with its buttons. */
export function sayingCard(text: string, buttons: Button[] = [], notes: readonly string[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(shortened(text)) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
      ...notes.map((note): Block => ({ type: 'note', text: shortened(note) })),
    ],
  }
}

/** A draft shown back: nothing counts before 确认. @param choices Buttons of those of whom one has to be chosen. */
export function draftCard(
  { row }: Pick<Reminder, 'row'>,
  lines: readonly string[],
  { problem, choices, isGuess }: { problem: string; choices: readonly Button[]; isGuess: boolean },
  language: Language,
): Card {
  const say = (key: string) => translate(language, `reminders:draft.${key}`)
  const value = { reminder: row.id }
  const confirm: Button = { label: say('confirm'), action: 'reminders.confirm', value, style: 'primary' }
  const mayConfirm = problem === '' && choices.length === 0
  return {
    tone: 'info',
    title: shortened(row.title),
    blocks: [
      { type: 'text', runs: plain(say('intro')) },
      ...(isGuess ? [{ type: 'text' as const, runs: [{ text: say('guess'), strong: true }] }] : []),
      ...lines.map((line): Block => ({ type: 'text', runs: plain(shortened(line)) })),
      ...(problem === '' ? [] : [{ type: 'text' as const, runs: [{ text: problem, strong: true }] }]),
      ...(choices.length === 0
        ? []
        : [
            { type: 'text' as const, runs: [{ text: say('choose'), strong: true }] },
            { type: 'buttons' as const, buttons: [...choices] },
          ]),
      {
        type: 'buttons',
        buttons: [
          ...(mayConfirm ? [confirm] : []),
          { label: say('change'), action: 'reminders.change', value, opens: 'beside' },
          { label: say('discard'), action: 'reminders.discard', value },
        ],
      },
      { type: 'note', text: say('note') },
    ],
  }
}

/** A reminder with what may be done about it. @param said What has just been done; empty: nothing. */
export function reminderCard(view: ReminderView, language: Language, said = ''): Card {
  const { reminder, rule, next, whom, silence, problems, isProvisional } = view
  const { row } = reminder
  const words = wordsOf(row, language)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:card.${key}`, values)
  const line = (text: string): Block => ({ type: 'text', runs: plain(shortened(text)) })
  const state = translate(language, `reminders:state.${row.state}`)
  const why = row.reason === '' ? '' : translate(language, row.reason)
  return {
    tone: 'info',
    title: shortened(words.title),
    blocks: [
      ...(said === '' ? [] : [{ type: 'text' as const, runs: [{ text: said, strong: true }] }]),
      line([row.number, state, why].filter((part) => part !== '').join(' · ')),
      ...(words.text === '' ? [] : [line(words.text)]),
      line(translate(language, 'reminders:line.when', { rule })),
      ...(next.length === 0
        ? []
        : [
            line(say(row.state === 'paused' ? 'next-paused' : 'next')),
            { type: 'list' as const, items: next.map((time) => plain(time)) },
          ]),
      ...(isProvisional
        ? [{ type: 'note' as const, text: translate(language, 'reminders:line.provisional') }]
        : []),
      line(whom),
      line(translate(language, `reminders:line.means-${row.means}`)),
      line(silence),
      ...madeBlocks(view, language),
      ...problems.map((text): Block => ({ type: 'note', text: shortened(text) })),
      ...lastBlocks(view, language),
      ...buttonBlocks(view, language),
    ],
  }
}

/** Who made it, or from what it was generated and who answers for that. */
function madeBlocks({ owner, madeFor }: ReminderView, language: Language): Block[] {
  const what = madeFor === null ? '' : translate(language, madeFor)
  const name = owner === null ? '' : translate(language, 'reminders:card.owner', { name: owner })
  const text = [what, name].filter((part) => part !== '').join(' · ')
  return text === '' ? [] : [{ type: 'text', runs: plain(shortened(text)) }]
}

function lastBlocks({ last }: ReminderView, language: Language): Block[] {
  if (!last) return []
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:card.${key}`, values)
  const names = (all: readonly string[]) => {
    const shown = all.slice(0, mostNames).filter((name) => name !== '')
    return all.length > shown.length ? [...shown, say('and-more', { count: all.length })] : shown
  }
  const listed = (key: string, all: readonly string[]): Block[] =>
    all.length === 0
      ? []
      : [
          {
            type: 'text',
            runs: plain(shortened(say(key, { count: all.length, names: names(all).join(say('joint')) }))),
          },
        ]
  const outcome = translate(language, `reminders:outcome.${last.outcome}`)
  return [
    { type: 'divider' },
    { type: 'text', runs: plain(say('last', { at: minuteInChina(new Date(last.at)), outcome })) },
    ...listed('acknowledged', last.acknowledged),
    ...listed('waiting', last.waiting),
  ]
}

function buttonBlocks({ reminder: { row }, isKept, next }: ReminderView, language: Language): Block[] {
  const button = (action: string, opens: 'here' | 'beside' = 'here'): Button => ({
    label: translate(language, `reminders:do.${action}`),
    ...{ action: `reminders.${action}`, value: { reminder: row.id }, opens },
  })
  const runs = row.state === 'active'
  const isOwn = row.origin === null
  const course = [
    ...(runs ? [button('pause')] : []),
    ...(row.state === 'paused' ? [button('resume')] : []),
    ...(runs && next.length > 0 ? [button('skip'), button('move', 'beside')] : []),
    // Nothing is sent of one that is paused or over.
    ...(runs ? [button('try', 'beside')] : []),
  ]
  const content = [
    ...(isOwn && row.state !== 'ended' ? [button('change', 'beside')] : []),
    button('copy', 'beside'),
    ...(isOwn && row.state !== 'ended' ? [button('end', 'beside')] : []),
  ]
  if (!isKept) return []
  return [
    ...(course.length > 0 ? [{ type: 'buttons' as const, buttons: course }] : []),
    { type: 'buttons', buttons: content },
    ...(isOwn ? [] : [{ type: 'note' as const, text: translate(language, 'reminders:card.of-another') }]),
  ]
}

/** A line of the list of reminders. */
export interface ListedReminder {
  id: string
  number: string
  title: string
  state: 'draft' | 'active' | 'paused' | 'ended'
  /** In words; empty: none. */
  next: string
}

/** A page of the reminders that somebody keeps. */
export function listCard(
  { all, from }: { all: readonly ListedReminder[]; from: number },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:list.${key}`, values)
  const shown = all.slice(from, from + onePage)
  const more: Button[] = [
    ...(from > 0 ? [pageButton(say('previous'), Math.max(0, from - onePage))] : []),
    ...(from + onePage < all.length ? [pageButton(say('next'), from + onePage)] : []),
  ]
  return {
    tone: 'info',
    title: say('title', { count: all.length }),
    blocks: [
      ...(shown.length === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...shown.flatMap((one): Block[] => [
        {
          type: 'text',
          runs: [
            { text: `${one.number} ${shortened(one.title)}`, strong: true },
            {
              text: `\n${[translate(language, `reminders:state.${one.state}`), one.next].filter((part) => part !== '').join(' · ')}`,
            },
          ],
        },
        {
          type: 'buttons',
          buttons: [
            { label: say('show'), action: 'reminders.show', value: { reminder: one.id }, opens: 'beside' },
          ],
        },
      ]),
      { type: 'buttons', buttons: [...more, newButton(language), templatesButton(language)] },
      { type: 'note', text: say('how') },
    ],
  }
}

function pageButton(label: string, from: number): Button {
  return { label, action: 'reminders.list', value: { from: String(from) }, opens: 'beside' }
}

/** Opens the form for a new one. */
export function newButton(language: Language, values: Record<string, string> = {}): Button {
  return {
    label: translate(language, 'reminders:do.new'),
    ...{ action: 'reminders.new', value: values, opens: 'beside', style: 'primary' },
  }
}

function templatesButton(language: Language): Button {
  const label = translate(language, 'reminders:do.templates')
  return { label, action: 'reminders.templates', value: {}, opens: 'beside' }
}

/** Templates with their rules in words, each with a button that begins with it. */
export function templatesCard(
  { templates, from }: { templates: readonly (ReminderTemplate & { rule: string })[]; from: number },
  problems: readonly string[],
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `reminders:templates.${key}`, values)
  const shown = templates.slice(from, from + onePage)
  const page = (label: string, at: number): Button => ({
    ...{ label, action: 'reminders.templates', value: { from: String(at) }, opens: 'beside' },
  })
  const more = [
    ...(from > 0 ? [page(translate(language, 'reminders:list.previous'), Math.max(0, from - onePage))] : []),
    ...(from + onePage < templates.length
      ? [page(translate(language, 'reminders:list.next'), from + onePage)]
      : []),
  ]
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      ...problems.map((text): Block => ({ type: 'note', text: shortened(text) })),
      ...(shown.length === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...shown.flatMap((template): Block[] => [
        {
          type: 'text',
          runs: [
            { text: template.title[language], strong: true },
            { text: `\n${say('about', { clause: template.clause, rule: template.rule })}` },
          ],
        },
        {
          type: 'buttons',
          buttons: [
            {
              ...{ label: say('use'), action: 'reminders.new', value: { template: template.name } },
              opens: 'beside',
            },
          ],
        },
      ]),
      ...(more.length > 0 ? [{ type: 'buttons' as const, buttons: more }] : []),
    ],
  }
}

/** What those who are reminded will see, without effect, for whoever makes it. */
export function trialCard({ row }: Pick<Reminder, 'row'>, when: string, language: Language): Card {
  const words = wordsOf(row, language)
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `reminders:trial.${key}`, values)
  return {
    tone: 'info',
    title: shortened(say('title', { title: words.title })),
    blocks: [
      ...(words.text === '' ? [] : [{ type: 'text' as const, runs: plain(shortened(words.text)) }]),
      ...(when === '' ? [] : [{ type: 'text' as const, runs: plain(say('when', { when })) }]),
      { type: 'text', runs: plain(translate(language, `reminders:line.means-${row.means}`)) },
      { type: 'note', text: say('note', { number: row.number }) },
    ],
  }
}

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length > longestText ? `${characters.slice(0, longestText - 1).join('')}…` : text
}
