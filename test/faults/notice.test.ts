import { expect, test } from 'vitest'
import { seededRandom } from '../../bench/seeded-random.ts'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { createDelivery, type Delivery } from '../../src/delivery/worker.ts'
import { createIntake, type RunningIntake } from '../../src/intake/intake.ts'
import { intakeLimits } from '../../src/intake/limits.ts'
import { createNotices, type Notices } from '../../src/intake/notices.ts'
import type { IntakeStep } from '../../src/intake/steps.ts'
import { translate } from '../../src/messages/translate.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import { noteCard } from '../fakes/intake-world.ts'
import { noForms } from '../fakes/no-forms.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const looking = translate('zh-CN', 'chat:looking')
const serves = [{ platform: 'fake' }]
const logger = { info() {}, warn() {}, error() {} }
const breaking: IntakeStep[] = ['claimed', 'worked', 'committed']
const runs = 6

class Killed extends Error {}

/** One of two processes on the same database, which may end at any step. */
interface Replica {
  intake: RunningIntake
  notices: Notices
  delivery: Delivery
}

describeEachDatabase('who waits for an answer, while processes end at any step', (open) => {
  test('is told so once at most, and has the answer alone in the end', { timeout: 60_000 }, async () => {
    const { location } = await open()
    let now = new Date('2026-03-02T01:00:00Z').getTime()
    const clock = () => new Date(now)
    let announced = 0
    const store: Store = await openStore(location, { clock, databaseClock: clock })
    for (let run = 1; run <= runs; run += 1) {
      const random = seededRandom(run)
      const platform = new FakePlatform({
        name: 'fake',
        fate: () => (random() < 0.2 ? 'cut-after' : random() < 0.2 ? 'cut-before' : 'ok'),
      })
      let killAt: IntakeStep | null = null
      const options = { store, serves, platforms: [platform], logger, wakeWorkers() {} }
      const replica = (): Replica => ({
        notices: createNotices({ ...options, limits: intakeLimits }),
        delivery: createDelivery({ ...options, random: () => 0.5 }),
        intake: createIntake({
          ...{ ...options, forms: noForms },
          // Nothing that a step throws is answered by this process.
          limits: { attempts: 1000 },
          dispatch: {
            handlerOf: () => {
              throw new Error('no clicks')
            },
            message: (turn) =>
              turn.commit(async (_trx, say) => {
                await say(noteCard(`答${turn.message.text}`))
              }),
          },
          atStep(step) {
            if (step !== killAt) return
            killAt = null
            throw new Killed()
          },
        }),
      })
      let replicas = [replica(), replica()]
      const one = () => replicas[Math.floor(random() * replicas.length)]!
      const texts: string[] = []
      const say = async () => {
        const text = `${run}:${texts.length}`
        texts.push(text)
        await one().intake.take(messageOf(text))
      }
      for (let step = 0; step < 40; step += 1) {
        const dice = random()
        now += Math.floor(random() * 4000)
        if (dice < 0.25) await say()
        else if (dice < 0.5) await Promise.all(replicas.map(({ notices }) => notices.sweep()))
        else if (dice < 0.7) await one().delivery.idle()
        else {
          killAt = random() < 0.6 ? breaking[Math.floor(random() * breaking.length)]! : null
          const { intake, notices } = one()
          await Promise.all([intake.idle(), notices.sweep()])
          killAt = null
          // A restart: leases run out.
          if (random() < 0.5) {
            replicas = [replica(), replica()]
            now += intakeLimits.lease + 1000
          }
        }
      }
      for (let round = 0; round < 30; round += 1) {
        platform.fate = () => 'ok'
        now += 60_000
        await replicas[0]!.intake.idle()
        await replicas[0]!.delivery.idle()
      }

      const shown = [...platform.shown.values()].map((card) => JSON.stringify(card))
      expect(shown.map((card) => /答[\d:]+/.exec(card)?.[0]).toSorted(), `run ${run}`).toEqual(
        texts.map((text) => `答${text}`).toSorted(),
      )
      expect(shown.some((card) => card.includes(looking))).toBe(false)
      // Of each message what people saw is the notice at most once, and nothing of it after the answer.
      const seen = Map.groupBy(platform.made, ({ message }) => message)
      for (const [, made] of seen) {
        const isNotice = made.map(({ operation }) => JSON.stringify(operation.card).includes(looking))
        expect(isNotice.slice(1)).not.toContain(true)
        if (isNotice[0]) announced += 1
      }
      for (const { intake } of replicas) await intake.stop()
    }
    expect(announced).toBeGreaterThan(runs)
    await store.close()
  })
})

function messageOf(text: string): IncomingMessage {
  const place = { platform: 'fake', installation: '' }
  return {
    ...{ type: 'message', id: text, text, language: 'zh-CN', at: new Date('2026-03-02T01:00:00Z') },
    account: { ...place, user: 'u' },
    conversation: { ...place, chat: `chat ${text.length % 2}${text.at(-1)}`, thread: '' },
  }
}
