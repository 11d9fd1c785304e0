import { expect, test } from 'vitest'
import type { Card } from '../chat/card.ts'
import type { IncomingAction } from '../chat/incoming.ts'
import type { SayOptions } from '../conversation/feature.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'
import { sendRest, splitByAbilities } from './acknowledge.ts'

const beside: Card = { tone: 'info', blocks: [{ type: 'text', runs: [{ text: '条款' }] }] }
const abilities = {
  updatesCards: true,
  replacesCards: true,
  showsForms: true,
  showsWaiting: false,
  keepsCalendar: false,
}
const place = { platform: 'feishu', installation: 't' }
const click: IncomingAction = {
  ...{ type: 'action', id: 'a', action: 'policy.open-clause', value: {}, group: true },
  ...{ account: { ...place, user: 'u' }, conversation: { ...place, chat: 'oc', thread: 'om' } },
  ...{ language: 'zh-CN', at: new Date(0) },
}

test('what others may not read opens beside, or goes to whoever pressed alone, with a word about it', async () => {
  const alone = { beside, besideAlone: true }
  expect(splitByAbilities(alone, { ...abilities, opensBeside: true }, 'zh-CN')).toEqual({
    carried: { beside },
  })
  const split = splitByAbilities(alone, { ...abilities, opensBeside: false }, 'zh-CN')
  expect(split.carried).toEqual({ toast: translate('zh-CN', 'chat:sent-alone') })
  const said: SayOptions[] = []
  const say = async (_card: Card, options: SayOptions = {}) => String(said.push(options))
  await sendRest({} as Trx, split, click, say, new Date(0))
  const shared = splitByAbilities({ beside }, { ...abilities, opensBeside: false }, 'zh-CN')
  await sendRest({} as Trx, shared, click, say, new Date(0))
  expect(shared.carried).toEqual({})
  expect(said).toEqual([{ to: { type: 'account', account: click.account } }, {}])
})
