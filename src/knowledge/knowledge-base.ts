import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Store } from '../store/store.ts'
import { activeHints, hintRevision } from './learned/hints.ts'
import { dayInChina } from './library/day.ts'
import { currentHeads, currentVersions, libraryFingerprint, libraryRevision } from './library/versions.ts'
import type { BuildOrder } from './search/build-index-worker.ts'
import { readIndexFile } from './search/index-file.ts'
import { hashKnowledgeFiles, readKnowledgeFiles } from './search/knowledge-files.ts'
import { LearnedHints } from './search/learned-hints.ts'
import { SearchEngine } from './search/search-engine.ts'
import { restoreSearchIndex } from './search/search-index.ts'

/** Goes up when the same documents and files would give another index. */
const searchVersion = 3
const mostTries = 3

export interface KnowledgeBaseOptions {
  store: Store
  /** The folder with `hints/` and `vocabulary/`. */
  knowledgeDir: string
  /** Where index files lie; all of them may be deleted at any time. */
  indexDir: string
  clock: () => Date
}

/**
 * The library made searchable. The database is the truth; the index is a file that is made anew, in a thread of
 * its own, whenever what it was made from has changed, while the old one goes on answering.
 */
export class KnowledgeBase {
  readonly #options: KnowledgeBaseOptions
  #engine: SearchEngine
  #fingerprint: string
  #seen: Seen
  #learned: Learned
  #refreshing: Promise<void> | null = null

  private constructor(options: KnowledgeBaseOptions, opened: Opened, learned: Learned) {
    this.#options = options
    this.#learned = learned
    this.#engine = opened.engine
    this.#fingerprint = opened.fingerprint
    this.#seen = opened.seen
    this.#engine.learn(learned.hints)
  }

  /** Opens the index of the library as it is today, building it where there is none. */
  static async open(options: KnowledgeBaseOptions): Promise<KnowledgeBase> {
    return new KnowledgeBase(options, await openCurrent(options, null), await readLearned(options.store))
  }

  get engine(): SearchEngine {
    return this.#engine
  }

  /**
   * Looks whether the library has changed (the command line beside a running server) or a new day has begun, and
   * takes up the change, and so for the learned hints. Costs two short queries where nothing has. Hint files are
   * read at start and when the library changes.
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#takeUpChanges().finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  async #takeUpChanges(): Promise<void> {
    const { store, clock } = this.#options
    if ((await hintRevision(store.db)) !== this.#learned.revision) {
      this.#learned = await readLearned(store)
      this.#engine.learn(this.#learned.hints)
    }
    const now = { revision: await libraryRevision(store), today: dayInChina(clock()) }
    if (now.revision === this.#seen.revision && now.today === this.#seen.today) return
    this.#engine.restrict(await currentHeads(store, now.today))
    const opened = await openCurrent(this.#options, this.#fingerprint)
    this.#seen = opened.seen
    this.#fingerprint = opened.fingerprint
    if (!opened.engine) return
    opened.engine.learn(this.#learned.hints)
    this.#engine = opened.engine
  }
}

interface Learned {
  hints: LearnedHints
  revision: number
}

async function readLearned({ db }: Store): Promise<Learned> {
  // Read first: a change made meanwhile is then seen at the next look.
  const revision = await hintRevision(db)
  return { revision, hints: new LearnedHints(await activeHints(db)) }
}

interface Seen {
  revision: number
  today: string
}

interface Opened {
  engine: SearchEngine
  fingerprint: string
  seen: Seen
}

async function openCurrent(options: KnowledgeBaseOptions, unchanged: null): Promise<Opened>
async function openCurrent(
  options: KnowledgeBaseOptions,
  unchanged: string | null,
): Promise<Omit<Opened, 'engine'> & { engine: SearchEngine | null }>
async function openCurrent(
  { store, knowledgeDir, indexDir, clock }: KnowledgeBaseOptions,
  unchanged: string | null,
) {
  for (let tries = 1; ; tries++) {
    // Read first: a change made meanwhile is then seen at the next look.
    const seen = { revision: await libraryRevision(store), today: dayInChina(clock()) }
    const current = async () =>
      fingerprintOf(await libraryFingerprint(store, seen.today), hashKnowledgeFiles(knowledgeDir))
    const fingerprint = await current()
    if (fingerprint === unchanged) return { engine: null, fingerprint, seen }
    const path = join(indexDir, `${fingerprint.slice(0, 32)}.index`)
    const known = readIndexFile(path, fingerprint)
    if (known) return { engine: new SearchEngine(restoreSearchIndex(known)), fingerprint, seen }
    const documents = await currentVersions(store, seen.today)
    const files = readKnowledgeFiles(knowledgeDir)
    try {
      // What was read after a change does not belong to the fingerprint from before it.
      if ((await current()) !== fingerprint) continue
      await build({ path, fingerprint, documents, files })
      const sections = readIndexFile(path, fingerprint)
      if (!sections) throw new Error('the index file was built but cannot be read')
      removeOthers(indexDir, path, clock())
      return { engine: new SearchEngine(restoreSearchIndex(sections)), fingerprint, seen }
    } catch (error) {
      // Another process that tidies up may have taken the file away between its making and its reading.
      if (tries >= mostTries) throw error
    }
  }
}

function fingerprintOf(library: string, files: string): string {
  return createHash('sha256')
    .update(JSON.stringify([searchVersion, library, files]))
    .digest('hex')
}

function build(order: BuildOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./search/build-index-worker.ts', import.meta.url), {
      workerData: order,
    })
    worker.once('error', reject)
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the index builder ended with ${code}`)),
    )
  })
}

/** Half a file of a build that was killed lies still for so long; of one under way it does not. */
const buildTakesAtMost = 60 * 60_000

/** Old index files; one that another process still holds open stays readable there. */
function removeOthers(indexDir: string, path: string, now: Date): void {
  for (const name of readdirSync(indexDir)) {
    const other = join(indexDir, name)
    if (other === path) continue
    const half =
      /\.index\./.test(name) &&
      (statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime()) <
        now.getTime() - buildTakesAtMost
    if (name.endsWith('.index') || half) rmSync(other, { force: true })
  }
}
