import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readKind } from '../src/features/submissions/definition/read-kind.ts'
import type { Kind } from '../src/features/submissions/definition/schema.ts'
import { type Labelled, rateReading, ratesByKind, readLabelled } from './rate-reading.ts'

/**
 * How well sentences that send something in are told from questions and small talk, by the kinds of
 * knowledge/submissions: the sentences beside the rules, and two sets that were written before the
 * rules were changed for them (docs/submissions.md tells what they showed then).
 * `--missed` names what opened nothing too.
 */
const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file): Kind => ({ ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file), version: 1 }))
const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const sets: [string, Labelled[]][] = [
  ...(['tuned', 'measured'] as const).map((use): [string, Labelled[]] => [
    use,
    readLabelled().filter((one) => one.use === use),
  ]),
  ...['blind', 'fresh']
    .filter((set) => existsSync(`test/data/sentences-${set}.jsonl`))
    .map((set): [string, Labelled[]] => [set, readLabelled(`-${set}`)]),
]

for (const [name, sentences] of sets) {
  const { opened, right, wanted, wrong, missed } = rateReading(sentences, kinds)
  process.stdout.write(
    `${name}: ${sentences.length} sentences, precision ${percent(right / opened)} (${right} of ${opened} opened), recall ${percent(right / wanted)} (${right} of ${wanted})\n`,
  )
  for (const one of ratesByKind(sentences, kinds)) {
    process.stdout.write(
      `  ${one.kind}: right ${one.right} of ${one.opened} opened, of ${one.wanted} statements\n`,
    )
  }
  for (const line of wrong) process.stdout.write(`  opened wrongly: ${line}\n`)
  if (process.argv.includes('--missed')) {
    for (const line of missed) process.stdout.write(`  not opened: ${line}\n`)
  }
}
