import type { Language } from '../../chat/language.ts'
import type { Command } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import { type Saying, sayingsOf, type Theme, themes } from './themes.ts'

/** What is meant by the words after 帮助: a theme, or all that is said with these words. */
export type Meant = { theme: Theme } | { sayings: Saying[] }

/** Fewer characters stand in many words. */
const shortest: Record<Language, number> = { 'zh-CN': 2, en: 4 }

/**
 * What somebody wants to know how to do; null: nothing that is known. `apart`: the words stood apart from 帮助, so that
 * a part of a title is enough; without that 帮助企业 is the beginning of a question.
 */
export function findMeant(words: string, language: Language, apart: boolean): Meant | null {
  const wanted = words.trim().toLowerCase()
  const titles = themes.map((theme) => ({ theme, title: translate(language, theme.title).toLowerCase() }))
  const sayings = themes.flatMap((theme) => sayingsOf(theme, language))
  const isSame = ({ say }: Saying) => say.toLowerCase() === wanted
  const named = titles.find(({ title }) => title === wanted)
  if (named) return { theme: named.theme }
  if (sayings.some(isSame) && !apart) return { sayings: sayings.filter(isSame) }
  if (!apart || wanted.length < shortest[language]) return null
  const partly = titles.find(({ title }) => title.includes(wanted))
  if (partly) return { theme: partly.theme }
  const found = sayings.filter(({ say }) => say.toLowerCase().includes(wanted))
  return found.length > 0 ? { sayings: found } : null
}

/** No command means this, so a pattern that takes it takes everything. */
const nonsense = '咕咚呱唧'

/** Whether a command of these is reached by saying it. What it takes everything by is no sign that it is meant. */
export function isReached({ words, pattern }: Command, say: string): boolean {
  const said = say.toLowerCase()
  if (Object.values(words).flat().includes(said)) return true
  if (!pattern?.test(said)) return false
  return !pattern.test(nonsense)
}

/** What the themes do not name, by the first of its words: a kind of submission that was added as data. */
export function unnamed(commands: readonly Command[], language: Language): string[] {
  const sayings = themes.flatMap((theme) => sayingsOf(theme, language))
  return commands
    .filter((command) => !sayings.some(({ say }) => isReached(command, say)))
    .flatMap(({ words }) => words[language].slice(0, 1))
}
