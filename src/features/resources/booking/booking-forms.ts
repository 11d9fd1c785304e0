import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FilledForm, FormDefinition, FormField, FormValues, Receipt } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, readPerson } from '../../../people/people.ts'
import type { ResourcesContext } from '../context.ts'
import { showOpenHours } from '../open-hours.ts'
import { readBooking, readResource } from '../records.ts'
import { mayAnswer, sees, sightOf } from '../sight.ts'
import { sealedFor } from './asked.ts'
import { book, longestDetail } from './book.ts'
import { bookingCard } from './booking-cards.ts'
import { factsOf } from './facts.ts'
import { checkFree } from './free.ts'
import { moved } from './life.ts'
import { rate } from './rate.ts'
import { longestReason, settle } from './settle.ts'
import { refused } from './when.ts'

/** 预约: opens the form for somebody of the house; an outside unit is shown its web page instead. */
export async function openBook(click: Click, context: ResourcesContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { row, hours } = await readResource(trx, action.value.resource ?? '')
  if (!sees(await sightOf(trx, person, dayInChina(now)), row)) throw refused('not-found')
  if (person === null) throw refused('sign-in', { link: `${context.publicUrl()}/r/${row.id}` })
  if (row.state !== 'open') throw refused('not-open', { title: row.title })
  return click.openForm('resources.book', {
    values: { name: (await readPerson(trx, person))?.name ?? '' },
    context: {
      ...{ resource: row.id, title: row.title, hours: showOpenHours(hours, language) },
      ...{ most: String(row.most_people), days: String(row.lead_days) },
    },
  })
}

/** 改时间建议, 婉拒, 取消预约: opens the form for whoever answers for the resource, while it can be done. */
export async function openAnswer(
  click: Click,
  move: 'decline' | 'propose' | 'call-off',
): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const booking = await readBooking(trx, action.value.booking ?? '')
  const { row } = await readResource(trx, booking.resource)
  if (!(await mayAnswer(trx, row, person, dayInChina(now)))) throw refused('not-yours')
  if (moved(booking.state, move) === null) throw refused('settled')
  const about = { booking: booking.id, number: booking.number, title: row.title, move }
  return click.openForm(move === 'propose' ? 'resources.propose' : 'resources.reason', { context: about })
}

