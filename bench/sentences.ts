import { readdirSync, readFileSync } from 'node:fs'
import { readKind } from '../src/features/submissions/definition/read-kind.ts'
import type { Kind } from '../src/features/submissions/definition/schema.ts'
import { rateReading, readLabelled } from './rate-reading.ts'

/**
 * How well sentences that send something in are told from questions and small talk: the sentences of
 * test/data/sentences.jsonl, by the kinds of knowledge/submissions.
 */
const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file): Kind => ({ ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file), version: 1 }))
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

for (const use of ['tuned', 'measured'] as const) {
  const sentences = readLabelled().filter((one) => one.use === use)
  const { opened, right, wanted, wrong, missed } = rateReading(sentences, kinds)
  process.stdout.write(
    `${use}: ${sentences.length} sentences, precision ${percent(right / opened)} (${right} of ${opened} opened), recall ${percent(right / wanted)} (${right} of ${wanted})\n`,
  )
  for (const line of wrong) process.stdout.write(`  opened wrongly: ${line}\n`)
  if (process.argv.includes('--missed')) {
    for (const line of missed) process.stdout.write(`  not opened: ${line}\n`)
  }
}
