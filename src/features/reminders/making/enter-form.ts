import type { Language } from '../../../chat/language.ts'
import type { FilledForm, FormDefinition, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { Reminder, Step, Target } from '../records.ts'
import { readReminders } from '../records.ts'
import { type Maker, makerOf, mayKeep, mustReach, organisationOf } from './access.ts'
import type { DutyFiles } from './duty-files.ts'
import { ruleOf, targetsOfValues, zoneOfValues } from './enter-checks.ts'
import { enterPages } from './enter-pages.ts'
import { changeReminder, confirmDraft, createReminder, type ReminderDraft } from './keep-reminder.ts'
import { reminderCard } from './reminder-cards.ts'
import { viewOf } from './reminder-view.ts'
import { linesOf } from './shown-back.ts'

/**
 * 新建提醒, and what changes one. In its context: `reminder`: that is changed, `seen`: when it had been changed last as the
 * form was opened; `copyOf`: that whose targets and steps may be taken over; `template`: of which it was made.
 */
export function createEnterForm(files: Pick<DutyFiles, 'presets'>): FormDefinition {
  const pagesOf = (context: Readonly<Record<string, string>>) =>
    enterPages(files.presets, (context.reminder ?? context.copyOf ?? '') !== '')
  return {
    name: 'reminders.enter',
    version: 1,
    title: 'reminders:form.form-title',
    pages: pagesOf({}),
    pagesOf,
    seenBy: null,
    notes: (filled) => notesOf(filled, files),
    async submit(sent) {
      const { trx, now, language, context } = sent
      const maker = await makerOf(trx, sent.person, now)
      const known = await knownOf(trx, context)
      const draft = await draftOf(sent, maker, known, files)
      const changed = context.reminder === undefined ? null : known
      if (changed) {
        await mustKeep(trx, maker, changed)
        await mustBeAsSeen(trx, changed, context.seen)
      }
      let reminder = changed
        ? await changeReminder(trx, changed, draft, { by: maker.person, now })
        : await createReminder(trx, draft, { by: maker.person, now })
      if (reminder.row.state === 'draft') {
        reminder = await confirmDraft(trx, reminder, { by: maker.person, now })
      }
      const said = translate(language, changed ? 'reminders:receipt.changed' : 'reminders:receipt.made')
      const view = await viewOf(trx, reminder, maker, language)
      return {
        number: reminder.row.number,
        card: reminderCard(view, language, said),
        alone: true,
        toast: said,
      }
    },
  }
}

/** Throws PlainError where somebody may not change it, or another feature keeps it. */
export async function mustKeep(db: Reads, maker: Maker, reminder: Reminder): Promise<void> {
  if (!(await mayKeep(db, maker, reminder))) throw new PlainError('reminders:not-yours')
  if (reminder.row.origin !== null) {
    throw new PlainError('reminders:of-another', { number: reminder.row.number })
  }
}

/** Throws PlainError where somebody else has changed it since the form was opened: what they wrote would be undone unseen. */
async function mustBeAsSeen(trx: Trx, { row }: Reminder, seen: string | undefined): Promise<void> {
  // Of what has ended that is said, not that somebody changed it.
  if (row.state === 'ended' || seen === undefined) return
  // Written where it is still so: of two at the same moment the second waits for the first, and finds it changed.
  const { numUpdatedRows } = await trx
    .updateTable('reminder')
    .set({ changed_at: seen })
    .where('id', '=', row.id)
    .where('changed_at', '=', seen)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new PlainError('reminders:changed-meanwhile', { number: row.number })
}

/** The reminder that the form changes or copies; null: there is none. Throws PlainError where it is gone. */
async function knownOf(db: Reads, context: Readonly<Record<string, string>>): Promise<Reminder | null> {
  const id = context.reminder ?? context.copyOf ?? ''
  if (id === '') return null
  const [reminder] = await readReminders(db, [id])
  if (!reminder) throw new PlainError('reminders:gone')
  return reminder
}

async function draftOf(
  filled: FilledForm | Submission,
  maker: Maker,
  known: Reminder | null,
  { presets }: Pick<DutyFiles, 'presets'>,
): Promise<ReminderDraft> {
  const { values, now, context } = filled
  const db = 'db' in filled ? filled.db : filled.trx
  const text = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '')
  const rule = ruleOf({ values, now })
  if (rule === null) throw new PlainError('reminders:form.no-times')
  const person = filled.person
  const targets: readonly Target[] =
    (await targetsOfValues({ db, now, person, values })) ?? known?.targets ?? []
  if (targets.length === 0) throw new PlainError('reminders:form.nobody')
  await mustReach(db, maker, targets)
  const steps: readonly Step[] =
    values.steps === 'same' && known
      ? known.steps
      : (presets.find(({ name }) => name === values.steps)?.steps ?? presets[0]!.steps)
  return {
    ...{ title: text('title'), text: text('text'), targets, rule, steps, quiet: text('quiet') },
    ...{ timeZone: zoneOfValues(values), each: values.each === true },
    means:
      values.means === 'same' && known
        ? meansOf(known, context.copyOf !== undefined)
        : { type: values.means === 'done' ? 'done' : 'know' },
    usefulFor: typeof values.useful === 'number' ? Math.round(values.useful * 60) : 2 * 24 * 60,
    organisation: await organisationOf(db, maker, targets),
    owner: context.reminder !== undefined && known ? known.row.owner : maker.person,
    template: context.template ?? known?.row.template ?? null,
  }
}

/** What acknowledging it means, as whoever makes one says it; of a copy it is no form, which asks for what one matter needs. */
export function meansOf({ row, context }: Reminder, isCopy = false): ReminderDraft['means'] {
  if (row.means === 'form' && isCopy) return { type: 'done' }
  if (row.means === 'form') return { type: 'form', form: row.form!, context: { ...context } }
  return { type: row.means }
}

/** Shown back before it is sent in: in words, the next five times, whom, what follows. */
async function notesOf(filled: FilledForm, files: Pick<DutyFiles, 'presets'>): Promise<string[]> {
  const { db, person, now, language, context } = filled
  try {
    const maker = await makerOf(db, person, now)
    const draft = await draftOf(filled, maker, await knownOf(db, context), files)
    return await linesOf(db, draft, { now, language: language as Language })
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return [translate(language, error.key, error.values)]
  }
}
