import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SlackPerson } from '../fakes/slack-person.ts'
import { KeptIntake } from './platform-scene.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'

const runs = 500

let stage: SlackStage
let person: SlackPerson
const intake = new KeptIntake()
const rejections: unknown[] = []
const note = (reason: unknown) => rejections.push(reason)

beforeAll(async () => {
  process.on('unhandledRejection', note)
  stage = await openSlack('http', intake)
  person = stage.join()
})
afterAll(async () => {
  await stage.stop()
  process.off('unhandledRejection', note)
})

const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'message',
    'app_mention',
    'block_actions',
    'view_submission',
    'D1X',
    'C1',
    'U1X',
    '~',
    '{}',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const anything = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, odd, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(
    fc.constantFrom(
      ...[
        'type',
        'subtype',
        'event',
        'channel',
        'user',
        'user_id',
        'text',
        'ts',
        'thread_ts',
        'files',
        'view',
      ],
      ...[
        'actions',
        'action_id',
        'value',
        'state',
        'values',
        'private_metadata',
        'container',
        'message',
        'id',
      ],
      ...['command', 'trigger_id', 'channel_id', 'tab', 'assistant_thread', 'previous_message', 'edited'],
      '__proto__',
    ),
    tie('value'),
    { maxKeys: 8 },
  ),
})).object as fc.Arbitrary<Record<string, unknown>>

/** A payload that would be taken, with one part of it replaced by anything. */
const sound = (): Record<string, unknown>[] => [
  {
    type: 'event_callback',
    event: { type: 'message', channel: person.im, user: person.user, text: '问', ts: '1.000001', files: [] },
  },
  {
    type: 'event_callback',
    event: { type: 'app_home_opened', user: person.user, channel: person.im, tab: 'messages' },
  },
  {
    type: 'block_actions',
    user: { id: person.user },
    channel: { id: person.im },
    message: { ts: '1.1' },
    actions: [{ type: 'button', action_id: 'a.b~0', value: '{}' }],
  },
  {
    type: 'view_submission',
    user: { id: person.user },
    view: {
      ...{ id: 'V1', type: 'modal', callback_id: 'kexie', state: { values: {} } },
      private_metadata: JSON.stringify({
        chat: 'D1X',
        thread: '',
        group: false,
        draft: 'd',
        page: 'p',
        step: 'next',
      }),
    },
  },
  { command: '/kexie', text: '问', user_id: person.user, channel_id: person.im, trigger_id: 't' },
]

function spoil(payload: unknown, at: readonly number[], by: unknown): unknown {
  const [first, ...rest] = at
  if (first === undefined || typeof payload !== 'object' || payload === null) return by
  const keys = Object.keys(payload)
  if (keys.length === 0) return by
  const key = keys[first % keys.length]!
  const inner = (payload as Record<string, unknown>)[key]
  const changed = { ...payload, [key]: spoil(inner, rest, by) }
  return Array.isArray(payload) ? Object.values(changed) : changed
}

test('whatever Slack sends is answered, and ends nothing', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        anything,
        fc
          .tuple(fc.nat(4), fc.array(fc.nat(9), { maxLength: 5 }), fc.oneof(anything, odd))
          .map(([which, at, by]) => ({ which, at, by })),
      ),
      async (given) => {
        const body =
          'which' in given && 'at' in given
            ? spoil(sound()[given.which as number], given.at as number[], given.by)
            : given
        const { status } = await stage.fake.request(JSON.stringify(body))
        expect([200, 400]).toContain(status)
      },
    ),
    { numRuns: runs },
  )
  expect(await person.say('还在吗')).toBeUndefined()
  expect(intake.messages.at(-1)!.text).toBe('还在吗')
  expect(rejections).toEqual([])
  // Whom the workspace does not know has no private chat in which a command could be answered.
  expect(stage.logged.filter((message) => !/command|click/.test(message))).toEqual([])
})
