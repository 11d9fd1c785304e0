import type { Client } from '@larksuiteoapi/node-sdk'
import type { Language } from '../../chat/language.ts'
import type { Profile } from '../../chat/profile.ts'
import { createAnswerCache } from '../answer-cache.ts'
import type { Logger } from '../logger.ts'
import { RefusedCall, summarise } from './errors.ts'
import { hastyTimeout, knownFor, mostDepartments, mostKnown, unknownFor } from './limits.ts'

/** What Feishu's directory says of somebody, with what is assumed where it says nothing. */
export interface DirectoryEntry extends Profile {
  /** Empty where the app may not read it. */
  name: string
  /** Empty where the app may not read them. */
  departments: string[]
  /** IANA zone. The directory of most tenants has none: Asia/Shanghai. */
  timeZone: string
  /** Feishu does not tell the language of a person's screen. Those who live abroad have English, all others Chinese. */
  language: Language
}

const assumed: DirectoryEntry = {
  name: '',
  departments: [],
  timeZone: 'Asia/Shanghai',
  language: 'zh-CN',
}

export interface Directory {
  /** What is known at once; asks the directory in the background where nothing or old things are known. */
  entryOf(unionId: string): DirectoryEntry
  /** As `Platform.profileOf` says: waits for the directory, but not for long. */
  profileOf(unionId: string): Promise<Profile | null>
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
  // The app may lack a scope: nothing depends on it.
  const failed = (error: unknown) =>
    logger.info({ reason: summarise(error).message }, 'the directory of Feishu did not tell who somebody is')
  const options = { clock, keptFor: knownFor, unknownFor, most: mostKnown, patience: hastyTimeout, failed }
  const answers = createAnswerCache<DirectoryEntry>(options)
  const departments = createAnswerCache<string>(options)
  /** What was known last, also where it is old: better than nothing while the directory is asked. */
  const known = new Map<string, DirectoryEntry>()

  /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/get */
  const ask = async (unionId: string): Promise<DirectoryEntry> => {
    const { code, data } = await client.contact.v3.user.get({
      path: { user_id: unionId },
      params: { user_id_type: 'union_id', department_id_type: 'open_department_id' },
    })
    if (code) throw new RefusedCall(code)
    const entry = toEntry(data?.user)
    const names = await Promise.all(
      departmentsOf(data?.user).map((id) => departments.get(id, () => nameOf(id, entry.language))),
    )
    entry.departments = names.filter((name) => name !== null && name !== '') as string[]
    known.delete(unionId)
    if (known.size >= mostKnown) known.delete(known.keys().next().value!)
    known.set(unionId, entry)
    return entry
  }

  /** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/get */
  const nameOf = async (department_id: string, language: Language): Promise<string> => {
    const { code, data } = await client.contact.v3.department.get({
      path: { department_id },
      params: { department_id_type: 'open_department_id' },
    })
    if (code) throw new RefusedCall(code)
    const { name = '', i18n_name } = data?.department ?? {}
    return (language === 'en' && i18n_name?.en_us) || name
  }

  return {
    entryOf(unionId) {
      void answers.get(unionId, () => ask(unionId))
      return known.get(unionId) ?? assumed
    },
    profileOf: async (unionId) =>
      (await answers.get(unionId, () => ask(unionId))) ?? known.get(unionId) ?? null,
    async idle() {
      await answers.idle()
      await departments.idle()
    },
  }
}

interface VendorUser {
  name?: string | undefined
  department_ids?: string[] | undefined
  orders?: { department_id?: string | undefined; is_primary_dept?: boolean | undefined }[] | undefined
  en_name?: string | undefined
  time_zone?: string | undefined
  country?: string | undefined
}

/** Countries and regions, as the directory writes them, where Chinese is read. */
const chinese = new Set(['', 'CN', 'HK', 'MO', 'TW', 'SG'])

/** The main one first; the root is the whole tenant and says nothing. */
function departmentsOf(user: VendorUser | undefined): string[] {
  const main = (user?.orders ?? [])
    .filter((order) => order.is_primary_dept)
    .map((order) => order.department_id)
  const all = [...main, ...(user?.department_ids ?? [])].filter((id) => id !== undefined && id !== '0')
  return [...new Set(all as string[])].slice(0, mostDepartments)
}

function toEntry(user: VendorUser | undefined): DirectoryEntry {
  const language = chinese.has(user?.country?.toUpperCase() ?? '') ? 'zh-CN' : 'en'
  return {
    name: (language === 'en' && user?.en_name) || user?.name || '',
    departments: [],
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
