import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The names of the kinds of events that there are, by their files; empty: none. */
export function eventKindNames(knowledgeDir: string): string[] {
  const folder = join(knowledgeDir, 'events')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length))
}
