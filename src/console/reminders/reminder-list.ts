import type { Language } from '../../chat/language.ts'
import { madeForOf } from '../../features/reminders/making/made-for.ts'
import { problemInWords } from '../../features/reminders/making/target-words.ts'
import { localOf, timeInWords } from '../../features/reminders/making/upcoming.ts'
import { wordsOf } from '../../features/reminders/records.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'

export const reminderStates = ['active', 'paused', 'ended'] as const

/** Who made them: people, or other features as what they keep goes on, by the beginning of the origin. */
export const reminderSources = ['made', 'plan', 'liaison', 'kept', 'all'] as const

/** What the list is narrowed to. */
export interface ReminderFilters {
  state?: (typeof reminderStates)[number]
  /** `made`: by people; `kept`: by any other feature. A plan makes some thirty of its own: shown only when asked for. */
  source: (typeof reminderSources)[number]
  organisation?: string
  /** A person's id. */
  owner?: string
  text?: string
  /** `open`: somebody has not acknowledged; `problem`: a target that cannot be reached. */
  only?: 'open' | 'problem'
}

/** A line of the page's list. */
export interface ListedOnPage {
  id: string
  number: string
  title: string
  organisation: string
  /** Whoever made it, or what it was generated from. */
  owner: string
  state: string
  /** In words; empty: none. */
  next: string
  /** Names of those who have not acknowledged; a group has none. */
  waiting: { count: number; names: string[] }
  /** In words, each once. */
  problems: string[]
}

/** More names are on the page of one. */
const mostNames = 5

/**
 * Reminders of organisations and somebody's own, those that run first by their next time, a page of them.
 * @param person Whose own are shown too.
 */
export async function listOnPage(
  db: Reads,
  { person, organisations }: { person: string; organisations: readonly string[] },
  filters: ReminderFilters,
  { offset, limit, language }: { offset: number; limit: number; language: Language },
): Promise<{ rows: ListedOnPage[]; hasMore: boolean }> {
  let wanted = db
    .selectFrom('reminder')
    .leftJoin('organisation', 'organisation.id', 'reminder.organisation')
    .leftJoin('person', 'person.id', 'reminder.owner')
    .select(['reminder.id', 'reminder.number', 'reminder.title', 'reminder.state', 'reminder.next_at'])
    .select([
      'reminder.time_zone',
      'reminder.provisional',
      'reminder.reason',
      'reminder.text',
      'reminder.texts',
      'reminder.origin',
    ])
    .select(['organisation.name as organisation', 'person.name as owner'])
    .where('reminder.state', '!=', 'draft')
    .where((where) =>
      where.or([
        // One of an organisation is whose it is only as long as they belong there.
        where.and([where('reminder.owner', '=', person), where('reminder.organisation', 'is', null)]),
        ...(organisations.length > 0 ? [where('reminder.organisation', 'in', organisations)] : []),
      ]),
    )
  if (filters.state) wanted = wanted.where('reminder.state', '=', filters.state)
  if (filters.organisation) wanted = wanted.where('reminder.organisation', '=', filters.organisation)
  if (filters.source === 'made') wanted = wanted.where('reminder.origin', 'is', null)
  if (filters.source === 'kept') wanted = wanted.where('reminder.origin', 'is not', null)
  if (filters.source === 'plan' || filters.source === 'liaison') {
    wanted = wanted.where('reminder.origin', 'like', `${filters.source}.%`)
  }
  if (filters.owner) wanted = wanted.where('reminder.owner', '=', filters.owner)
  if (filters.text) {
    const like = `%${filters.text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    wanted = wanted.where((where) =>
      where.or([
        where('reminder.number', '=', filters.text!.toUpperCase()),
        where.eb(where.ref('reminder.title'), 'like', like),
      ]),
    )
  }
  if (filters.only === 'open') {
    wanted = wanted.where('reminder.id', 'in', (of) =>
      of.selectFrom('reminder_item').select('reminder').where('state', '=', 'open'),
    )
  }
  if (filters.only === 'problem') {
    wanted = wanted.where('reminder.id', 'in', (of) =>
      of.selectFrom('reminder_target').select('reminder').where('problem', '!=', ''),
    )
  }
  const rows = await wanted
    .orderBy((order) =>
      order.case().when('reminder.next_at', 'is', null).then('9').else(order.ref('reminder.next_at')).end(),
    )
    .orderBy('reminder.number')
    .offset(offset)
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const [waiting, problems] =
    ids.length === 0 ? [[], []] : [await waitingOf(db, ids), await problemsOf(db, ids)]
  return {
    hasMore: rows.length > limit,
    rows: shown.map(
      ({ next_at, time_zone, provisional, organisation, owner, origin, state, reason: _, ...said }) => {
        const {
          title,
          text: _text,
          texts: _texts,
          ...row
        } = { ...said, title: wordsOf(said, language).title }
        const open = waiting.filter((one) => one.reminder === row.id)
        const names = open.flatMap(({ name }) => (name === null ? [] : [name]))
        const keys = problems.filter((one) => one.reminder === row.id).map(({ problem }) => problem)
        return {
          ...{
            ...row,
            title,
            organisation: organisation ?? '',
            owner: sourceOf(origin, language) || (owner ?? ''),
            state,
          },
          next: next_at === null ? '' : nextOf(next_at, time_zone, provisional === 1, language),
          waiting: { count: open.length, names: names.slice(0, mostNames) },
          problems: [...new Set(keys)].map((problem) => problemInWords(problem, language)),
        }
      },
    ),
  }
}

function sourceOf(origin: string | null, language: Language): string {
  const key = madeForOf(origin)
  return key === null ? '' : translate(language, key)
}

function nextOf(at: string, zone: string, provisional: boolean, language: Language): string {
  return timeInWords({ local: localOf(new Date(at), zone), provisional }, language)
}

function waitingOf(db: Reads, ids: readonly string[]) {
  return db
    .selectFrom('reminder_item')
    .leftJoin('person', 'person.id', 'reminder_item.person')
    .select(['reminder_item.reminder', 'person.name'])
    .where('reminder_item.reminder', 'in', ids)
    .where('reminder_item.state', '=', 'open')
    .orderBy('reminder_item.number')
    .limit(5000)
    .execute()
}

function problemsOf(db: Reads, ids: readonly string[]) {
  return db
    .selectFrom('reminder_target')
    .select(['reminder', 'problem'])
    .where('reminder', 'in', ids)
    .where('problem', '!=', '')
    .orderBy('position')
    .execute()
}
