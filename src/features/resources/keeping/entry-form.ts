import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { IncomingFile } from '../../../chat/incoming.ts'
import type { Click, Command } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import type { FormDefinition, FormField, FormValues } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, readPerson } from '../../../people/people.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { refused } from '../booking/when.ts'
import type { ResourcesContext } from '../context.ts'
import { resourceCard, textCard } from '../finding/resource-cards.ts'
import { parseOpenHours, showOpenHours } from '../open-hours.ts'
import { readResource, shares, toResource } from '../records.ts'
import { mayAnswer, sightOf } from '../sight.ts'
import { bounds, keepResource, longest, type ResourceDraft, setPhoto } from './keep-resource.ts'

/** 登记资源: one press to the form, for those who keep the resources of some organisation. */
export function enterCommand({ store }: ResourcesContext): Command {
  return {
    words: { 'zh-CN': ['登记资源', '录入资源', '登记科普资源'], en: ['add a resource', 'enter a resource'] },
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const { language, message } = turn
        const person = (await findPersonByAccount(trx, message.account))?.id ?? null
        const { kept } = await sightOf(trx, person, dayInChina(await store.now(trx)))
        const open = {
          ...{ label: translate(language, 'resources:do.enter'), action: 'resources.enter', value: {} },
          ...{ opens: 'beside' as const, style: 'primary' as const },
        }
        const card =
          kept.size === 0
            ? textCard(translate(language, 'resources:refused.not-keeper'))
            : textCard(translate(language, 'resources:enter.start'), [open])
        await sayAlone(turn, say, card)
      }),
  }
}

