import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSources, withoutTests } from './source-files.ts'

interface Manifest {
  oauth_config: { scopes: { bot: string[] } }
  settings: { event_subscriptions: { bot_events: string[] } }
}

const manifest = parse(
  readFileSync(new URL('../../deploy/slack-manifest.yaml', import.meta.url), 'utf8'),
) as Manifest
const code = [...withoutTests(readSources('src/platforms/slack')).values()].join('\n')

/** The right that each method needs, as the vendor's reference says; null: none. */
const scopesOf: Record<string, string[] | null> = {
  'auth.test': null,
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.appendStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': null,
  'views.push': null,
  'views.update': null,
  'views.publish': null,
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
}
/** And what else is received needs: mentions, commands, files. */
const received = ['app_mentions:read', 'commands', 'files:read']

test('the manifest asks for the rights that the code uses, and no others', () => {
  const called = [...code.matchAll(/\bclient\s*\.([a-z]+(?:\s*\.[a-zA-Z]+)+)\(/g)].map((match) =>
    match[1]!.replaceAll(/\s/g, ''),
  )
  expect([...new Set(called)].sort()).toEqual(Object.keys(scopesOf).sort())
  const needed = [...received, ...called.flatMap((method) => scopesOf[method] ?? [])]
  expect(manifest.oauth_config.scopes.bot).toEqual([...new Set(needed)].sort())
})

test('the manifest subscribes to the events that the code handles', () => {
  const handled = [...code.matchAll(/app\.event\('([a-z_]+)'/g)].map((match) => match[1]!)
  const subscribed = manifest.settings.event_subscriptions.bot_events
  expect([...new Set(subscribed.map((name) => name.replace(/^message\..*/, 'message')))].sort()).toEqual(
    handled.sort(),
  )
})
