import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, momentText, whenOf, whereOf } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import { type CheckInAnswer, refusalKeys } from './attend.ts'

/** Somebody's own code: a page shows it to be scanned, the letters are for where nothing scans. */
export function codeCard(
  { row }: Event,
  { name, letters, url, language, now }: OwnCode & { language: Language; now: Date },
): Card {
  const say = (key: string, values = {}) => translate(language, key, values)
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: row.title, strong: true }] },
    { type: 'note', text: whenOf(row, language, now) },
    { type: 'note', text: whereOf(row, language) },
    { type: 'text', runs: plain(say('check-in:own-code.name', { name })) },
    { type: 'link', label: say('check-in:own-code.open'), url },
    { type: 'text', runs: [{ text: say('check-in:own-code.letters') }, { text: letters, strong: true }] },
    { type: 'note', text: say('check-in:own-code.how') },
  ]
  if (row.online === 1) blocks.push({ type: 'buttons', buttons: [checkInButton(row.id, language)] })
  return { tone: 'info', title: say('check-in:own-code.title'), blocks }
}

/** What somebody shows at the door. */
export interface OwnCode {
  name: string
  /** In two groups of five. */
  letters: string
  url: string
}

/** Checks in whoever presses it, at an event online. */
export function checkInButton(event: string, language: Language): Button {
  const label = translate(language, 'check-in:button.check-in')
  return { label, action: 'events.check-in', value: { event }, style: 'primary' }
}

/** Shows somebody's own code. */
export function ownCodeButton(event: string, language: Language): Button {
  const label = translate(language, 'check-in:button.own-code')
  return { label, action: 'events.my-code', value: { event }, opens: 'beside', style: 'plain' }
}

/** What became of checking in oneself, as one line. */
export function answerText({ row }: Event, answer: CheckInAnswer, language: Language, now: Date): string {
  if (answer.type === 'refused') {
    return translate(language, refusalKeys[answer.reason], { title: row.title })
  }
  const key = answer.type === 'already' ? 'check-in:done.already' : 'check-in:done.checked-in'
  return translate(language, key, {
    title: row.title,
    time: momentText(answer.at.toISOString(), row, language, now),
  })
}

/** The same as a card; `more` is what can be done next. */
export function answerCard(
  event: Event,
  answer: CheckInAnswer,
  { language, now, more = [] }: { language: Language; now: Date; more?: readonly Button[] },
): Card {
  const text = answerText(event, answer, language, now)
  return {
    tone: answer.type === 'refused' ? 'refusal' : 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(more.length > 0 ? [{ type: 'buttons' as const, buttons: [...more] }] : []),
    ],
  }
}

/** What became of letting somebody in by hand, with the way back. */
export function byHandCard(
  event: Event,
  answer: CheckInAnswer,
  whom: { name: string; registration: string; language: Language; now: Date },
): Card {
  const { name, registration, language, now } = whom
  const { row } = event
  const undo: Button = {
    label: translate(language, 'check-in:button.undo'),
    action: 'events.undo-check-in',
    value: { event: row.id, registration },
  }
  const text =
    answer.type === 'refused'
      ? translate(language, 'check-in:by-hand.refused', {
          name,
          reason: answerText(event, answer, language, now),
        })
      : translate(
          language,
          answer.type === 'already' ? 'check-in:by-hand.already' : 'check-in:by-hand.checked-in',
          { name, time: momentText(answer.at.toISOString(), row, language, now) },
        )
  return {
    tone: answer.type === 'refused' ? 'refusal' : 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(answer.type === 'refused' ? [] : [{ type: 'buttons' as const, buttons: [undo] }]),
    ],
  }
}

/** Several of one name: which is meant. */
export function whichCard(
  { row }: Event,
  found: readonly { registration: string; label: string }[],
  language: Language,
): Card {
  const buttons = found.map(
    ({ registration, label }): Button => ({
      label,
      action: 'events.check-in-person',
      value: { event: row.id, registration },
    }),
  )
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'check-in:by-hand.which')) },
      { type: 'buttons', buttons },
    ],
  }
}

/** The events at which somebody can check in now; none: how it is done. */
export function waysCard(events: readonly Event[], language: Language, now: Date): Card {
  const title = translate(language, 'check-in:ways.title')
  const how: Block = { type: 'note', text: translate(language, 'check-in:ways.how') }
  if (events.length === 0) {
    const none = plain(translate(language, 'check-in:ways.none'))
    return { tone: 'info', title, blocks: [{ type: 'text', runs: none }, how] }
  }
  return {
    tone: 'info',
    title,
    blocks: [
      ...events.flatMap(({ row }): Block[] => [
        { type: 'text', runs: [{ text: eventHeadline(row), strong: true }] },
        { type: 'note', text: whenOf(row, language, now) },
        {
          type: 'buttons',
          buttons: [
            ...(row.online === 1 ? [checkInButton(row.id, language)] : []),
            ownCodeButton(row.id, language),
          ],
        },
      ]),
      how,
    ],
  }
}
