import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOnce } from '../../../knowledge/read-once.ts'
import type { CollectionDefinition } from '../definition/definition.ts'
import type { CollectionFile } from '../definition/file-schema.ts'
import { parseDefinition } from '../definition/parse-definition.ts'
import type { Mistake } from '../definition/read-lines.ts'

/** A collection that is ready but for whom it is for and until when. */
export interface CollectionTemplate {
  /** Of its file, without the ending. */
  name: string
  definition: CollectionDefinition
  anonymity: CollectionFile['anonymity']
  per: CollectionFile['per']
  remind: readonly number[]
  shares: boolean
}

export interface CollectionTemplates {
  all: readonly CollectionTemplate[]
  /** Files that are none, with what is wrong: the others are offered without them. */
  wrong: readonly { file: string; mistakes: readonly Mistake[] }[]
}

/** Reads `knowledge/collections`, one template a file, in the order of the files' names. */
export function readTemplates(knowledgeDir: string): CollectionTemplates {
  const folder = join(knowledgeDir, 'collections')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : []
  const all: CollectionTemplate[] = []
  const wrong: CollectionTemplates['wrong'][number][] = []
  for (const file of files.sort()) {
    // Deadlines do not belong into a template; none has passed at the beginning of time.
    const bytes = readFileSync(join(folder, file))
    const parsed = readOnce(readTemplates, bytes.toString('latin1'), () =>
      parseDefinition(bytes, new Date(0)),
    )
    if (Array.isArray(parsed)) wrong.push({ file, mistakes: parsed })
    else {
      const { anonymity, per, remind } = parsed.file
      const { definition } = parsed
      const shares = parsed.file['share-result']
      all.push({ name: file.replace(/\.yaml$/, ''), definition, anonymity, per, remind, shares })
    }
  }
  return { all, wrong }
}
