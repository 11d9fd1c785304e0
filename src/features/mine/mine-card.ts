import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Mine } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'

/** A card of the conversation can be renewed in place; a home page is drawn anew by its platform. */
export type Surface = 'card' | 'home'

/** Items of a group. */
const mostListed = 5
/** Buttons of the card: what a card of either messenger holds with the lines above them. */
const mostButtons = 36
/** Characters of a title and of a state, each of which is one line. */
const longestLine = 90

/** In what a button carries: the action of its own feature, and where the card stands. */
const doKey = '$do'
const atKey = '$at'

/** The groups that hold something, what somebody waits for first. */
export function inOrder(groups: readonly Mine[]): Mine[] {
  const kinds: Mine['kind'][] = ['to-do', 'unfinished', 'own']
  return kinds.flatMap((wanted) => groups.filter(({ kind, count }) => kind === wanted && count > 0))
}

/** All that is somebody's own on one card; with nothing there, what can be done instead. */
export function mineCard(groups: readonly Mine[], language: Language, surface: Surface): Card {
  const shown = inOrder(groups)
  const title = translate(language, 'mine:title')
  if (shown.length === 0) return { tone: 'info', title, blocks: emptyBlocks(language) }
  const most = mostOfEach(shown)
  const refresh = { label: translate(language, 'mine:refresh'), action: 'mine.refresh', value: {} }
  const blocks = shown.flatMap((group, at): Block[] => {
    const isLast = at === shown.length - 1
    return [
      ...(at > 0 ? [{ type: 'divider' as const }] : []),
      ...itemBlocks(group, most, language, surface),
      {
        type: 'buttons',
        buttons: [allOf(group, language), ...(isLast && surface === 'card' ? [refresh] : [])],
      },
    ]
  })
  return { tone: 'info', title, blocks }
}

/** How many items of each group fit with their buttons. */
function mostOfEach(groups: readonly Mine[]): number {
  for (let most = mostListed; most > 1; most -= 1) {
    const perGroup = groups.map(({ items }) =>
      items.slice(0, most).reduce((sum, { buttons }) => sum + Math.min(2, buttons.length), 1),
    )
    if (perGroup.reduce((sum, count) => sum + count, 1) <= mostButtons) return most
  }
  return 1
}

function itemBlocks(group: Mine, most: number, language: Language, surface: Surface): Block[] {
  const heading = translate(language, 'mine:heading', { title: group.title, count: group.count })
  return [
    { type: 'text', runs: [{ text: heading, strong: true }] },
    ...group.items.slice(0, most).flatMap(({ title, state, buttons }): Block[] => [
      // One block, for the elements of a card are counted.
      { type: 'text', runs: plain(`${cut(title)}\n${cut(state)}`) },
      ...(buttons.length > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: buttons.slice(0, 2).map((button) => carriedOutHere(button, surface)),
            },
          ]
        : []),
    ]),
  ]
}

function allOf({ more }: Mine, language: Language): Button {
  return { label: translate(language, 'mine:all'), action: 'ask', value: { text: more } }
}

function emptyBlocks(language: Language): Block[] {
  const words = (key: string): Button => {
    const text = translate(language, key)
    return { label: text, action: 'ask', value: { text } }
  }
  return [
    { type: 'text', runs: plain(translate(language, 'mine:none')) },
    { type: 'note', text: translate(language, 'mine:what-comes') },
    { type: 'buttons', buttons: [words('mine:ask'), words('mine:person'), words('mine:help')] },
  ]
}

/** The same button, which afterwards has this card renewed instead of its feature's own card put in the place. */
function carriedOutHere(button: Button, surface: Surface): Button {
  if (button.action === 'ask') return button
  const at = surface === 'home' ? { [atKey]: surface } : {}
  return { ...button, action: 'mine.do', value: { ...button.value, [doKey]: button.action, ...at } }
}

/** What `carriedOutHere` put into a button; what a button carries may be anything. */
export function readCarried(carried: Record<string, string>): {
  action: string
  value: Record<string, string>
  surface: Surface
} {
  const { [doKey]: action = '', [atKey]: at, ...value } = carried
  return { action, value, surface: at === 'home' ? 'home' : 'card' }
}

/** What a card says in its first words, for a line beside the one that stays. */
export function firstWords({ title, blocks }: Card): string {
  if (title !== undefined) return title
  const first = blocks.find((block) => block.type === 'text')
  return first ? first.runs.map(({ text }) => text).join('') : ''
}

function cut(text: string): string {
  const letters = Array.from(text.replace(/\s*\n\s*/g, ' '))
  return letters.length > longestLine ? `${letters.slice(0, longestLine - 1).join('')}…` : letters.join('')
}
