import { DateTime } from 'luxon'
import type { Block, Button } from '../../../chat/card.ts'
import { plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { showDay } from '../../../timers/calendar/show-day.ts'
import { wordsOf } from '../records.ts'
import { type ItemView, isUrgent, stepsOf } from './views.ts'

/** Whoever reads a card. */
export interface CardReader {
  language: Language
  /** IANA name. */
  zone: string
  now: Date
}

/** A moment as its reader's clock shows it: 3月2日周一 09:00. */
export function momentOf(at: Date, { language, zone, now }: CardReader): string {
  const time = DateTime.fromJSDate(at, { zone }).toFormat('HH:mm')
  return `${showDay(dayIn(zone, at), language, dayIn(zone, now))} ${time}`
}

/** 【提醒】 and the title, or 【加急】 where it presses. */
export function titleOf(view: ItemView, language: Language): string {
  const key = isUrgent(view) ? 'reminding:title.urgent' : 'reminding:title.usual'
  return translate(language, key, { title: wordsOf(view.reminder, language).title })
}

/** Number, when it was due, of whom. */
export function factsOf(view: ItemView, reader: CardReader): string {
  const { language } = reader
  const from =
    view.from === '' ? [] : [translate(language, 'reminding:fact.from', { from: shorten(view.from, 60) })]
  const due = translate(language, 'reminding:fact.due', { at: momentOf(view.dueAt, reader) })
  return [view.row.number, due, ...from].join(' · ')
}

/** What is to be known beside it: that it comes late, once more, from a colleague, or was put off. */
export function notesOf(view: ItemView, reader: CardReader): Block[] {
  const { language } = reader
  const { row, late, handedBy } = view
  const note = (key: string, values: Record<string, string> = {}): Block => ({
    type: 'note',
    text: translate(language, key, values),
  })
  return [
    ...(late ? [note('reminding:note.late', { at: momentOf(view.dueAt, reader) })] : []),
    ...(view.told > 1 && row.state === 'open' ? [note('reminding:note.again', toldOf(view, reader))] : []),
    ...(handedBy === '' ? [] : [note('reminding:note.handed', { name: handedBy })]),
    ...(row.snoozed_until !== null && row.state === 'open'
      ? [note('reminding:note.snoozed', { at: momentOf(new Date(row.snoozed_until), reader) })]
      : []),
  ]
}

/** Which time it is told, since when it waits, and who hears of it next; empty: nobody else. */
function toldOf(view: ItemView, reader: CardReader): Record<string, string> {
  const next = stepsOf(view.reminder)[view.row.step]?.to
  const above = next === 'superior' || next === 'group' || next === 'owner' ? next : null
  return {
    times: String(view.told),
    at: momentOf(new Date(view.row.opened_at), reader),
    next: above === null ? '' : translate(reader.language, `reminding:note.next.${above}`),
  }
}

/** What answers a press or a word: which item it was, and what else is to be said. */
export function saidOf(
  { row, reminder }: Pick<ItemView, 'row' | 'reminder'>,
  language: Language,
  key: 'known' | 'done' | 'put-off',
  values: Record<string, string> = {},
): string {
  const title = shorten(wordsOf(reminder, language).title, 60)
  return translate(language, `reminding:said.${key}`, { title, number: row.number, ...values })
}

/** The names of what was sent in with it; the files themselves are in the console. */
export function filesOf({ files }: Pick<ItemView, 'files'>, language: Language): Block[] {
  if (files.length === 0) return []
  const names = files.map((name) => shorten(name, 60)).join(language === 'en' ? ', ' : '、')
  return [textBlock(translate(language, 'reminding:fact.files', { names }))]
}

/** What became of an item, on one line; of an open one that it waits. */
export function stateOf(view: ItemView, reader: CardReader): string {
  const { row, reminder, closedBy, handedTo } = view
  const { language } = reader
  if (row.state === 'open') return translate(language, 'reminding:state.open')
  if (row.state === 'handed-over')
    return translate(language, 'reminding:state.handed-over', { name: handedTo })
  if (row.state === 'ended') return translate(language, row.note || 'reminding:ended.over')
  const at = momentOf(new Date(row.closed_at ?? reader.now), reader)
  const key = reminder.means === 'know' ? 'reminding:state.known' : 'reminding:state.done'
  const said = closedBy === '' ? at : `${closedBy}，${at}`
  return translate(language, key, { who: language === 'en' ? said.replace('，', ', ') : said })
}

/** By what it is acknowledged. */
export function mainButton(
  { row, reminder }: Pick<ItemView, 'row' | 'reminder'>,
  language: Language,
  value: Record<string, string> = { item: row.id },
): Button {
  const button = {
    know: { key: 'reminding:button.know', action: 'reminders.acknowledge' },
    done: { key: 'reminding:button.done', action: 'reminders.done' },
    form: { key: 'reminding:button.form', action: 'reminders.fill-in' },
  }[reminder.means]
  return {
    label: translate(language, button.key),
    ...{ action: button.action, value, style: 'primary' },
    ...(reminder.means === 'know' ? {} : { opens: 'beside' as const }),
  }
}

export function snoozeButton({ row }: Pick<ItemView, 'row'>, language: Language): Button {
  return {
    label: translate(language, 'reminding:button.snooze'),
    ...{ action: 'reminders.snooze', value: { item: row.id }, opens: 'beside' },
  }
}

export function handOverButton({ row }: Pick<ItemView, 'row'>, language: Language): Button {
  return {
    label: translate(language, 'reminding:button.hand-over'),
    ...{ action: 'reminders.hand-over', value: { item: row.id }, opens: 'beside' },
  }
}

/** Long texts of people are shown whole on the item's own card only. */
export function shorten(text: string, most: number): string {
  const letters = Array.from(text)
  return letters.length > most ? `${letters.slice(0, most).join('')}……` : text
}

export function textBlock(text: string): Block {
  return { type: 'text', runs: plain(text) }
}
