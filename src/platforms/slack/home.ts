import type { types, webApi } from '@slack/bolt'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import type { Directory } from './directory.ts'
import { renderCard } from './render-card.ts'

/** What Slack shows beside the chat itself; none of it rejects. */
export interface Home {
  /** The app's own page, with what may be asked. */
  showHome(user: string): Promise<void>
  /** Offers what may be asked in the assistant's pane. */
  suggestPrompts(thread: { user_id: string; channel_id: string; thread_ts: string }): Promise<void>
  /** Whether nothing was ever said in a private chat: Slack itself remembers, for longer than anybody else. */
  isNew(channel: string): Promise<boolean>
}

/** Each is the word that is typed for it, too. */
const commands = [
  'slack:home.questions',
  'slack:home.tasks',
  'slack:home.drafts',
  'slack:home.person',
  'slack:home.console',
  'slack:home.help',
]

export function createHome(
  client: webApi.WebClient,
  directory: Directory,
  { welcome, logger }: { welcome: (language: Language) => Card; logger: Logger },
): Home {
  return {
    async showHome(user) {
      try {
        const { name, language } = await directory.profileOf(user)
        const blocks: unknown = renderCard(homeCard(welcome(language), name, language), 'home', language)
        await client.views.publish({
          user_id: user,
          view: { type: 'home', blocks: blocks as types.KnownBlock[] },
        })
      } catch (error) {
        logger.warn({ err: error }, 'a home could not be shown')
      }
    },

    async suggestPrompts({ user_id, channel_id, thread_ts }) {
      try {
        const { language } = await directory.profileOf(user_id)
        // Slack shows four at most.
        const examples = welcome(language).blocks.flatMap((block) =>
          block.type === 'buttons' ? block.buttons : [],
        )
        const prompts = examples
          .slice(0, 4)
          .map(({ label, value }) => ({ title: label, message: value.text ?? label }))
        const [first, ...rest] = prompts
        if (!first) return
        await client.assistant.threads.setSuggestedPrompts({
          channel_id,
          thread_ts,
          prompts: [first, ...rest],
        })
      } catch (error) {
        logger.warn({ err: error }, 'nothing could be suggested')
      }
    },

    async isNew(channel) {
      try {
        const { messages = [] } = await client.conversations.history({ channel, limit: 1 })
        return messages.length === 0
      } catch (error) {
        logger.warn({ err: error }, 'it is not known whether a chat is new')
        return false
      }
    },
  }
}

function homeCard(welcome: Card, name: string, language: Language): Card {
  const buttons = commands.map((key) => ({
    label: translate(language, key),
    action: 'ask',
    value: { text: translate(language, key) },
  }))
  const hello = translate(language, 'slack:home.hello', { name })
  return {
    tone: 'info',
    ...(welcome.title ? { title: welcome.title } : {}),
    blocks: [
      ...(name ? [{ type: 'text' as const, runs: [{ text: hello, strong: true }] }] : []),
      ...welcome.blocks,
      { type: 'divider' },
      { type: 'note', text: translate(language, 'slack:home.commands') },
      { type: 'buttons', buttons },
    ],
  }
}
