import type { CommonWords } from './common-words.ts'
import type { Features } from './hint-classifier.ts'
import { normalise } from './normalise.ts'
import type { SoundTable } from './sound.ts'
import { correctSpelling, type Frequency } from './spelling.ts'
import { type Term, termsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a term counts that was not typed but meant: by a mended spelling, or by the word that documents use. */
const mendedShare = 0.7
const officialShare = 0.5

/** The terms of an authored text (a hint, a sentence of a clause) with the official words for its ordinary ones. */
export function textFeatures(normalised: string, vocabulary: Vocabulary): Map<Term, number> {
  const features = new Map<Term, number>()
  addTerms(features, normalised, 1)
  addOfficialWords(features, normalised, vocabulary)
  return features
}

function addTerms(features: Map<Term, number>, normalised: string, weight: number): void {
  for (const term of termsOf(normalised)) {
    if ((features.get(term) ?? 0) < weight) features.set(term, weight)
  }
}

function addOfficialWords(features: Map<Term, number>, normalised: string, vocabulary: Vocabulary): void {
  for (const { official } of vocabulary.officialWordsIn(normalised)) {
    // An ordinary word that stands for many official ones says less of each.
    for (const name of official) addTerms(features, name, officialShare / Math.sqrt(official.length))
  }
}

export interface QuestionReading {
  /** As typed, normalised. */
  typed: string
  /** As probably meant; equal to `typed` where nothing was mended. */
  meant: string
  features: Features
}

/** A question as it will be searched: its terms, those of its mended spelling, and the official words for both. */
export function readQuestion(
  question: string,
  vocabulary: Vocabulary,
  frequency: Frequency,
  sounds: SoundTable,
  commonWords: CommonWords,
): QuestionReading {
  const typed = normalise(question)
  const meant = correctSpelling(typed, frequency, sounds, commonWords)
  const features = new Map<Term, number>()
  addTerms(features, typed, 1)
  if (meant !== typed) addTerms(features, meant, mendedShare)
  addOfficialWords(features, meant, vocabulary)
  return { typed, meant, features }
}
