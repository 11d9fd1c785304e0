/** Minutes before the beginning at which the organisers learn who is expected. */
export const organisersBefore = 24 * 60

/** What is to be reminded of an event, beside what its people are reminded of: kept as one list of minutes. */
export interface Planned {
  /** ISO text of the beginning for which it was planned. */
  startsAt: string
  /** Minutes before it. */
  pending: readonly number[]
}

/**
 * Which reminders are to come, now that the event was published or changed. One whose moment has passed is not made up
 * for: it was sent, or nobody asked for it in time; but one that is just due, and not sent yet, stays.
 * @param before What was planned until now; null: nothing.
 */
export function planReminders(
  before: Planned | null,
  { startsAt, reminders }: { startsAt: string; reminders: readonly number[] },
  now: Date,
): number[] {
  const isDueStill = (minutes: number) => before?.startsAt === startsAt && before.pending.includes(minutes)
  return [...new Set([...reminders, organisersBefore])]
    .filter((minutes) => momentOf(startsAt, minutes) > now || isDueStill(minutes))
    .toSorted((one, other) => other - one)
}

/**
 * What is to be sent now, and what stays for later. Of several that are due to those who come, after a downtime, only
 * the last makes sense; the organisers' moment does not count among them. Once the event has begun none does.
 * @param reminders Minutes before the beginning at which those who come are reminded.
 */
export function takeDue(
  { startsAt, pending }: Planned,
  reminders: readonly number[],
  now: Date,
): { due: number | null; forOrganisers: boolean; later: number[] } {
  if (Date.parse(startsAt) <= now.getTime()) return { due: null, forOrganisers: false, later: [] }
  const due = pending.filter((minutes) => momentOf(startsAt, minutes) <= now)
  const asked = due.filter((minutes) => reminders.includes(minutes))
  return {
    due: asked.length === 0 ? null : Math.min(...asked),
    forOrganisers: due.includes(organisersBefore),
    later: pending.filter((minutes) => !due.includes(minutes)),
  }
}

/** When the next is due; null: none is to come. */
export function nextMoment({ startsAt, pending }: Planned): Date | null {
  return pending.length === 0 ? null : momentOf(startsAt, Math.max(...pending))
}

function momentOf(startsAt: string, minutes: number): Date {
  return new Date(Date.parse(startsAt) - minutes * 60_000)
}
