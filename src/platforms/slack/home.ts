import type { types, webApi } from '@slack/bolt'
import type { Card } from '../../chat/card.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import type { Directory } from './directory.ts'
import { renderCard } from './render-card.ts'

/** What Slack shows beside the chat itself; none of it rejects. */
export interface Home {
  /** The app's own page: what is the person's own, and what may be asked. The last call draws last. */
  showHome(user: string): Promise<void>
  /** Offers what may be asked in the assistant's pane. */
  suggestPrompts(thread: { user_id: string; channel_id: string; thread_ts: string }): Promise<void>
  /** Whether nothing was ever said in a private chat: Slack itself remembers, for longer than anybody else. */
  isNew(channel: string): Promise<boolean>
}

/** Each is the word that is typed for it, too. */
const commands = [
  'slack:home.mine',
  'slack:home.ask',
  'slack:home.questions',
  'slack:home.tasks',
  'slack:home.drafts',
  'slack:home.person',
  'slack:home.console',
  'slack:home.help',
]

export interface HomeOptions {
  /** The workspace. */
  team: string
  welcome: (language: Language) => Card
  /** What is somebody's own; null: nothing. Default: nobody has anything. */
  home?: (account: Account, language: Language) => Promise<Card | null>
  logger: Logger
}

export function createHome(
  client: webApi.WebClient,
  directory: Directory,
  { team, welcome, home = async () => null, logger }: HomeOptions,
): Home {
  /** One after another for each person, so that what was read first is not drawn over what was read later. */
  const drawing = new Map<string, Promise<void>>()

  /** Where their items cannot be read the rest is shown all the same. */
  async function ownItems(user: string, language: Language): Promise<Card | null> {
    try {
      return await home({ platform: 'slack', installation: team, user }, language)
    } catch (error) {
      logger.error({ err: error }, 'what is to stand on a home could not be read')
      return null
    }
  }

  async function draw(user: string): Promise<void> {
    try {
      const { name, language } = await directory.profileOf(user)
      const own = await ownItems(user, language)
      const blocks: unknown = renderCard(homeCard(own, welcome(language), name, language), 'home', language)
      await client.views.publish({
        user_id: user,
        view: { type: 'home', blocks: blocks as types.KnownBlock[] },
      })
    } catch (error) {
      logger.warn({ err: error }, 'a home could not be shown')
    }
  }

  return {
    showHome(user) {
      const work = (drawing.get(user) ?? Promise.resolve())
        .then(() => draw(user))
        .finally(() => {
          if (drawing.get(user) === work) drawing.delete(user)
        })
      drawing.set(user, work)
      return work
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

function homeCard(own: Card | null, welcome: Card, name: string, language: Language): Card {
  const buttons = commands.map((key) => ({
    label: translate(language, key),
    action: 'ask',
    value: { text: translate(language, key) },
  }))
  const hello = translate(language, 'slack:home.hello', { name })
  const { title } = own ?? welcome
  return {
    tone: 'info',
    ...(title ? { title } : {}),
    blocks: [
      ...(name ? [{ type: 'text' as const, runs: [{ text: hello, strong: true }] }] : []),
      ...(own ? [...own.blocks, { type: 'divider' as const }] : []),
      ...(own && welcome.title
        ? [{ type: 'text' as const, runs: [{ text: welcome.title, strong: true }] }]
        : []),
      ...welcome.blocks,
      { type: 'divider' },
      { type: 'note', text: translate(language, 'slack:home.commands') },
      { type: 'buttons', buttons },
    ],
  }
}
