import type { Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, registrationTitle, whenOf, whereOf } from '../lists/event-texts.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { deedsOf } from './followed.ts'
import type { PublicDeed } from './public-registration.ts'

/** What takes something away is done on the web, where it is asked twice. */
const inChat: ReadonlySet<string> = new Set<PublicDeed>([
  'accept-offer',
  'decline-offer',
  'cancel',
  'confirm-again',
])

/** What became of a registration on the web, in chat, for whoever has its code. */
export function followedCard(
  { event, registration }: { event: Event; registration: RegistrationRow },
  {
    code,
    position,
    web,
    codeUrl,
    language,
    now,
  }: {
    code: string
    position: number | null
    /** Of the page on which the same can be done. */
    web: string
    /** Of the check-in code; empty: there is none now. */
    codeUrl: string
    language: Language
    now: Date
  },
): Card {
  const state = registrationTitle(registration.state, language)
  const at = position === null ? state : translate(language, 'registration:web.at', { state, position })
  const buttons = deedsOf(registration, event).flatMap((deed): Button[] =>
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
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: [{ text: at, strong: true }] },
      { type: 'note', text: whenOf(event.row, language, now) },
      { type: 'note', text: whereOf(event.row, language) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
      ...(codeUrl === ''
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
