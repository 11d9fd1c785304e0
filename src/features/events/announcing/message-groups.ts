import type { Reads } from '../../../people/people.ts'
import type { RegistrationFilters } from '../lists/list-registrations.ts'
import { activeStates, type Event, registersWith } from '../records.ts'

/** To whom organisers write. */
export const messageGroups = {
  all: { states: activeStates },
  confirmed: { states: ['confirmed'] },
  waiting: { states: ['waiting'] },
  offered: { states: ['offered'] },
  absent: { states: ['confirmed'], checkedIn: false },
  again: { states: ['confirmed'], toConfirmAgain: true },
} as const satisfies Record<string, RegistrationFilters>

export type MessageGroup = keyof typeof messageGroups

export const messageGroupNames = Object.keys(messageGroups) as MessageGroup[]

/** The group by its name; null: there is none of that name. */
export function groupNamed(name: unknown): MessageGroup | null {
  return messageGroupNames.find((one) => one === name) ?? null
}

/**
 * How many a message to a group would reach: whoever has an account that can be written to. Of the public, who registered
 * by a web form, there is none.
 */
export async function countGroup(
  db: Reads,
  event: Event,
  group: MessageGroup,
): Promise<{ reached: number; unreached: number }> {
  const filters: RegistrationFilters = messageGroups[group]
  let query = db
    .selectFrom('event_registration as r')
    .leftJoin('event_check_in as c', (join) =>
      join.onRef('c.registration', '=', 'r.id').on('c.event', '=', event.row.id),
    )
    .where('r.event', '=', registersWith(event))
    .where('r.state', 'in', filters.states ?? activeStates)
  if (filters.checkedIn === false) query = query.where('c.at', 'is', null)
  if (filters.toConfirmAgain) query = query.where('r.arrangement', '<', event.row.arrangement)
  const rows = await query
    .select(({ fn, eb, exists, selectFrom }) => [
      fn.countAll<number | string>().as('all'),
      fn
        .sum<number | string>(
          eb
            .case()
            .when('r.account', 'is not', null)
            .then(1)
            .when(
              exists(
                selectFrom('account')
                  .select('account.person')
                  .whereRef('account.person', '=', 'r.person')
                  // The terminal reaches whoever sits at the machine, and only while they do.
                  .where('account.platform', '!=', 'terminal'),
              ),
            )
            .then(1)
            .else(0)
            .end(),
        )
        .as('reached'),
    ])
    .executeTakeFirst()
  const reached = Number(rows?.reached ?? 0)
  return { reached, unreached: Number(rows?.all ?? 0) - reached }
}
