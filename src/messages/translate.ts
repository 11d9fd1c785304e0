import i18next from 'i18next'
import type { Language } from '../chat/language.ts'
import enCalendar from './en/calendar.json' with { type: 'json' }
import enChat from './en/chat.json' with { type: 'json' }
import enCommandLine from './en/command-line.json' with { type: 'json' }
import enConsole from './en/console.json' with { type: 'json' }
import enDelivery from './en/delivery.json' with { type: 'json' }
import enFeishu from './en/feishu.json' with { type: 'json' }
import enForms from './en/forms.json' with { type: 'json' }
import enHelp from './en/help.json' with { type: 'json' }
import enKnowledge from './en/knowledge.json' with { type: 'json' }
import enPeople from './en/people.json' with { type: 'json' }
import enPolicy from './en/policy.json' with { type: 'json' }
import enSlack from './en/slack.json' with { type: 'json' }
import enTerminal from './en/terminal.json' with { type: 'json' }
import enWeb from './en/web.json' with { type: 'json' }
import { PlainError } from './plain-error.ts'
import zhCalendar from './zh-CN/calendar.json' with { type: 'json' }
import zhChat from './zh-CN/chat.json' with { type: 'json' }
import zhCommandLine from './zh-CN/command-line.json' with { type: 'json' }
import zhConsole from './zh-CN/console.json' with { type: 'json' }
import zhDelivery from './zh-CN/delivery.json' with { type: 'json' }
import zhFeishu from './zh-CN/feishu.json' with { type: 'json' }
import zhForms from './zh-CN/forms.json' with { type: 'json' }
import zhHelp from './zh-CN/help.json' with { type: 'json' }
import zhKnowledge from './zh-CN/knowledge.json' with { type: 'json' }
import zhPeople from './zh-CN/people.json' with { type: 'json' }
import zhPolicy from './zh-CN/policy.json' with { type: 'json' }
import zhSlack from './zh-CN/slack.json' with { type: 'json' }
import zhTerminal from './zh-CN/terminal.json' with { type: 'json' }
import zhWeb from './zh-CN/web.json' with { type: 'json' }

/** Message catalogues, one file per language and part of the house; both languages have the same keys (tested). */
export const catalogues = {
  'zh-CN': {
    calendar: zhCalendar,
    chat: zhChat,
    'command-line': zhCommandLine,
    console: zhConsole,
    delivery: zhDelivery,
    feishu: zhFeishu,
    forms: zhForms,
    help: zhHelp,
    knowledge: zhKnowledge,
    people: zhPeople,
    policy: zhPolicy,
    slack: zhSlack,
    terminal: zhTerminal,
    web: zhWeb,
  },
  en: {
    calendar: enCalendar,
    chat: enChat,
    'command-line': enCommandLine,
    console: enConsole,
    delivery: enDelivery,
    feishu: enFeishu,
    forms: enForms,
    help: enHelp,
    knowledge: enKnowledge,
    people: enPeople,
    policy: enPolicy,
    slack: enSlack,
    terminal: enTerminal,
    web: enWeb,
  },
}

const messages = i18next.createInstance()
messages.init({
  resources: catalogues,
  fallbackLng: 'zh-CN',
  interpolation: { escapeValue: false },
  initAsync: false,
})

/** The message `part:key` (e.g. `policy:refusal.title`) in a language, with its values filled in. */
export function translate(
  language: Language,
  key: string,
  values: Record<string, string | number> = {},
): string {
  return messages.t(key, { ...values, lng: language })
}

/** What a person reads of an error: its message if it was meant for people, else the general apology. */
export function explainError(error: unknown, language: Language): string {
  return error instanceof PlainError
    ? translate(language, error.key, error.values)
    : translate(language, 'chat:failure')
}
