import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'

/**
 * Index files that bots of this run have built: the same documents give the same file, so one bot's spares all others
 * its two seconds of building.
 */
const cache = inject('indexCache')

/** Has a data folder begin with the index files that there are. */
export async function fillIndex(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'index')
  await mkdir(folder, { recursive: true })
  await share(cache, folder)
}

/** Keeps what was built there for those that come later. */
export async function keepIndex(dataDir: string): Promise<void> {
  await share(join(dataDir, 'index'), cache)
}

async function share(from: string, to: string): Promise<void> {
  const known = new Set(await readdir(to))
  const names = (await readdir(from)).filter((name) => name.endsWith('.index') && !known.has(name))
  await Promise.all(names.map((name) => shareFile(join(from, name), join(to, name))))
}

/** A second name of the same file where both lie on one disk: whole at once, and for nothing. */
async function shareFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    // Another bot tidied it up, or was quicker.
    if (code === 'ENOENT' || code === 'EEXIST') return
    const half = `${to}.${process.pid}.half`
    await copyFile(from, half)
    await link(half, to).catch(() => undefined)
    await rm(half)
  }
}