/** 评价: opens the form for whoever booked. */
export async function openRate(click: Click): Promise<Acknowledgement> {
  const { trx, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const booking = await readBooking(trx, action.value.booking ?? '')
  if (booking.person === null || booking.person !== person) throw refused('not-yours')
  const { row } = await readResource(trx, booking.resource)
  return click.openForm('resources.rate', {
    context: { booking: booking.id, number: booking.number, title: row.title },
  })
}

const label = (name: string) => `resources:book.${name}`
const whenFields = (): FormField[] => [
  { name: 'day', type: 'date', label: label('day'), example: label('day-example'), required: true },
  { name: 'from', type: 'time', label: label('from'), example: label('from-example'), required: true },
  { name: 'to', type: 'time', label: label('to'), example: label('to-example'), required: true },
]

/** The forms by which a resource is asked for, and requests are answered. */
export function createBookingForms(context: ResourcesContext): FormDefinition[] {
  return [
    {
      name: 'resources.book',
      version: 1,
      title: 'resources:book.title',
      subject: 'resources:book.subject',
      seenBy: 'resources:book.seen-by',
      pages: [
        {
          name: 'when',
          intro: ['resources:book.intro'],
          fields: [
            ...whenFields(),
            {
              ...{ name: 'people', type: 'number', label: label('people'), required: true },
              ...{ least: 1, most: 100_000 },
            },
          ],
          check: checkWhen,
        },
        {
          name: 'what',
          intro: [],
          fields: [
            {
              ...{ name: 'purpose', type: 'long-text', label: label('purpose'), required: true },
              ...{ example: label('purpose-example'), most: longestDetail.purpose },
            },
            {
              name: 'unit',
              type: 'text',
              label: label('unit'),
              hint: label('unit-hint'),
              most: longestDetail.unit,
            },
            { name: 'name', type: 'text', label: label('name'), required: true, most: longestDetail.name },
            { name: 'phone', type: 'text', label: label('phone'), required: true, most: longestDetail.phone },
          ],
        },
      ],
      async submit({ trx, now, language, person, values, context: about }) {
        if (person === null) throw refused('sign-in', { link: context.publicUrl() })
        const { booking } = await book(trx, context, {
          ...{ resource: about.resource ?? '', person, language, now },
          wish: wishOf(values, Number(values.people)),
          details: {
            ...{ unit: textOf(values.unit), name: textOf(values.name), phone: textOf(values.phone) },
            ...{ purpose: textOf(values.purpose), wishes: '' },
          },
        })
        const lead = translate(
          language,
          `resources:tell.sent-${booking.state === 'confirmed' ? 'own' : 'asked'}`,
        )
        const facts = await factsOf(trx, context, booking, now)
        return { number: booking.number, card: bookingCard(facts, 'booker', language, lead), alone: true }
      },
    },
    {
      name: 'resources.propose',
      version: 1,
      title: 'resources:propose.title',
      subject: 'resources:book.about',
      pages: [
        {
          name: 'when',
          intro: ['resources:propose.intro'],
          fields: [
            ...whenFields(),
            { name: 'words', type: 'long-text', label: label('words'), most: longestReason },
          ],
          check: checkWhen,
        },
      ],
      async submit(sent) {
        const { people } = await readBooking(sent.trx, sent.context.booking ?? '')
        return answer(sent, context, { move: 'propose', wish: wishOf(sent.values, people) })
      },
    },
    {
      name: 'resources.reason',
      version: 1,
      title: 'resources:reason.title',
      subject: 'resources:book.about',
      pages: [
        {
          name: 'reason',
          intro: ['resources:reason.intro'],
          fields: [
            {
              ...{ name: 'words', type: 'long-text', label: 'resources:reason.reason', required: true },
              ...{ example: 'resources:reason.example', most: longestReason },
            },
          ],
        },
      ],
      submit: (sent) =>
        answer(sent, context, { move: sent.context.move === 'call-off' ? 'call-off' : 'decline' }),
    },
    {
      name: 'resources.rate',
      version: 1,
      title: 'resources:rate.title',
      subject: 'resources:book.about',
      pages: [
        {
          name: 'rating',
          intro: ['resources:rate.intro'],
          fields: [
            {
              ...{ name: 'rating', type: 'select', label: 'resources:rate.rating', required: true },
              options: ['5', '4', '3', '2', '1'].map((stars) => ({
                value: stars,
                label: `resources:rate.stars-${stars}`,
              })),
            },
            { name: 'comment', type: 'long-text', label: 'resources:rate.comment', most: longestReason },
          ],
        },
      ],
      async submit({ trx, now, language, person, values, context: about }) {
        const booking = await rate(trx, {
          ...{ booking: about.booking ?? '', by: { person: person ?? '' }, now },
          ...{ rating: Number(values.rating), comment: textOf(values.comment) },
        })
        const thanks = translate(language, 'resources:rate.thanks')
        const facts = await factsOf(trx, context, booking, now)
        return { number: booking.number, card: bookingCard(facts, 'booker', language, thanks), alone: true }
      },
    },
  ]
}

type Sent = Parameters<FormDefinition['submit']>[0]

/** Does what a form of whoever answers says; guests answer for nothing, so that an empty person is nobody's. */
async function answer(
  { trx, now, language, person, values, context: about }: Sent,
  context: ResourcesContext,
  doing: Pick<Parameters<typeof settle>[2], 'move' | 'wish'>,
): Promise<Receipt> {
  const booking = await settle(trx, context, {
    ...{ ...doing, booking: about.booking ?? '', doer: { person: person ?? '' } },
    ...{ words: textOf(values.words), now },
  })
  const made = bookingCard(await factsOf(trx, context, booking, now), 'keeper', language)
  return { number: booking.number, card: await sealedFor(trx, context, booking, made, language), alone: true }
}

/** Said beside the field that it is about, before the form goes on; it is checked again when it is sent in. */
async function checkWhen({
  db,
  now,
  person,
  values,
  context: about,
}: FilledForm): Promise<Record<string, Problem>> {
  const { day, from, to, people } = values
  if ([day, from, to].some((value) => value === undefined)) return {}
  if (about.booking === undefined && people === undefined) return {}
  try {
    const booking = about.booking === undefined ? null : await readBooking(db, about.booking)
    const resource = await readResource(db, booking?.resource ?? about.resource ?? '')
    const atShortNotice = await mayAnswer(db, resource.row, person, dayInChina(now))
    const wish = wishOf(values, booking?.people ?? Number(people))
    await checkFree(db, resource, wish, { now, atShortNotice, except: booking?.id ?? '' })
    return {}
  } catch (error) {
    // What is there no more is said when it is sent in.
    if (!(error instanceof PlainError)) throw error
    if (error.key === 'resources:gone') return {}
    return { [fieldOf(error.key)]: { key: error.key, values: error.values } }
  }
}

function fieldOf(key: string): string {
  if (/\.(?:too-many|no-people)$/.test(key)) return 'people'
  if (/\.end-before-start$/.test(key)) return 'to'
  return /\.(?:outside-hours|taken|no-time)$/.test(key) ? 'from' : 'day'
}

function wishOf({ day, from, to }: FormValues, people: number) {
  return { day: textOf(day), from: textOf(from), to: textOf(to), people }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
