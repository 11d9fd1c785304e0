import { z } from 'zod'
import type { SearchEngine } from '../knowledge/search/search-engine.ts'
import { answerLine, questionLine, readQuestionFile } from './ask.ts'
import { addToTally, confidence, emptyTally, ratesOf, type Tally } from './measure.ts'

const judgedLine = questionLine.extend({
  kind: z.string(),
  clauses: z.array(z.number()),
  must: z.array(z.string()),
})

/** Answers every question of the file and prints the rates overall and for each kind of question. */
export async function evaluate(
  engine: SearchEngine,
  path: string,
  print: (text: string) => void,
): Promise<void> {
  const all = emptyTally()
  const kinds = new Map<string, Tally>()
  const times: number[] = []
  for await (const line of readQuestionFile(path, judgedLine)) {
    const answer = answerLine(engine, line)
    times.push(answer.ms)
    const kind = kinds.get(line.kind) ?? emptyTally()
    kinds.set(line.kind, kind)
    addToTally(all, line, answer)
    addToTally(kind, line, answer)
  }
  print(`${times.length} questions, ${all.unanswerable} of them not answered by the documents`)
  for (const rate of ratesOf(all)) {
    const [low, high] = confidence(rate).map((bound) => bound.toFixed(3))
    print(`${rate.name.padEnd(30)} ${format(rate)}  (95 % ${low}–${high}; ${rate.successes}/${rate.of})`)
  }
  print('')
  print(`${'kind'.padEnd(12)}     n  hit@1  hit@3   must  cited right  refused`)
  for (const [kind, tally] of [...kinds].sort()) print(kindRow(kind, tally))
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0
  print('')
  print(`milliseconds: median ${at(0.5).toFixed(2)}, 99 % within ${at(0.99).toFixed(2)}`)
}

function kindRow(kind: string, tally: Tally): string {
  const [hit1, hit3, must, cited] = ratesOf(tally).map(format)
  const refused = tally.refusedAnswerable + tally.refusedUnanswerable
  const count = String(tally.answerable + tally.unanswerable).padStart(5)
  return `${kind.padEnd(12)} ${count}  ${hit1}  ${hit3}  ${must}  ${cited?.padStart(11)}  ${String(refused).padStart(7)}`
}

function format({ successes, of }: { successes: number; of: number }): string {
  return of === 0 ? '    –' : (successes / of).toFixed(3)
}
