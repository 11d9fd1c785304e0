import type { IncomingMessage } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Reply } from '../../chat/platform.ts'
import type { Feature } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'

export interface ConsoleEntryOptions {
  /** The address of a link that opens the console once, for the person of this account; null: they may not. */
  linkFor(message: IncomingMessage): Promise<string | null>
}

/** `控制台`: a link into the console, for whoever may open it. */
export function createConsoleEntry({ linkFor }: ConsoleEntryOptions): Feature {
  async function run(message: IncomingMessage, language: Language, reply: Reply): Promise<void> {
    const say = (key: string) => translate(language, `console:entry.${key}`)
    const url = await linkFor(message)
    if (url === null) {
      return reply.show({ tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('no') }] }] })
    }
    await reply.show({
      tone: 'info',
      title: say('title'),
      blocks: [
        { type: 'text', runs: [{ text: say('text') }] },
        { type: 'link', label: say('open'), url },
        { type: 'note', text: say('note') },
      ],
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
  }
}
