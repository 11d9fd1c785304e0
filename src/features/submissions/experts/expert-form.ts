import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import type { FormDefinition, Submission as SentForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../../people/people.ts'
import { routeOf } from '../../../people/route.ts'
import { languageOf } from '../tell.ts'
import { type Expert, enterExpert, longestDescription, rootsOf } from './directory.ts'
import { expertCard } from './expert-cards.ts'
import { keepersOf } from './keepers.ts'

/** By which experts register themselves, and those who keep the directory enter others. */
const expertForm = 'submissions.expert'

/** Opens the form; with what stands there, for whoever is registered already. Throws PlainError for guests. */
export async function openExpertForm(click: Click): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { all, kept } = await rootsOf(trx, person, dayInChina(now))
  const isEntry = action.value.entry === 'yes'
  if (person === null || all.length === 0) throw new PlainError('problems:experts.sign-in')
  if (isEntry && kept.length === 0) throw new PlainError('problems:experts.not-keeper')
  const own = isEntry ? undefined : await ownEntry(trx, person)
  const values = own ? { fields: own.fields, description: own.description, contact: own.contact } : {}
  return click.openForm(expertForm, { values, context: isEntry ? { entry: 'yes' } : {} })
}

export async function ownEntry(db: Reads, person: string): Promise<Expert | undefined> {
  return db
    .selectFrom('submission_expert')
    .selectAll()
    .where('person', '=', person)
    .where('state', '!=', 'retired')
    .limit(1)
    .executeTakeFirst()
}

export function createExpertForm(): FormDefinition {
  const label = (name: string) => `problems:expert.form.${name}`
  return {
    name: expertForm,
    version: 1,
    title: 'problems:expert.form.title',
    pages: [
      {
        name: 'who',
        intro: ['problems:expert.form.entry-intro'],
        when: (_values, { entry }) => entry === 'yes',
        fields: [
          {
            name: 'inside',
            type: 'select',
            label: label('inside'),
            required: true,
            options: [
              { value: 'yes', label: label('inside-yes') },
              { value: 'no', label: label('inside-no') },
            ],
          },
        ],
      },
      {
        name: 'person',
        intro: [],
        when: ({ inside }, { entry }) => entry === 'yes' && inside === 'yes',
        fields: [{ name: 'person', type: 'person', label: label('person'), required: true }],
      },
      {
        name: 'outside',
        intro: [],
        when: ({ inside }, { entry }) => entry === 'yes' && inside === 'no',
        fields: [
          { name: 'name', type: 'text', label: label('name'), required: true, most: 40 },
          { name: 'organisation', type: 'text', label: label('organisation'), required: true, most: 100 },
        ],
      },
      {
        name: 'work',
        intro: ['problems:expert.form.intro'],
        fields: [
          {
            name: 'fields',
            type: 'text',
            label: label('fields'),
            hint: label('fields-hint'),
            example: label('fields-example'),
            required: true,
            most: 200,
          },
          {
            name: 'description',
            type: 'long-text',
            label: label('description'),
            example: label('description-example'),
            required: true,
            least: 10,
            most: longestDescription,
          },
          { name: 'contact', type: 'text', label: label('contact'), hint: label('contact-hint'), most: 100 },
          { name: 'consent', type: 'checkbox', label: label('consent'), required: true },
        ],
      },
    ],
    submit: submitExpert,
  }
}

async function submitExpert(sent: SentForm) {
  const { trx, person, values, language, now, context } = sent
  const today = dayInChina(now)
  const { all, kept } = await rootsOf(trx, person, today)
  const isEntry = context.entry === 'yes'
  const [root] = isEntry ? kept : all
  if (person === null || root === undefined) throw new PlainError('problems:experts.sign-in')
  const about = isEntry && typeof values.person !== 'string' ? null : String(values.person ?? person)
  if (about !== null && !(await rootsOf(trx, about, today)).all.includes(root)) {
    throw new PlainError('problems:experts.elsewhere')
  }
  const who = about === null ? outsider(values) : await insider(trx, about, today)
  const expert = await enterExpert(trx, {
    ...{ root, person: about, ...who, enteredBy: person, approved: isEntry, now },
    source: isEntry ? 'cadre' : 'self',
    consent: values.consent === true,
    ...{ fields: String(values.fields ?? ''), description: String(values.description ?? '') },
    contact: String(values.contact ?? ''),
  })
  if (expert.state === 'registered') await askKeepers(sent, expert)
  if (isEntry && about !== null && about !== person) await tellEntered(sent, expert, about)
  const key =
    expert.state === 'registered' ? 'problems:expert.registered-now' : 'problems:expert.approved-now'
  return {
    number: expert.number,
    card: expertCard(expert, isEntry ? 'keeper' : 'self', translate(language, key), language),
  }
}

function outsider({ name, organisation }: SentForm['values']) {
  return { name: String(name ?? ''), organisation: String(organisation ?? '') }
}

async function insider(db: Reads, person: string, today: string) {
  const { organisation: id } = await routeOf({ db, today }, person)
  const row =
    id === null
      ? undefined
      : await db.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  return { name: (await readPerson(db, person))?.name ?? '', organisation: row?.name ?? '' }
}

/** Those who keep the directory look at who registered before they are suggested to anybody. */
async function askKeepers({ trx, person, now, draft }: SentForm, expert: Expert): Promise<void> {
  const { organisation } = await routeOf({ db: trx, today: dayInChina(now) }, person)
  for (const keeper of await keepersOf(trx, organisation, dayInChina(now))) {
    const to = keeper === person ? null : await addressOf(trx, keeper)
    if (!to) continue
    const language = await languageOf(trx, keeper)
    const card = expertCard(expert, 'keeper', translate(language, 'problems:expert.to-approve'), language)
    await enqueue(trx, { id: `expert:${draft}:${keeper}`, to, card, lane: 'confirmation', now })
  }
}

/** Whoever is entered by somebody else learns of it, and leaves by a button. */
async function tellEntered(
  { trx, person, now, draft }: SentForm,
  expert: Expert,
  about: string,
): Promise<void> {
  const to = await addressOf(trx, about)
  if (!to) return
  const language = await languageOf(trx, about)
  const by = person === null ? '' : ((await readPerson(trx, person))?.name ?? '')
  const card = expertCard(expert, 'self', translate(language, 'problems:expert.entered', { by }), language)
  await enqueue(trx, { id: `expert:${draft}:${about}`, to, card, lane: 'confirmation', now })
}
