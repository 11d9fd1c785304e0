import type { Account } from '../../src/chat/incoming.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
import { createSeals } from '../../src/seal/passing.ts'
import { createSealedFiles } from '../../src/seal/sealed-files.ts'
import type { Trx } from '../../src/store/store.ts'
import type { Open } from '../store/each-database.ts'
import { monday, platform, settlePeople } from './chat-people.ts'
import { FakePlatform } from './fake-platform.ts'
import { testSealer as sealer } from './test-sealer.ts'

export interface GroundOptions<People> {
  /** Who is there. */
  settle: (trx: Trx) => Promise<People>
  /** Whether the platform keeps people's calendars. Default false. */
  keepsCalendar?: boolean
}

/** What a test's house stands on before it has a feature; time stands where it is put. */
export async function layGround<People = Awaited<ReturnType<typeof settlePeople>>>(
  open: Open,
  { settle, keepsCalendar = false }: GroundOptions<People>,
) {
  const time = { now: monday }
  const clock = () => time.now
  const { store, blobs, location } = await open({ clock, databaseClock: clock })
  /** What was logged as an error, which most tests want to be nothing. */
  const errors: unknown[] = []
  const logger = {
    info() {},
    warn() {},
    error(details: object) {
      errors.push('err' in details ? details.err : details)
    },
  }
  const people = await store.transaction(settle)
  return {
    ...{ time, store, blobs, location, errors, logger, people },
    fake: new FakePlatform({ name: platform, keepsCalendar }),
    seals: createSeals(sealer),
    files: createSealedFiles({ store, blobs, sealer }),
    /** A search that knows no word but those of what is stored. */
    words: { vocabulary: new Vocabulary([]), commonWords: new Uint32Array() },
    /** What the features of a house share. */
    shared: {
      ...{ store, sealer, blobs },
      publicUrl: () => 'http://bot.example',
      consoleLink: async (_trx: Trx, _account: Account): Promise<string | null> => null,
      wakeWorkers() {},
    },
  }
}

/** The ground of most houses: 华北重工 and its people. */
export const layGroundOfHuabei = (open: Open, options: Omit<GroundOptions<never>, 'settle'> = {}) =>
  layGround(open, { ...options, settle: settlePeople })

export type Ground = Awaited<ReturnType<typeof layGround<unknown>>>
