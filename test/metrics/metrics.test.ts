import { expect, test } from 'vitest'
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts'
import { type ChatModel, ModelFailure } from '../../src/model/chat-model.ts'
import { describeEachDatabase } from '../store/each-database.ts'

/** The values told of one name, by their labels. */
async function valuesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const lines = (await metrics.text()).split('\n')
  const found = lines.flatMap((line) => {
    const [, given, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    return given === name ? [[labels, Number(value)] as const] : []
  })
  return Object.fromEntries(found)
}

describeEachDatabase('metrics', (open) => {
  test('tell what waits in each queue and for how long, by the clock of the database', async () => {
    const now = new Date('2026-03-01T08:00:00.000Z')
    const { store } = await open({
      clock: () => now,
      databaseClock: () => now,
    })
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
    await store.transaction(async (trx) => {
      const timer = { kind: 'x', payload: '{}', provisional: 0 as const, stale: 0 as const, attempts: 0 }
      for (const [id, due] of [
        ['past', ago(90)],
        ['to come', ago(-90)],
      ] as const) {
        await trx
          .insertInto('timer')
          .values({ id, due_at: due, state: 'waiting', set_at: ago(100), ...timer })
          .execute()
      }
      const message = { platform: 'web', chat: 'c', conversation: 'c', payload: '{}', attempts: 0, claims: 0 }
      for (const [key, state, at] of [
        ['m1', 'waiting', ago(30)],
        ['m2', 'waiting', ago(10)],
        ['m3', 'done', ago(500)],
      ] as const) {
        await trx
          .insertInto('inbox')
          .values({ key, state, due_at: at, received_at: at, ...message })
          .execute()
      }
    })
    const metrics = createMetrics(store)
    expect(await valuesOf(metrics, 'kexie_queue_waiting')).toEqual({
      'queue="inbox"': 2,
      'queue="outbox"': 0,
      'queue="timer"': 1,
      'queue="event"': 0,
    })
    const oldest = await valuesOf(metrics, 'kexie_queue_oldest_seconds')
    expect(oldest['queue="inbox"']).toBeCloseTo(30, -1)
    expect(oldest['queue="timer"']).toBeCloseTo(90, -1)
    expect(oldest['queue="outbox"']).toBe(0)
    expect(await valuesOf(metrics, 'kexie_database_up')).toEqual({ '': 1 })
    // Whoever closes the store keeps nothing that asks it.
    metrics.close()
    expect((await metrics.text()).trim()).toBe('')
  })

  test('tell the rest when the database is gone', async () => {
    const { store } = await open()
    const metrics = createMetrics({
      ...store,
      now: () => Promise.reject(new Error('gone')),
    } as typeof store)
    metrics.answers.answered(true)
    expect(await valuesOf(metrics, 'kexie_database_up')).toEqual({ '': 0 })
    expect(await valuesOf(metrics, 'kexie_queue_waiting')).toEqual({})
    expect(await valuesOf(metrics, 'kexie_answers_total')).toEqual({ 'outcome="refused"': 1 })
  })

  test('count what the parts report', async () => {
    const { store } = await open()
    const metrics = createMetrics(store)
    const other = createMetrics(store)
    metrics.intake.taken('web')
    metrics.intake.taken('web')
    metrics.intake.failed('web')
    metrics.intake.interaction('web', 0.02)
    metrics.delivery.sent({ lane: 'reply', platform: 'web' }, 0.3)
    metrics.delivery.dead({ lane: 'reminder', platform: 'web' })
    metrics.events.handled('question.answered')
    metrics.answers.answered(false)
    expect(await valuesOf(metrics, 'kexie_messages_total')).toEqual({
      'platform="web",outcome="taken"': 2,
      'platform="web",outcome="failed"': 1,
    })
    expect(await valuesOf(metrics, 'kexie_interaction_seconds_sum')).toEqual({ 'platform="web"': 0.02 })
    expect(await valuesOf(metrics, 'kexie_outbox_total')).toEqual({
      'lane="reply",platform="web",outcome="sent"': 1,
      'lane="reminder",platform="web",outcome="dead"': 1,
    })
    expect(await valuesOf(metrics, 'kexie_delivery_seconds_count')).toEqual({
      'lane="reply",platform="web"': 1,
    })
    expect(await valuesOf(metrics, 'kexie_events_total')).toEqual({
      'event="question.answered",outcome="handled"': 1,
    })
    expect(await valuesOf(metrics, 'kexie_answers_total')).toEqual({ 'outcome="answered"': 1 })
    expect(await valuesOf(other, 'kexie_answers_total')).toEqual({})
    expect(Object.keys(await valuesOf(metrics, 'process_cpu_seconds_total'))).toHaveLength(1)
  })

  test('count the calls of a model by how they ended', async () => {
    const { store } = await open()
    const metrics = createMetrics(store)
    const modelThat = (stream: ChatModel['stream']) => metrics.counted({ name: 'm', stream })
    const read = async (model: ChatModel, most = Number.POSITIVE_INFINITY) => {
      const pieces: string[] = []
      for await (const piece of model.stream([], new AbortController().signal)) {
        pieces.push(piece)
        if (pieces.length >= most) break
      }
      return pieces
    }
    const good = modelThat(async function* () {
      yield 'a'
      yield 'b'
    })
    const bad = modelThat(async function* () {
      yield 'a'
      throw new ModelFailure('time-out')
    })
    expect(await read(good)).toEqual(['a', 'b'])
    expect(await read(good, 1)).toEqual(['a'])
    await expect(read(bad)).rejects.toThrow(ModelFailure)
    expect(await valuesOf(metrics, 'kexie_model_calls_total')).toEqual({
      'outcome="done"': 1,
      'outcome="left"': 1,
      'outcome="time-out"': 1,
    })
  })
})
