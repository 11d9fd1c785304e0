import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { EventsContext } from '../context.ts'
import { eventHeadline, whenOf } from '../lists/event-texts.ts'
import { type Event, findEvent } from '../records.ts'
import { needsOrganiser } from '../registering/organisers.ts'
import { changeContext } from './change-form.ts'
import { localIn } from './local-time.ts'
import { dropDraft } from './make-events.ts'
import { unconfirmedCard } from './own-cards.ts'
import { manageCard } from './preview.ts'
import { publishAll } from './publish.ts'
import { fromHereOn, isOpenToChange, leadsOthers, seriesOf } from './series.ts'
import { typedOfEvent, typedOfKind } from './typed-form.ts'

/** What organisers do to their events by a press. */
export function makingActions(context: EventsContext): Feature['actions'] {
  const act = (run: ActionHandler['run'], reads = false): ActionHandler => ({ reads, run })
  const show = async (click: Click, event: Event): Promise<Acknowledgement> => {
    const { trx, language, now } = click
    return { beside: await manageCard(trx, context, event, { language, now }), besideAlone: true }
  }
  return {
    begin: act((click) => openMake(click, context)),
    manage: act(async (click) => show(click, await ownEvent(click)), true),
    change: act(openChange),
    copy: act(openCopy),
    'call-off': act(openCallOff),
    unconfirmed: act(async (click) => {
      const event = await ownEvent(click)
      return { beside: await unconfirmedCard(click.trx, event, click.language), besideAlone: true }
    }, true),
    publish: act(async (click) => {
      const event = await ownEvent(click)
      const { trx, now, language } = click
      const { length: count } = await publishAll(trx, context, await wanted(click, event), now)
      const card = await manageCard(trx, context, (await findEvent(trx, event.row.id))!, { language, now })
      const toast = translate(language, 'making:published', { count })
      context.wakeWorkers()
      return { toast, replace: card }
    }),
    drop: act(async (click) => {
      const event = await ownEvent(click)
      const drafts = await wanted(click, event)
      for (const draft of drafts) {
        const { state, number, id } = draft.row
        if (state !== 'draft') throw new PlainError(`making:refused.is-${state}`, { number })
        if (drafts.length === 1 && (await leadsOthers(click.trx, id))) {
          throw new PlainError('making:refused.leads', { number })
        }
      }
      // The lead last: others refer to it.
      const ordered = drafts.toSorted(
        (a, b) => Number(b.row.registers_with !== null) - Number(a.row.registers_with !== null),
      )
      for (const draft of ordered) await dropDraft(click.trx, context, draft)
      const text = translate(click.language, 'making:dropped', { number: event.row.number })
      return { toast: text, replace: { tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] } }
    }),
  }
}

/** The event of a button, for whoever may manage it. */
async function ownEvent({ trx, action, now }: Click): Promise<Event> {
  const event = await findEvent(trx, action.value.event ?? '')
  if (!event) throw new PlainError('making:refused.gone')
  await needsOrganiser(trx, action.account, event, now)
  return event
}

/** The event alone, or all drafts of its series. */
async function wanted({ trx, action }: Click, event: Event): Promise<Event[]> {
  if (action.value.all !== 'yes') return [event]
  const all = (await seriesOf(trx, event)).filter(({ row }) => row.state === 'draft')
  return all.length > 0 ? all : [event]
}

async function openMake(click: Click, { kinds }: EventsContext): Promise<Acknowledgement> {
  const { trx, action, language, now } = click
  const kind = kinds.byName(action.value.kind ?? '')
  if (!kind) throw new PlainError('making:refused.no-kind')
  const organisation = await usualOrganisation(trx, action.account, now)
  return click.openForm('events.make', {
    context: { kind: kind.name, title: kind.title[language] },
    values: { ...typedOfKind(kind, language), organisation },
  })
}

/** The path of the organisation for which somebody makes events, the highest of several. Throws PlainError for others. */
export async function usualOrganisation(
  db: Reads,
  account: Click['action']['account'],
  now: Date,
): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('making:refused.sign-in')
  const { organisations } = await reachOfPerson(db, person.id, ['event.make'], dayInChina(now))
  const all = await listOrganisations(db)
  const own = all.filter(({ id }) => organisations.includes(id)).sort((a, b) => a.depth - b.depth)[0]
  if (!own) throw new PlainError('making:refused.not-maker')
  return own.path
}

function scopeOf({ action }: Click): 'one' | 'following' {
  return action.value.scope === 'following' ? 'following' : 'one'
}

async function openChange(click: Click): Promise<Acknowledgement> {
  const event = await ownEvent(click)
  const { number, state } = event.row
  if (!isOpenToChange(event.row)) throw new PlainError(`making:refused.is-${state}`, { number })
  const typed = await typedOfEvent(click.trx, event, click.language)
  return click.openForm('events.change', {
    context: changeContext(event, scopeOf(click), eventHeadline(event.row)),
    values: typed,
  })
}

async function openCopy(click: Click): Promise<Acknowledgement> {
  const event = await ownEvent(click)
  const { time_zone: zone, starts_at, ends_at } = event.row
  const zoneNote = zone === defaultZone ? '' : zone
  const values = {
    from: localIn(zone, new Date(starts_at)).time,
    until: localIn(zone, new Date(ends_at)).time,
  }
  const about = { event: event.row.id, title: eventHeadline(event.row), zone: zoneNote }
  return click.openForm('events.copy', { context: about, values })
}

async function openCallOff(click: Click): Promise<Acknowledgement> {
  const event = await ownEvent(click)
  const { trx, language, now } = click
  const { number, state } = event.row
  if (state !== 'published') throw new PlainError(`making:refused.is-${state}`, { number })
  const scope = scopeOf(click)
  const all = scope === 'following' ? await fromHereOn(trx, event) : [event]
  const leads = await leadsOthers(trx, event.row.id)
  if (scope === 'one' && leads) throw new PlainError('making:refused.leads', { number })
  const about = {
    ...{ event: event.row.id, scope, title: eventHeadline(event.row) },
    when: whenOf(event.row, language, now),
    count: String(all.length),
  }
  return click.openForm('events.call-off', { context: about })
}
