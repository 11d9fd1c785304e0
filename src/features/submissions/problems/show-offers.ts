import type { Block } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { headline } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { possibleActions } from '../life/life.ts'
import { readSubmission } from '../records.ts'
import { partOf } from '../relations.ts'
import { standingOf } from '../standing.ts'
import { offersOn, readableOffers } from './offers.ts'
import { moreOffers, oneOffer } from './solving-cards.ts'

/** Whole offers fill a card. */
const mostOnPage = 4
const longestShown = 1000

/** 全部方案, some at a time, with as much of each as fits a card. */
export async function showOffers(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const part = await partOf(trx, submission, person, dayInChina(now))
  const offers = readableOffers(submission, part, await offersOn(trx, submission.row.id))
  if (part.as.length === 0 || offers.length === 0) throw new PlainError('submissions:gone')
  const possible = possibleActions(submission.kind, await standingOf(trx, submission), part)
  const typed = Number(action.value.from)
  const from = Number.isInteger(typed) && typed > 0 && typed < offers.length ? typed : 0
  const blocks: Block[] = []
  for (const offer of offers.slice(from, from + mostOnPage)) {
    blocks.push(...(await oneOffer(trx, submission, offer, possible, language, longestShown)))
  }
  const next = from + mostOnPage
  if (next < offers.length) {
    const label = translate(language, 'problems:offers.next', { count: offers.length - next })
    blocks.push({ type: 'buttons', buttons: [moreOffers(submission, label, next)] })
  }
  return { beside: { tone: 'info', title: headline(submission, language), blocks }, besideAlone: true }
}
