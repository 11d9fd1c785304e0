/**
 * How long an answer takes, and a start, beside MiniSearch and LangChain's BM25Retriever on the same clauses:
 * `npm run bench:ask -- [--data DIR] [--questions N] [--seconds S] [--quick] [--json]`. Library (a) is `knowledge/`,
 * (b) is that and the laws of DIR/statutes.jsonl.gz. What is measured, and how, stands in docs/benchmarks.md.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnswerChild, timeFirstAnswer } from './answer-child.ts'
import type { BatchReport } from './answer-process.ts'
import { indexFileOf, systems } from './answering-systems.ts'
import { describeMachine, formatMs, markdownTable, quantile } from './figures.ts'
import { readOptions } from './options.ts'
import { prepareLibrary } from './prepare-library.ts'
import { type Article, readJsonLines } from './statutes.ts'
import { type AskedQuestion, varyQuestions } from './vary-questions.ts'

interface Judged extends AskedQuestion {
  clauses: number[]
}

interface Figures {
  system: string
  library: string
  answered: number
  median: number
  p99: number
  slowest: number
  /** Median milliseconds from the start of the process to the first answer; null where it gave none. */
  cold: number | null
  warm: number | null
  /** MiB, of the process that answers, the index file being there. */
  peak: number
  /** MiB, of the process that also builds the index. */
  peakCold: number
  /** On the development questions that the guideline answers, as they are. */
  hit1: number
}

const options = readOptions({
  texts: ['data'],
  numbers: { questions: { quick: 500, full: 10_000 }, seconds: { quick: 3, full: 120 } },
})
const count = options.questions
/** What a system may spend on its answers in one library; a slow one then answers fewer questions. */
const { seconds } = options
const rounds = options.quick ? 5 : 20
const starts = options.quick ? 1 : 5

