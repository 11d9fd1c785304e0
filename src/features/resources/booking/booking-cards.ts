import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { type BookingFacts, showTime } from './facts.ts'
import { type Move, movesOf } from './life.ts'

/** Who reads it: whoever answers for the resource, whoever booked, or somebody who only looks at the plan. */
export type BookingReader = 'keeper' | 'booker'

/** What opens a form, so that it has room for words. */
const opensForm: readonly Move[] = ['decline', 'propose', 'call-off']

/**
 * A booking with what its reader can do about it.
 * @param lead What happened; default: the state alone.
 */
export function bookingCard(facts: BookingFacts, reader: BookingReader, language: Language, lead = ''): Card {
  const { booking } = facts
  const state = translate(language, `resources:state.${booking.state}`)
  const buttons = movesOf(booking.state, reader).map((move) => moveButton(facts, move, language))
  if (reader === 'booker' && booking.state === 'over' && booking.rating === null)
    buttons.push(button('rate', 'resources.rate', booking.id, language, 'primary'))
  return {
    tone: 'info',
    title: translate(language, 'resources:card.booking', { number: booking.number, state }),
    blocks: [
      ...(lead === '' ? [] : [{ type: 'text' as const, runs: [{ text: lead, strong: true }] }]),
      ...factBlocks(facts, reader, language),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Several bookings, each with what opens it. */
export function bookingsCard(
  title: string,
  listed: readonly BookingFacts[],
  { count, reader }: { count: number; reader: BookingReader },
  language: Language,
): Card {
  const rest = count - listed.length
  return {
    tone: 'info',
    title,
    blocks: [
      ...(listed.length === 0
        ? [{ type: 'text' as const, runs: plain(translate(language, `resources:list.none-${reader}`)) }]
        : []),
      ...listed.flatMap((facts): Block[] => [
        {
          type: 'text',
          runs: [{ text: bookingLine(facts, language), strong: true }, ...beside(facts, reader)],
        },
        { type: 'buttons', buttons: [button('open', 'resources.booking', facts.booking.id, language)] },
      ]),
      ...(rest > 0
        ? [{ type: 'note' as const, text: translate(language, 'resources:list.more', { count: rest }) }]
        : []),
    ],
  }
}

/** Time, resource and state on one line. */
export function bookingLine({ booking, resource, today }: BookingFacts, language: Language): string {
  return translate(language, 'resources:card.line', {
    ...{ time: showTime(booking, resource.time_zone, language, today), title: resource.title },
    state: translate(language, `resources:state.${booking.state}`),
  })
}

/** Lines with what is known of a booking; whoever answers sees who can be called. */
function factBlocks(
  { booking, resource, details, today }: BookingFacts,
  reader: BookingReader,
  language: Language,
): Block[] {
  const say = (key: string) => translate(language, `resources:fact.${key}`)
  const lines: [string, string][] = [
    [say('resource'), resource.title],
    [say('time'), showTime(booking, resource.time_zone, language, today)],
    [say('place'), resource.place],
    [say('people'), String(booking.people)],
    [say('purpose'), details?.purpose ?? ''],
    ...(reader === 'keeper'
      ? ([
          [say('unit'), details?.unit ?? ''],
          [say('contact'), [details?.name ?? '', details?.phone ?? ''].filter(Boolean).join(' ')],
          [say('wishes'), details?.wishes ?? ''],
        ] satisfies [string, string][])
      : ([[say('call'), resource.contact]] satisfies [string, string][])),
    [say('reason'), booking.reason],
    [say('rules'), booking.state === 'confirmed' && reader === 'booker' ? resource.rules : ''],
  ]
  return [
    ...lines
      .filter(([, value]) => value !== '')
      .map(
        ([label, value]): Block => ({ type: 'text', runs: [{ text: label, strong: true }, { text: value }] }),
      ),
    ...(details === null
      ? [{ type: 'note' as const, text: translate(language, 'resources:card.erased') }]
      : []),
  ]
}

function beside({ booking, details }: BookingFacts, reader: BookingReader) {
  const unit = reader === 'keeper' ? (details?.unit ?? '') : ''
  return [{ text: ` ${[booking.number, unit].filter(Boolean).join(' · ')}` }]
}

function moveButton({ booking }: BookingFacts, move: Move, language: Language): Button {
  const isFirst = move === 'confirm' || move === 'accept'
  const made = button(move, `resources.${move}`, booking.id, language, isFirst ? 'primary' : 'plain')
  return opensForm.includes(move) ? { ...made, opens: 'beside' } : made
}

function button(
  what: Move | 'rate' | 'open',
  action: string,
  booking: string,
  language: Language,
  style: Button['style'] = 'plain',
): Button {
  return {
    ...{ label: translate(language, `resources:do.${what}`), action, value: { booking }, style },
    ...(what === 'rate' || what === 'open' ? { opens: 'beside' as const } : {}),
  }
}
