import chineseDays from 'chinese-days'
import { expect } from 'vitest'
import type { Seat, Surface } from '../../submissions/lives/seat.ts'
import type { Stage, SurfaceName } from '../../submissions/lives/stage.ts'

const day = 86_400_000
const chinaAhead = 8 * 3_600_000

/** Reminders on one surface: who makes them, who is told and what they do about it. */
export class ReminderLife {
  readonly stage: Stage
  readonly surface: SurfaceName
  readonly #seats: Surface

  constructor(stage: Stage, seats: Surface, surface: SurfaceName) {
    this.stage = stage
    this.surface = surface
    this.#seats = seats
  }

  seat(name: string): Seat {
    return this.#seats.seatOf(name)
  }

  /** 吴主席 says a sentence, reads it back and confirms it. Gives the number of the reminder. */
  async makes(sentence: string, title: string, ...words: string[]): Promise<string> {
    const seat = this.seat('吴主席')
    await seat.say(sentence)
    await seat.sees('请核对', title, ...words)
    await seat.press('确认', title)
    await expect.poll(async () => (await this.reminder(title))?.state, { timeout: 15_000 }).toBe('active')
    return (await this.reminder(title))!.number
  }

  /** Somebody presses a button about something; at a terminal, where nobody is written to, by its number in their list. */
  async presses(name: string, label: string, about: string): Promise<void> {
    const seat = this.seat(name)
    if (this.surface !== 'terminal') return seat.press(label, about)
    await seat.say('我的提醒')
    const shown = await seat.sees('待办提醒', about)
    const below = shown.slice(shown.indexOf(about))
    const number = new RegExp(`\\[(\\d+)\\] ${label}`).exec(below)?.[1]
    if (number === undefined) throw new Error(`no ${label} of ${about}: ${shown}`)
    await seat.say(number)
  }

  /** The last one of this title. */
  async reminder(title: string) {
    const { db } = this.stage.store
    return db
      .selectFrom('reminder')
      .selectAll()
      .where('title', '=', title)
      .orderBy('number', 'desc')
      .executeTakeFirst()
  }

  /** What is open or was done of a reminder, of somebody; the last one. */
  async item(title: string, name: string) {
    return this.stage.store.db
      .selectFrom('reminder_item')
      .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
      .selectAll('reminder_item')
      .where('reminder.title', '=', title)
      .where('reminder_item.person', '=', this.stage.people[name]!)
      .orderBy('reminder_item.number', 'desc')
      .executeTakeFirst()
  }

  /** Waits until what somebody has of a reminder is in a state, and gives it. */
  async reaches(title: string, name: string, state: string) {
    await expect
      .poll(async () => (await this.item(title, name))?.state, {
        timeout: 15_000,
        message: `${title} ${name}`,
      })
      .toBe(state)
    return (await this.item(title, name))!
  }

  /** Lets time go by until the reminder is due. */
  async passToNext(title: string): Promise<void> {
    const at = (await this.reminder(title))?.next_at
    if (!at) throw new Error(`${title} waits for no time`)
    this.stage.passTo(new Date(Date.parse(at) + 1000))
  }

  /** The first working day, `YYYY-MM-DD`, that is at least so many days from now. */
  workdayIn(days: number): string {
    let at = this.stage.now().getTime() + days * day + chinaAhead
    const dayOf = () => new Date(at).toISOString().slice(0, 10)
    while (!chineseDays.isWorkday(dayOf())) at += day
    return dayOf()
  }
}
