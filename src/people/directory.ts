import type { Account } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Profile } from '../chat/profile.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'
import { addressOf } from './address.ts'
import type { Reads } from './people.ts'

const day = 24 * 3600_000
/** Whoever has not spoken for so long is forgotten. */
const keptFor = 180 * day
/** What is kept is looked up again when it is older, and whoever speaks is seen no more often. */
export const freshFor = day

/** What the directory said of an account when it spoke last. */
export interface DirectoryEntry extends Profile {
  account: Account
  seenAt: Date
}

/** Null: it never spoke, or the directory says nothing of it. */
export async function directoryEntryOf(
  db: Pick<Trx, 'selectFrom'>,
  account: Account,
): Promise<DirectoryEntry | null> {
  const row = await db
    .selectFrom('directory_entry')
    .selectAll()
    .where('platform', '=', account.platform)
    .where('installation', '=', account.installation)
    .where('user_id', '=', account.user)
    .executeTakeFirst()
  if (!row) return null
  return {
    account,
    name: row.name,
    departments: JSON.parse(row.departments) as string[],
    language: row.language === 'en' ? 'en' : 'zh-CN',
    timeZone: row.time_zone,
    seenAt: new Date(row.seen_at),
  }
}

/** Keeps what the directory says now, in place of what it said before. */
export async function keepProfile(trx: Trx, account: Account, profile: Profile, now: Date): Promise<void> {
  const said = {
    name: profile.name,
    departments: JSON.stringify(profile.departments),
    language: profile.language,
    time_zone: profile.timeZone,
    seen_at: now.toISOString(),
  }
  await trx
    .insertInto('directory_entry')
    .values({
      platform: account.platform,
      installation: account.installation,
      user_id: account.user,
      ...said,
    })
    .onConflict((conflict) => conflict.columns(['platform', 'installation', 'user_id']).doUpdateSet(said))
    .execute()
}

/** Forgets those who have not spoken for 180 days. */
export async function forgetUnseen(trx: Trx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptFor).toISOString()
  await trx.deleteFrom('directory_entry').where('seen_at', '<', before).execute()
}

const platforms: Record<string, string> = {
  web: 'people:platform.web',
  terminal: 'people:platform.terminal',
  feishu: 'people:platform.feishu',
  slack: 'people:platform.slack',
}

/** Whose account it is by the directory: 张三（技术部，飞书）. Null where the directory has no name. */
export function nameInDirectory(entry: DirectoryEntry | null | undefined, language: Language): string | null {
  if (!entry || entry.name === '') return null
  const { name, departments, account } = entry
  const key = platforms[account.platform]
  const platform = key === undefined ? account.platform : translate(language, key)
  const [department] = departments
  return department === undefined
    ? translate(language, 'people:directory.name', { name, platform })
    : translate(language, 'people:directory.name-department', { name, department, platform })
}

/** The time zone in which a person reads what is sent to them (IANA name), by the directory; empty: nobody says. */
export async function zoneOf(db: Reads, person: string): Promise<string> {
  const to = await addressOf(db, person)
  return to?.type === 'account' ? zoneOfAccount(db, to.account) : ''
}

/** The same of an account. */
export async function zoneOfAccount(db: Pick<Trx, 'selectFrom'>, account: Account): Promise<string> {
  return (await directoryEntryOf(db, account))?.timeZone ?? ''
}
