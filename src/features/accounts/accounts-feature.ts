import { type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Feature, Turn } from '../../conversation/feature.ts'
import { publish } from '../../events/publish.ts'
import { translate } from '../../messages/translate.ts'
import { codeDigits, createAccountCode, redeemAccountCode } from '../../people/account-codes.ts'
import { preferAccount } from '../../people/address.ts'
import type { Store } from '../../store/store.ts'

/** One person, several accounts: a code links them, and messages go to the one that its person chose. */
export function createAccountsFeature({ store }: { store: Store }): Feature {
  function showCode({ commit, message, language }: Turn): Promise<void> {
    const { account, group = false } = message
    return commit(async (trx, say) => {
      const code = await createAccountCode(trx, account, await store.now(trx))
      if (code === null) {
        await say(textCard(language, account.platform === 'web' ? 'use-link' : 'guest'))
        return
      }
      // In a group everybody could type it.
      await say(codeCard(code, language), group ? { to: { type: 'account', account } } : {})
      if (group) await say(textCard(language, 'sent-to-you'))
    })
  }

  function takeCode({ commit, message, language }: Turn): Promise<void> {
    const code = message.text.normalize('NFKC').replaceAll(/\D/g, '')
    return commit(async (trx, say) => {
      const now = await store.now(trx)
      const { account } = message
      const result = await redeemAccountCode(trx, code, account, now)
      if (result.outcome === 'linked') {
        await publish(trx, 'guest.known', { account, person: result.person.id }, now)
      }
      const name = 'person' in result ? result.person.name : ''
      const done = result.outcome === 'linked' || result.outcome === 'same'
      await say({ ...textCard(language, result.outcome, { name }), tone: done ? 'info' : 'error' })
    })
  }

  function sendHere({ commit, message, language }: Turn): Promise<void> {
    return commit(async (trx, say) => {
      const outcome = await preferAccount(trx, message.account)
      const text = translate(language, `people:address.${outcome}`)
      await say({ tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] })
    })
  }

  return {
    name: 'accounts',
    actions: {},
    commands: [
      {
        words: { 'zh-CN': ['关联账号', '账号关联', '绑定账号'], en: ['link account', 'link accounts'] },
        run: showCode,
      },
      {
        words: { 'zh-CN': [], en: [] },
        pattern: new RegExp(`^\\d{${codeDigits}}$`),
        run: takeCode,
      },
      {
        words: {
          'zh-CN': ['消息发到这里', '通知发到这里', '消息发这里'],
          en: ['send messages here', 'message me here'],
        },
        run: sendHere,
      },
    ],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}

function textCard(language: Language, key: string, values: Record<string, string> = {}): Card {
  return {
    tone: 'info',
    blocks: [{ type: 'text', runs: plain(translate(language, `people:code.${key}`, values)) }],
  }
}

function codeCard(code: string, language: Language): Card {
  return {
    tone: 'info',
    blocks: [
      {
        type: 'text',
        runs: [{ text: translate(language, 'people:code.yours') }, { text: code, strong: true }],
      },
      { type: 'note', text: translate(language, 'people:code.how') },
    ],
  }
}
