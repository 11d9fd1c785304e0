import type { Card } from '../../../chat/card.ts'
import { plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { figuresOf } from './figures.ts'
import { lines, note, type ShownPlan, saying, shortened, showButton, textCard } from './plan-cards.ts'
import { changeText } from './plan-texts.ts'
import { weakLine } from './weak-items.ts'

/** Tells whoever decides that a plan waits for them. */
export function submittedCard(shown: ShownPlan, submitter: string, language: Language): Card {
  const { row, items } = shown.plan
  const say = saying('told', language)
  const figures = figuresOf(items, shown.today, false)
  const weak = weakLine(items, shown.today, language)
  return {
    tone: 'info',
    title: say('submitted-title'),
    blocks: [
      { type: 'text', runs: plain(say('submitted', { ...valuesOf(shown), name: submitter })) },
      note(say('submitted-figures', { count: figures.items })),
      ...(figures.budget > 0
        ? [note(translate(language, 'planning:card.budget', { budget: figures.budget }))]
        : []),
      ...(weak === '' ? [] : [{ type: 'text' as const, runs: [{ text: weak, strong: true }] }]),
      {
        type: 'buttons',
        buttons: [
          {
            label: translate(language, 'planning:card.decide'),
            action: 'planning.decide',
            value: { plan: row.id, version: String(row.version) },
            ...{ opens: 'beside', style: 'primary' },
          },
          showButton(row.id, language),
        ],
      },
    ],
  }
}

/** What became of a plan that waited for a decision. */
export type Outcome = 'approved' | 'returned' | 'withdrawn'

/** In place of what asked for a decision that others have taken meanwhile. */
export function settledCard(
  shown: ShownPlan,
  { outcome, name, now }: { outcome: Outcome; name: string; now: Date },
  language: Language,
): Card {
  const say = saying('told', language)
  const values = { ...valuesOf(shown), name, at: minuteInChina(now) }
  return {
    tone: 'info',
    title: say('settled-title'),
    blocks: [
      { type: 'text', runs: plain(say(`settled-${outcome}`, values)) },
      { type: 'buttons', buttons: [showButton(shown.plan.row.id, language)] },
    ],
  }
}

/** Asks once more before a plan is submitted that has items without owner, or with days that are over. */
export function weakCard(
  { row, items }: ShownPlan['plan'],
  today: ShownPlan['today'],
  language: Language,
): Card {
  return textCard(
    translate(language, 'planning:weak.sure', { weak: weakLine(items, today, language), number: row.number }),
    [
      {
        ...{ label: translate(language, 'planning:weak.submit'), action: 'planning.submit' },
        value: { plan: row.id, version: String(row.version), sure: 'yes' },
      },
      showButton(row.id, language),
    ],
  )
}

/** Tells whoever submitted a plan what was decided. */
export function decidedCard(shown: ShownPlan, language: Language): Card {
  const { row } = shown.plan
  const say = saying('told', language)
  const returned = row.state === 'returned'
  return {
    tone: 'info',
    title: say(returned ? 'returned-title' : 'approved-title'),
    blocks: [
      { type: 'text', runs: plain(say(returned ? 'returned' : 'approved', valuesOf(shown))) },
      ...(row.reason === ''
        ? []
        : [note(translate(language, 'planning:card.reason', { reason: shortened(row.reason) }))]),
      { type: 'buttons', buttons: [showButton(row.id, language)] },
    ],
  }
}

/** Tells whoever approved a plan what was changed in it since. @param history Entries of it. @param names Of people, by id. */
export function editedCard(
  shown: ShownPlan,
  history: readonly { what: string; data: string }[],
  language: Language,
  names: ReadonlyMap<string, string>,
): Card {
  const say = saying('told', language)
  return {
    tone: 'info',
    title: say('edited-title'),
    blocks: [
      { type: 'text', runs: plain(say('edited', valuesOf(shown))) },
      ...lines(
        history.map(({ what, data }) => shortened(changeText(what, JSON.parse(data), names, language))),
        language,
      ),
      { type: 'buttons', buttons: [showButton(shown.plan.row.id, language)] },
    ],
  }
}

function valuesOf({ plan: { row }, organisation }: ShownPlan) {
  return { number: row.number, title: shortened(row.title), organisation: shortened(organisation) }
}
