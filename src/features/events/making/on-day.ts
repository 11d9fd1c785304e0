import { DateTime } from 'luxon'
import type { EventDraft } from './keep-event.ts'

/** The same event on another day, by the clocks of its zone, with all that is counted from it. */
export function onDay(draft: EventDraft, days: number): EventDraft {
  const move = (instant: Date) => {
    const at = DateTime.fromJSDate(instant, { zone: draft.timeZone })
    return at.plus({ days }).toJSDate()
  }
  const { startsAt, endsAt, opensAt, closesAt, cancelUntil } = draft
  return {
    ...draft,
    ...{ startsAt: move(startsAt), endsAt: move(endsAt), opensAt: opensAt && move(opensAt) },
    ...{ closesAt: move(closesAt), cancelUntil: move(cancelUntil) },
  }
}
