import { posix } from 'node:path'
import { type SourceFiles, withoutComments } from './source-files.ts'

/** One import of a file: another file of the project by its path, or a package as it is written. */
export interface Import {
  from: string
  to: string
  isFile: boolean
  /** Only for the types, so that nothing is left of it when the code runs. */
  isType: boolean
}

/** The formatter sets each import and re-export at the beginning of a line. */
const statement = /^(?:import|export)\b(?:[^'"`;=()]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm
const call = /\b(?:import|require)\(\s*(?:['"]([^'"\n]+)['"])?/g
const workerFile = /\bnew URL\(\s*['"](\.{1,2}\/[^'"\n]+\.[jt]s)['"],\s*import\.meta\.url/g

/**
 * What the files import: statically, as a type, re-exported, by `import()` or as the file of a worker.
 * @throws where an import cannot be read from the text, since no rule could be kept on it.
 */
export function findImports(files: SourceFiles): Import[] {
  return [...files].flatMap(([from, source]) => {
    const code = withoutComments(source)
    const written = [statement, call, workerFile].flatMap((pattern) => [...code.matchAll(pattern)])
    return written.map(([text, to]) => {
      if (to === undefined) throw new Error(`${from}: an import of something that is not written out`)
      const isFile = to.startsWith('.')
      const isType = /^(?:import|export)\s+type\b/.test(text)
      return { from, to: isFile ? posix.join(posix.dirname(from), to) : to, isFile, isType }
    })
  })
}

/**
 * Files that import each other in a circle, each circle once, as a path that ends where it began. Such files
 * cannot be tested or taken out one by one, and which one runs first is an accident. An interface and what
 * implements it may know each other's types.
 */
export function findCycles(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to, isFile, isType } of imports) {
    if (isFile && !isType) next.set(from, [...(next.get(from) ?? []), to])
  }
  const cycles: string[][] = []
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (file: string) => {
    const begun = trail.indexOf(file)
    if (begun >= 0) cycles.push([...trail.slice(begun), file])
    if (begun >= 0 || done.has(file)) return
    trail.push(file)
    for (const imported of next.get(file) ?? []) visit(imported)
    trail.pop()
    done.add(file)
  }
  for (const file of next.keys()) visit(file)
  return cycles
}
