import type { Block, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { type CardReader, factsOf, mainButton, notesOf, stateOf, textBlock, titleOf } from './item-texts.ts'
import type { ItemView } from './views.ts'

/** As many names are written out. */
const mostNames = 20

/**
 * The items of one run that a group sees: who has acknowledged and who has not, or, where anybody may, who did.
 * @param views at least one.
 */
export function groupCard(views: readonly ItemView[], reader: CardReader): Card {
  const { language } = reader
  const [first] = views as readonly [ItemView, ...ItemView[]]
  const open = views.filter(({ row }) => row.state === 'open')
  const { reminder, row } = first
  const anybody = views.every((view) => view.row.person === null)
  const blocks: Block[] = [
    ...(reminder.text === '' ? [] : [textBlock(reminder.text)]),
    { type: 'note', text: factsOf(first, reader) },
    ...notesOf({ ...first, handedBy: '', row: { ...row, snoozed_until: null } }, reader),
    ...(anybody ? [textBlock(stateOf(first, reader))] : whoHas(views, language)),
  ]
  if (open.length > 0) {
    const value = { run: row.run, position: String(row.position) }
    blocks.push({ type: 'buttons', buttons: [mainButton(open[0]!, language, value)] })
    const key = reminder.each === 1 && !anybody ? 'reminding:group.each' : 'reminding:group.anybody'
    blocks.push({ type: 'note', text: translate(language, key) })
  }
  return { tone: 'info', title: titleOf(first, language), blocks }
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
