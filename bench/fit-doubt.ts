/**
 * Fits the weights of src/knowledge/search/doubt.ts on the development and tuning questions and cross-validates
 * them. Run it after hints were added: `node bench/fit-doubt.ts`.
 */
import { readFileSync } from 'node:fs'
import { hintedEvidence } from '../src/knowledge/search/doubt.ts'
import { openSeedEngine } from './seed-engine.ts'

interface Row {
  features: number[]
  refuse: number
}

const engine = await openSeedEngine()
const rows: Row[] = []
for (const name of ['development', 'tuning']) {
  for (const line of readFileSync(`test/data/questions-${name}.jsonl`, 'utf8').trim().split('\n')) {
    const { question, history, kind } = JSON.parse(line)
    const { evidence } = engine.search({ question, history })
    if (!evidence?.said) continue
    rows.push({
      features: hintedEvidence({ ...evidence, said: evidence.said }),
      refuse: kind === 'oos' ? 1 : 0,
    })
  }
}

const folds = 5
let right = 0
let refused = 0
for (let fold = 0; fold < folds; fold++) {
  const weights = fitWeights(rows.filter((_, i) => i % folds !== fold))
  for (const row of rows.filter((_, i) => i % folds === fold)) {
    if (chance(row, weights) < 0.5) continue
    refused++
    right += row.refuse
  }
}
const wanted = rows.filter(({ refuse }) => refuse === 1).length
console.log(
  `cross-validated: refusal precision ${(right / refused).toFixed(3)}, recall ${(right / wanted).toFixed(3)}`,
)
console.log(`weights: [${fitWeights(rows).map((weight) => weight.toFixed(2))}]`)

function chance({ features }: Row, weights: readonly number[]): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, value, i) => sum + value * weights[i]!, 0)))
}

/** Gradient descent with a little shrinking (the questions are few); both kinds of questions count alike. */
function fitWeights(sample: readonly Row[]): number[] {
  const weights = sample[0]!.features.map(() => 0)
  const scale = weights.map(
    (_, i) =>
      Math.sqrt(sample.reduce((sum, { features }) => sum + features[i]! ** 2, 0) / sample.length) || 1,
  )
  for (let step = 0; step < 20_000; step++) {
    const slope = weights.map(() => 0)
    for (const row of sample) {
      const error = chance(row, weights) - row.refuse
      row.features.forEach((value, i) => {
        slope[i]! += (error * value) / scale[i]!
      })
    }
    slope.forEach((value, i) => {
      weights[i]! -=
        (0.5 / scale[i]!) * (value / sample.length + (i > 0 ? 0.001 * weights[i]! * scale[i]! : 0))
    })
  }
  return weights
}
