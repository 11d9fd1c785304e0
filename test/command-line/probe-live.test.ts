import { expect, test } from 'vitest'
import type { Finding } from '../../src/chat/finding.ts'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { conversationKey, incomingKey } from '../../src/chat/keys.ts'
import { type LiveOptions, probeLive } from '../../src/command-line/doctor/probe-live.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const place = { platform: 'slack', installation: 'T1' }

/** What a running bot keeps of a message that came. */
async function receive(store: Store, id: string, at: Date, platform = 'slack'): Promise<void> {
  const account = { ...place, platform, user: 'U1' }
  const conversation = { ...place, platform, chat: 'D1', thread: '' }
  const message: Pick<IncomingMessage, 'id' | 'account' | 'conversation'> = { id, account, conversation }
  await store.transaction((trx) =>
    trx
      .insertInto('inbox')
      .values({
        key: incomingKey({ type: 'message', id, account }),
        platform,
        chat: 'D1',
        conversation: conversationKey(conversation),
        payload: JSON.stringify(message),
        state: 'done',
        attempts: 0,
        claims: 1,
        due_at: at.toISOString(),
        received_at: at.toISOString(),
      })
      .execute(),
  )
}

const press = (store: Store, type: 'action' | 'page', at: Date) =>
  store.transaction((trx) =>
    trx
      .insertInto('interaction')
      .values({
        key: incomingKey({ type, id: `${type}1`, account: { ...place, user: 'U1' } }),
        answer: '{}',
        at: at.toISOString(),
      })
      .execute(),
  )

/** The bot's worker has tried what waits. */
const send = (store: Store, state: 'sent' | 'dead') =>
  store.transaction((trx) =>
    trx.updateTable('outbox').set({ state, card: null, problem: 'not-allowed' }).execute(),
  )

describeEachDatabase('the live probe', (open) => {
  /**
   * @param meanwhile What happens while it waits, one step at each wait; after the last one the time is over.
   */
  async function probe(
    store: Store,
    meanwhile: (() => Promise<unknown>)[],
    changes: Partial<LiveOptions> = {},
  ) {
    const found: Finding[] = []
    const told: string[] = []
    let passed = 0
    const steps = [...meanwhile]
    await probeLive({
      store,
      platforms: ['slack'],
      language: 'zh-CN',
      lasts: 1000,
      clock: () => passed,
      async wait() {
        const step = steps.shift()
        if (step) await step()
        else passed = 1000
      },
      saidAt: async () => null,
      health: async () => null,
      report: (finding) => found.push(finding),
      tell: ({ key }) => told.push(key),
      ...changes,
    })
    return { brief: found.map(({ check, state }) => `${check} ${state}`), found, told }
  }
  const now = new Date('2026-03-02T01:00:00.000Z')
  const openAt = async () => (await open({ clock: () => now, databaseClock: () => now })).store
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

  test('follows a message, its card and the press; what was there before does not count', async () => {
    const store = await openAt()
    await receive(store, 'D1:1.0', after(-60))
    await press(store, 'action', after(-60))
    const { brief, found, told } = await probe(
      store,
      [
        () => receive(store, 'om_1', after(1), 'feishu'),
        () => receive(store, 'D1:2.0', after(2)),
        () => send(store, 'sent'),
        () => press(store, 'page', after(3)),
        async () => {
          expect(await store.db.selectFrom('outbox').select(['reply_to', 'platform']).execute()).toEqual([
            { reply_to: 'D1:2.0', platform: 'slack' },
          ])
          await store.transaction((trx) => trx.deleteFrom('interaction').execute())
          await press(store, 'action', after(4))
        },
      ],
      {
        saidAt: async (platform, message) =>
          platform === 'slack' && message === 'D1:2.0' ? after(0.5) : null,
      },
    )
    expect(brief).toEqual(['live.slack.event well', 'live.slack.card well', 'live.slack.press well'])
    expect(found[0]!.found.values).toEqual({ platform: 'slack', seconds: '1.5' })
    expect(told).toEqual(['doctor:live.write', 'doctor:live.press'])
  })

  test('says at which of the three it stopped', async () => {
    const store = await openAt()
    expect((await probe(store, [])).brief).toEqual(['live.slack.event wrong'])
    expect((await probe(store, [() => receive(store, 'D1:1.0', after(1))])).brief).toEqual([
      'live.slack.event well',
      'live.slack.card wrong',
    ])
    const unpressed = [() => receive(store, 'D1:2.0', after(1)), () => send(store, 'sent')]
    expect((await probe(store, unpressed)).brief).toEqual([
      'live.slack.event well',
      'live.slack.card well',
      'live.slack.press wrong',
    ])
  })

  test('a card that is not taken ends it, with the reason', async () => {
    const store = await openAt()
    const { brief, found } = await probe(store, [
      () => receive(store, 'D1:1.0', after(1)),
      () => send(store, 'dead'),
    ])
    expect(brief).toEqual(['live.slack.event well', 'live.slack.card wrong'])
    expect(found[1]!.found.values).toEqual({ platform: 'slack', why: 'not-allowed' })
  })

  test('tells what was turned down meanwhile, not before', async () => {
    const store = await openAt()
    const state = (forged: number, stale: number) => ({
      connected: true,
      since: '',
      refused: { forged, stale },
    })
    const healths = [{ connections: { slack: state(3, 1) } }, { connections: { slack: state(5, 1) } }]
    const { brief, found } = await probe(store, [], { health: async () => healths.shift() ?? null })
    expect(brief).toEqual(['live.slack.event wrong', 'live.slack.refused wrong'])
    expect(found[1]!.found.values).toEqual({ platform: 'slack', reasons: 'forged 2' })
  })
})
