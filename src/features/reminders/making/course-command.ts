import type { Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Command } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { instantOf } from '../../../timers/recurrence/local-time.ts'
import type { RemindersContext } from '../context.ts'
import { type Reminder, readReminders, wordsOf } from '../records.ts'
import { type Maker, mayKeep, maySee } from './access.ts'
import { readCourse, readMoved, type SaidCourse } from './course-words.ts'
import { mustKeep } from './enter-form.ts'
import { keepException, pauseReminder, resumeReminder } from './keep-reminder.ts'
import { listOf } from './list-reminders.ts'
import type { Answer } from './making-commands.ts'
import { beyondOf } from './move-form.ts'
import { reminderCard, sayingCard } from './reminder-cards.ts'
import { viewOf } from './reminder-view.ts'
import { localOf, timeInWords } from './upcoming.ts'

/** Buttons of one card, where words fit several. */
const mostOffered = 8

/** 「暂停 TX-2026-0001」「跳过一次交月报的提醒」: what its buttons do, by words. */
export function courseCommand(context: RemindersContext, answer: Answer): Command {
  return {
    words: { 'zh-CN': [], en: [] },
    pattern: /tx-\d{4}-\d{4,6}|提醒/i,
    fits: async ({ message }) => readCourse(message.text) !== null,
    run: (turn) =>
      answer(turn, async (trx, maker) => {
        const said = readCourse(turn.message.text)!
        const found = await meantBy(trx, said, maker, turn.language)
        if (found.length !== 1) return several(found, said, turn.language)
        const card = await doCourse(trx, found[0]!, said, maker, turn.language)
        context.wakeWorkers()
        return card
      }),
  }
}

/** Those that somebody keeps and means. Throws PlainError for a number that there is not. */
async function meantBy(trx: Trx, said: SaidCourse, maker: Maker, language: Language): Promise<Reminder[]> {
  if (said.number !== null) {
    const row = await trx
      .selectFrom('reminder')
      .select('id')
      .where('number', '=', said.number)
      .executeTakeFirst()
    const [reminder] = row ? await readReminders(trx, [row.id]) : []
    if (!reminder || !(await maySee(trx, maker, reminder))) {
      throw new PlainError('reminders:unknown-number', { number: said.number })
    }
    return [reminder]
  }
  const listed = (await listOf(trx, maker, language)).filter(({ state }) => state !== 'draft')
  const exact = listed.filter(({ title }) => title === said.title)
  const fitting = exact.length > 0 ? exact : listed.filter(({ title }) => title.includes(said.title))
  const found = await readReminders(
    trx,
    fitting.slice(0, mostOffered).map(({ id }) => id),
  )
  const kept: Reminder[] = []
  for (const reminder of found) if (await mayKeep(trx, maker, reminder)) kept.push(reminder)
  return kept
}

/** Which one is meant is for whoever said it to choose: nothing is done to several. */
function several(found: readonly Reminder[], { title }: SaidCourse, language: Language): Card {
  if (found.length === 0) return sayingCard(translate(language, 'reminders:course.none', { title }))
  const buttons = found.map(
    ({ row }): Button => ({
      label: `${row.number} ${Array.from(wordsOf(row, language).title).slice(0, 20).join('')}`,
      ...{ action: 'reminders.show', value: { reminder: row.id }, opens: 'beside' },
    }),
  )
  return sayingCard(translate(language, 'reminders:course.which'), buttons)
}

async function doCourse(
  trx: Trx,
  reminder: Reminder,
  { course, to }: SaidCourse,
  maker: Maker,
  language: Language,
): Promise<Card> {
  const { row } = reminder
  const doing = { by: maker.person, now: maker.now }
  if (!(await mayKeep(trx, maker, reminder))) throw new PlainError('reminders:not-yours')
  if (row.state === 'ended') throw new PlainError('reminders:over')
  const show = async (said: string) => {
    const [changed] = await readReminders(trx, [row.id])
    return reminderCard(await viewOf(trx, changed!, maker, language), language, said)
  }
  if (course === 'end') {
    await mustKeep(trx, maker, reminder)
    return askToEnd(reminder, language)
  }
  if (course === 'pause') {
    await pauseReminder(trx, reminder, doing)
    return show(translate(language, 'reminders:receipt.paused'))
  }
  if (course === 'resume') {
    await resumeReminder(trx, reminder, doing)
    return show(translate(language, 'reminders:receipt.resumed'))
  }
  const { next_key: key, next_at: at, time_zone: zone } = row
  if (row.state !== 'active' || key === null || at === null) throw new PlainError('reminders:move.none')
  if (course === 'skip') {
    await keepException(trx, reminder, key, 'skip', doing)
    return show(translate(language, 'reminders:receipt.skipped'))
  }
  const moved = readMoved(to, localOf(new Date(at), zone), maker.now, zone)
  if (moved === null) throw new PlainError('reminders:course.to-when', { number: row.number })
  if (instantOf(moved, zone) <= maker.now) throw new PlainError('reminders:move.past')
  const beyond = await beyondOf(trx, reminder, key, moved, maker.now)
  if (beyond) throw new PlainError('reminders:move.beyond', { when: timeInWords(beyond, language) })
  await keepException(trx, reminder, key, moved, doing)
  return show(translate(language, 'reminders:receipt.moved', { to: moved.replace('T', ' ') }))
}

/** An end cannot be taken back, and its button stands beside harmless ones: it is asked for once more. */
export function askToEnd({ row }: Reminder, language: Language): Card {
  const sure: Button = {
    label: translate(language, 'reminders:do.end-sure'),
    ...{ action: 'reminders.end-sure', value: { reminder: row.id }, opens: 'here', style: 'primary' },
  }
  const values = { number: row.number, title: wordsOf(row, language).title }
  return sayingCard(translate(language, 'reminders:receipt.end-sure', values), [sure])
}
