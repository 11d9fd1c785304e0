import { findTerm } from './inverted-index.ts'
import { isUnigram, type Term } from './terms.ts'

/** A text as weighted terms. */
export type Features = ReadonlyMap<Term, number>

/** A question (or a sentence of a clause) with what it leads to. */
export interface Example {
  features: Features
  /** Index of the target: a clause, or a topic that the document does not settle. */
  target: number
}

/**
 * What was learned from the hints of one document: a softmax regression over the terms of questions, and the
 * examples themselves, for finding those that resemble a question. Nearest examples alone take the framing of a
 * question (“科协管不管”) for its matter; the regression learns which words tell clauses apart (on the tuning
 * questions 0.91 against 0.82 right at the first place), and the examples tell how familiar a question is.
 */
export interface HintModel {
  /** Terms in ascending order; the position is the column. */
  terms: Uint32Array
  inverseFrequencies: Float32Array
  targets: number
  /** For each term its `targets` weights, one behind the other: learning and reading go by terms. */
  weights: Float32Array
  biases: Float32Array
  /** Examples by column: where each column's begin in the two arrays after it. */
  starts: Uint32Array
  exampleNumbers: Uint32Array
  exampleWeights: Float32Array
  exampleTargets: Uint32Array
}

/** Passes over the examples; more changed nothing on the tuning questions. */
const epochs = 15
/** The weights are the mean of those after each of the last passes, since a single one sways with what was left out. */
const epochsAveraged = 8
const learningRate = 1
/**
 * Share of an example's terms that is left out at each look at it, so that no clause comes to hang on one word of
 * its hints: 0.955 instead of 0.945 right at the first place on the development and tuning questions.
 */
const leftOut = 0.5
/**
 * One character says less than two, and there are fewer kinds of them: counted in full they drown the pairs.
 */
const unigramShare = 0.5

interface Row {
  columns: Uint32Array
  values: Float32Array
}

/** Learns from examples; the same examples give the same model (the shuffle is seeded). */
export function trainHintModel(examples: readonly Example[], targets: number): HintModel {
  const frequencies = new Map<Term, number>()
  for (const { features } of examples) {
    for (const term of features.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  }
  const terms = Uint32Array.from(frequencies.keys()).sort()
  const inverseFrequencies = Float32Array.from(terms, (term) => {
    const frequency = frequencies.get(term)!
    return Math.log(1 + (examples.length - frequency + 0.5) / (frequency + 0.5))
  })
  const unknown = Math.log(1 + (examples.length + 0.5) / 0.5)
  const vocabulary = { terms, inverseFrequencies, unknown }
  const rows = examples.map(({ features }) => rowOf(features, vocabulary))
  const biases = new Float32Array(targets)
  const weights = learn(rows, examples, targets, terms.length, biases)
  return { terms, inverseFrequencies, targets, weights, biases, ...invertRows(rows, terms.length, examples) }
}

/**
 * Unit vector of the features. Unknown terms have no column but lengthen the vector: a question of which half is
 * unknown is half as similar to anything.
 */
function rowOf(
  features: Features,
  vocabulary: { terms: Uint32Array; inverseFrequencies: Float32Array; unknown: number },
): Row {
  const columns: number[] = []
  const values: number[] = []
  let squares = 0
  for (const [term, weight] of features) {
    const column = findTerm(vocabulary.terms, term)
    const worth = column < 0 ? vocabulary.unknown : vocabulary.inverseFrequencies[column]!
    const value = weight * worth * (isUnigram(term) ? unigramShare : 1)
    squares += value * value
    if (column < 0) continue
    columns.push(column)
    values.push(value)
  }
  const length = Math.sqrt(squares) || 1
  return { columns: Uint32Array.from(columns), values: Float32Array.from(values, (value) => value / length) }
}

/** Stochastic gradient descent with a falling step; deterministic. */
function learn(
  rows: readonly Row[],
  examples: readonly Example[],
  targets: number,
  columns: number,
  biases: Float32Array,
): Float32Array {
  const weights = new Float32Array(columns * targets)
  const averaged = new Float32Array(columns * targets)
  const order = Uint32Array.from(rows, (_, i) => i)
  const random = seededRandom()
  const thinned = makeThinning(rows)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    const step = learningRate * (1 - epoch / epochs) + 0.05
    for (const i of order) {
      const row = thinned(rows[i]!, random)
      const errors = softmax(linear(row, weights, biases))
      errors[examples[i]!.target]! -= 1
      for (let target = 0; target < targets; target++) biases[target]! -= step * errors[target]! * 0.1
      for (let k = 0; k < row.columns.length; k++) {
        const base = row.columns[k]! * targets
        const scaled = step * row.values[k]!
        for (let target = 0; target < targets; target++) weights[base + target]! -= scaled * errors[target]!
      }
    }
    if (epoch < epochs - epochsAveraged) continue
    for (let i = 0; i < weights.length; i++) averaged[i]! += weights[i]! / epochsAveraged
  }
  return averaged
}

