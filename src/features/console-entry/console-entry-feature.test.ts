import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeTurn } from '../../../test/fakes/fake-turn.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import type { Card } from '../../chat/card.ts'
import type { Recipient } from '../../chat/outgoing.ts'
import { translate } from '../../messages/translate.ts'
import type { Store } from '../../store/store.ts'
import { createConsoleEntry } from './console-entry-feature.ts'

const account = { platform: 'web', installation: '', user: 'u' }
const now = new Date('2026-03-02T01:00:00Z')

let store: Store
let close: () => Promise<void>
beforeEach(async () => {
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
})
afterEach(() => close())

async function ask(url: string | null, group: boolean) {
  const said: { card: Card; to: Recipient | undefined }[] = []
  const feature = createConsoleEntry({
    linkFor: async (_trx, who) => {
      expect(who).toEqual(account)
      return url
    },
  })
  const message = {
    type: 'message' as const,
    id: 'm',
    account,
    conversation: { platform: 'web', installation: '', chat: 'c', thread: '' },
    language: 'zh-CN' as const,
    at: now,
    group,
    text: '控制台',
  }
  await feature.commands[0]!.run(fakeTurn(store, message, (card, _open, to) => said.push({ card, to })))
  return said.map(({ card, to }) => ({ text: JSON.stringify(card), to }))
}

test('the link is given to whoever may open the console', async () => {
  const said = await ask('https://kexie.example.com/sign-in/x', false)
  expect(said).toMatchObject([{ text: expect.stringContaining('/sign-in/x'), to: undefined }])
})

test('in a group it goes to them alone, and the group is told so without it', async () => {
  const said = await ask('https://kexie.example.com/sign-in/x', true)
  expect(said.map(({ to }) => to)).toEqual([{ type: 'account', account }, undefined])
  expect(said[1]!.text).toContain(translate('zh-CN', 'console:entry.sent-to-you'))
  expect(said[1]!.text).not.toContain('/sign-in/')
})

test('others are told whom the console is for', async () => {
  expect(await ask(null, true)).toEqual([
    { text: expect.stringContaining(translate('zh-CN', 'console:entry.no')), to: undefined },
  ])
})
