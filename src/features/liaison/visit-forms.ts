import type { IncomingFile } from '../../chat/incoming.ts'
import type { FilledForm, FormDefinition } from '../../forms/definition.ts'
import { createLookup } from '../../forms/lookup-people.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { isAskedFor, itemInContext } from '../reminders/port.ts'
import { type Asker, mayAssign, mayRecord } from './access.ts'
import { textCard, visitCard } from './cards.ts'
import type { Liaison } from './context.ts'
import { doerOf, field, problemAt } from './forms.ts'
import { type PromiseLine, parseNeeds, parsePromises } from './parse-promises.ts'
import { readPromise, settlePromise } from './promises.ts'
import { type VisitKind, visitKinds } from './rules.ts'
import { clipped } from './texts.ts'
import { recordVisit, wrongVisitDay } from './visits.ts'

const label = (name: string) => `liaison:form.${name}`
const word = (value: unknown) => (typeof value === 'string' ? value : '')

/** The forms by which visits are entered, and what became of promises. */
export function visitForms(context: Liaison): FormDefinition[] {
  return [visitForm(context), promiseForm(context)]
}

/**
 * A visit, a call or a report. Its context may hold `organisation` with its `name`, `kind`, and `item` of the reminder; what
 * is absent is asked.
 */
function visitForm(context: Liaison): FormDefinition {
  return {
    name: 'liaison.visit',
    version: 1,
    title: 'liaison:form.visit-title',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'place',
        intro: [],
        when: (_values, { organisation }) => organisation === undefined,
        fields: [field('organisation', 'organisation')],
        check: async (filled) => {
          const organisation = word(filled.values.organisation)
          return organisation === ''
            ? {}
            : problemAt('organisation', () => mustRecord(filled.db, doerOf(filled), organisation))
        },
      },
      {
        name: 'kind',
        intro: [],
        when: (_values, { kind }) => kind === undefined,
        fields: [
          field('kind', 'select', {
            usual: 'visit',
            options: visitKinds.map((kind) => ({ value: kind, label: `liaison:kind.${kind}` })),
          }),
        ],
      },
      {
        name: 'visit',
        intro: [],
        fields: [
          field('day', 'date'),
          field('people', 'text', { required: false, most: 200, hint: label('people-hint') }),
          field('summary', 'long-text', { least: 4, most: 3000 }),
        ],
        async check({ values: { day }, now }): Promise<Awaited<ReturnType<typeof problemAt>>> {
          const wrong = typeof day === 'string' ? wrongVisitDay(day, dayInChina(now)) : null
          return wrong ? { day: wrong } : {}
        },
      },
      {
        name: 'heard',
        intro: ['liaison:form.heard-intro'],
        fields: [
          field('needs', 'long-text', { required: false, most: 3000, hint: label('needs-hint') }),
          field('promises', 'long-text', {
            ...{ required: false, most: 3000, hint: label('promises-hint') },
            example: label('promises-example'),
          }),
          field('photos', 'file', { required: false, most: 6 }),
        ],
        check: async (filled) => ({
          ...(await problemAt('needs', () => parseNeeds(word(filled.values.needs)))),
          ...(await problemAt('promises', () => promisesIn(filled.db, filled))),
        }),
      },
    ],
    async submit(sent) {
      const { trx, now, language, values, account } = sent
      const { person, today } = doerOf(sent)
      const organisation = sent.context.organisation ?? word(values.organisation)
      // Whoever has an item of the reminder, as when it was handed over, makes the visit for whoever looks after it.
      const isAsked = await isAskedFor(trx, sent, { form: 'liaison.visit', about: ['organisation', 'kind'] })
      if (!isAsked) await mustRecord(trx, { person, today }, organisation)
      const visit = await recordVisit(
        trx,
        context,
        {
          ...{ id: sent.draft, organisation, kind: (sent.context.kind ?? word(values.kind)) as VisitKind },
          ...{ day: word(values.day), people: word(values.people), summary: word(values.summary) },
          needs: parseNeeds(word(values.needs)),
          promises: await promisesIn(trx, { ...sent, person }),
          photos: (values.photos ?? []) as IncomingFile[],
          item: sent.context[itemInContext],
        },
        { person, account, language, now },
      )
      return { number: visit.row.number, card: visitCard(visit, true, language), alone: true }
    },
  }
}

async function mustRecord(db: Reads, asker: Asker, organisation: string): Promise<void> {
  if (!(await mayRecord(db, asker, organisation))) throw new PlainError('liaison:not-yours')
}

/** What was promised, with who is to do it: whoever was named, else who made the visit. Throws PlainError by line. */
async function promisesIn(
  db: Reads,
  { values, person, now }: Pick<FilledForm, 'values' | 'person' | 'now'>,
): Promise<(PromiseLine & { owner: string })[]> {
  const today: Day = dayInChina(now)
  const lines = parsePromises(word(values.promises), today)
  if (person === null) throw new PlainError('liaison:sign-in')
  const lookup = createLookup(db, person, today)
  const found: (PromiseLine & { owner: string })[] = []
  for (const [at, { text, ownerName, due }] of lines.entries()) {
    const owner = ownerName === '' ? { id: person } : await lookup.person(ownerName, true)
    if (!('id' in owner)) {
      throw new PlainError('liaison:promise.no-person', { line: at + 1, name: clipped(ownerName, 40) })
    }
    found.push({ text, due, owner: owner.id })
  }
  return found
}

/** What became of a promise; its context holds `promise`, and `item` of the reminder. */
function promiseForm(context: Liaison): FormDefinition {
  return {
    name: 'liaison.promise',
    version: 1,
    title: 'liaison:form.promise-title',
    subject: '{{text}}',
    seenBy: 'liaison:form.seen-by',
    pages: [
      {
        name: 'promise',
        intro: ['liaison:form.promise-intro'],
        fields: [
          field('outcome', 'select', {
            usual: 'kept',
            options: (['kept', 'dropped'] as const).map((state) => ({
              value: state,
              label: `liaison:state.${state}`,
            })),
          }),
          field('note', 'long-text', { least: 2, most: 500, hint: label('note-hint') }),
        ],
      },
    ],
    async submit(sent) {
      const { trx, now, language, values } = sent
      const { person, today } = doerOf(sent)
      const id = sent.context.promise ?? ''
      const before = await readPromise(trx, id)
      const isAsked = await isAskedFor(trx, sent, { form: 'liaison.promise', about: ['promise'] })
      if (!isAsked && !(await maySettle(trx, { person, today }, before))) {
        throw new PlainError('liaison:not-yours')
      }
      const state = values.outcome === 'dropped' ? 'dropped' : 'kept'
      const given = { state, day: today, note: word(values.note), item: sent.context[itemInContext] } as const
      const { text, number } = await settlePromise(trx, context, id, given, { by: person, now })
      const said = translate(language, `liaison:receipt.${state}`, { text: clipped(text), number })
      return { number, card: textCard(said), toast: said }
    },
  }
}

/** Whether somebody says what became of a promise: its owner, whoever made the visit, and who assigns there. */
export async function maySettle(
  db: Reads,
  asker: Asker,
  { owner, by, organisation }: { owner: string; by: string; organisation: string },
): Promise<boolean> {
  return owner === asker.person || by === asker.person || mayAssign(db, asker, organisation)
}
