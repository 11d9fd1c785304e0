import type { FormDefinition } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { instantOf } from '../../../timers/recurrence/local-time.ts'
import type { Occurrence } from '../../../timers/recurrence/occurrences.ts'
import type { LocalTime } from '../../../timers/recurrence/rule.ts'
import { type Reminder, readReminders } from '../records.ts'
import { makerOf, mayKeep } from './access.ts'
import { keepException } from './keep-reminder.ts'
import { reminderCard } from './reminder-cards.ts'
import { viewOf } from './reminder-view.ts'
import { followingOf, timeInWords } from './upcoming.ts'

/** 改期一次: the next time alone is moved; those after it stay as they are. */
export const moveForm: FormDefinition = {
  name: 'reminders.move',
  version: 1,
  title: 'reminders:move.form-title',
  subject: '{{number}}',
  seenBy: null,
  pages: [
    {
      name: 'move',
      intro: ['reminders:move.intro'],
      fields: [
        { name: 'day', type: 'date', label: 'reminders:form.day', required: true },
        { name: 'time', type: 'time', label: 'reminders:form.time', required: true },
      ],
      async check({ db, values: { day, time }, context, now, language }) {
        if (typeof day !== 'string' || typeof time !== 'string') return {}
        const to: LocalTime = `${day}T${time}`
        if (instantOf(to, context.zone ?? '') <= now)
          return { day: { key: 'reminders:move.past', values: {} } }
        const [reminder] = await readReminders(db, [context.reminder ?? ''])
        const beyond = reminder && (await beyondOf(db, reminder, context.key ?? '', to, now))
        if (!beyond) return {}
        return { day: { key: 'reminders:move.beyond', values: { when: timeInWords(beyond, language) } } }
      },
    },
  ],
  async submit({ trx, now, language, person, values, context }) {
    const maker = await makerOf(trx, person, now)
    const [reminder] = await readReminders(trx, [context.reminder ?? ''])
    if (!reminder) throw new PlainError('reminders:gone')
    if (!(await mayKeep(trx, maker, reminder))) throw new PlainError('reminders:not-yours')
    const to: LocalTime = `${String(values.day)}T${String(values.time)}`
    if (instantOf(to, reminder.row.time_zone) <= now) throw new PlainError('reminders:move.past')
    // Somebody else may have moved on meanwhile: what is moved is the time that was shown.
    if (reminder.row.state !== 'active' || reminder.row.next_key !== context.key) {
      throw new PlainError('reminders:move.passed')
    }
    // Own days of the organisation may have moved the one after it meanwhile.
    const beyond = await beyondOf(trx, reminder, context.key!, to, now)
    if (beyond) throw new PlainError('reminders:move.beyond', { when: timeInWords(beyond, language) })
    const moved = await keepException(trx, reminder, context.key!, to, { by: maker.person, now })
    const view = await viewOf(trx, moved, maker, language)
    const said = translate(language, 'reminders:receipt.moved', { to: to.replace('T', ' ') })
    return {
      ...{ number: moved.row.number, card: reminderCard(view, language, said), alone: true, toast: said },
    }
  },
}

/** The time after it, where one moved so would come with it or later: two would be told of at once, in the wrong order. */
export async function beyondOf(
  db: Reads,
  reminder: Reminder,
  key: string,
  to: LocalTime,
  now: Date,
): Promise<Occurrence | null> {
  const next = await followingOf(db, reminder, key, now)
  return next && instantOf(to, reminder.row.time_zone) >= next.at ? next : null
}
