import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FilledForm, FormDefinition, FormField, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addDays, dayIn } from '../../../timers/calendar/day.ts'
import type { RemindersContext } from '../context.ts'
import { itemFor, mustClose } from './access.ts'
import { acknowledge } from './acknowledge.ts'
import { handOver } from './hand-over.ts'
import { readHolders } from './holders.ts'
import { saidCard } from './item-card.ts'
import { momentOf, saidOf } from './item-texts.ts'
import { longestSnooze, putOff } from './snooze.ts'
import { openingOn } from './telling-time.ts'
import type { ItemOf } from './views.ts'

const label = (name: string) => `reminding:form.${name}`

/** The forms that buttons of reminders' cards open: what was done, until when it is put off, who has it from now on. */
export function itemForms(context: RemindersContext): FormDefinition[] {
  return [
    {
      name: 'reminders.done',
      version: 1,
      title: 'reminding:form.done-title',
      ...about({ name: 'note', type: 'long-text', hint: label('note-hint'), most: 1000 }, undefined, [
        { name: 'files', type: 'file', label: label('files'), hint: label('files-hint'), most: 5 },
      ]),
      submit: submitNote(context, false),
    },
    {
      name: 'reminders.mark',
      version: 1,
      title: 'reminding:form.mark-title',
      ...about({ name: 'reason', type: 'long-text', hint: label('reason-hint'), most: 1000 }),
      submit: submitNote(context, true),
    },
    {
      name: 'reminders.snooze',
      version: 1,
      title: 'reminding:form.snooze-title',
      ...about({ name: 'day', type: 'date', hint: label('day-hint') }, checkDay),
      submit: submitDay,
    },
    {
      name: 'reminders.hand-over',
      version: 1,
      title: 'reminding:form.hand-over-title',
      ...about({ name: 'to', type: 'person', hint: label('to-hint'), colleagues: true }),
      submit: submitColleague(context),
    },
  ]
}

/** One page with one field about the item, and what may be added to it. */
function about(
  field: Omit<FormField, 'label'>,
  check?: (filled: FilledForm) => Promise<Record<string, { key: string; values: Record<string, number> }>>,
  more: readonly FormField[] = [],
): Pick<FormDefinition, 'subject' | 'pages' | 'seenBy'> {
  return {
    subject: '{{number}}',
    seenBy: 'reminding:form.seen-by',
    pages: [
      {
        name: 'about',
        intro: ['reminding:form.about'],
        fields: [{ ...field, label: label(field.name), required: true }, ...more],
        ...(check ? { check } : {}),
      },
    ],
  }
}

/** The item, for whoever sends the form in. */
async function itemOf({
  trx,
  context,
  person,
  conversation,
  now,
}: Submission): Promise<{ of: ItemOf; person: string }> {
  if (person === null) throw new PlainError('reminding:sign-in')
  return { of: await itemFor(trx, context.item ?? '', { person, conversation, now }), person }
}

function receipt(
  of: ItemOf,
  language: Submission['language'],
  key: string,
  values: Record<string, string> = {},
) {
  return saying(of, translate(language, key, { number: of.row.number, ...values }))
}

function saying({ row: { number } }: ItemOf, text: string) {
  return { number, card: saidCard(text), alone: true, toast: text }
}

/** What became of it meanwhile, in place of what was to be done. */
function settled(of: ItemOf, language: Submission['language']) {
  const { state } = of.row
  return receipt(of, language, `reminding:already.${state === 'open' ? 'acknowledged' : state}`)
}

/** @param whole whether it is answered for others: of a group for all of it. */
function submitNote(context: RemindersContext, whole: boolean): FormDefinition['submit'] {
  return async (sent) => {
    const { of, person } = await itemOf(sent)
    const { trx, now, language, values } = sent
    const note = String(values.note ?? values.reason ?? '')
    const files = (values.files ?? []) as IncomingFile[]
    if (of.row.state === 'open') await mustClose(trx, of, { person, whole, now })
    const outcome = await acknowledge(trx, context, { item: of.row.id, by: person, note, files, whole, now })
    return outcome === 'already' ? settled(of, language) : saying(of, saidOf(of, language, 'done'))
  }
}

async function checkDay({ db, person, values, now }: FilledForm) {
  const day = String(values.day ?? '')
  const holder = person === null ? undefined : (await readHolders(db, [person], now)).get(person)
  if (!holder || day === '') return {}
  const today = dayIn(holder.zone, now)
  if (openingOn(day, holder) <= now) return { day: { key: 'reminding:delay.past', values: {} } }
  if (day > addDays(today, longestSnooze - 1))
    return { day: { key: 'reminding:delay.far', values: { days: longestSnooze } } }
  return {}
}

const submitDay: FormDefinition['submit'] = async (sent) => {
  const { of, person } = await itemOf(sent)
  const { trx, now, language, values } = sent
  const id = of.row.person ?? person
  const holder = (await readHolders(trx, [id], now)).get(id)
  if (!holder) throw new PlainError('reminding:gone')
  const until = openingOn(String(values.day), holder)
  const outcome = await putOff(trx, of, { until, by: person, now })
  const at = momentOf(until, { language, zone: holder.zone, now })
  return outcome === 'already' ? settled(of, language) : saying(of, saidOf(of, language, 'put-off', { at }))
}

const submitColleague =
  (context: RemindersContext): FormDefinition['submit'] =>
  async (sent) => {
    const { of, person } = await itemOf(sent)
    const { trx, now, language, values } = sent
    const { outcome, name } = await handOver(trx, of, {
      ...{ to: String(values.to), by: person, now },
      formOf: context.formOf,
    })
    if (outcome === 'already') return settled(of, language)
    return receipt(of, language, 'reminding:said.handed-over', { name })
  }
