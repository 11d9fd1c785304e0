import { stringify } from 'yaml'
import { PlainError } from '../../../messages/plain-error.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Event } from '../records.ts'
import { draftOf } from './draft-of.ts'
import type { EventOfFile } from './event-file-schema.ts'
import type { EventKind } from './kinds.ts'
import { localIn } from './local-time.ts'
import { seriesOf } from './series.ts'

/**
 * Events as a file that `readEventFile` reads again. The first event of a series stands for all of it: where others
 * differ in more than their day, that is not written.
 */
export async function writeEventFile(db: Reads, events: readonly Event[]): Promise<string> {
  const written: EventOfFile[] = []
  for (const event of events) written.push(await entryOf(db, event))
  return stringify({ events: written }, { lineWidth: 0 })
}

async function entryOf(db: Reads, event: Event): Promise<EventOfFile> {
  const draft = await draftOf(db, event)
  const organisations = await listOrganisations(db)
  const pathOf = (id: string) => {
    const found = organisations.find((one) => one.id === id)
    if (!found) throw new PlainError('people:organisation.unknown', { name: id })
    return found.path
  }
  const moment = (instant: Date) => {
    const { day, time } = localIn(draft.timeZone, instant)
    return `${day} ${time}`
  }
  const all = await seriesOf(db, event)
  const others = all.filter(({ row }) => row.id !== event.row.id)
  const isFirst = others.length > 0 && all[0]?.row.id === event.row.id
  return {
    ...{ kind: draft.kind, title: draft.title, organisation: pathOf(draft.organisation) },
    ...{ organisers: draft.organisers, description: draft.description },
    ...{ starts: moment(draft.startsAt), ends: moment(draft.endsAt), zone: draft.timeZone },
    ...{ place: draft.place, link: draft.link, online: draft.online },
    audience: {
      organisations: draft.audience.organisations.map(pathOf),
      ...{ roles: draft.audience.roles, public: draft.audience.public },
    },
    capacity: draft.capacity,
    reserved: Object.fromEntries(
      draft.reserved.map(({ organisation, seats }) => [pathOf(organisation), seats]),
    ),
    registration: {
      mode: draft.mode,
      ...(draft.opensAt === null ? {} : { opens: moment(draft.opensAt) }),
      ...{ closes: moment(draft.closesAt), 'cancel-until': moment(draft.cancelUntil) },
      ...{ guests: draft.mostGuests, 'waiting-list': draft.hasWaitingList, 'offer-hours': draft.offerHours },
      priority: draft.priority.map(({ organisation, ...rule }) => ({
        ...(organisation === undefined ? {} : { organisation: pathOf(organisation) }),
        ...rule,
      })),
    },
    questions: draft.questions,
    reminders: draft.reminders,
    ...{ cost: draft.cost, contacts: draft.contacts, materials: draft.materials, hours: draft.hours },
    ...(isFirst
      ? {
          series: {
            repeat: 'list' as const,
            days: others.map(({ row }) => localIn(row.time_zone, new Date(row.starts_at)).day),
            shared: others.some(({ row }) => row.registers_with !== null),
          },
        }
      : {}),
  }
}

/** A file to begin with: one event of a kind, with all that it usually has. @param starts a day to come. */
export function templateOf(kind: EventKind, organisation: string, starts: string): string {
  const { defaults } = kind
  const entry: EventOfFile = {
    ...{ kind: kind.name, title: kind.title['zh-CN'], organisation, organisers: '' },
    description: kind.description['zh-CN'],
    ...{ starts: `${starts} 14:00`, ends: `${starts} 16:00`, place: '', link: '', online: defaults.online },
    audience: { organisations: [], roles: [], public: defaults.public },
    ...{ capacity: defaults.capacity, reserved: {} },
    registration: {
      ...{ mode: defaults.mode, guests: defaults.guests, 'waiting-list': defaults.waitingList },
      ...{ 'offer-hours': defaults.offerHours, priority: [] },
    },
    questions: kind.questions.map((question) => ({
      ...question,
      label: question.label['zh-CN'],
      options: question.options.map((option) => option['zh-CN']),
    })),
    ...{ reminders: defaults.reminders, cost: '', contacts: '', materials: '', hours: defaults.hours },
  }
  return stringify({ events: [entry] }, { lineWidth: 0 })
}
