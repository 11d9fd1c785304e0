import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { routeOf } from '../../people/route.ts'
import type { Library } from './cited-clause.ts'
import { startClock, stopClock } from './deadlines.ts'
import { textCard } from './help-cards.ts'
import { activeReceivers, namesOf, peopleAbove, putTo, settleCards } from './receivers.ts'
import { type HelpRequest, isAsker, readRequest } from './requests.ts'

/** The request of whoever clicked. Throws PlainError where somebody else asked, or there is none. */
async function ownRequest({ trx, action }: Click): Promise<HelpRequest> {
  const request = await readRequest(trx, action.value.request ?? '')
  if (!(await isAsker(trx, request, action.account))) throw new PlainError('help:not-yours')
  return request
}

/** Whether a button stands below the reply of this round; what it carries may be anything. */
function isOfRound({ value }: Click['action'], round: number): boolean {
  return value.round === String(round)
}

/** The asker takes the question back while nobody has answered it. */
export async function withdraw(click: Click): Promise<Acknowledgement> {
  const { trx, now, language } = click
  const { id } = await ownRequest(click)
  const request = await trx
    .updateTable('help_request')
    .set({ state: 'withdrawn', closed_at: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
  if (!request) throw new PlainError('help:over')
  await stopClock(trx, id)
  await settleCards(trx, request, now)
  const text = translate(language, 'help:questions.withdrawn')
  return { toast: text, replace: textCard(text, request.number) }
}

/** The asker says that the reply settled it. */
export async function markSolved(click: Click): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { id, round } = await ownRequest(click)
  if (!isOfRound(action, round)) throw new PlainError('help:over')
  const request = await trx
    .updateTable('help_request')
    .set({ state: 'closed', closed_at: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'answered')
    .where('round', '=', round)
    .returningAll()
    .executeTakeFirst()
  if (!request) throw new PlainError('help:over')
  await settleCards(trx, request, now)
  return { toast: translate(language, 'help:answered.thanks') }
}

/**
 * The asker says that the reply did not settle it: once, it is put to the same people and to those above them.
 */
export async function markUnsolved(click: Click, library: Library): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { id, reopened, round, state } = await ownRequest(click)
  if (state === 'answered' && reopened === 1) throw new PlainError('help:answered.once')
  if (!isOfRound(action, round)) throw new PlainError('help:over')
  const again = await trx
    .updateTable('help_request')
    .set((set) => ({ state: 'open', reopened: 1, round: set('round', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'answered')
    .where('round', '=', round)
    .returningAll()
    .executeTakeFirst()
  if (!again) throw new PlainError('help:over')
  const above = await peopleAbove(trx, again, now)
  const holders = (await activeReceivers(trx, again, now)).filter(({ inOffice }) => inOffice)
  const those = [...holders.map(({ person }) => person), ...above.people]
  // All who had it have left, and nobody stands above them: it is asked as if for the first time.
  const anew = those.length > 0 ? null : await routeOf({ db: trx, today: dayInChina(now) }, again.asker)
  const receivers = anew?.receivers ?? those
  const request: HelpRequest = { ...again, lies_with: anew?.liesWith ?? above.liesWith }
  await trx.updateTable('help_request').set({ lies_with: request.lies_with }).where('id', '=', id).execute()
  await putTo(trx, library, request, receivers, { why: 'again' }, now)
  await startClock(trx, request, now)
  const names = await namesOf(trx, { ...request, people: receivers }, language)
  return { toast: translate(language, 'help:answered.again', { receivers: names }) }
}
