import { pinyin } from 'pinyin-pro'
import { seededRandom } from './seeded-random.ts'

/** A question as somebody typed it, with the turns before it, oldest first. */
export interface AskedQuestion {
  question: string
  history: string[]
}

type Change = (question: string, random: () => number) => string

const framings = {
  zh: [
    (text: string) => `你好，${text}`,
    (text: string) => `请问${text}`,
    (text: string) => `领导让我问一下，${text}`,
    (text: string) => `${text}麻烦说一下，谢谢`,
    (text: string) => `想了解一下：${text}`,
  ],
  en: [
    (text: string) => `Hi, ${text}`,
    (text: string) => `Could you tell me: ${text}`,
    (text: string) => `${text} Thanks!`,
  ],
}

const changes: Change[] = [
  mistakeForHomophone,
  mistakeForHomophone,
  dropCharacter,
  doubleCharacter,
  reorder,
  frame,
]

/**
 * As many questions as are wanted: first the given ones as they are, then each of them varied in turn by one or
 * two of these: a homophone typed for a character, a character lost or doubled, the parts between commas in
 * another order, words of courtesy around it. The same questions and seed give the same result.
 */
export function varyQuestions(questions: readonly AskedQuestion[], count: number, seed = 1): AskedQuestion[] {
  if (questions.length === 0) return []
  return Array.from({ length: count }, (_, i) => {
    const { question, history } = questions[i % questions.length]!
    if (i < questions.length) return { question, history }
    const random = seededRandom(seed * 1_000_003 + i)
    let varied = question
    for (let left = random() < 0.5 ? 1 : 2; left > 0; left--) varied = pick(changes, random)(varied, random)
    return { question: varied, history }
  })
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!
}

/** Places of the letters and Han characters: what a slip of the hand falls on. */
function lettersOf(question: string): number[] {
  return [...question.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => index)
}

function dropCharacter(question: string, random: () => number): string {
  const letters = lettersOf(question)
  // A question of two letters would be left with one, which nobody would send.
  if (letters.length < 3) return question
  const at = pick(letters, random)
  return question.slice(0, at) + question.slice(at + 1)
}

function doubleCharacter(question: string, random: () => number): string {
  const letters = lettersOf(question)
  if (letters.length === 0) return question
  const at = pick(letters, random)
  return question.slice(0, at + 1) + question.slice(at)
}

function mistakeForHomophone(question: string, random: () => number): string {
  const places = [...question.matchAll(/[\u4e00-\u9fff]/g)].map(({ index }) => index)
  if (places.length === 0) return dropCharacter(question, random)
  const at = pick(places, random)
  const others = soundingLike(question[at]!)
  return others.length === 0
    ? question
    : question.slice(0, at) + pick(others, random) + question.slice(at + 1)
}

function reorder(question: string, random: () => number): string {
  const [, body, end] = /^(.*?)([?？。!！]*)$/s.exec(question)!
  const comma = body!.includes('，') ? '，' : ','
  const parts = body!.split(/[，,]\s*/)
  if (parts.length < 2) return frame(question, random)
  const turn = 1 + Math.floor(random() * (parts.length - 1))
  const turned = [...parts.slice(turn), ...parts.slice(0, turn)]
  return turned.join(comma === '，' ? comma : ', ') + end
}

function frame(question: string, random: () => number): string {
  return pick(/[\u4e00-\u9fff]/.test(question) ? framings.zh : framings.en, random)(question)
}

let bySound: Map<string, string[]> | undefined

/** Common characters with the same sound, tone aside. */
function soundingLike(char: string): string[] {
  bySound ??= Map.groupBy(commonCharacters(), soundOf)
  return (bySound.get(soundOf(char)) ?? []).filter((other) => other !== char)
}

function soundOf(char: string): string {
  return pinyin(char, { toneType: 'none' })
}

/** The 3,755 characters of the first level of GB 2312, which input methods offer first. */
function commonCharacters(): string[] {
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++) bytes.push(row, cell)
  }
  return [...new TextDecoder('gb18030').decode(Uint8Array.from(bytes))]
}
