import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import type { Event, OwnQuestion, RegistrationRow } from '../records.ts'
import type { NamedRequest } from './requests.ts'

/** Requests that have buttons of their own: more of them no phone shows. */
const mostWithButtons = 4
/** Characters of the answers that stand beside a name. */
const longestAnswers = 80

/** All requests that wait for an answer, to those who give it. */
export function requestsCard(
  event: Event,
  { requests, count }: { requests: readonly NamedRequest[]; count: number },
  { language, now, url }: { language: Language; now: Date; url: string },
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:requests.${key}`, values)
  const title = eventHeadline(event.row)
  if (count === 0) return { tone: 'info', title, blocks: [{ type: 'text', runs: plain(say('none')) }] }
  const { id } = event.row
  const each = requests.slice(0, mostWithButtons).flatMap(({ row }): Button[] => {
    const name = registrantName(row, language)
    const value = { event: id, registrations: row.id }
    return [
      { label: say('approve', { name }), action: 'events.approve', value },
      { label: say('refuse', { name }), action: 'events.refuse', value, opens: 'beside' },
    ]
  })
  const all: Button = {
    ...{ label: say('approve-all', { count }), action: 'events.approve-all', style: 'primary' },
    // Only what was there when the card was made: nobody approves what they could not see.
    value: { event: id, until: now.toISOString() },
  }
  return {
    tone: 'info',
    title,
    blocks: [
      { type: 'text', runs: [{ text: say('count', { count }), strong: true }] },
      {
        type: 'list',
        items: requests.map((request) => plain(requestLine(request, event.questions, language))),
      },
      ...(count > requests.length
        ? [{ type: 'note' as const, text: say('more', { more: count - requests.length }) }]
        : []),
      { type: 'buttons', buttons: [...each, ...(count > 1 ? [all] : [])] },
      { type: 'link', label: say('console'), url },
    ],
  }
}

/** That somebody wants to be let go after the deadline, with what can be answered. */
export function leavingCard(
  event: Event,
  registration: RegistrationRow,
  { reason, language }: { reason: string; language: Language },
): Card {
  const say = (key: string, values: Record<string, string> = {}) =>
    translate(language, `registration:leaving.${key}`, values)
  const value = { event: event.row.id, registrations: registration.id }
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      {
        type: 'text',
        runs: [{ text: say('asks', { name: registrantName(registration, language) }), strong: true }],
      },
      { type: 'quote', runs: plain(reason) },
      {
        type: 'buttons',
        buttons: [
          { label: say('agree'), action: 'events.let-go', value, style: 'primary' },
          { label: say('disagree'), action: 'events.keep', value },
        ],
      },
    ],
  }
}

/** What was decided, in place of the question. @param key of a whole message. */
export function settledCard(event: Event, language: Language, key: string): Card {
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [{ type: 'text', runs: plain(translate(language, key)) }],
  }
}

/** That organisers ask somebody to come all the same. */
export function stayCard(event: Event, language: Language): Card {
  const blocks: Block[] = [{ type: 'text', runs: plain(translate(language, 'registration:leaving.stay')) }]
  if (event.row.contacts !== '')
    blocks.push({
      type: 'note',
      text: translate(language, 'registration:told.contacts', { value: event.row.contacts }),
    })
  return { tone: 'info', title: eventHeadline(event.row), blocks }
}

/** The public is named only where whoever reads it was let in to see it. */
export function registrantName({ name }: Pick<RegistrationRow, 'name'>, language: Language): string {
  return name === '' ? translate(language, 'registration:requests.public') : name
}

function requestLine(
  { row, organisation }: NamedRequest,
  questions: readonly OwnQuestion[],
  language: Language,
) {
  const answers = JSON.parse(row.answers) as Record<string, unknown>
  const shown = questions.flatMap(({ name, type }) => {
    const answer = answers[name]
    if (answer === undefined || type === 'checkbox') return []
    return [Array.isArray(answer) ? answer.join('、') : String(answer)]
  })
  const joined = Array.from(shown.join(language === 'en' ? '; ' : '；'))
  const cut =
    joined.length > longestAnswers ? `${joined.slice(0, longestAnswers - 1).join('')}…` : joined.join('')
  const name = registrantName(row, language)
  const who =
    organisation === '' ? name : translate(language, 'registration:requests.who', { name, organisation })
  const guests =
    row.guests > 0 ? translate(language, 'registration:requests.guests', { guests: row.guests }) : ''
  return [who, guests, cut].filter((part) => part !== '').join(language === 'en' ? ', ' : '　')
}
