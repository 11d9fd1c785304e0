import { type Card, plain } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Feature, Turn } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import type { Trx } from '../../store/store.ts'

export interface ConsoleEntryOptions {
  /** The address of a link that opens the console once, for the person of this account; null: they may not. */
  linkFor(trx: Trx, account: Account): Promise<string | null>
}

/** `控制台`: a link into the console, for whoever may open it. */
export function createConsoleEntry({ linkFor }: ConsoleEntryOptions): Feature {
  function run({ commit, message, language }: Turn): Promise<void> {
    const { account, group = false } = message
    return commit(async (trx, say) => {
      const url = await linkFor(trx, account)
      if (url === null) {
        await say(textCard(language, 'no'))
        return
      }
      // In a group everybody could open it.
      await say(linkCard(url, language), group ? { to: { type: 'account', account } } : {})
      if (group) await say(textCard(language, 'sent-to-you'))
    })
  }
  return {
    name: 'console-entry',
    actions: {},
    commands: [
      {
        words: { 'zh-CN': ['控制台', '管理台', '管理后台', '打开控制台'], en: ['console', 'open console'] },
        run,
      },
    ],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}

function textCard(language: Language, key: string): Card {
  return {
    tone: 'info',
    blocks: [{ type: 'text', runs: plain(translate(language, `console:entry.${key}`)) }],
  }
}

function linkCard(url: string, language: Language): Card {
  const say = (key: string) => translate(language, `console:entry.${key}`)
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(say('text')) },
      { type: 'link', label: say('open'), url },
      { type: 'note', text: say('note') },
    ],
  }
}
