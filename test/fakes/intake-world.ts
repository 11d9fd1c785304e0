import type { Card } from '../../src/chat/card.ts'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import type { Dispatch } from '../../src/conversation/dispatch.ts'
import type { Turn } from '../../src/conversation/feature.ts'
import type { IntakeCounts } from '../../src/intake/counts.ts'
import { createIntake, type IntakeOptions, type RunningIntake } from '../../src/intake/intake.ts'
import type { IntakeStep } from '../../src/intake/steps.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import type { Store } from '../../src/store/store.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { noForms } from './no-forms.ts'

export const noteCard = (text: string): Card => ({
  tone: 'info',
  blocks: [{ type: 'text', runs: [{ text }] }],
})

/** An inbox that is worked by a handler which repeats what it hears, on a clock that stands still. */
export class IntakeWorld {
  now = new Date('2026-03-02T01:00:00Z')
  /** What the handler was given, in order. */
  readonly handled: string[] = []
  readonly logged: object[] = []
  readonly counted: string[] = []
  readonly steps: IntakeStep[] = []
  woken = 0
  store!: Store
  intake!: RunningIntake
  #close!: () => Promise<void>

  static async open(): Promise<IntakeWorld> {
    const world = new IntakeWorld()
    const { store, close } = await openTestStore({ clock: () => world.now })
    world.store = store
    world.#close = close
    world.intake = world.run(world.echo)
    return world
  }

  async close(): Promise<void> {
    await this.intake.stop()
    await this.#close()
  }

  readonly echo = async (turn: Turn): Promise<void> => {
    this.handled.push(turn.message.text)
    await turn.commit(async (_trx, say) => {
      await say(noteCard(`答：${turn.message.text}`))
    })
  }

  readonly keep = (details: object): void => {
    this.logged.push(details)
  }

  /** Another process on the same inbox. */
  run(message: Dispatch['message'], options: Partial<IntakeOptions> = {}): RunningIntake {
    const count = (name: keyof IntakeCounts) => (platform: string) => {
      this.counted.push(`${name} ${platform}`)
    }
    return createIntake({
      store: this.store,
      dispatch: {
        message,
        handlerOf: () => {
          throw new PlainError('chat:gone')
        },
      },
      forms: noForms,
      platforms: [],
      serves: [{ platform: 'web' }],
      wakeWorkers: () => {
        this.woken += 1
      },
      logger: { info: this.keep, warn: this.keep, error: this.keep },
      counts: {
        taken: count('taken'),
        repeated: count('repeated'),
        done: count('done'),
        failed: count('failed'),
        interaction: count('interaction'),
      },
      atStep: (step) => {
        this.steps.push(step)
      },
      ...options,
    })
  }

  message(id: string, text: string, chat = 'c', platform = 'web'): IncomingMessage {
    return {
      type: 'message',
      id,
      account: { platform, installation: '', user: `u of ${chat}` },
      conversation: { platform, installation: '', chat, thread: '' },
      language: 'zh-CN',
      at: this.now,
      text,
    }
  }

  later(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds)
  }

  inbox() {
    return this.store.db.selectFrom('inbox').selectAll().orderBy('position').execute()
  }

  async said() {
    const rows = await this.store.db.selectFrom('outbox').selectAll().orderBy('seq').execute()
    return rows.map((row) => ({ ...row, text: row.card?.match(/"text":"([^"]*)"/)?.[1] }))
  }

  async texts() {
    return (await this.said()).map(({ text }) => text)
  }
}
