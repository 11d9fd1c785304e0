import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openFeishuStage } from '../platforms/feishu-stage.ts'
import { fuzzFeishu } from '../platforms/fuzz.ts'
import { KeptIntake, now } from '../platforms/platform-scene.ts'
import { openTestStore } from '../store/open-test-store.ts'

const opened = await openTestStore()
afterAll(opened.close)

const types = [
  ...['im.message.receive_v1', 'card.action.trigger', 'application.bot.menu_v6', 'im.message.recalled_v1'],
  'im.chat.access_event.bot_p2p_chat_entered_v1',
]
const text = fc.string({ unit: 'binary' })
/** An event in which one part or another is what the vendor never sends. */
const event = fc.record(
  {
    sender: fc.oneof(
      fc.record({ sender_id: fc.constant({ union_id: 'on_1' }), sender_type: fc.constant('user') }),
      fc.anything(),
    ),
    message: fc.record({
      message_id: fc.constant('om_1'),
      chat_id: fc.constant('oc_1'),
      chat_type: fc.constantFrom('p2p', 'group', ''),
      message_type: fc.constantFrom('text', 'post', 'image', 'file', 'audio', '__proto__', 'constructor'),
      content: fc.oneof(fc.json(), text, fc.constant('{"text":"问"}')),
      mentions: fc.oneof(fc.constant(undefined), fc.array(fc.object()), fc.anything()),
    }),
    operator: fc.oneof(fc.constant({ union_id: 'on_1' }), fc.object()),
    operator_id: fc.oneof(fc.constant({ union_id: 'on_1' }), fc.object()),
    event_key: text,
    message_id: text,
    action: fc.record({ value: fc.object(), form_value: fc.object() }, { requiredKeys: [] }),
    context: fc.oneof(fc.constant({ open_chat_id: 'oc_1' }), fc.object()),
  },
  { requiredKeys: [] },
)

test('10,000 events of Feishu end no process and leave nothing unanswered', async () => {
  const stage = await openFeishuStage(opened, new KeptIntake(), () => now, 'ws')
  try {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), event, async (type, one) => {
        expect((await stage.push(type, JSON.parse(JSON.stringify(one)))).code).toBe(200)
      }),
      { numRuns: 10_000 },
    )
  } finally {
    await stage.close()
  }
})

test.each(['ws', 'http'] as const)(
  '5,000 payloads of Feishu by %s end no process and leave nothing unanswered',
  async (transport) => {
    const { taken, clicked, refused } = await fuzzFeishu(opened, transport, 5000)
    // For the table in docs/faults.md.
    console.log(transport, { taken, clicked, refused })
    expect(taken).toBeGreaterThan(100)
    expect(refused.malformed).toBeGreaterThan(300)
  },
)
