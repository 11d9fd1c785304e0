import { type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, registrationTitle, whenOf } from '../lists/event-texts.ts'
import type { OwnRegistration } from '../lists/own-registrations.ts'

/** What is typed about one's own registration. */
export type OwnDeed = 'cancel' | 'accept-offer' | 'decline-offer' | 'ask-to-leave'

/** Registrations that a list to choose from shows. */
const mostToChoose = 8

/** Registrations that something typed could be about, each with a button. */
export function chooseCard(
  choices: readonly OwnRegistration[],
  deed: OwnDeed,
  language: Language,
  now: Date,
): Card {
  const shown = choices.slice(0, mostToChoose)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:command.${key}`, values)
  // Past the deadline the organisers are asked, whatever was typed.
  const deedOf = ({ event, registration }: OwnRegistration): OwnDeed => {
    const isPast = registration.state === 'confirmed' && event.row.cancel_until <= now.toISOString()
    return deed === 'cancel' && isPast ? 'ask-to-leave' : deed
  }
  const [only] = shown.length === 1 ? shown : []
  const buttons = shown.map((choice): Button => {
    const { event, registration } = choice
    const name = deedOf(choice)
    return {
      label: say(name, { number: event.row.number }),
      action: `events.${name}`,
      value: { event: registration.event },
      ...(name === 'ask-to-leave' ? { opens: 'beside' as const } : {}),
    }
  })
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(say(only ? `one-${deedOf(only)}` : `which-${deed}`)) },
      {
        type: 'list',
        items: shown.map(({ event, registration }) =>
          plain(
            `${eventHeadline(event.row)}　${whenOf(event.row, language, now)}　${registrationTitle(registration.state, language)}`,
          ),
        ),
      },
      { type: 'buttons', buttons },
    ],
  }
}
