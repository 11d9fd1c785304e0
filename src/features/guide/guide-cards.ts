import { type Block, type Button, type Card, plain, type Run } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Meant } from './find-sayings.ts'
import { type Circle, circles, type Saying, sayingsOf, themes } from './themes.ts'

/** Who reads, and what there is to say to the house. */
export interface GuideReader {
  language: Language
  /** The innermost circle in which they stand. */
  circle: Circle
  /** Whether saying it does something in this house: kinds of submissions are data, and may be missing. */
  works(say: string): boolean
  /** Whether it is a command as it stands: an example has a number or a name in it, and is about nothing of theirs. */
  isWord(say: string): boolean
  /** Words that no theme names. */
  others: readonly string[]
}

/** Fits a row of buttons on every platform, with one more. */
const mostButtons = 24

/** 帮助: a button for each theme of which the reader can use something. */
export function guideCard(reader: GuideReader): Card {
  const { language, circle, others } = reader
  const say = (key: string) => translate(language, key)
  const buttons = themes
    .filter((theme) => visible(sayingsOf(theme, language), reader).length > 0)
    .map(({ title }) => button(say(title), helpWith(say(title), language)))
  const blocks: Block[] = [
    { type: 'text', runs: plain(say('guide:card.text')) },
    { type: 'buttons', buttons },
  ]
  if (others.length > 0) {
    blocks.push({ type: 'note', text: say('guide:theme.more') })
    blocks.push({ type: 'buttons', buttons: others.slice(0, mostButtons).map((word) => button(word, word)) })
  }
  if (circle === 'all') blocks.push({ type: 'note', text: say('guide:card.guest') })
  return { tone: 'info', title: say('guide:card.title'), blocks }
}

/** Words with what comes of them, and a button for each that can be said as it stands. */
export function sayingsCard(meant: Meant, words: string, reader: GuideReader): Card {
  const { language } = reader
  const say = (key: string, values = {}) => translate(language, key, values)
  const all = 'theme' in meant ? sayingsOf(meant.theme, language) : meant.sayings
  const theirs = visible(all, reader)
  // Whoever asks for what is not theirs learns whose it is.
  const shown = theirs.length > 0 ? theirs : all.filter(({ say }) => reader.works(say))
  const blocks: Block[] = []
  const common = shown.filter(({ circle }) => circle !== 'office')
  const office = shown.filter(({ circle }) => circle === 'office')
  if (common.length > 0) blocks.push({ type: 'list', items: common.map((one) => lineOf(one, language)) })
  if (office.length > 0) {
    blocks.push({ type: 'note', text: say('guide:theme.for-office') })
    blocks.push({ type: 'list', items: office.map((one) => lineOf(one, language)) })
  }
  const buttons = (theirs.length > 0 ? shown : [])
    .filter(({ say }) => reader.isWord(say))
    .slice(0, mostButtons)
    .map(({ say }) => button(say, say))
  buttons.push(button(say('guide:theme.all-themes'), helpWith('', language)))
  blocks.push({ type: 'buttons', buttons })
  const title = 'theme' in meant ? say(meant.theme.title) : say('guide:theme.found', { words })
  return { tone: 'info', title, blocks }
}

function visible(sayings: readonly Saying[], { circle, works }: GuideReader): Saying[] {
  const within = circles.slice(0, circles.indexOf(circle) + 1)
  return sayings.filter((one) => within.includes(one.circle) && works(one.say))
}

function lineOf({ say, what }: Saying, language: Language): Run[] {
  return [{ text: say, strong: true }, { text: translate(language, 'guide:theme.what', { what }) }]
}

function helpWith(words: string, language: Language): string {
  return `${language === 'en' ? 'help' : '帮助'} ${words}`.trim()
}

function button(label: string, text: string): Button {
  return { label, action: 'ask', value: { text } }
}
