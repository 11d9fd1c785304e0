import type { Block, Card } from '../../../chat/card.ts'
import { translate } from '../../../messages/translate.ts'
import {
  type CardReader,
  factsOf,
  mainButton,
  notesOf,
  shorten,
  snoozeButton,
  stateOf,
  titleOf,
} from './item-texts.ts'
import { type ItemView, isOfEach } from './views.ts'

/** Two buttons each: more do not fit one message of every platform. */
const mostInDigest = 8

/**
 * Several items of one person, a line with its buttons each. Of more than fit the first are shown, and how the others are
 * come by.
 * @param from how many of them are left out at the beginning.
 */
export function digestCard(
  views: readonly ItemView[],
  reader: CardReader,
  { from = 0, choose = false }: { from?: number; choose?: boolean } = {},
): Card {
  const { language } = reader
  const shown = views.slice(from, from + mostInDigest)
  const open = views.filter(({ row }) => row.state === 'open').length
  const rest = views.length - from - shown.length
  const sample = shown.find(({ row }) => row.state === 'open')
  const blocks: Block[] = [
    ...(choose ? [{ type: 'note' as const, text: translate(language, 'reminding:digest.choose') }] : []),
    ...shown.flatMap((view) => lineOf(view, reader)),
  ]
  if (rest > 0) {
    blocks.push({
      type: 'buttons',
      buttons: [
        {
          label: translate(language, 'reminding:digest.more', { count: rest }),
          ...{ action: 'reminders.list', value: { from: String(from + mostInDigest) }, opens: 'beside' },
        },
      ],
    })
  }
  if (sample && !choose) {
    const { number } = sample.row
    blocks.push({ type: 'note', text: translate(language, 'reminding:digest.words', { number }) })
  }
  const key = open > 0 ? 'reminding:digest.title' : 'reminding:digest.over'
  return { tone: 'info', title: translate(language, key, { count: open }), blocks }
}

function lineOf(view: ItemView, reader: CardReader): Block[] {
  const { language } = reader
  const isOpen = view.row.state === 'open'
  return [
    {
      type: 'text',
      runs: [
        { text: shorten(titleOf(view, language), 100), strong: isOpen },
        ...(isOpen ? [] : [{ text: ` · ${stateOf(view, reader)}` }]),
      ],
    },
    { type: 'note', text: factsOf(view, reader) },
    ...(isOpen ? notesOf(view, reader) : []),
    ...(isOpen
      ? [
          {
            type: 'buttons' as const,
            buttons: [mainButton(view, language), ...(isOfEach(view) ? [] : [snoozeButton(view, language)])],
          },
        ]
      : []),
  ]
}
