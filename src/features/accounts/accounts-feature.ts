import type { IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Reply } from '../../chat/platform.ts'
import type { Feature } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { codeDigits, createAccountCode, redeemAccountCode } from '../../people/account-codes.ts'
import type { Store } from '../../store/store.ts'

/** One person, several accounts: a code is shown to one account and typed in the other. */
export function createAccountsFeature({ store, clock }: { store: Store; clock: () => Date }): Feature {
  async function showCode(message: IncomingMessage, language: Language, reply: Reply): Promise<void> {
    const code = await store.transaction((trx) => createAccountCode(trx, message.account, clock()))
    if (code === null) {
      const why = message.account.platform === 'web' ? 'use-link' : 'guest'
      return reply.show({
        tone: 'info',
        blocks: [{ type: 'text', runs: [{ text: translate(language, `people:code.${why}`) }] }],
      })
    }
    return reply.show({
      tone: 'info',
      blocks: [
        {
          type: 'text',
          runs: [{ text: translate(language, 'people:code.yours') }, { text: code, strong: true }],
        },
        { type: 'note', text: translate(language, 'people:code.how') },
      ],
    })
  }

  async function takeCode(message: IncomingMessage, language: Language, reply: Reply): Promise<void> {
    const code = message.text.normalize('NFKC').replaceAll(/\D/g, '')
    const result = await store.transaction((trx) => redeemAccountCode(trx, code, message.account, clock()))
    const name = 'person' in result ? result.person.name : ''
    const done = result.outcome === 'linked' || result.outcome === 'same'
    return reply.show({
      tone: done ? 'info' : 'error',
      blocks: [
        { type: 'text', runs: [{ text: translate(language, `people:code.${result.outcome}`, { name }) }] },
      ],
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
    ],
  }
}
