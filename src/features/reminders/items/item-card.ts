import type { Block, Card } from '../../../chat/card.ts'
import { translate } from '../../../messages/translate.ts'
import { wordsOf } from '../records.ts'
import {
  type CardReader,
  factsOf,
  filesOf,
  handOverButton,
  mainButton,
  notesOf,
  snoozeButton,
  stateOf,
  textBlock,
  titleOf,
} from './item-texts.ts'
import { type ItemView, isOfEach } from './views.ts'

/** One item, for whoever has it: what to do as long as it is open, then what became of it. */
export function itemCard(view: ItemView, reader: CardReader): Card {
  const { row, reminder } = view
  const { language } = reader
  const isOpen = row.state === 'open'
  const { text } = wordsOf(reminder, language)
  const blocks: Block[] = [
    ...(text === '' ? [] : [textBlock(text)]),
    ...(isOpen ? [] : [textBlock(stateOf(view, reader))]),
    ...(row.state === 'acknowledged' && row.note !== ''
      ? [textBlock(translate(language, 'reminding:fact.note', { note: row.note }))]
      : []),
    ...filesOf(view, language),
    { type: 'note', text: factsOf(view, reader) },
    ...notesOf(view, reader),
  ]
  if (isOpen) {
    const buttons = [
      mainButton(view, language),
      ...(isOfEach(view) ? [] : [snoozeButton(view, language), handOverButton(view, language)]),
    ]
    blocks.push({ type: 'buttons', buttons })
    const values = { number: row.number }
    blocks.push({ type: 'note', text: translate(language, `reminding:means.${reminder.means}`, values) })
  }
  return { tone: 'info', title: titleOf(view, language), blocks }
}

/** In place of a message whose items are shown again further down. */
export function pointerCard({ language }: Pick<CardReader, 'language'>): Card {
  return {
    tone: 'info',
    blocks: [textBlock(translate(language, 'reminding:pointer'))],
  }
}

/** To when an item is put off, to choose. */
export function snoozeCard(view: ItemView, { language }: Pick<CardReader, 'language'>): Card {
  const value = { item: view.row.id }
  const choice = (until: 'hour' | 'tomorrow' | 'working-day') => ({
    label: translate(language, `reminding:delay.${until}`),
    ...{ action: 'reminders.snooze-for', value: { ...value, until } },
  })
  return {
    tone: 'info',
    title: titleOf(view, language),
    blocks: [
      textBlock(
        translate(language, view.row.person === null ? 'reminding:delay.ask-group' : 'reminding:delay.ask', {
          number: view.row.number,
        }),
      ),
      {
        type: 'buttons',
        buttons: [
          ...[choice('hour'), choice('tomorrow'), choice('working-day')],
          {
            label: translate(language, 'reminding:delay.day'),
            ...{ action: 'reminders.snooze-to', value, opens: 'beside' },
          },
        ],
      },
    ],
  }
}

/** A sentence that answers what was typed or sent in. */
export function saidCard(text: string, tone: Card['tone'] = 'info'): Card {
  return { tone, blocks: [textBlock(text)] }
}
