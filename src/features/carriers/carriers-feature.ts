import type { Feature, Mine, Whose } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import { carrierActions } from './carrier-actions.ts'
import { carrierCommands } from './carrier-commands.ts'
import { carrierForms } from './carrier-forms.ts'
import { kindTitle, standingTitle } from './carrier-texts.ts'
import type { CarriersContext } from './context.ts'
import { type Carrier, listCarriers } from './records.ts'
import { readCarrierRules } from './rules.ts'
import { standingOf } from './schedule.ts'
import { carrierTimers } from './watch.ts'

const mostItems = 5

/**
 * 学会服务站、院士专家工作站、企会协作创新联盟、海智计划基地 of organisations (clause 11).
 * @param rulesFile What is expected of them; without it common practice. Throws PlainError where it is broken.
 */
export function createCarriersFeature(given: Omit<CarriersContext, 'rules'>, rulesFile = ''): Feature {
  const context = { ...given, rules: readCarrierRules(rulesFile) }
  return {
    name: 'carriers',
    actions: carrierActions(context),
    commands: carrierCommands(context),
    forms: carrierForms(context),
    mine: (whose) => pressing(context, whose),
    timers: carrierTimers(context.rules),
    subscriptions: {},
  }
}

/** Those that end soon or of which nothing is heard, for whoever keeps or looks after them. */
async function pressing({ rules }: CarriersContext, { db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const today = dayInChina(now)
  const { organisations } = await reachOfPerson(db, person, ['carrier.edit'], today)
  const kept = await listCarriers(db, organisations)
  const ids = new Set(kept.map(({ row }) => row.id))
  const tended = await db
    .selectFrom('carrier_entry')
    .select(['id', 'organisation'])
    .where('contact_person', '=', person)
    .execute()
  const beside = tended.filter(({ id }) => !ids.has(id))
  const others = await listCarriers(db, [...new Set(beside.map(({ organisation }) => organisation))])
  const all = [...kept, ...others.filter(({ row }) => row.contact_person === person)]
  const due = all
    .filter((carrier) => standingOf(carrier, rules, today).length > 0)
    .toSorted((one, other) => (one.row.ends_on < other.row.ends_on ? -1 : 1))
  if (due.length === 0) return []
  const item = (carrier: Carrier) => ({
    title: `${carrier.row.number} ${carrier.row.name}`,
    state: [
      kindTitle(carrier.row.kind, language),
      ...standingOf(carrier, rules, today).map((matter) =>
        standingTitle(matter, carrier.row, today, language),
      ),
      carrier.row.ends_on,
    ].join(' · '),
    buttons: [
      {
        label: translate(language, 'carriers:list.show'),
        ...{ action: 'carriers.show', value: { carrier: carrier.row.id }, opens: 'beside' as const },
      },
    ],
  })
  return [
    {
      kind: 'to-do',
      title: translate(language, 'carriers:mine'),
      count: due.length,
      items: due.slice(0, mostItems).map(item),
      more: translate(language, 'carriers:more-word'),
    },
  ]
}
