import type { Acknowledgement } from '../../../chat/form-view.ts'
import { incomingKey } from '../../../chat/keys.ts'
import type { ActionHandler, RushedPress } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { registersWith } from '../records.ts'
import { outcomeText, queuedText } from '../seats/outcome-text.ts'
import { acceptPresses } from './accept.ts'
import type { Deed } from './press.ts'
import type { Settler } from './settler.ts'

/** Ids of events are shorter; what is longer was made up. */
const longestId = 100

/** A button that does something about the own registration with the event of its value. */
export function createPressLane(deed: Deed, settler: Pick<Settler, 'outcomeOf'>): ActionHandler {
  async function accept(trx: Trx, presses: readonly RushedPress[], now: Date): Promise<void> {
    const meant = presses.flatMap((press) => {
      const event = eventOf(press)
      return event === null ? [] : { press, event }
    })
    if (meant.length === 0) return
    const taking = await takingEvents(
      trx,
      meant.map(({ event }) => event),
    )
    const accepted = meant.map(({ press: { key, action }, event }) => ({
      key,
      event: taking.get(event) ?? event,
      press: {
        deed,
        // Whose account it is is found for all of a batch at once, when they are settled.
        who: { type: 'account' as const, account: action.account, name: '' },
        by: { account: action.account, person: null },
        team: null,
        language: action.language,
        reply: null,
      },
    }))
    await acceptPresses(trx, accepted, now)
  }

  async function answer(press: RushedPress, within: AbortSignal): Promise<Acknowledgement | null> {
    const { action, key } = press
    if (eventOf(press) === null) throw new PlainError('chat:gone')
    const outcome = await settler.outcomeOf(key, within)
    if (!outcome) return null
    return { toast: outcomeText(outcome, { deed: deed.type, language: action.language }, action.at) }
  }

  const queued = ({ action }: RushedPress): Acknowledgement => ({ toast: queuedText(action.language) })

  return {
    reads: false,
    rush: { accept, answer, queued },
    /** Where another card carries the button out, its result follows by a message. */
    async run({ trx, now, action }) {
      const press = { key: incomingKey(action), action }
      if (eventOf(press) === null) throw new PlainError('chat:gone')
      await accept(trx, [press], now)
      return queued(press)
    },
  }
}

function eventOf({ action: { value } }: RushedPress): string | null {
  const id = Object.hasOwn(value, 'event') ? value.event : undefined
  return typeof id === 'string' && id !== '' && id.length <= longestId ? id : null
}

/** The event that takes the registrations of each, by id. */
async function takingEvents(trx: Trx, events: readonly string[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('event_entry')
    .select(['id', 'registers_with'])
    .where('id', 'in', [...new Set(events)])
    .execute()
  return new Map(rows.map((row) => [row.id, registersWith({ row })]))
}
