import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { ItemRow, ReminderRow, Step } from '../records.ts'
import { evidenceOf } from './evidence.ts'

/** An item with what it is of, as handlers need it. */
export interface ItemOf {
  row: ItemRow
  reminder: ReminderRow
  late: boolean
  /** When it was due. */
  dueAt: Date
}

/** An item as people see it: the names of all whom it concerns; empty where there is nobody. */
export interface ItemView extends ItemOf {
  /** Whoever has it; empty: anybody of the group. */
  holder: string
  /** Whoever made the reminder, else the organisation that keeps it. */
  from: string
  closedBy: string
  handedBy: string
  handedTo: string
  /** Which time its holder is told of it, from 1: by steps, since they have it. */
  told: number
  /** Names of the files that show that it was done. */
  files: string[]
}

/** Items by id, those first that were due first, then by their numbers, in few statements; unknown ids are left out. */
export async function readItems(db: Reads, ids: readonly string[]): Promise<ItemOf[]> {
  const items: ItemOf[] = []
  for (const piece of inPieces([...new Set(ids)])) {
    const rows = await db.selectFrom('reminder_item').selectAll().where('id', 'in', piece).execute()
    if (rows.length > 0) items.push(...(await withReminders(db, rows)))
  }
  return items.toSorted(compareItems)
}

/** What these rows are of. */
async function withReminders(db: Reads, rows: readonly ItemRow[]): Promise<ItemOf[]> {
  const distinct = (values: readonly string[]) => [...new Set(values)]
  const reminders = await db
    .selectFrom('reminder')
    .selectAll()
    .where('id', 'in', distinct(rows.map(({ reminder }) => reminder)))
    .execute()
  const runs = await db
    .selectFrom('reminder_run')
    .select(['id', 'late', 'due_at'])
    .where('id', 'in', distinct(rows.map(({ run }) => run)))
    .execute()
  const reminderOf = new Map(reminders.map((reminder) => [reminder.id, reminder]))
  const runOf = new Map(runs.map((run) => [run.id, run]))
  return rows.map((row) => {
    const run = runOf.get(row.run)!
    return {
      ...{ row, reminder: reminderOf.get(row.reminder)! },
      ...{ late: run.late === 1, dueAt: new Date(run.due_at) },
    }
  })
}

/** Adds the names, in few statements. */
export async function withNames(db: Reads, items: readonly ItemOf[]): Promise<ItemView[]> {
  const handed = await readHanded(db, items)
  const evidence = await evidenceOf(
    db,
    items.map(({ row }) => row.id),
  )
  const people = items.flatMap(({ row, reminder }) => [row.person, row.closed_by, reminder.owner])
  const handing = [...handed.by.values()].map(({ person }) => person)
  const names = await namesOf(db, 'person', [...people, ...handing, ...handed.to.values()])
  const organisations = await namesOf(
    db,
    'organisation',
    items.map(({ reminder }) => reminder.organisation),
  )
  const name = (id: string | null | undefined) => names.get(id ?? '') ?? ''
  return items.map((item) => {
    const before = handed.by.get(item.row.id)
    const told = timesTold(item, before?.step ?? 0)
    return {
      ...item,
      // What is told once more, or was handed over, was on time or late before.
      ...{ late: item.late && told === 1 && before === undefined, told },
      holder: name(item.row.person),
      from: name(item.reminder.owner) || (organisations.get(item.reminder.organisation ?? '') ?? ''),
      closedBy: name(item.row.closed_by),
      handedBy: name(before?.person),
      handedTo: name(handed.to.get(item.row.id)),
      files: (evidence.get(item.row.id) ?? []).map((file) => file.name),
    }
  })
}

/** @param from How many steps were taken while somebody else had it. */
function timesTold({ row, reminder }: ItemOf, from: number): number {
  const taken = row.step > from ? stepsOf(reminder).slice(from, row.step) : []
  return 1 + taken.filter(({ to }) => to === 'again' || to === 'urgent').length
}

/** Of each item who had it before, with the steps that were taken then, and who has it now. */
async function readHanded(db: Reads, items: readonly ItemOf[]) {
  const by = new Map<string, { person: string | null; step: number }>()
  for (const piece of inPieces(items.map(({ row }) => row.id))) {
    const before = await db
      .selectFrom('reminder_item')
      .select(['handed_to', 'person', 'step'])
      .where('handed_to', 'in', piece)
      .orderBy('closed_at')
      .execute()
    for (const { handed_to, ...was } of before) by.set(handed_to!, was)
  }
  const to = new Map<string, string | null>()
  for (const piece of inPieces(items.flatMap(({ row }) => row.handed_to ?? []))) {
    const after = await db
      .selectFrom('reminder_item')
      .select(['id', 'person'])
      .where('id', 'in', piece)
      .execute()
    const personOf = new Map(after.map(({ id, person }) => [id, person]))
    for (const { row } of items) {
      if (personOf.has(row.handed_to ?? '')) to.set(row.id, personOf.get(row.handed_to ?? '')!)
    }
  }
  return { by, to }
}

async function namesOf(
  db: Reads,
  table: 'person' | 'organisation',
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const piece of inPieces([...new Set(ids.filter((id) => id !== null))])) {
    const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', piece).execute()
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}

/** As digests list them. */
export function compareItems(one: ItemOf, other: ItemOf): number {
  return one.dueAt.getTime() - other.dueAt.getTime() || compareNumbers(one.row.number, other.row.number)
}

/** Numbers of one year may have grown by a figure. */
function compareNumbers(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : Number(one > other))
}

/** What happens as long as nobody acknowledges. */
export function stepsOf({ steps }: Pick<ReminderRow, 'steps'>): Step[] {
  return JSON.parse(steps) as Step[]
}

/** Whether the step that was taken last was to press: its card says so. */
export function isUrgent({ row, reminder }: Pick<ItemOf, 'row' | 'reminder'>): boolean {
  return stepsOf(reminder)[row.step - 1]?.to === 'urgent'
}

/** The outbox's id of what presses an item by its present step: each step presses once. */
export function urgentId({ id, step }: Pick<ItemRow, 'id' | 'step'>): string {
  return `urgent:${id}:${step}`
}

/** Whether everybody of a group acknowledges for themselves, though nobody can tell who they are. */
export function isOfEach({ row, reminder }: Pick<ItemOf, 'row' | 'reminder'>): boolean {
  return row.person === null && row.chat !== null && reminder.each === 1
}
