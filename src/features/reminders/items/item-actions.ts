import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Person } from '../../../people/people.ts'
import type { RemindersContext } from '../context.ts'
import { itemInContext } from '../port.ts'
import { wordsOf } from '../records.ts'
import { itemFor, mayAnswerForOthers, mustClose, rightTo } from './access.ts'
import { acknowledge } from './acknowledge.ts'
import { digestCard } from './digest-card.ts'
import { noteItem } from './history.ts'
import { readHolders } from './holders.ts'
import { snoozeCard } from './item-card.ts'
import { momentOf, saidOf, shorten } from './item-texts.ts'
import { openItemsOf } from './own-items.ts'
import { putOff } from './snooze.ts'
import { nudge } from './steps.ts'
import { delays, endOfDelay } from './telling-time.ts'
import { type ItemOf, isOfEach, withNames } from './views.ts'

/** Between two nudges of the same item. Milliseconds. */
const nudgeEvery = 600_000

/** What the buttons of reminders' cards do. */
export function itemActions(context: RemindersContext): Record<string, ActionHandler> {
  /** Of whoever pressed, as far as the item is still open; else what became of it. */
  const on =
    (run: (click: Click, of: ItemOf, person: Person) => Promise<Acknowledgement>) =>
    async (click: Click): Promise<Acknowledgement> => {
      const { trx, action, now, language } = click
      const person = await findPersonByAccount(trx, action.account)
      if (!person) throw new PlainError('reminding:sign-in')
      const asker = { person: person.id, conversation: action.conversation, now }
      const of = await itemFor(trx, await pressedItem(click, person.id), asker)
      if (of.row.state !== 'open') return { toast: translate(language, `reminding:already.${of.row.state}`) }
      return run(click, of, person)
    }

  /** @param closes whether the form closes the item: `own` one's own, `others` for others. */
  const open = (form: string, closes: 'own' | 'others' | null = null) =>
    on(async (click, of, { id: person }) => {
      const { row, reminder } = of
      if (closes) await mustClose(click.trx, of, { person, whole: closes === 'others', now: click.now })
      return click.openForm(form, {
        context: {
          item: row.id,
          number: row.number,
          title: shorten(wordsOf(reminder, click.language).title, 200),
        },
      })
    })

  return {
    acknowledge: {
      reads: false,
      run: on(async ({ trx, language, now }, of, { id }) => {
        const { row, reminder } = of
        // A form or a note is asked for: an old message's button cannot go without.
        if (reminder.means !== 'know') throw new PlainError('reminding:needs-more')
        const done = await acknowledge(trx, context, { item: row.id, by: id, note: '', now })
        const already = () => translate(language, 'reminding:already.acknowledged')
        return { toast: done === 'already' ? already() : saidOf(of, language, 'known') }
      }),
    },
    done: { reads: false, run: open('reminders.done', 'own') },
    mark: { reads: false, run: open('reminders.mark', 'others') },
    'snooze-to': { reads: false, run: open('reminders.snooze') },
    'hand-over': { reads: false, run: open('reminders.hand-over') },
    'fill-in': {
      reads: false,
      run: on(async (click, { row, reminder }) => {
        const form = reminder.form === null ? null : (context.formOf?.(reminder.form) ?? null)
        if (!form) throw new PlainError('reminding:no-form')
        const given = JSON.parse(reminder.context) as Record<string, string>
        return click.openForm(form.name, { context: { ...given, [itemInContext]: row.id } })
      }),
    },
    snooze: {
      reads: true,
      run: on(async ({ trx, language, action: { conversation }, now }, of, { id }) => {
        if (isOfEach(of)) throw new PlainError('reminding:delay.group')
        const [view] = await withNames(trx, [of])
        // Whoever may answer only where the group is goes on there, for they could not press it anywhere else.
        const right = await rightTo(trx, of, { person: id, conversation, now })
        return { beside: snoozeCard(view!, { language }), besideAlone: right !== 'here' }
      }),
    },
    'snooze-for': {
      reads: false,
      run: on(async ({ trx, language, now, action }, of, { id, timeZone: zone }) => {
        const delay = delays.find((one) => one === action.value.until)
        const holder = (await readHolders(trx, [of.row.person ?? id], now)).get(of.row.person ?? id)
        if (!delay || !holder) throw new PlainError('chat:gone')
        const until = endOfDelay(delay, holder, now)
        await putOff(trx, of, { until, by: id, now })
        return { toast: saidOf(of, language, 'put-off', { at: momentOf(until, { language, zone, now }) }) }
      }),
    },
    close: {
      reads: false,
      run: on(async ({ trx, language, now }, of, { id }) => {
        if (!(await mayAnswerForOthers(trx, of, id, now))) throw new PlainError('reminding:group.not-yours')
        await acknowledge(trx, context, { item: of.row.id, by: id, note: '', whole: true, now })
        return { toast: translate(language, 'reminding:said.closed') }
      }),
    },
    nudge: {
      reads: false,
      run: on(async ({ trx, language, now }, of, { id }) => {
        if (!(await mayAnswerForOthers(trx, of, id, now))) throw new PlainError('reminding:not-yours')
        const { told_at, snoozed_until } = of.row
        const waits = told_at === null || now.getTime() - Date.parse(told_at) < nudgeEvery
        if (waits || snoozed_until !== null)
          return {
            toast: translate(
              language,
              snoozed_until === null ? 'reminding:said.just-told' : 'reminding:said.is-put-off',
            ),
          }
        await nudge(trx, of, now)
        await noteItem(trx, of.row, { what: 'nudged', by: id, now })
        return { toast: translate(language, 'reminding:said.nudged') }
      }),
    },
    list: {
      reads: true,
      async run({ trx, action, now, language }) {
        const person = await findPersonByAccount(trx, action.account)
        if (!person) throw new PlainError('reminding:sign-in')
        const views = await withNames(trx, await openItemsOf(trx, person.id))
        const from = Math.min(Number(action.value.from) || 0, views.length)
        const reader = { language, zone: person.timeZone, now }
        return { beside: digestCard(views, reader, { from }), besideAlone: true }
      },
    },
  }
}

/** The item that a button names, or of a group's card whoever pressed it has, else the one that is anybody's. */
async function pressedItem({ trx, action }: Click, person: string): Promise<string> {
  const { item, run, position } = action.value
  if (item !== undefined) return item
  const rows = await trx
    .selectFrom('reminder_item')
    .select(['id', 'person', 'state'])
    .where('run', '=', run ?? '')
    .where('position', '=', Number(position))
    .execute()
  const own = rows.filter((row) => row.person === person)
  const found = own.find(({ state }) => state === 'open') ?? own[0] ?? rows.find((row) => row.person === null)
  if (!found) throw new PlainError(rows.length > 0 ? 'reminding:not-asked' : 'reminding:gone')
  return found.id
}
