import { expect } from 'vitest'
import type { Kind } from '../../../src/features/submissions/definition/schema.ts'
import { replay } from '../../../src/features/submissions/life/life.ts'
import { translate } from '../../../src/messages/translate.ts'
import type { Seat, Surface, Values } from './seat.ts'
import type { Stage } from './stage.ts'

/** What somebody does by the buttons, and who reads what of it then. */
export class Life {
  readonly stage: Stage
  readonly #surface: Surface
  /** Known once it was sent in. */
  number = ''

  readonly #kind: Kind

  constructor(stage: Stage, surface: Surface, kind: string) {
    this.stage = stage
    this.#surface = surface
    this.#kind = stage.kinds.current(kind)
  }

  seat(name: string): Seat {
    return this.#surface.seatOf(name)
  }

  /** Sends something in by the words with which its form is asked for, and keeps its number. */
  async sendIn(author: string, values: Values, words = this.#kind.words['zh-CN'][0]!): Promise<string> {
    const { title, prefix } = this.#kind
    const seat = this.seat(author)
    const before = new Set(await this.#numbers())
    await seat.say(words)
    await seat.press(translate('zh-CN', 'submissions:begin.button', { what: title['zh-CN'] }), '')
    await seat.fill(values)
    await expect.poll(async () => (await this.#numbers()).length, { timeout: 15_000 }).toBe(before.size + 1)
    this.number = (await this.#numbers()).find((number) => !before.has(number))!
    expect(this.number).toMatch(new RegExp(`^${prefix}-2026-\\d{4}$`))
    return seat.sees('已登记', this.number)
  }

  /** Somebody presses the button of an action that they were offered, and fills in what is asked. */
  async does(name: string, action: string, values?: Values): Promise<void> {
    const seat = this.seat(name)
    await seat.press(this.#kind.actions[action]!.title['zh-CN'], this.number)
    if (values) await seat.fill(values)
  }

  /** Somebody looks at the whole of it, from what waits for them or from what they sent in. */
  async opens(name: string, list: string): Promise<void> {
    const seat = this.seat(name)
    await seat.say(list)
    await seat.press(translate('zh-CN', 'submissions:card.open'), this.number)
  }

  /** The day, `YYYY-MM-DD`, so many days from now. */
  dayIn(days: number): string {
    return new Date(this.stage.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  }

  /** Somebody types its number, and reads it. */
  async looksUp(name: string): Promise<void> {
    await this.seat(name).say(this.number)
  }

  sees(name: string, ...words: string[]): Promise<string> {
    return this.seat(name).sees(this.number, ...words)
  }

  /** Waits for the record to come into a state. */
  async reaches(state: string): Promise<void> {
    await expect.poll(async () => (await this.row()).state, { timeout: 15_000 }).toBe(state)
  }

  row() {
    return this.stage.store.db
      .selectFrom('submission')
      .selectAll()
      .where('number', '=', this.number)
      .executeTakeFirstOrThrow()
  }

  /** What was done, in order, and by whom; what the history holds leads to the state that stands. */
  async history(): Promise<string[]> {
    const row = await this.row()
    const entries = await this.stage.store.db
      .selectFrom('submission_history')
      .selectAll()
      .where('submission', '=', row.id)
      .orderBy('revision')
      .execute()
    expect(replay(this.#kind, entries)).toBe(row.state)
    const names = new Map(Object.entries(this.stage.people).map(([name, id]) => [id, name]))
    return entries.map(({ action, by }) => `${by === null ? '' : names.get(by)} ${action}`.trim())
  }

  /** It is over: nothing waits for anybody, no time runs, and no card of it offers to act. */
  async isOver(): Promise<void> {
    const row = await this.row()
    expect(this.#kind.states[row.state]?.final).toBe(true)
    expect(row).toMatchObject({ due_at: null, closed_at: expect.any(String) })
    const { db } = this.stage.store
    const timers = await db.selectFrom('timer').select('payload').where('state', '=', 'waiting').execute()
    expect(timers.filter(({ payload }) => payload.includes(row.id))).toEqual([])
  }

  async #numbers(): Promise<string[]> {
    const rows = await this.stage.store.db.selectFrom('submission').select('number').execute()
    return rows.map(({ number }) => number)
  }
}
