/**
 * How well the search ranks the clauses that answer, beside plain BM25 on the same file:
 * `npm run bench:retrieval -- --data DIR`, with DIR/statutes.jsonl.gz and DIR/stard-train.jsonl, or any other pair of
 * the same format: `--corpus FILE --queries FILE`. `--set NAME` runs the parts with that in their name, `--minutes N`
 * bounds each part, `--json` prints one object. What is measured stands in docs/benchmarks.md.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { formatMs, markdownTable } from './figures.ts'
import { readOptions } from './options.ts'
import type { PartFigures } from './retrieval-part.ts'

const parts = [
  'BM25, bigrams',
  'BM25, uni- and bigrams',
  'kexie-bot',
  'kexie-bot with the guideline',
  'kexie-bot, no hints',
  'kexie-bot, hints',
]

const options = readOptions({
  texts: ['data', 'corpus', 'queries', 'set'],
  numbers: { minutes: { quick: 10, full: 10 } },
})
const corpus = options.corpus ?? (options.data && join(options.data, 'statutes.jsonl.gz'))
const queries = options.queries ?? (options.data && join(options.data, 'stard-train.jsonl'))
if (!corpus || !queries) throw new Error('Say where the data is: --data DIR, or --corpus FILE --queries FILE')

const figures: PartFigures[] = []
const failed: string[] = []
for (const part of parts.filter((name) => name.includes(options.set ?? ''))) {
  const own = await runPart(part, corpus, queries)
  if (own) figures.push(...own)
  else failed.push(part)
}
if (options.json) console.log(JSON.stringify({ figures, failed }))
else print()

/** Null where the part failed or took too long. */
function runPart(part: string, ...files: string[]): Promise<PartFigures[] | null> {
  const script = new URL('./retrieval-part.ts', import.meta.url).pathname
  const timeout = options.minutes * 60_000
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--max-old-space-size=8192', script, part, ...files],
      { timeout, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error) process.stderr.write(`${part}: ${error.killed ? 'took too long' : stderr.slice(-500)}\n`)
        const lines = stdout.split('\n').filter((line) => line !== '')
        resolve(error ? null : lines.map((line) => JSON.parse(line) as PartFigures))
      },
    )
  })
}

function print(): void {
  const rate = (value: number) => value.toFixed(3)
  const rows = figures.map((row) => [
    ...[row.part, row.set, String(row.questions), rate(row.hit1), rate(row.recall10), rate(row.recall100)],
    ...[
      rate(row.mrr10),
      formatMs(row.ms),
      row.buildSeconds.toFixed(1),
      row.indexSize.toFixed(0),
      row.peak.toFixed(0),
    ],
  ])
  console.log(
    markdownTable([
      [
        'system',
        'questions',
        'n',
        'hit@1',
        'recall@10',
        'recall@100',
        'MRR@10',
        'ms',
        'build s',
        'index MiB',
        'peak MiB',
      ],
      ...rows,
    ]),
  )
  for (const part of failed) console.log(`\n${part}: gave no figures within ${options.minutes} minutes.`)
}
