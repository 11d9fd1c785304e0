import type { Language } from '../../../chat/language.ts'
import type { FormPage, FormValues, Submission as SentForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { actorOf, placeOf, placesOfPerson } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { routeOf } from '../../../people/route.ts'
import type { Trx } from '../../../store/store.ts'
import type { Kind } from '../definition/schema.ts'
import { chosenNaming } from '../forms/naming-pages.ts'
import type { NewSubmission } from '../send-in.ts'

/** Pages before a kind's own, which say whose it is: asked of guests, and of whoever enters it for somebody. */
export function whosePages(kind: Pick<Kind, 'naming'>): FormPage[] {
  const phone = {
    name: 'guestPhone',
    type: 'text' as const,
    label: 'submissions:whose.phone',
    hint: 'submissions:whose.phone-hint',
    most: 40,
  }
  return [
    {
      name: 'for-whom',
      intro: ['submissions:whose.intro'],
      when: (_values, { onBehalf }) => onBehalf === 'yes',
      fields: [
        {
          name: 'hasAccount',
          type: 'select',
          label: 'submissions:whose.who',
          required: true,
          options: [
            { value: 'yes', label: 'submissions:whose.registered' },
            { value: 'no', label: 'submissions:whose.unregistered' },
          ],
        },
      ],
    },
    {
      name: 'for-person',
      intro: [],
      when: ({ hasAccount }, { onBehalf }) => onBehalf === 'yes' && hasAccount === 'yes',
      fields: [{ name: 'forPerson', type: 'person', label: 'submissions:whose.person', required: true }],
    },
    {
      name: 'for-name',
      intro: [],
      when: ({ hasAccount }, { onBehalf }) => onBehalf === 'yes' && hasAccount === 'no',
      fields: [
        { name: 'guestName', type: 'text', label: 'submissions:whose.name', required: true, most: 40 },
        {
          name: 'forOrganisation',
          type: 'organisation',
          label: 'submissions:whose.organisation',
          hint: 'submissions:whose.organisation-hint',
        },
        phone,
      ],
    },
    {
      name: 'how-said',
      intro: ['submissions:whose.how-said'],
      when: (_values, { onBehalf }) => onBehalf === 'yes',
      fields: [
        {
          name: 'saidOn',
          type: 'date',
          label: 'submissions:whose.said-on',
          hint: 'submissions:whose.said-on-hint',
        },
        {
          name: 'saidBy',
          type: 'select',
          label: 'submissions:whose.said-by',
          options: saidBy.map((value) => ({ value, label: `submissions:whose.by-${value}` })),
        },
      ],
    },
    {
      name: 'guest',
      intro: ['submissions:whose.guest-signed'],
      when: (values, { guest, onBehalf }) =>
        guest === 'yes' && onBehalf !== 'yes' && chosenNaming(values, kind) === 'signed',
      fields: [
        { name: 'guestName', type: 'text', label: 'submissions:whose.own-name', required: true, most: 40 },
        { name: 'guestUnit', type: 'text', label: 'submissions:whose.unit', most: 60 },
        phone,
      ],
    },
    {
      name: 'guest-unsigned',
      intro: ['submissions:whose.guest-free'],
      when: (values, { guest, onBehalf }) =>
        guest === 'yes' && onBehalf !== 'yes' && chosenNaming(values, kind) !== 'signed',
      fields: [
        {
          name: 'guestContact',
          type: 'text',
          label: 'submissions:whose.contact',
          hint: 'submissions:whose.contact-hint',
          most: 100,
        },
      ],
    },
  ]
}

/** How something came to whoever enters it. */
const saidBy = ['paper', 'word', 'phone', 'other'] as const

/** Fields of these pages that stay with what was filled in: how to reach a guest, and what somebody entered it from. */
const ofGuest = ['guestName', 'guestUnit', 'guestPhone', 'guestContact']
const kept = [...ofGuest, 'saidOn', 'saidBy']

export type Whose = Pick<NewSubmission, 'author' | 'organisation' | 'enteredBy' | 'origin'> & {
  /** The values of the kind's own fields, and of those that name a guest. */
  values: FormValues
  /** Whether a receipt code is the only way back to it. */
  needsCode: boolean
}

/**
 * Whose it is, by the pages above. Throws PlainError where a name is missing, or whoever enters it may not do so.
 * @param naming As it is to be signed.
 */
export async function whoseIs(sent: SentForm, kind: Kind, naming: string): Promise<Whose> {
  const { trx, account, person, context } = sent
  const own = new Set([...kind.pages.flatMap((page) => page.fields).map(({ name }) => name), ...kept])
  const values = Object.fromEntries(Object.entries(sent.values).filter(([name]) => own.has(name)))
  const guestName = textOf(values.guestName)
  const isOpen = naming === 'signed'
  // Who a guest is and how to reach them lies with the name, where handlers may not read it.
  const guest = { values: isOpen ? values : withoutGuest(values), name: isOpen ? guestName : guestIn(values) }
  if (context.onBehalf === 'yes') return { values: guest.values, ...(await enteredFor(sent, guest.name)) }
  if (person !== null) {
    const name = (await readPerson(trx, person))?.name ?? ''
    return {
      ...{ values, enteredBy: null, origin: originOf(sent), needsCode: false },
      author: { account, person, name },
    }
  }
  if (guestName === '' && isOpen) throw new PlainError('submissions:whose.name-needed')
  const organisation = context.entry ? await organisationOfEntry(trx, context.entry) : undefined
  return {
    ...{ enteredBy: null, origin: originOf(sent), needsCode: true },
    values: guest.values,
    author: { account, person, name: guest.name },
    ...(organisation === undefined ? {} : { organisation }),
  }
}

function withoutGuest(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !ofGuest.includes(name)))
}

