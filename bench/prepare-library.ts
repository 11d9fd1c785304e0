import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { type Config, loadConfig } from '../src/config.ts'
import { addDocument } from '../src/knowledge/library/add-document.ts'
import { dayInChina } from '../src/knowledge/library/day.ts'
import { currentVersions } from '../src/knowledge/library/versions.ts'
import { openKnowledge, openLibrary } from '../src/open-library.ts'
import type { BenchClause } from './answering-systems.ts'
import { type Article, layOutLaw } from './statutes.ts'

const clock = () => new Date()

/** The environment for the product's own commands over a library of the benchmark; settings of `.env` are left out. */
export function environmentOf(library: string): Record<string, string> {
  return { DATA_DIR: join(library, 'data'), KNOWLEDGE_DIR: 'knowledge', DATABASE_URL: '', MODEL_PROVIDER: '' }
}

function configOf(library: string): Config {
  return loadConfig({ environment: environmentOf(library), folder: library })
}

/** `knowledge/` and the library's own documents, made searchable as the product does it. */
export async function openSeedKnowledge(library: string) {
  const config = configOf(library)
  const { store } = await openLibrary(config, pino({ level: 'silent' }), clock)
  const { engine } = await openKnowledge(config, store, clock)
  return { store, engine }
}

/**
 * Makes a library in an empty folder: a database with `knowledge/` and one document per law, added as a person
 * would add files, and the same clauses in `clauses.json` for the other systems. No index yet.
 * @returns how many documents and clauses it holds
 */
export async function prepareLibrary(
  library: string,
  articles: readonly Article[],
): Promise<{ documents: number; clauses: number }> {
  mkdirSync(library, { recursive: true })
  const { store, blobs } = await openLibrary(configOf(library), pino({ level: 'silent' }), clock)
  try {
    for (const [law, own] of Map.groupBy(articles, (article) => article.law)) {
      const bytes = Buffer.from(layOutLaw(law, own))
      await addDocument(store, blobs, { fileName: 'law.txt', bytes, title: law }, clock())
    }
    const versions = await currentVersions(store, dayInChina(clock()))
    const clauses = versions.flatMap((version) =>
      version.clauses.map(
        ({ number, path, text }): BenchClause => ({
          document: version.document,
          number,
          text: [version.title, ...path, text].join(' '),
        }),
      ),
    )
    writeFileSync(join(library, 'clauses.json'), JSON.stringify(clauses))
    return { documents: versions.length, clauses: clauses.length }
  } finally {
    await store.close()
  }
}