const development = readJsonLines<Judged>('test/data/questions-development.jsonl').map(normal)
const blind = readJsonLines<Judged>('test/data/questions-blind.jsonl').map(normal)
const questions = varyQuestions([...development, ...blind], count)
const folder = mkdtempSync(join(tmpdir(), 'bench-ask-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const figures: Figures[] = []
const articles = options.data ? readJsonLines<Article>(join(options.data, 'statutes.jsonl.gz')) : null
await measureLibrary('a', [])
if (articles) await measureLibrary('b', articles)
if (options.json) console.log(JSON.stringify({ machine: describeMachine(), figures }))
else print()

function normal({ question, history = [], clauses }: Judged): Judged {
  return { question, history, clauses }
}

async function measureLibrary(name: string, own: readonly Article[]): Promise<void> {
  const library = join(folder, name)
  const start = performance.now()
  const { documents, clauses } = await prepareLibrary(library, own)
  const took = ((performance.now() - start) / 1000).toFixed(1)
  note(`(${name}) ${documents} documents, ${clauses} clauses, imported in ${took} s`)
  const found = new Map<string, Figures>()
  for (const system of Object.keys(systems)) {
    const row = await openCold(system, name, library)
    if (row) found.set(system, row)
  }
  await timeWarmStarts(found, library)
  await timeAnswers(found, library)
  figures.push(...found.values())
}

/** The first start over a library without an index file, which it leaves behind for the later ones. */
async function openCold(system: string, name: string, library: string): Promise<Figures | null> {
  const child = new AnswerChild(system, library)
  try {
    const { peak: peakCold } = await child.opened
    note(`(${name}) ${system}: opened without an index file`)
    return {
      ...{ system, library: name, answered: 0, median: Number.NaN, p99: Number.NaN, slowest: Number.NaN },
      ...{ cold: null, warm: null, peak: 0, peakCold, hit1: 0 },
    }
  } catch (error) {
    note(`(${name}) ${system}: ${String(error)}`)
    return null
  } finally {
    child.stop()
  }
}

async function timeWarmStarts(found: ReadonlyMap<string, Figures>, library: string): Promise<void> {
  const question = development[0]!.question
  const warm = new Map<string, number[]>()
  const cold = new Map<string, number[]>()
  const add = async (to: Map<string, number[]>, system: string) => {
    const ms = await timeFirstAnswer(system, library, question)
    if (ms !== null) to.set(system, [...(to.get(system) ?? []), ms])
  }
  for (let i = 0; i < starts; i++) {
    for (const system of found.keys()) {
      await add(warm, system)
      // Building an index of all laws takes up to a minute, so it is done less often.
      if (i > 0 && library.endsWith('b')) continue
      removeIndexFiles(system, library)
      await add(cold, system)
    }
  }
  for (const [system, row] of found) {
    row.warm = quantileOrNull(warm.get(system))
    row.cold = quantileOrNull(cold.get(system))
  }
}

function quantileOrNull(values: readonly number[] | undefined): number | null {
  return values ? quantile(values, 0.5) : null
}

function removeIndexFiles(system: string, library: string): void {
  const path = system === 'kexie-bot' ? join(library, 'data', 'index') : indexFileOf(system, library)
  rmSync(path, { recursive: true, force: true })
}

/** Every round asks all systems the same questions, one system after another, each round beginning with another. */
async function timeAnswers(found: Map<string, Figures>, library: string): Promise<void> {
  const children = new Map<string, AnswerChild>()
  const times = new Map<string, number[]>()
  try {
    for (const system of found.keys()) {
      const child = new AnswerChild(system, library)
      children.set(system, child)
      await child.opened
      await judge(found.get(system)!, child)
    }
    const size = Math.ceil(questions.length / rounds)
    for (let round = 0; round < rounds; round++) {
      const batch = questions.slice(round * size, (round + 1) * size)
      for (const system of rotate([...found.keys()], round)) {
        const report = await children.get(system)!.answer({ questions: batch, seconds: seconds / rounds })
        times.set(system, [...(times.get(system) ?? []), ...report.times])
        found.get(system)!.peak = report.peak
      }
      note(`round ${round + 1} of ${rounds}`)
    }
  } finally {
    for (const child of children.values()) child.stop()
  }
  for (const [system, row] of found) {
    const own = times.get(system)!
    row.answered = own.length
    row.median = quantile(own, 0.5)
    row.p99 = quantile(own, 0.99)
    row.slowest = quantile(own, 1)
  }
}

/** The development questions as they are: they warm the process up and show how well it finds the clause. */
async function judge(row: Figures, child: AnswerChild): Promise<void> {
  const answerable = development.filter(({ clauses }) => clauses.length > 0)
  const { answers }: BatchReport = await child.answer({ questions: answerable, seconds: 240 })
  const right = answers.filter(
    (best, i) => best?.document === 'guideline' && answerable[i]!.clauses.includes(best.number ?? -1),
  )
  row.hit1 = right.length / answerable.length
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}

function print(): void {
  console.log(describeMachine())
  for (const library of new Set(figures.map((row) => row.library))) {
    const rows = figures.filter((row) => row.library === library)
    console.log(`\n(${library})\n`)
    console.log(
      markdownTable([
        [
          'system',
          'answers',
          'median ms',
          'p99 ms',
          'slowest ms',
          'cold start ms',
          'warm start ms',
          'peak MiB',
          'peak MiB, building',
          'hit@1',
        ],
        ...rows.map((row) => [
          ...[
            row.system,
            String(row.answered),
            formatMs(row.median),
            formatMs(row.p99),
            formatMs(row.slowest),
          ],
          ...[formatMs(row.cold), formatMs(row.warm), row.peak.toFixed(0), row.peakCold.toFixed(0)],
          row.hit1.toFixed(3),
        ]),
      ]),
    )
  }
  const ours = figures.find(({ system, library }) => system === 'kexie-bot' && library === 'a')
  if (!ours) return
  console.log(`\nAims for (a): p99 under 5 ms: ${ours.p99 < 5 ? 'reached' : 'not reached'}; `)
  console.log(
    `warm start under 1,500 ms: ${ours.warm !== null && ours.warm < 1500 ? 'reached' : 'not reached'}.`,
  )
}

/** Progress goes to the other channel, so that the table can be redirected to a file. */
function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
