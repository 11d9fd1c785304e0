import { enableCompileCache } from 'node:module'

// Keeps what Node made of the sources, so that the next start does not strip and compile them anew (a third of a
// warm start). Imported afterwards, since what is imported before it is not kept.
enableCompileCache()
const { runCommandLine } = await import('./command-line/program.ts')
await runCommandLine(process.argv)
