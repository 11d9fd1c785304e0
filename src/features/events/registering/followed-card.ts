import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, registrationTitle, whenOf, whereOf } from '../lists/event-texts.ts'
import type { FollowedRegistration } from './followed-registration.ts'
import type { PublicDeed } from './public-registration.ts'

/** What takes something away is done on the web, where it is asked twice. */
const inChat: ReadonlySet<string> = new Set<PublicDeed>([
  'accept-offer',
  'decline-offer',
  'cancel',
  'confirm-again',
])

/** Dates of a series that the card names; the page has all. */
const mostDates = 8

/** What became of a registration on the web, in chat, for whoever has its code; what follows an event is on the page. */
export function followedCard(
  { event, registration, position, dates, isOver, may }: FollowedRegistration,
  {
    code,
    web,
    language,
    now,
  }: {
    code: string
    /** Of the page on which the same can be done. */
    web: string
    language: Language
    now: Date
  },
): Card {
  const state = registrationTitle(registration.state, language)
  const at = position === null ? state : translate(language, 'registration:web.at', { state, position })
  const buttons = may.flatMap((deed): Button[] =>
    inChat.has(deed)
      ? [
          {
            label: translate(language, `registration:web.do-${deed}`),
            action: 'events.by-code',
            value: { number: event.row.number, code, deed },
          },
        ]
      : [],
  )
  const toCome = isOver ? dates : dates.filter((date) => !date.isOver)
  const left = toCome.length - mostDates
  const codeUrl = toCome.find((date) => date.codeUrl !== '')?.codeUrl
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: [{ text: at, strong: true }] },
      ...toCome.slice(0, mostDates).map(({ event: { row } }): Block => {
        const text = `${whenOf(row, language, now)} ${whereOf(row, language)}`
        return { type: 'note', text }
      }),
      ...(left > 0
        ? [
            {
              type: 'note' as const,
              text: translate(language, 'registration:told.more-dates', { more: left }),
            },
          ]
        : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
      ...(codeUrl === undefined
        ? []
        : [{ type: 'link' as const, label: translate(language, 'registration:web.check-in'), url: codeUrl }]),
      { type: 'link', label: translate(language, 'registration:code.web'), url: web },
    ],
  }
}

/** Whether a button of that card can mean it. */
export function isDeedInChat(text: string): text is PublicDeed {
  return inChat.has(text)
}
