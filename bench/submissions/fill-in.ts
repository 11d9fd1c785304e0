import { setTimeout as wait } from 'node:timers/promises'
import type { Card } from '../../src/chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../src/chat/incoming.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import type { Intake } from '../../src/chat/platform.ts'
import type { Kind } from '../../src/features/submissions/definition/schema.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { platformName } from './silent-platform.ts'

/** What became of people who filled in a form. */
export interface Filled {
  /** Milliseconds from the instant at which an answer was to be given until what follows it was sent. */
  latencies: number[]
  /** Turns that nothing followed, and people who got no receipt. */
  unanswered: number
  /** Cards that followed a turn beyond the first. */
  surplus: number
}

export interface Flow {
  /** Between two answers of one person. Milliseconds. */
  every: number
  /** Told apart from other flows of the same people. */
  run: string
}

/** A turn without what follows it within this time is lost, in milliseconds. */
const patience = 30_000
const mostTurns = 30

/** People who answer one question after another, by what they read on the cards. */
export class Fillers {
  readonly #intake: Pick<Intake, 'take' | 'answer'>
  readonly #kind: Kind
  readonly #waiting = new Map<string, (card: Card) => void>()
  readonly #filled: Filled = { latencies: [], unanswered: 0, surplus: 0 }
  #count = 0

  constructor(intake: Pick<Intake, 'take' | 'answer'>, kind: Kind) {
    this.#intake = intake
    this.#kind = kind
  }

  /** What the platform was given. */
  delivered({ name, replyTo, card }: Operation): void {
    if (replyTo === null || name !== 'send') return
    const answered = this.#waiting.get(replyTo)
    this.#waiting.delete(replyTo)
    if (answered) answered(card)
    else this.#filled.surplus += 1
  }

  /**
   * Everybody fills in the form once, one answer each `every` milliseconds by the clock; they begin spread over that
   * time. Where what is to be answered has not come yet, the answer waits for it, and its time counts from when it was due.
   */
  async run(count: number, { every, run }: Flow): Promise<Filled> {
    Object.assign(this.#filled, { latencies: [], unanswered: 0, surplus: 0 })
    const start = performance.now() + 100
    await Promise.all(
      Array.from({ length: count }, (_, n) => this.#fill(n, start + (n * every) / count, { every, run })),
    )
    return { ...this.#filled }
  }

  async #fill(person: number, start: number, { every, run }: Flow): Promise<void> {
    let card: Card | null = null
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const due = start + turn * every
      await wait(Math.max(0, due - performance.now()))
      card = await this.#turn(person, card, run)
      if (card === null) {
        this.#filled.unanswered += 1
        return
      }
      this.#filled.latencies.push(performance.now() - due)
      if (isReceipt(card)) return
    }
    this.#filled.unanswered += 1
  }

  async #turn(person: number, card: Card | null, run: string): Promise<Card | null> {
    const id = `${run}-${this.#count++}`
    const { promise, resolve } = Promise.withResolvers<Card | null>()
    this.#waiting.set(id, resolve)
    const timer = setTimeout(() => resolve(null), patience)
    const user = `职工${person}`
    const base = {
      id,
      account: { platform: platformName, installation: 'b', user },
      conversation: { platform: platformName, installation: 'b', chat: user, thread: '' },
      ...{ language: 'zh-CN' as const, at: new Date(), group: false },
    }
    const begin = card && buttonOf(card, 'submissions.begin')
    try {
      if (begin) await this.#press({ ...base, type: 'action', ...begin })
      else
        await this.#intake.take({
          ...base,
          type: 'message',
          text: this.#said(person, card, run),
        } satisfies IncomingMessage)
      return await promise
    } finally {
      clearTimeout(timer)
    }
  }

  /** Who is told that the system is busy presses again. */
  async #press(action: IncomingAction): Promise<void> {
    for (;;) {
      try {
        await this.#intake.answer(action)
        return
      } catch (error) {
        if (!(error instanceof PlainError) || error.key !== 'chat:busy') throw error
        await wait(100)
      }
    }
  }

  /** What somebody says to what they read. */
  #said(person: number, card: Card | null, run: string): string {
    if (card === null) return this.#kind.words['zh-CN'][0]!
    const lines = card.blocks.flatMap((block) =>
      block.type === 'text' ? block.runs.map(({ text }) => text) : block.type === 'note' ? [block.text] : [],
    )
    if (lines.some((line) => line.includes('请核对'))) return '提交'
    const fields = this.#kind.pages.flatMap((page) => page.fields)
    const asked = fields.find(({ label }) => lines.includes(label['zh-CN']))
    return (asked && answersOf(person, run)[asked.name]) ?? '跳过'
  }
}

/** Answers that no two people give alike, by the name of the field. */
export function answersOf(person: number, run: string): Record<string, string> {
  const machine = `${run} 第${person}号机床`
  return {
    title: `${machine}夹具改为快换式`,
    variety: '1',
    category: '3',
    defect: `${machine}换型要拆装八颗螺栓，每次约四十分钟，一班换三次。`,
    method: `${machine}的夹具改为快换式定位销，另备一台换型小车，换型前装好下一副。`,
    effect: `换型时间由四十分钟降到十分钟，${machine}每年多出三百小时。`,
  }
}

const isReceipt = ({ title = '' }: Card) => title.includes('已登记')

function buttonOf({ blocks }: Card, action: string) {
  const buttons = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
  const found = buttons.find((button) => button.action === action)
  return found && { action: found.action, value: found.value }
}
