import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { type Card, plain } from '../../../src/chat/card.ts'
import { createDispatch } from '../../../src/conversation/dispatch.ts'
import type { Click, Feature, Turn } from '../../../src/conversation/feature.ts'
import { createDelivery } from '../../../src/delivery/worker.ts'
import type { FormDefinition } from '../../../src/forms/definition.ts'
import { createForms } from '../../../src/forms/forms.ts'
import { createIntake } from '../../../src/intake/intake.ts'
import { createFeishuPlatform } from '../../../src/platforms/feishu/platform.ts'
import { createSlackPlatform } from '../../../src/platforms/slack/platform.ts'
import { openBlobs } from '../../../src/store/blobs.ts'
import { openStore, type Store, type StoreLocation, type Trx } from '../../../src/store/store.ts'
import { appId, appSecret } from '../../fakes/feishu-server.ts'
import { appToken, botToken, signingSecret } from '../../fakes/slack-server.ts'
import { testFiles, testSealer } from '../../fakes/test-sealer.ts'
import { secrets } from '../../platforms/feishu-stage.ts'
import type { MessengerName, Transport } from './messenger.ts'

export interface MessengerHouseOptions {
  location: StoreLocation
  messenger: MessengerName
  transport: Transport
  /** Where the vendor's interface is. */
  url: string
  /** How long anything belongs to the process that claimed it, in milliseconds. */
  lease: number
}

export interface Surroundings {
  /** Called at each step; a test ends the process there. */
  at(step: string): void
  clock(): Date
  /** An error that was logged. */
  logged(message: string): void
}

/** Store, intake, forms and delivery around the real platform of a messenger. */
export interface MessengerHouse {
  store: Store
  /** Where the vendor calls by HTTP; null with a socket. */
  address: string | null
  health(): { connected: boolean; reconnects: number }
  /** Has all look now for what is due. */
  wake(): void
  stop(): Promise<void>
}

export async function openMessengerHouse(
  options: MessengerHouseOptions,
  { at, clock, logged }: Surroundings,
): Promise<MessengerHouse> {
  const { location, messenger, transport, lease } = options
  const store = await openStore(location, { clock, databaseClock: clock })
  const logger = { info() {}, warn() {}, error: (_details: object, message: string) => logged(message) }
  const real = createPlatform(options, store, clock, logger)
  // What a chat may be sent in a second is the delivery's own subject: here it would only take time.
  const platform = {
    ...real,
    pace: { perChat: null, perApp: null },
    deliver(operation: Parameters<typeof real.deliver>[0]) {
      at('platform:sending')
      return real.deliver(operation)
    },
  }
  const serves = [{ platform: messenger }]
  const feature = createFeature(at)
  const forms = createForms(feature.forms, {
    ...{ store, sealer: testSealer, files: testFiles },
    showsForms: () => true,
  })
  const delivery = createDelivery({
    ...{ store, platforms: [platform], serves, logger, lease },
    steps: (step) => at(`delivery:${step}`),
  })
  const dispatch = createDispatch({
    ...{ features: [feature, forms.feature], forms, db: store.db },
    answerQuestion: (turn) => answer(turn, at),
    isClearQuestion: async () => true,
  })
  const intake = createIntake({
    ...{ store, dispatch, forms, platforms: [platform], serves, logger },
    wakeWorkers: () => delivery.wake(),
    limits: { lease },
    atStep: (step) => at(`intake:${step}`),
  })
  const server = transport === 'http' ? createServer(getRequestListener(quiet(real.routes!).fetch)) : null
  if (server) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  delivery.start()
  await intake.start()
  await platform.start(intake)
  return {
    store,
    address: server && `http://127.0.0.1:${(server.address() as AddressInfo).port}/${messenger}/events`,
    health: () => real.health(),
    wake() {
      intake.wake()
      delivery.wake()
    },
    async stop() {
      await platform.stop()
      server?.closeAllConnections()
      server?.close()
      await intake.stop()
      await delivery.stop()
      await store.close()
    },
  }
}

/** What breaks off in the middle of a request is no news. */
const quiet = (routes: Hono) =>
  new Hono().route('/', routes).onError((_error, context) => context.body(null, 500))

/** Soon enough for a test that a line is dead or a call has no answer; a busy machine is left room. */
const patience = { watch: 100, ping: 400, call: 600 }

function createPlatform(
  { location, messenger, transport, url }: MessengerHouseOptions,
  store: Store,
  clock: () => Date,
  logger: Parameters<typeof createSlackPlatform>[0]['logger'],
) {
  const common = { blobs: openBlobs(store, location), clock, logger, welcome: () => card('welcome') }
  if (messenger === 'slack') {
    const way = transport === 'socket' ? { appToken } : { signingSecret }
    return createSlackPlatform({ ...common, ...way, botToken, apiUrl: url, patience })
  }
  const way = transport === 'socket' ? { mode: 'ws' as const } : { mode: 'http' as const, ...secrets }
  const given = { ...common, ...way, appId, appSecret, domain: url }
  return createFeishuPlatform({ ...given, patience: { ...patience, ping: patience.ping / 1000 } })
}

/** What happened, each time that it did: two rows of the same are the fault that is looked for. */
const note = (trx: Trx, kind: string, name: string) =>
  sql`insert into effect (kind, name) values (${kind}, ${name})`.execute(trx)

/** @param of The message under whose answer the buttons are; default: no buttons. */
export function card(text: string, of?: string): Card {
  const buttons = of === undefined ? [] : [pressing(of), opening(of)]
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

const pressing = (of: string) => ({ label: pressLabel(of), action: 'faults.press', value: { of } })
const opening = (of: string) => ({ label: formLabel(of), action: 'faults.open', value: { of } })

/** Labels of the buttons under the answer to a message. */
export const pressLabel = (of: string) => `按 ${of}。`
export const formLabel = (of: string) => `填 ${of}。`

/** A message: a row, an answer with two buttons, and an edit of it. */
async function answer(turn: Turn, at: Surroundings['at']): Promise<void> {
  at('feature:working')
  const { text } = turn.message
  let said = ''
  await turn.commit(async (trx, say) => {
    await note(trx, 'message', text)
    said = await say(card(`message ${text} in part`, text), { open: true })
  })
  at('feature:editing')
  await turn.edit(said, card(`message ${text} whole`, text))
}

/** A press: a row, something said, and the card that was pressed changed. */
async function press({ trx, action, say }: Click) {
  const { of = '' } = action.value
  await note(trx, 'press', of)
  await say(card(`press ${of}`))
  return { toast: `pressed ${of}`, replace: card(`message ${of} whole, pressed`, of) }
}

function createFeature(at: Surroundings['at']): Feature {
  const form: FormDefinition = {
    ...{ name: 'faults.form', version: 1, title: 'web:title' },
    pages: [
      {
        ...{ name: 'about', intro: [] },
        fields: [{ name: 'what', type: 'text', label: 'web:conversation', required: true }],
      },
    ],
    async submit({ trx, values }) {
      const name = String(values.what)
      await note(trx, 'form', name)
      at('feature:submitting')
      return { number: name, card: card(`form ${name}`) }
    },
  }
  return {
    ...{ name: 'faults', commands: [], forms: [form], timers: {}, subscriptions: {} },
    mine: async () => [],
    actions: {
      press: { reads: false, run: press },
      open: {
        reads: false,
        run: ({ openForm, action }) => openForm('faults.form', { context: { of: action.value.of ?? '' } }),
      },
    },
  }
}