function guestIn(values: FormValues): string {
  return ofGuest
    .map((name) => textOf(values[name]))
    .filter((one) => one !== '')
    .join(' ')
}

async function enteredFor(
  { trx, person, now, values }: SentForm,
  guestName: string,
): Promise<Omit<Whose, 'values'>> {
  if (person === null) throw new PlainError('submissions:whose.not-allowed')
  if (textOf(values.saidOn) > dayInChina(now)) throw new PlainError('submissions:whose.said-later')
  const today = dayInChina(now)
  const actor = await actorOf(trx, person, today)
  const entered = { enteredBy: person, origin: 'on-behalf' as const }
  const other = textOf(values.forPerson)
  if (other !== '') {
    const places = await placesOfPerson(trx, other, today)
    const may =
      can(actor, 'people.act-for', places) && places.some((one) => can(actor, 'submission.enter', one))
    if (!may) throw new PlainError('submissions:whose.not-allowed')
    const name = (await readPerson(trx, other))?.name ?? ''
    return { ...entered, author: { account: null, person: other, name }, needsCode: false }
  }
  const organisation =
    textOf(values.forOrganisation) || (await routeOf({ db: trx, today }, person)).organisation
  const place = organisation === null ? { path: [] } : await placeOf(trx, organisation)
  if (!can(actor, 'submission.enter', place)) throw new PlainError('submissions:whose.not-allowed')
  return {
    ...entered,
    organisation,
    author: { account: null, person: null, name: guestName },
    needsCode: true,
  }
}

/** Whether somebody may enter what others say, anywhere. */
export async function mayEnter(db: Reads, person: string | null, today: string): Promise<boolean> {
  if (person === null) return false
  const actor = await actorOf(db, person, today)
  return actor.grants.some(({ organisation }) => can(actor, 'submission.enter', { path: [organisation] }))
}

/** What these pages hold of a record, for those who work on it: label and value. */
export function whoseLines(values: FormValues, language: Language): { label: string; value: string }[] {
  const labels = { guestUnit: 'unit', guestPhone: 'phone', saidOn: 'said-on', saidBy: 'said-by' }
  return Object.entries(labels).flatMap(([name, key]) => {
    const value = textOf(values[name])
    const shown =
      name === 'saidBy' && value !== '' ? translate(language, `submissions:whose.by-${value}`) : value
    return shown === '' ? [] : [{ label: translate(language, `submissions:whose.${key}`), value: shown }]
  })
}

function originOf({ account, context }: SentForm): 'web' | 'chat' {
  return context.entry || account.platform === 'web' ? 'web' : 'chat'
}

/** Throws PlainError where the web form was ended while somebody filled it in. */
async function organisationOfEntry(trx: Trx, id: string): Promise<string> {
  const row = await trx
    .selectFrom('submission_entry')
    .select('organisation')
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new PlainError('submissions:entry.ended')
  return row.organisation
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