/** Opens the form for a new resource. */
export async function openEnter(click: Click, { kinds }: ResourcesContext): Promise<Acknowledgement> {
  const { trx, now, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { kept } = await sightOf(trx, person, dayInChina(now))
  if (person === null || kept.size === 0) throw refused('not-keeper')
  const [first] = kinds.all()
  const held = await trx
    .selectFrom('membership')
    .select('organisation')
    .where('person', '=', person)
    .orderBy('id')
    .execute()
  const home = held.find(({ organisation }) => kept.has(organisation))?.organisation
  return click.openForm('resources.enter', {
    values: {
      ...{ hours: '1-5 09:00-17:00', onWorkingDays: 'yes', timeZone: defaultZone, share: 'house' },
      ...{ leadDays: String(first?.leadDays ?? 3), mostPeople: String(first?.people ?? 100) },
      ...(home === undefined ? {} : { organisation: await nameOf(trx, home) }),
      owner: (await readPerson(trx, person))?.name ?? '',
    },
    context: {},
  })
}

/** Opens it with what is known of a resource. */
export async function openEdit(click: Click): Promise<Acknowledgement> {
  const { trx, now, action, language } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const { row, hours, closed } = await readResource(trx, action.value.resource ?? '')
  const { kept } = await sightOf(trx, person, dayInChina(now))
  if (!kept.has(row.organisation)) throw refused('not-keeper')
  return click.openForm('resources.enter', {
    values: {
      ...{ kind: row.kind, title: row.title, description: row.description, subjects: row.subjects },
      ...{ organisation: await nameOf(trx, row.organisation), place: row.place, region: row.region },
      owner: row.owner === null ? '' : ((await readPerson(trx, row.owner))?.name ?? ''),
      ...{ share: row.share, timeZone: row.time_zone, hours: showOpenHours(hours, language) },
      ...{ onWorkingDays: row.on_working_days === 1 ? 'yes' : '', closed: [...closed].join('、') },
      ...{ leadDays: String(row.lead_days), mostPeople: String(row.most_people) },
      ...{ mostADay: row.most_a_day === null ? '' : String(row.most_a_day) },
      ...{
        together: row.together === null ? '' : String(row.together),
        rules: row.rules,
        contact: row.contact,
      },
    },
    context: { resource: row.id },
  })
}

const label = (name: string) => `resources:enter.${name}`
const text = (name: keyof typeof longest, more: Partial<FormField> = {}): FormField => ({
  ...{ name, type: 'text', label: label(name), most: longest[name] },
  ...more,
})
const figure = (name: keyof typeof bounds, hint: string, required = false): FormField => {
  const [least, most] = bounds[name]
  return { name, type: 'number', label: label(name), hint: label(hint), least, most, required }
}

/** The form by which resources are entered and changed. */
export function createEntryForm(context: ResourcesContext): FormDefinition {
  const { kinds } = context
  const required = true
  return {
    name: 'resources.enter',
    version: 1,
    title: 'resources:enter.title',
    seenBy: 'resources:enter.seen-by',
    pages: [
      {
        name: 'what',
        intro: ['resources:enter.intro'],
        fields: [
          {
            ...{ name: 'kind', type: 'select', label: label('kind'), required },
            options: kinds.all().map(({ name, title }) => ({ value: name, label: title })),
          },
          text('title', { label: label('name'), required }),
          text('subjects', { required, hint: label('subjects-hint'), example: label('subjects-example') }),
          text('description', { type: 'long-text' }),
          { name: 'photo', type: 'file', label: label('photo'), hint: label('photo-hint'), most: 1 },
        ],
      },
      {
        name: 'where',
        intro: [],
        fields: [
          { name: 'organisation', type: 'organisation', label: label('organisation'), required },
          {
            name: 'owner',
            type: 'person',
            label: label('owner'),
            hint: label('owner-hint'),
            colleagues: true,
          },
          text('place', { required }),
          text('region', { hint: label('region-hint') }),
          {
            ...{ name: 'share', type: 'select', label: label('share'), hint: label('share-hint'), required },
            options: shares.map((share) => ({ value: share, label: `resources:share.${share}` })),
          },
          text('contact'),
        ],
      },
      {
        name: 'times',
        intro: ['resources:enter.times'],
        fields: [
          text('hours', { required, hint: label('hours-hint'), example: label('hours-example') }),
          { name: 'onWorkingDays', type: 'checkbox', label: label('onWorkingDays') },
          text('closed', { hint: label('closed-hint'), example: label('closed-example') }),
          {
            name: 'timeZone',
            type: 'text',
            label: label('timeZone'),
            hint: label('timeZone-hint'),
            most: 60,
          },
          figure('leadDays', 'leadDays-hint', true),
          figure('mostPeople', 'mostPeople-hint', true),
          figure('mostADay', 'mostADay-hint'),
          figure('together', 'together-hint'),
          text('rules', { type: 'long-text', example: label('rules-example') }),
        ],
        async check({ values }) {
          if (typeof values.hours !== 'string') return {}
          try {
            parseOpenHours(values.hours)
            return {}
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            return { hours: { key: error.key, values: error.values } }
          }
        },
      },
    ],
    async submit({ trx, now, language, person, values, context: about }) {
      if (person === null) throw refused('not-keeper')
      const known = about.resource ?? null
      const row = await keepResource(trx, context, draftOf(values), { known, by: person, now })
      const [photo] = (values.photo ?? []) as IncomingFile[]
      if (photo) await setPhoto(trx, row.id, photo, now)
      const card = resourceCard(
        {
          resource: await toResource(trx, row),
          organisation: await nameOf(trx, row.organisation),
          owner: row.owner === null ? '' : ((await readPerson(trx, row.owner))?.name ?? ''),
          ...{ use: null, page: row.share === 'public' ? `${context.publicUrl()}/r/${row.id}` : null },
          isKeeper: await mayAnswer(trx, row, person, dayInChina(now)),
        },
        kinds,
        language,
      )
      return { number: row.number, card }
    },
  }
}

function draftOf(values: FormValues): ResourceDraft {
  const said = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const figureOf = (name: string) => (typeof values[name] === 'number' ? values[name] : null)
  const share = shares.find((one) => one === values.share) ?? 'own'
  return {
    ...{ kind: said('kind'), title: said('title'), description: said('description'), share },
    ...{ subjects: said('subjects'), organisation: said('organisation'), owner: said('owner') || null },
    ...{ place: said('place'), region: said('region'), timeZone: said('timeZone'), hours: said('hours') },
    ...{ onWorkingDays: values.onWorkingDays === true, closed: said('closed') },
    ...{ leadDays: figureOf('leadDays') ?? 0, mostPeople: figureOf('mostPeople') ?? 1 },
    ...{ mostADay: figureOf('mostADay'), together: figureOf('together') },
    ...{ rules: said('rules'), contact: said('contact') },
  }
}

async function nameOf(db: Pick<Click['trx'], 'selectFrom'>, organisation: string): Promise<string> {
  const row = await db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirst()
  return row?.name ?? ''
}
