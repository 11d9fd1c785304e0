import type { Client } from '@larksuiteoapi/node-sdk'
import type { Language } from '../../chat/language.ts'
import type { Logger } from '../logger.ts'
import { summarise } from './errors.ts'
import { knownFor, mostKnown, unknownFor } from './limits.ts'

/** What Feishu's directory says of somebody, with what is assumed where it says nothing. */
export interface DirectoryEntry {
  /** Empty where the app may not read it. */
  name: string
  /** IANA zone. The directory of most tenants has none: Asia/Shanghai. */
  timeZone: string
  /** Feishu does not tell the language of a person's screen. Those who live abroad have English, all others Chinese. */
  language: Language
}

const assumed: DirectoryEntry = { name: '', timeZone: 'Asia/Shanghai', language: 'zh-CN' }

export interface Directory {
  /** What is known at once; asks the directory in the background where nothing or old things are known. */
  entryOf(unionId: string): DirectoryEntry
  /** Resolves when nothing is being asked. */
  idle(): Promise<void>
}

/** Looks people up by `contact.v3.user.get`, once in 12 hours; a refusal is remembered for 10 minutes. */
export function createDirectory({
  client,
  clock,
  logger,
}: {
  client: Pick<Client, 'contact'>
  clock: () => Date
  logger: Logger
}): Directory {
  const known = new Map<string, { entry: DirectoryEntry; until: number }>()
  const asking = new Map<string, Promise<void>>()

  const keep = (unionId: string, entry: DirectoryEntry, lasts: number) => {
    known.delete(unionId)
    if (known.size >= mostKnown) known.delete(known.keys().next().value!)
    known.set(unionId, { entry, until: clock().getTime() + lasts })
  }

  const ask = async (unionId: string) => {
    try {
      const answer = await client.contact.v3.user.get({
        path: { user_id: unionId },
        params: { user_id_type: 'union_id' },
      })
      keep(unionId, toEntry(answer.data?.user), answer.code ? unknownFor : knownFor)
    } catch (error) {
      // The app may lack the scope: nothing depends on it.
      logger.info(
        { reason: summarise(error).message },
        'the directory of Feishu did not tell who somebody is',
      )
      keep(unionId, known.get(unionId)?.entry ?? assumed, unknownFor)
    }
  }

  return {
    entryOf(unionId) {
      const found = known.get(unionId)
      if ((!found || found.until <= clock().getTime()) && !asking.has(unionId)) {
        const asked = ask(unionId).finally(() => asking.delete(unionId))
        asking.set(unionId, asked)
      }
      return found?.entry ?? assumed
    },
    async idle() {
      await Promise.all(asking.values())
    },
  }
}

interface VendorUser {
  name?: string | undefined
  en_name?: string | undefined
  time_zone?: string | undefined
  country?: string | undefined
}

/** Countries and regions, as the directory writes them, where Chinese is read. */
const chinese = new Set(['', 'CN', 'HK', 'MO', 'TW', 'SG'])

function toEntry(user: VendorUser | undefined): DirectoryEntry {
  const language = chinese.has(user?.country?.toUpperCase() ?? '') ? 'zh-CN' : 'en'
  return {
    name: (language === 'en' && user?.en_name) || user?.name || '',
    timeZone: user?.time_zone && isZone(user.time_zone) ? user.time_zone : assumed.timeZone,
    language,
  }
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
