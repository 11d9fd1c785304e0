import type { webApi } from '@slack/bolt'
import type { Language } from '../../chat/language.ts'
import type { Profile } from '../../chat/profile.ts'
import type { Logger } from '../logger.ts'
import { hastyTimeout, knownFor, mostKnown, unknownFor } from './limits.ts'

export interface Directory {
  /** Never rejects: somebody whom the directory does not know speaks Chinese. */
  profileOf(user: string): Promise<Profile>
  /** As `Platform.profileOf` says: waits for the workspace, but not for long. */
  lookUp(user: string): Promise<Profile | null>
  /** The private chat of the bot with somebody. Rejects as the Web API does. */
  chatWith(user: string): Promise<string>
}

interface Entry<T> {
  until: number
  value: Promise<T>
}

const unknown: Profile = { name: '', departments: [], language: 'zh-CN', timeZone: '' }

/** Looks people up in the workspace and keeps what it found for half a day. */
export function createDirectory(client: webApi.WebClient, clock: () => Date, logger: Logger): Directory {
  const profiles = new Map<string, Entry<Profile>>()
  const chats = new Map<string, Entry<string>>()

  /** The oldest goes first, so that a large workspace does not fill the memory. */
  function keep<T>(entries: Map<string, Entry<T>>, key: string, value: Promise<T>): Entry<T> {
    const entry = { until: clock().getTime() + knownFor, value }
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > mostKnown && oldest !== undefined) entries.delete(oldest)
    return entry
  }

  function known<T>(entries: Map<string, Entry<T>>, key: string): Promise<T> | undefined {
    const entry = entries.get(key)
    return entry && entry.until > clock().getTime() ? entry.value : undefined
  }

  const directory: Directory = {
    profileOf(user) {
      const found = known(profiles, user)
      if (found) return found
      const entry = keep(
        profiles,
        user,
        client.users
          .info({ user, include_locale: true })
          .then(({ user: info }) => ({
            name: info?.profile?.display_name || info?.real_name || info?.name || '',
            // Slack knows no departments: what somebody does stands in their title.
            departments: info?.profile?.title ? [info.profile.title] : [],
            language: languageOfLocale(info?.locale),
            timeZone: info?.tz ?? '',
          }))
          .catch((error) => {
            entry.until = clock().getTime() + unknownFor
            logger.warn({ err: error }, 'somebody could not be looked up in Slack')
            return unknown
          }),
      )
      return entry.value
    },

    async lookUp(user) {
      const late = Promise.withResolvers<Profile>()
      const timer = setTimeout(late.resolve, hastyTimeout, unknown)
      const profile = await Promise.race([directory.profileOf(user), late.promise])
      clearTimeout(timer)
      return profile === unknown ? null : profile
    },

    chatWith(user) {
      const found = known(chats, user)
      if (found) return found
      const value = client.conversations.open({ users: user }).then(({ channel }) => {
        if (!channel?.id) throw new Error('conversations.open named no channel')
        return channel.id
      })
      keep(chats, user, value)
      value.catch(() => chats.delete(user))
      return value
    },
  }
  return directory
}

function languageOfLocale(locale: string | undefined): Language {
  return locale === undefined || locale.startsWith('zh') ? 'zh-CN' : 'en'
}
