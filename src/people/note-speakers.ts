import type { Account } from '../chat/incoming.ts'
import { accountKey } from '../chat/keys.ts'
import type { Intake } from '../chat/platform.ts'
import type { Profile } from '../chat/profile.ts'
import type { Store } from '../store/store.ts'
import { directoryEntryOf, freshFor, keepProfile } from './directory.ts'

/** Accounts of which it is remembered that they were looked up. */
const mostRemembered = 10_000
/** Where the directory says nothing it is asked again after this time, in milliseconds. */
const retryAfter = 10 * 60_000

export interface NotedSpeakers {
  /** Somebody speaks: what the directory says of them is kept, in the background. Once a day for each account. */
  note(account: Account): void
  /** Resolves when all that was noted is kept. */
  idle(): Promise<void>
}

/** Keeps what directories say of those who speak, so that others can be told who asks. Nobody waits for it. */
export function noteSpeakers(options: {
  store: Store
  clock: () => Date
  failed(error: unknown): void
  /** As `Platform.profileOf`. */
  profileOf(account: Account): Promise<Profile | null>
}): NotedSpeakers {
  const { store, clock } = options
  /** When an account is to be looked up again, in milliseconds. */
  const again = new Map<string, number>()
  const underWay = new Set<Promise<void>>()

  async function lookUp(account: Account, key: string): Promise<void> {
    const profile = await options.profileOf(account)
    if (!profile) return remember(key, retryAfter)
    const known = await directoryEntryOf(store.db, account)
    const now = await store.now()
    const isFresh = known && now.getTime() - known.seenAt.getTime() < freshFor
    if (isFresh && saysTheSame(known, profile)) return
    await store.transaction(async (trx) => keepProfile(trx, account, profile, await store.now(trx)))
  }

  function remember(key: string, lasts: number): void {
    again.delete(key)
    const [oldest] = again.keys()
    if (again.size >= mostRemembered && oldest !== undefined) again.delete(oldest)
    again.set(key, clock().getTime() + lasts)
  }

  return {
    note(account) {
      const key = accountKey(account)
      if ((again.get(key) ?? 0) > clock().getTime()) return
      remember(key, freshFor)
      const work = lookUp(account, key)
        .catch((error) => {
          remember(key, retryAfter)
          options.failed(error)
        })
        .finally(() => underWay.delete(work))
      underWay.add(work)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

function saysTheSame(one: Profile, other: Profile): boolean {
  const words = ({ name, departments, language, timeZone }: Profile) =>
    JSON.stringify([name, departments, language, timeZone])
  return words(one) === words(other)
}

/** The intake, with whoever speaks or presses noted beside the transaction in which it is kept or worked. */
export function notingIntake(intake: Intake, speakers: NotedSpeakers): Intake {
  return {
    ...intake,
    async take(message) {
      await intake.take(message)
      speakers.note(message.account)
    },
    answer(interaction) {
      speakers.note(interaction.account)
      return intake.answer(interaction)
    },
  }
}
