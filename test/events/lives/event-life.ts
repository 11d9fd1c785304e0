import chineseDays from 'chinese-days'
import ICAL from 'ical.js'
import { expect } from 'vitest'
import { type EventRow, findEvent } from '../../../src/features/events/records.ts'
import type { Seat, Surface, Values } from '../../submissions/lives/seat.ts'
import type { Stage, SurfaceName } from '../../submissions/lives/stage.ts'

const day = 86_400_000
const chinaAhead = 8 * 3_600_000

/** One event on one surface: what people do about it, and who reads what of it then. */
export class EventLife {
  readonly stage: Stage
  readonly #seats: Surface
  readonly surface: SurfaceName
  /** Known once it was made. */
  number = ''

  constructor(stage: Stage, seats: Surface, surface: SurfaceName) {
    this.stage = stage
    this.#seats = seats
    this.surface = surface
  }

  seat(name: string): Seat {
    return this.#seats.seatOf(name)
  }

  /** Somebody in the group where it is announced; where there are no groups, alone. */
  inGroup(name: string): Seat {
    return this.stage.inGroup(this.surface, name) ?? this.seat(name)
  }

  /** Whether this surface has groups. */
  get hasGroups(): boolean {
    return this.stage.inGroup(this.surface, '李梅') !== null
  }

  /** Whether what people are told comes to them elsewhere than where they sit: to a terminal nobody writes. */
  get isToldElsewhere(): boolean {
    return this.surface === 'terminal'
  }

  /** 吴主席 fills in the form of a lecture in eleven days, reads the preview and publishes it. */
  async publish(values: Values): Promise<void> {
    const seat = this.seat('吴主席')
    const before = await this.#newest()
    await seat.say('办一场讲座')
    await seat.press('开始填写讲座', '')
    const times = { day: this.dayIn(11), from: '14:00', until: '16:00' }
    await seat.fill({ ...times, place: '三楼报告厅', reminders: '1天', ...values })
    await expect.poll(() => this.#newest(), { timeout: 15_000 }).not.toBe(before)
    this.number = await this.#newest()
    await seat.sees(this.number, '预览', '三楼报告厅')
    await seat.press('发布', this.number)
    await expect.poll(async () => (await this.row()).state, { timeout: 15_000 }).toBe('published')
  }

  /** Somebody presses the button that they were shown about it. */
  async presses(name: string, label: string): Promise<void> {
    await this.seat(name).press(label, this.number)
  }

  sees(name: string, ...words: string[]): Promise<string> {
    return this.seat(name).sees(this.number, ...words)
  }

  /** Waits for the calendar file of this SEQUENCE that somebody gets, and reads it as another program does. */
  async entry(name: string, sequence: number, ...words: string[]) {
    const text = await this.seat(name).receives(
      `UID:${(await this.row()).id}`,
      `SEQUENCE:${sequence}\r\n`,
      ...words,
    )
    const calendar = new ICAL.Component(ICAL.parse(text))
    const { uid, startDate, location } = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
    const method = calendar.getFirstPropertyValue('method')
    return { method, uid, begins: startDate.toJSDate().toISOString(), location }
  }

  /** The day in China, `YYYY-MM-DD`, so many days from now. */
  dayIn(days: number): string {
    return new Date(this.stage.now().getTime() + days * day + chinaAhead).toISOString().slice(0, 10)
  }

  /** The first working day that is at least so many days from now: halls are open then, and people are told. */
  workdayIn(days: number): string {
    let ahead = days
    while (!chineseDays.isWorkday(this.dayIn(ahead))) ahead += 1
    return this.dayIn(ahead)
  }

  async row(): Promise<EventRow> {
    return (await findEvent(this.stage.store.db, this.number))!.row
  }

  /** Lets time go by until so many minutes after it begins. */
  async passTo(minutes: number): Promise<void> {
    const { starts_at } = await this.row()
    this.stage.passTo(new Date(Date.parse(starts_at) + minutes * 60_000))
  }

  async reaches(state: EventRow['state']): Promise<void> {
    await expect.poll(async () => (await this.row()).state, { timeout: 15_000 }).toBe(state)
  }

  /** `name state` of each registration, in the order in which they came. */
  async registrations(): Promise<string[]> {
    const { id } = await this.row()
    const { db } = this.stage.store
    const rows = await db
      .selectFrom('event_registration')
      .selectAll()
      .where('event', '=', id)
      .orderBy('seq')
      .execute()
    return rows.map(({ name, state }) => `${name} ${state}`)
  }

  async #newest(): Promise<string> {
    const { db } = this.stage.store
    const row = await db
      .selectFrom('event_entry')
      .select('number')
      .orderBy('number', 'desc')
      .executeTakeFirst()
    return row?.number ?? ''
  }
}