/** Rows without a random part of their terms, the rest made as much heavier; each result lasts until the next. */
function makeThinning(rows: readonly Row[]): (row: Row, random: () => number) => Row {
  const longest = rows.reduce((most, { columns }) => Math.max(most, columns.length), 0)
  const columns = new Uint32Array(longest)
  const values = new Float32Array(longest)
  return (row, random) => {
    let kept = 0
    for (let k = 0; k < row.columns.length; k++) {
      if (random() < leftOut) continue
      columns[kept] = row.columns[k]!
      values[kept++] = row.values[k]! / (1 - leftOut)
    }
    return { columns: columns.subarray(0, kept), values: values.subarray(0, kept) }
  }
}

function linear(row: Row, weights: Float32Array, biases: Float32Array): Float64Array {
  const targets = biases.length
  const sums = Float64Array.from(biases)
  for (let k = 0; k < row.columns.length; k++) {
    const base = row.columns[k]! * targets
    const value = row.values[k]!
    for (let target = 0; target < targets; target++) sums[target]! += weights[base + target]! * value
  }
  return sums
}

function softmax(sums: Float64Array): Float64Array {
  let most = -Infinity
  for (const sum of sums) if (sum > most) most = sum
  let total = 0
  for (let i = 0; i < sums.length; i++) {
    sums[i] = Math.exp(sums[i]! - most)
    total += sums[i]!
  }
  for (let i = 0; i < sums.length; i++) sums[i]! /= total
  return sums
}

function seededRandom(): () => number {
  let state = 20260101
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x100000000
  }
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const held = order[i]!
    order[i] = order[j]!
    order[j] = held
  }
}

function invertRows(rows: readonly Row[], columns: number, examples: readonly Example[]) {
  const starts = new Uint32Array(columns + 1)
  for (const row of rows) for (const column of row.columns) starts[column + 1]!++
  for (let i = 0; i < columns; i++) starts[i + 1]! += starts[i]!
  const place = starts.slice()
  const exampleNumbers = new Uint32Array(starts[columns]!)
  const exampleWeights = new Float32Array(starts[columns]!)
  rows.forEach((row, number) => {
    for (let k = 0; k < row.columns.length; k++) {
      const at = place[row.columns[k]!]!++
      exampleNumbers[at] = number
      exampleWeights[at] = row.values[k]!
    }
  })
  const exampleTargets = Uint32Array.from(examples, ({ target }) => target)
  return { starts, exampleNumbers, exampleWeights, exampleTargets }
}

export interface HintReading {
  /** For each target the chance that the question is about it, by the regression; they sum to 1. */
  chances: Float64Array
  /** For each example its similarity to the question, 0 to 1 (cosine). */
  similarities: Float32Array
}

/** What the hints say of a question. */
export function readWithHints(model: HintModel, features: Features): HintReading {
  const unknown = Math.log(1 + (model.exampleTargets.length + 0.5) / 0.5)
  const row = rowOf(features, { terms: model.terms, inverseFrequencies: model.inverseFrequencies, unknown })
  const similarities = new Float32Array(model.exampleTargets.length)
  for (let k = 0; k < row.columns.length; k++) {
    const column = row.columns[k]!
    const value = row.values[k]!
    for (let at = model.starts[column]!; at < model.starts[column + 1]!; at++) {
      similarities[model.exampleNumbers[at]!]! += value * model.exampleWeights[at]!
    }
  }
  const sums = linear(row, model.weights, model.biases)
  return { chances: softmax(sums), similarities }
}

/** How similar the nearest examples of each target are, 0 to 1: half the nearest, half the mean of the four nearest. */
export function similarityByTarget(model: HintModel, { similarities }: HintReading): Float64Array {
  const { exampleTargets, targets } = model
  const top = new Float64Array(targets * 4)
  for (let example = 0; example < exampleTargets.length; example++) {
    let value = similarities[example]!
    const base = exampleTargets[example]! * 4
    if (value <= top[base + 3]!) continue
    for (let place = base; place < base + 4; place++) {
      const held = top[place]!
      if (value <= held) continue
      top[place] = value
      value = held
    }
  }
  return Float64Array.from({ length: targets }, (_, target) => {
    const [first, second, third, fourth] = top.subarray(target * 4, target * 4 + 4)
    return first! / 2 + (first! + second! + third! + fourth!) / 8
  })
}

/**
 * How far the hints of a document know questions like this one, 0 to 1. Four out of five questions about the
 * guideline have an example more similar than 0.17, nine out of ten about other laws have none (docs/search.md).
 */
export function familiarityOf(similarities: Float64Array): number {
  const most = Math.max(...similarities.subarray(0, -1))
  return Math.min(1, Math.max(0, (most - 0.08) / (0.2 - 0.08)))
}
