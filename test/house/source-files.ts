import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Texts of files by their path from the project's folder, with `/`: `src/config.ts`. */
export type SourceFiles = Map<string, string>

const project = fileURLToPath(new URL('../../', import.meta.url))

/** Made by installing and running; never committed. */
const notOurs = /^(?:node_modules|\.git|data|coverage|\.env)(?:\/|$)|\.log$/
const binary = /\.(?:png|jpe?g|ico|gz|pdf|docx|ttf|woff2?)$/
const largest = 2_000_000

/** All text files of the project, or those below the named files and folders. */
export function readSources(...below: string[]): SourceFiles {
  const files: SourceFiles = new Map()
  const visit = (path: string) => {
    if (notOurs.test(path)) return
    const found = statSync(project + path)
    if (found.isDirectory()) {
      for (const name of readdirSync(project + path).sort()) visit(path === '' ? name : `${path}/${name}`)
    } else if (!binary.test(path) && found.size <= largest) {
      files.set(path, readFileSync(project + path, 'utf8'))
    }
  }
  for (const start of below.length === 0 ? [''] : below) visit(start)
  return files
}

/** The code that runs: without the tests that stand beside it. */
export function withoutTests(files: SourceFiles): SourceFiles {
  return new Map([...files].filter(([path]) => !/\.test\.ts$/.test(path)))
}

/** The code without block comments and lines of comment; a comment behind code stays. */
export function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm, '')
}
