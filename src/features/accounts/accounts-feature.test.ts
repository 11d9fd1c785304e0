import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeTurn } from '../../../test/fakes/fake-turn.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import type { Card } from '../../chat/card.ts'
import type { IncomingMessage } from '../../chat/incoming.ts'
import type { Recipient } from '../../chat/outgoing.ts'
import type { Feature } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, linkAccount } from '../../people/people.ts'
import type { Store } from '../../store/store.ts'
import { createAccountsFeature } from './accounts-feature.ts'

const now = new Date('2026-03-02T01:00:00Z')
const known = { platform: 'feishu', installation: 't', user: 'known' }
const unknown = { platform: 'slack', installation: 't', user: 'unknown' }

let store: Store
let close: () => Promise<void>
let feature: Feature
let said: { card: Card; to: Recipient | undefined }[]

beforeEach(async () => {
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
  feature = createAccountsFeature({ store })
  said = []
  await store.transaction(async (trx) => {
    await trx
      .insertInto('person')
      .values({ id: 'p', name: '张三', language: 'zh-CN', time_zone: 'UTC', preferred_account: null })
      .execute()
    await linkAccount(trx, known, 'p', now)
  })
})
afterEach(() => close())

const [show, take] = [0, 1]
async function run(command: number, account: typeof known, text: string, group = false) {
  const message: IncomingMessage = {
    type: 'message',
    id: 'm',
    account,
    conversation: { platform: account.platform, installation: 't', chat: 'c', thread: '' },
    language: 'zh-CN',
    at: now,
    group,
    text,
  }
  said = []
  await feature.commands[command]!.run(fakeTurn(store, message, (card, _open, to) => said.push({ card, to })))
  return JSON.stringify(said[0]!.card)
}
const codeIn = (card: string) => /"(\d{6})"/.exec(card)?.[1]

test('a code shown to one account links the other, and no third', async () => {
  const code = codeIn(await run(show!, known, '关联账号'))
  expect(said.map(({ to }) => to)).toEqual([undefined])
  expect(await run(take!, unknown, `　${code}。`)).toContain('张三')
  expect((await findPersonByAccount(store.db, unknown))?.id).toBe('p')
  const third = { ...unknown, user: 'third' }
  expect(await run(take!, third, code!)).toContain(translate('zh-CN', 'people:code.wrong'))
  expect(said[0]!.card.tone).toBe('error')
})

test('in a group the code goes to the person alone, and the group is told so', async () => {
  expect(codeIn(await run(show!, known, '关联账号', true))).toBeDefined()
  expect(said.map(({ to }) => to)).toEqual([{ type: 'account', account: known }, undefined])
  expect(JSON.stringify(said[1]!.card)).toContain(translate('zh-CN', 'people:code.sent-to-you'))
  expect(codeIn(JSON.stringify(said[1]!.card))).toBeUndefined()
})

test.each([
  ['slack', 'guest'],
  ['web', 'use-link'],
])('who is not signed in on %s has no code to give', async (platform, why) => {
  expect(await run(show!, { ...unknown, platform }, '关联账号')).toContain(
    translate('zh-CN', `people:code.${why}`),
  )
})
