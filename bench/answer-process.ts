/**
 * One system in a process of its own, started by bench/ask.ts: `node bench/answer-process.ts SYSTEM LIBRARY`.
 * With a question as third argument it prints the answer and ends; else it answers the batches that its parent
 * sends, one question after another, and tells how long each took.
 */
import { systems } from './answering-systems.ts'
import type { AskedQuestion } from './vary-questions.ts'

/** Questions to answer within a time; what is not reached in it stays unanswered. */
export interface Batch {
  questions: AskedQuestion[]
  seconds: number
}

/** What a process reports: once when it is open, without answers, and after each batch. */
export interface BatchReport {
  /** Milliseconds of each answer. */
  times: number[]
  /** The clause at the first place of each answer. */
  answers: ({ document: string; number: number | null } | null)[]
  /** Most memory that the process has ever held, in MiB. */
  peak: number
}

const [name = '', library = '', question] = process.argv.slice(2)
const open = systems[name]
if (!open) throw new Error(`No such system: ${name}. There are: ${Object.keys(systems).join('; ')}`)
const answer = await open(library)

if (question !== undefined) {
  const best = await answer({ question, history: [] })
  process.stdout.write(`${JSON.stringify(best)}\n`)
  process.exit()
}
report({ times: [], answers: [] })

process.on('message', async ({ questions, seconds }: Batch) => {
  const times: number[] = []
  const answers: BatchReport['answers'] = []
  const end = performance.now() + seconds * 1000
  for (const asked of questions) {
    const start = performance.now()
    const best = await answer(asked)
    times.push(performance.now() - start)
    answers.push(best && { document: best.document, number: best.number })
    if (performance.now() > end) break
  }
  report({ times, answers })
})

function report(said: Omit<BatchReport, 'peak'>): void {
  process.send?.({ ...said, peak: process.resourceUsage().maxRSS / 1024 })
}
