import { readFileSync } from 'node:fs'
import { readSentence } from '../src/features/submissions/collect/read-sentence.ts'
import type { Kind } from '../src/features/submissions/definition/schema.ts'

/** A sentence as somebody types it to the bot, and what it is. */
export interface Labelled {
  id: string
  /** Rules were changed after looking at the tuned ones; the others were only counted. Blind sets name none. */
  use?: 'tuned' | 'measured'
  /** The kind that it sends in, or `question`, or `talk`, or `command`. */
  is: string
  text: string
}

/** @param set The part of a file's name after `sentences`, such as `-blind`. */
export function readLabelled(set = ''): Labelled[] {
  return readFileSync(`test/data/sentences${set}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled)
}

/** What of the sentences opens a form, and whether it is the right one. Kinds that are not there are nobody's miss. */
export function rateReading(sentences: readonly Labelled[], kinds: readonly Kind[]) {
  const known = new Set(kinds.map(({ kind }) => kind))
  const wrong: string[] = []
  const missed: string[] = []
  const rate = { opened: 0, right: 0, wanted: 0, wrong, missed }
  for (const { text, is } of sentences) {
    const kind = readSentence(text, kinds)?.kind.kind ?? null
    if (kind !== null) rate.opened += 1
    if (known.has(is)) rate.wanted += 1
    if (kind === is) rate.right += 1
    else if (kind !== null) wrong.push(`${kind} for ${is}: ${text}`)
    if (known.has(is) && kind !== is) missed.push(`${is}: ${text}`)
  }
  return rate
}

/** Of one kind: how many sentences opened its form, how many of these rightly, and how many should have. */
export interface KindRate {
  kind: string
  opened: number
  right: number
  wanted: number
}

/** The same, kind by kind, in the order of the kinds. */
export function ratesByKind(sentences: readonly Labelled[], kinds: readonly Kind[]): KindRate[] {
  const read = sentences.map(({ text, is }) => ({ is, kind: readSentence(text, kinds)?.kind.kind ?? null }))
  return kinds.map(({ kind }) => ({
    kind,
    opened: read.filter((one) => one.kind === kind).length,
    right: read.filter((one) => one.kind === kind && one.is === kind).length,
    wanted: read.filter(({ is }) => is === kind).length,
  }))
}
