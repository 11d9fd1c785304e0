import type { Block, Card } from '../../../chat/card.ts'
import { translate } from '../../../messages/translate.ts'
import { wordsOf } from '../records.ts'
import { namesOf } from './group-card.ts'
import { type CardReader, momentOf, shorten, stateOf, textBlock } from './item-texts.ts'
import type { ItemView } from './views.ts'

/** Three buttons each. */
const mostShown = 6

/** What is not acknowledged, for whoever stands above those who have it: what since when, and what can be done. */
export function aboveCard(views: readonly ItemView[], reader: CardReader): Card {
  const { language } = reader
  const open = views.filter(({ row }) => row.state === 'open')
  // What is settled gives way to what is not.
  const ordered = [...open, ...views.filter(({ row }) => row.state !== 'open')]
  const shown = ordered.slice(0, mostShown)
  const rest = ordered.length - shown.length
  const key = open.length > 0 ? 'reminding:above.title' : 'reminding:above.over'
  return {
    tone: 'info',
    title: translate(language, key, { count: open.length }),
    blocks: [
      ...shown.flatMap((view) => lineOf(view, reader)),
      ...(rest > 0
        ? [{ type: 'note' as const, text: translate(language, 'reminding:above.more', { count: rest }) }]
        : []),
    ],
  }
}

function lineOf(view: ItemView, reader: CardReader): Block[] {
  const { row, reminder } = view
  const { language } = reader
  const values = {
    name: namesOf([view], language),
    title: shorten(wordsOf(reminder, language).title, 100),
    number: row.number,
    since: momentOf(view.dueAt, reader),
  }
  if (row.state !== 'open') {
    const state = stateOf(view, reader)
    return [textBlock(translate(language, 'reminding:above.settled', { ...values, state }))]
  }
  const button = (what: 'mark' | 'nudge' | 'hand-over', action: string, beside: boolean) => ({
    label: translate(language, `reminding:above.${what}`),
    ...{ action, value: { item: row.id } },
    ...(beside ? { opens: 'beside' as const } : {}),
  })
  return [
    textBlock(translate(language, 'reminding:above.line', values)),
    {
      type: 'buttons',
      buttons: [
        button('mark', 'reminders.mark', true),
        ...(row.person === null
          ? []
          : [button('nudge', 'reminders.nudge', false), button('hand-over', 'reminders.hand-over', true)]),
      ],
    },
  ]
}

/** The same for a group: who has not acknowledged, without anything to press. */
export function tellGroupCard(views: readonly ItemView[], reader: CardReader): Card {
  const { language } = reader
  const open = views.filter(({ row }) => row.state === 'open')
  const key = open.length > 0 ? 'reminding:above.group' : 'reminding:above.over'
  const matters = [...Map.groupBy(open, ({ reminder }) => reminder.id).values()]
  const lines = matters.slice(0, mostShown).map((some) => {
    const [first] = some as [ItemView, ...ItemView[]]
    return textBlock(
      translate(language, 'reminding:above.group-line', {
        ...{
          title: shorten(wordsOf(first.reminder, language).title, 100),
          since: momentOf(first.dueAt, reader),
        },
        names: namesOf(some, language),
      }),
    )
  })
  const rest = matters.length - lines.length
  const more = translate(language, 'reminding:above.more', { count: rest })
  return {
    tone: 'info',
    title: translate(language, key, { count: open.length }),
    blocks: [...lines, ...(rest > 0 ? [{ type: 'note' as const, text: more }] : [])],
  }
}
