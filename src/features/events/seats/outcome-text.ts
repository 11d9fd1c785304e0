import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { momentText } from '../lists/event-texts.ts'
import type { Press } from '../presses/press.ts'
import type { Outcome, Refusal } from './outcome.ts'
import type { RegistrationState } from './seats.ts'

/** What became of a press, in a line, for whoever pressed. */
export function outcomeText(
  outcome: Outcome,
  { deed, language }: { deed: Press['deed']['type']; language: Language },
  now: Date,
): string {
  if (outcome.type === 'refused') return refusalText(outcome.reason, outcome.values, language, now)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `registration:outcome.${key}`, values)
  const { state, position } = outcome
  if (deed === 'confirm-again') return say('confirmed-again')
  if (deed === 'ask-to-leave') return say('asked-to-leave')
  if (deed === 'accept-offer' && state === 'confirmed') return say('accepted')
  if (deed === 'decline-offer') return say('let-go')
  return position === null ? say(state) : say('waiting-at', { position })
}

/** That a press was kept and its result follows. */
export function queuedText(language: Language): string {
  return translate(language, 'registration:outcome.queued')
}

function refusalText(reason: Refusal, values: Record<string, string>, language: Language, now: Date): string {
  const { state, position, at, zone } = values
  if (reason === 'failed') return translate(language, 'registration:outcome.failed')
  if (reason === 'already' && isStanding(state)) {
    const standing = position === undefined ? state : 'waiting-at'
    return translate(language, `registration:outcome.already-${standing}`, values)
  }
  if (reason === 'not-open-yet' && at !== undefined && zone !== undefined) {
    const when = momentText(at, { time_zone: zone }, language, now)
    return translate(language, 'registration:outcome.opens-at', { at: when })
  }
  return translate(language, `registration:refused.${reason}`, values)
}

function isStanding(state: string | undefined): state is RegistrationState {
  return state === 'confirmed' || state === 'waiting' || state === 'requested' || state === 'offered'
}
