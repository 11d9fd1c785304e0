import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { wordsOf } from '../records.ts'
import {
  type CardReader,
  factsOf,
  filesOf,
  handOverButton,
  mainButton,
  momentOf,
  notesOf,
  snoozeButton,
  stateOf,
  textBlock,
  titleOf,
} from './item-texts.ts'
import { type ItemView, isOfEach } from './views.ts'

/** As many names are written out. */
const mostNames = 20

/**
 * The items of one run that a group sees: who has acknowledged and who has not; where anybody may, who did, or who has taken
 * it over; where each is asked and nobody can tell who they are, who has.
 * @param views at least one.
 */
export function groupCard(views: readonly ItemView[], reader: CardReader): Card {
  const { language } = reader
  const [first] = views as readonly [ItemView, ...ItemView[]]
  const shared = views.find(({ row }) => row.person === null)
  const { text } = wordsOf(first.reminder, language)
  const blocks: Block[] = [
    ...(text === '' ? [] : [textBlock(text)]),
    { type: 'note', text: factsOf(shared ?? first, reader) },
    ...notesOf(asOfGroup(shared ?? first), reader),
    ...(shared
      ? ofAnybody(shared, views, reader)
      : [...whoHas(views, language), ...toPress(views, language)]),
  ]
  return { tone: 'info', title: titleOf(shared ?? first, language), blocks }
}

/** One person's item may be put off or handed over; the group is told so of what is its own alone. */
function asOfGroup(view: ItemView): ItemView {
  const { row } = view
  return { ...view, handedBy: '', row: row.person === null ? row : { ...row, snoozed_until: null } }
}

function toPress(views: readonly ItemView[], language: Language): Block[] {
  const open = views.find(({ row }) => row.state === 'open')
  if (!open) return []
  const key = open.reminder.each === 1 ? 'reminding:group.each' : 'reminding:group.anybody'
  return [
    { type: 'buttons', buttons: [groupButton(open, language)] },
    { type: 'note', text: translate(language, key) },
  ]
}

/** What one of the group does for all, or each does while the house cannot tell who they are. */
function ofAnybody(shared: ItemView, views: readonly ItemView[], reader: CardReader): Block[] {
  const { language } = reader
  const isOpen = shared.row.state === 'open'
  if (isOfEach(shared)) {
    const have = views.filter(({ row }) => row.person !== null)
    const state = isOpen ? [] : [textBlock(closedText(shared, reader))]
    return [
      ...whoHas(have, language),
      ...state,
      ...(isOpen
        ? [
            buttonsOf([groupButton(shared, language), closeButton(shared, language)]),
            { type: 'note' as const, text: translate(language, 'reminding:group.each-unknown') },
          ]
        : []),
    ]
  }
  // Whoever has taken it over, and to whom they gave it in their turn.
  const taken = views.filter(({ row }) => row.person !== null)
  return [
    textBlock(stateOf(shared, reader)),
    ...taken.map((view) =>
      textBlock(
        translate(language, 'reminding:group.taken', { name: view.holder, state: stateOf(view, reader) }),
      ),
    ),
    ...filesOf({ files: views.flatMap(({ files }) => files) }, language),
    ...(isOpen
      ? [
          buttonsOf([
            groupButton(shared, language),
            snoozeButton(shared, language),
            handOverButton(shared, language),
          ]),
          { type: 'note' as const, text: translate(language, 'reminding:group.anybody') },
        ]
      : []),
  ]
}

function closedText(shared: ItemView, reader: CardReader): string {
  const { row, closedBy } = shared
  if (row.state !== 'acknowledged') return stateOf(shared, reader)
  const at = momentOf(new Date(row.closed_at ?? reader.now), reader)
  const key = closedBy === '' ? 'reminding:group.closed' : 'reminding:group.closed-by'
  return translate(reader.language, key, { name: closedBy, at })
}

const buttonsOf = (buttons: Button[]): Block => ({ type: 'buttons', buttons })

function groupButton(view: ItemView, language: Language): Button {
  return mainButton(view, language, { run: view.row.run, position: String(view.row.position) })
}

function closeButton({ row }: ItemView, language: Language): Button {
  return {
    label: translate(language, 'reminding:group.close'),
    ...{ action: 'reminders.close', value: { item: row.id } },
  }
}

/** Who has and who has not, each with how many there are. */
function whoHas(views: readonly ItemView[], language: Language): Block[] {
  const line = (key: string, some: readonly ItemView[]): Block[] => {
    if (some.length === 0) return []
    const values = { count: some.length, names: namesOf(some, language) }
    return [textBlock(translate(language, key, values))]
  }
  return [
    ...line(
      'reminding:group.have',
      views.filter(({ row }) => row.state === 'acknowledged'),
    ),
    ...line(
      'reminding:group.have-not',
      views.filter(({ row }) => row.state === 'open'),
    ),
  ]
}

/** Names, and how many more there are. */
export function namesOf(views: readonly Pick<ItemView, 'holder'>[], language: Language): string {
  const names = views.map(({ holder }) => holder || translate(language, 'reminding:group.everybody'))
  const shown = names.slice(0, mostNames).join(language === 'en' ? ', ' : '、')
  if (names.length <= mostNames) return shown
  return translate(language, 'reminding:group.more', { names: shown, count: names.length })
}
