import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Finding, type Sentence, unwell, well } from '../../chat/finding.ts'
import type { Config } from '../../config.ts'
import { checkClock } from '../../platforms/check-clock.ts'
import { inspectDatabase } from '../../store/inspect-database.ts'

/** Files of people, the index and a growing database have to fit; below this a day may be the last. Bytes. */
const leastFree = 500 * 1024 * 1024

const failures = {
  unreachable: ['doctor:database.unreachable', 'doctor:database.unreachable-advice'],
  locked: ['doctor:database.locked', 'doctor:database.locked-advice'],
  'read-only': ['doctor:database.read-only', 'doctor:database.read-only-advice'],
} as const

const say = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values })
const megabytes = (bytes: number) => Math.max(1, Math.round(bytes / 1024 / 1024))

/** The data folder, the database in it or elsewhere, and the index; nothing is made or changed there. */
export async function checkStorage(config: Config, clock: () => Date): Promise<Finding[]> {
  return [await checkFolder(config), ...(await checkDatabase(config, clock)), checkIndex(config)]
}

async function checkFolder({ DATA_DIR: folder }: Config): Promise<Finding> {
  const check = 'data.folder'
  // A folder that is yet to be made is made where its parent lets us.
  let place = resolve(folder)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  const trial = join(place, `.kexie-doctor-${randomUUID()}`)
  try {
    await writeFile(trial, 'kexie doctor')
    await rm(trial)
  } catch {
    const found = say('doctor:data.not-writable')
    return unwell(check, 'wrong', found, say('doctor:data.not-writable-advice'))
  }
  const free = await freeBytes(place)
  if (free !== null && free < leastFree) {
    const found = say('doctor:data.full', { free: megabytes(free) })
    return unwell(check, 'wrong', found, say('doctor:data.full-advice'))
  }
  return free === null
    ? well(check, 'doctor:data.writable')
    : well(check, 'doctor:data.writable-free', { free: megabytes(free) })
}

async function freeBytes(place: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(place)
    return bavail * bsize
  } catch {
    return null
  }
}

async function checkDatabase(config: Config, clock: () => Date): Promise<Finding[]> {
  const check = 'database'
  const location = { dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL }
  const state = await inspectDatabase(location, { clock })
  if (state.is === 'not-there-yet') {
    return [unwell(check, 'unknown', say('doctor:database.none'), say('doctor:start-first'))]
  }
  if (state.is !== 'there') {
    const setting = config.DATABASE_URL ? 'DATABASE_URL' : 'DATA_DIR'
    const [found, advice] = failures[state.is]
    return [unwell(check, 'wrong', say(found), say(advice, { setting }))]
  }
  if (state.isNewer) {
    return [unwell(check, 'wrong', say('doctor:database.newer'), say('doctor:database.newer-advice'))]
  }
  const opened =
    state.pending > 0
      ? unwell(
          check,
          'wrong',
          say('doctor:database.pending', { count: state.pending }),
          say('doctor:database.pending-advice'),
        )
      : well(check, 'doctor:database.well', { size: megabytes(state.size ?? 0) })
  if (!state.clock) return [opened]
  return [opened, checkClock('database.clock', 'PostgreSQL', state.clock.ours, state.clock.theirs)]
}

function checkIndex({ DATA_DIR }: Config): Finding {
  const folder = join(DATA_DIR, 'index')
  const isThere = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.index'))
  return isThere
    ? well('index', 'doctor:index.well')
    : unwell('index', 'unknown', say('doctor:index.none'), say('doctor:start-first'))
}
