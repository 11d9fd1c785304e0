import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import wanted from '../../deploy/feishu-scopes.json' with { type: 'json' }
import { createReceiver } from '../../src/platforms/feishu/receive-events.ts'
import { menuWords } from '../../src/platforms/feishu/to-incoming.ts'
import { readSources } from '../house/source-files.ts'

const guides = ['setup-feishu.md', 'setup-feishu.zh-CN.md'].map((name) =>
  readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'),
)

/** Which scopes a call of the open platform, or an event, needs. */
const needs: Record<string, string[]> = {
  'im.v1.message.create': ['im:message:send_as_bot'],
  'im.v1.message.reply': ['im:message:send_as_bot'],
  'im.v1.message.patch': ['im:message:update'],
  'im.v1.message.urgentApp': ['im:message.urgent'],
  'cardkit.v1.card.create': ['cardkit:card:write'],
  'cardkit.v1.card.settings': ['cardkit:card:write'],
  'cardkit.v1.card.update': ['cardkit:card:write'],
  'cardkit.v1.cardElement.content': ['cardkit:card:write'],
  // Groups are told of with the second alone.
  'im.v1.message.list': ['im:message:readonly', 'im:message.group_msg'],
  'im.v1.message.get': ['im:message:readonly'],
  'im.v1.file.create': ['im:resource:upload'],
  'im.v1.image.create': ['im:resource:upload'],
  'calendar.v4.calendar.primary': ['calendar:calendar:read'],
  'calendar.v4.calendarEvent.create': ['calendar:calendar.event:create'],
  'calendar.v4.calendarEvent.patch': ['calendar:calendar.event:update'],
  'calendar.v4.calendarEvent.delete': ['calendar:calendar.event:delete'],
  'calendar.v4.calendarEventAttendee.create': ['calendar:calendar.event:update'],
  'bitable.v1.app.create': ['bitable:app'],
  'bitable.v1.appTable.create': ['bitable:app'],
  'bitable.v1.appTable.delete': ['bitable:app'],
  'bitable.v1.appTableField.create': ['bitable:app'],
  'bitable.v1.appTableField.list': ['bitable:app'],
  'bitable.v1.appTableField.update': ['bitable:app'],
  'bitable.v1.appTableRecord.batchCreate': ['bitable:app'],
  'bitable.v1.appTableRecord.batchDelete': ['bitable:app'],
  'bitable.v1.appTableRecord.batchUpdate': ['bitable:app'],
  'bitable.v1.appTableRecord.search': ['bitable:app'],
  'drive.v1.permissionMember.create': ['docs:permission.member:create'],
  'im.v1.messageResource.get': ['im:message:readonly'],
  'im.v1.chatMembers.get': ['im:chat.members:read'],
  'contact.v3.department.get': ['contact:contact.base:readonly', 'contact:department.base:readonly'],
  // Name; department; country and time zone.
  'contact.v3.user.get': [
    'contact:contact.base:readonly',
    'contact:user.base:readonly',
    'contact:user.department:readonly',
    'contact:user.employee:readonly',
  ],
  'im.message.receive_v1': ['im:message.p2p_msg:readonly', 'im:message.group_at_msg:readonly'],
  'im.message.recalled_v1': ['im:message:readonly'],
  'im.chat.access_event.bot_p2p_chat_entered_v1': ['im:chat.access_event.bot_p2p_chat:read'],
  'application.bot.menu_v6': [],
  'card.action.trigger': [],
}

/** What the code calls and handles. */
function used(): string[] {
  const code = [...readSources('src/platforms/feishu').values()].join('\n')
  const calls = [
    ...code.matchAll(/client\.((?:im|contact|cardkit|calendar|bitable|drive)\.v\d\.\w+\.\w+)\(/g),
  ].map((match) => match[1]!)
  const nobody = () => Promise.reject(new Error('not called'))
  const { dispatcher } = createReceiver({
    intake: {
      take: nobody,
      answer: nobody,
      wantsFiles: nobody,
      withdraw: nobody,
      heard: nobody,
      amend: nobody,
      tell: nobody,
    },
    client: {} as never,
    logger: { info() {}, warn() {}, error() {} },
    known: nobody,
    fetchFile: nobody,
    before: nobody,
    welcome: () => ({ tone: 'info', blocks: [] }),
    appId: '',
    refused() {},
  })
  const handled = [...dispatcher.handles.keys()].filter((type) => type !== 'app_ticket')
  return [...new Set([...calls, ...handled])].sort()
}

test('the list of scopes, events and callbacks is what the code uses', () => {
  expect(Object.keys(needs).sort()).toEqual(used())
  expect(wanted.scopes.tenant).toEqual([...new Set(Object.values(needs).flat())].sort())
  const handled = used().filter((name) => !/\.v\d\./.test(name))
  expect([...wanted.events.items.tenant, ...wanted.callbacks.items].sort()).toEqual(handled)
})

test.each(guides)('a guide names every scope, event, callback and entry of the menu', (guide) => {
  const all = [...wanted.scopes.tenant, ...wanted.events.items.tenant, ...wanted.callbacks.items]
  for (const name of all) expect(guide).toContain(`\`${name}\``)
  for (const [key, words] of Object.entries(menuWords)) {
    expect(guide).toContain(`| \`${key}\` | ${words['zh-CN']} |`)
  }
})
