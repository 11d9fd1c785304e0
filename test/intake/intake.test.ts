import { expect, test } from 'vitest'
import type { IncomingAction, IncomingMessage } from '../../src/chat/incoming.ts'
import type { Dispatch } from '../../src/conversation/dispatch.ts'
import { createIntake } from '../../src/intake/intake.ts'
import type { AtStep } from '../../src/intake/steps.ts'
import type { Store } from '../../src/store/store.ts'
import { noForms } from '../fakes/no-forms.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const quiet = { info() {}, warn() {}, error() {} }
const where = (chat: string) => ({
  account: { platform: 'web', installation: '', user: chat },
  conversation: { platform: 'web', installation: '', chat, thread: '' },
  language: 'zh-CN' as const,
  at: new Date(0),
})
const message = (chat: number, number: number): IncomingMessage => ({
  ...where(`${chat}`),
  type: 'message',
  id: `${chat}.${number}`,
  text: `${number}`,
})

/** Echoes what is said; a click counts itself in the table of persons. */
const dispatch: Dispatch = {
  message: (turn) =>
    turn.commit(async (_trx, say) => {
      await say({ tone: 'info', blocks: [{ type: 'note', text: turn.message.text }] })
    }),
  handlerOf: () => ({
    reads: false,
    async run({ trx }) {
      const rows = await trx.selectFrom('person').select('id').execute()
      const id = `p${rows.length + 1}`
      await trx
        .insertInto('person')
        .values({ id, name: id, language: 'en', time_zone: 'UTC', preferred_account: null })
        .execute()
      return { toast: id }
    },
  }),
}
const open = (store: Store, atStep: AtStep = () => {}) =>
  createIntake({
    store,
    dispatch,
    forms: noForms,
    platforms: [],
    serves: [{ platform: 'web' }],
    wakeWorkers() {},
    logger: quiet,
    atStep,
    limits: { pauses: [0, 0], sideBySide: 4, interaction: 60_000 },
  })

describeEachDatabase('the intake', (openDatabase) => {
  test('two processes that break off now and then answer every message once, in order', async () => {
    let offset = 0
    const { store } = await openDatabase({
      clock: () => new Date(Date.UTC(2026, 2, 2) + offset),
      databaseClock: () => new Date(Date.UTC(2026, 2, 2) + offset),
    })
    let steps = 0
    const breakOff: AtStep = (step) => {
      steps += 1
      if ((step === 'claimed' && steps % 5 === 0) || (step === 'committed' && steps % 3 === 0)) {
        throw new Error('cut off')
      }
    }
    const processes = [open(store, breakOff), open(store, breakOff)]
    const chats = [0, 1, 2, 3, 4]
    for (let number = 0; number < 8; number++) {
      await Promise.all(chats.map((chat) => processes[number % 2]!.take(message(chat, number))))
    }
    const waiting = () =>
      store.db.selectFrom('inbox').select('position').where('state', '=', 'waiting').execute()
    while ((await waiting()).length > 0) {
      await Promise.all(processes.map((one) => one.idle()))
      offset += 30_001
    }
    const said = await store.db
      .selectFrom('outbox')
      .select(['id', 'recipient', 'card'])
      .orderBy('seq')
      .execute()
    const ofChat = (chat: number) =>
      said
        .filter(({ recipient }) => JSON.parse(recipient).conversation.chat === `${chat}`)
        .map(({ card }) => JSON.parse(card!).blocks[0].text)
    for (const chat of chats) expect(ofChat(chat)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    for (const one of processes) await one.stop()
  })

  test('a repeat at the same moment of a message or click has one effect, in several processes too', async () => {
    const { store, location } = await openDatabase()
    const other = (await openDatabase({ at: location })).store
    const processes = [open(store), open(other)]
    await Promise.all([0, 1, 0, 1].map((at) => processes[at]!.take(message(1, 1))))
    await Promise.all(processes.map((one) => one.idle()))
    expect(await store.db.selectFrom('outbox').select('id').execute()).toHaveLength(1)
    const click: IncomingAction = { ...where('1'), id: 'c', type: 'action', action: 'a.b', value: {} }
    const answers = await Promise.all([0, 1, 0, 1].map((at) => processes[at]!.answer(click)))
    expect(answers).toEqual([{ toast: 'p1' }, { toast: 'p1' }, { toast: 'p1' }, { toast: 'p1' }])
    const others = await Promise.all(
      [0, 1, 0, 1].map((at, index) => processes[at]!.answer({ ...click, id: `c${index}` })),
    )
    expect(others.map(({ toast }) => toast).sort()).toEqual(['p2', 'p3', 'p4', 'p5'])
    for (const one of processes) await one.stop()
  })

  test('a running house works what comes by itself, and what a stop left over', async () => {
    const { store } = await openDatabase()
    const first = open(store)
    await first.start()
    await first.take(message(1, 1))
    const done = () => store.db.selectFrom('inbox').select('key').where('state', '=', 'done').execute()
    while ((await done()).length < 1) await new Promise(setImmediate)
    await first.stop()
    const second = open(store)
    await second.take(message(1, 2))
    await second.start()
    while ((await done()).length < 2) await new Promise(setImmediate)
    await second.stop()
  })
})
