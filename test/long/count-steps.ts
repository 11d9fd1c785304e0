import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'

/**
 * How many times the blocks of code (bodies of functions, branches, loops) of the files below a folder were
 * entered while `task` ran: work measured as a count, which is the same on each machine and under each load.
 * Work within one call of the runtime (a regular expression, `join`) counts as one.
 * @param folder relative to this file, with `/` at its end.
 */
export function countSteps(folder: string, task: () => void): number {
  const path = fileURLToPath(new URL(folder, import.meta.url))
  const session = new Session()
  session.connect()
  let steps = 0
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  try {
    task()
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error
      for (const { url, functions } of result) {
        if (!url.replace('file://', '').startsWith(path)) continue
        for (const { ranges } of functions) for (const { count } of ranges) steps += count
      }
    })
  } finally {
    session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  }
  return steps
}
