import type { Button, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { reviewingButton } from '../making/campaign-texts.ts'
import type { Campaign } from '../records.ts'
import { campaignFor, may, mustReadEntries, personOf, runs } from './access.ts'
import type { JudgingContext } from './context.ts'
import { beginDeal, planDeal } from './deal-entries.ts'
import { explainPlace } from './explain-place.ts'
import {
  blindCheckCard,
  dealCard,
  explainCard,
  placesOnPage,
  rankingCard,
  reviewingCard,
} from './judging-cards.ts'
import { countOpenReviews, namesOf, readJudging, reviewerFigures } from './judging-records.ts'
import { endReviewing } from './keep-awards.ts'
import { mustBeReviewed, proposeReviewers } from './keep-reviewers.ts'
import { readPlace, readRankingWindow } from './read-ranking.ts'
import { fromIn } from './review-actions.ts'
import { shortLine, textCard } from './review-cards.ts'
import { tellingPlaces } from './shown-entry.ts'

/** Entries that are looked through at one press. */
const checkedAtOnce = 100

/** What organisers press while a campaign is reviewed. */
export function judgingActions(context: JudgingContext): Record<string, ActionHandler> {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    reviewing: action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.view')
      return beside(await reviewingCardOf(click.trx, campaign, { person, now: click.now }, click.language))
    }, true),
    'name-reviewers': action((click) => openReviewers(click)),
    deal: action(async (click) => {
      const { campaign } = await pressed(click, 'campaign.make')
      mustBeReviewed(campaign, (await readJudging(click.trx, campaign.row.id))?.ended_at ?? null)
      return beside(dealCard(campaign, await planDeal(click.trx, campaign, click.now), click.language))
    }, true),
    'deal-now': action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.make')
      await beginDeal(click.trx, campaign, { by: person, now: click.now })
      const next = reviewingButton(campaign.row.id, click.language)
      return { replace: textCard(translate(click.language, 'judging:deal.done'), [next]) }
    }),
    'check-blind': action((click) => checkBlind(click, context), true),
    'end-reviewing': action((click) => end(click)),
    'end-reviewing-sure': action((click) => endNow(click, context)),
    ranking: action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.view')
      await mustReadEntries(click.trx, campaign, { person, now: click.now })
      return beside(await rankingCardOf(click.trx, context, campaign, fromIn(click), click.language))
    }, true),
    explain: action((click) => explain(click, context), true),
  }
}

function beside(card: Card): Acknowledgement {
  return { beside: card, besideAlone: true }
}

/** The campaign of a button, and who pressed. Throws PlainError where they may not. */
export async function pressed(
  { trx, action, now }: Click,
  right: Parameters<typeof may>[1],
): Promise<{ campaign: Campaign; person: string }> {
  const person = await personOf(trx, action.account)
  return { person, campaign: await campaignFor(trx, right, action.value.campaign, { person, now }) }
}

/** How reviewing stands, as somebody may see it. */
export async function reviewingCardOf(
  db: Click['trx'],
  campaign: Campaign,
  who: { person: string; now: Date },
  language: Click['language'],
): Promise<Card> {
  const { id } = campaign.row
  // Who reviews, and how far each is, is for whoever runs it.
  if (!(await runs(db, campaign, who))) throw new PlainError('judging:not-yours')
  const entries = db
    .selectFrom('campaign_entry')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('campaign', '=', id)
    .where('state', '=', 'in')
  const { count } = await entries.executeTakeFirstOrThrow()
  const { entries: undealt } = await planDeal(db, campaign, who.now)
  const reviewers = await reviewerFigures(db, id)
  const judging = await readJudging(db, id)
  const makes = await may(db, 'campaign.make', campaign, who)
  return reviewingCard({ campaign, judging, reviewers, entries: Number(count), undealt }, makes, language)
}

/** The form with those who review now, or who could. */
async function openReviewers(click: Click): Promise<Acknowledgement> {
  const { trx, now } = click
  const { campaign } = await pressed(click, 'campaign.make')
  const { id, number, title } = campaign.row
  const judging = await readJudging(trx, id)
  mustBeReviewed(campaign, judging?.ended_at ?? null)
  const named = (await reviewerFigures(trx, id)).filter(({ isIn }) => isIn)
  const people =
    named.length > 0 ? named.map(({ person }) => person) : await proposeReviewers(trx, campaign, now)
  const names = await namesOf(trx, 'person', people)
  return click.openForm('campaigns.name-reviewers', {
    context: { campaign: id, about: `${number} ${title}` },
    values: { reviewers: [...names.values()].join('、'), ties: judging?.ties ?? 'resolved' },
  })
}

/** What tells whose it is in the texts of a blind review, some at a time. */
async function checkBlind(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const { campaign, person } = await pressed(click, 'campaign.make')
  await mustReadEntries(trx, campaign, { person, now: click.now })
  const rows = await trx
    .selectFrom('campaign_entry')
    .select('submission')
    .where('campaign', '=', campaign.row.id)
    .where('state', '=', 'in')
    .where('submission', '>', action.value.after ?? '')
    .orderBy('submission')
    .limit(checkedAtOnce)
    .execute()
  const ids = rows.map(({ submission }) => submission)
  const found = []
  for (const record of await context.submissions.records(trx, ids, language)) {
    const places = await tellingPlaces(trx, context, campaign, record, language)
    if (places.length > 0) found.push({ name: `${record.number} ${record.subject}`, places })
  }
  const next = rows.length === checkedAtOnce ? (ids.at(-1) ?? null) : null
  return beside(blindCheckCard({ campaign, found, looked: ids.length, next }, language))
}

/** Asks once more where everything is given, since no score can be changed after it; else by a form that asks why it is not waited for. */
async function end(click: Click): Promise<Acknowledgement> {
  const { campaign } = await pressed(click, 'campaign.make')
  const { id, number, title } = campaign.row
  if (campaign.row.state !== 'reviewing') throw new PlainError('judging:refused.not-reviewing', { number })
  const open = await countOpenReviews(click.trx, id)
  if (open > 0) {
    return click.openForm('campaigns.end-reviewing', {
      context: { campaign: id, about: `${number} ${title}`, count: String(open) },
    })
  }
  const sure = translate(click.language, 'judging:reviewing.sure', { number, title: shortLine(title, 80) })
  const button: Button = {
    label: translate(click.language, 'judging:reviewing.sure-end'),
    ...{ action: 'campaigns.end-reviewing-sure', value: { campaign: id }, style: 'primary', opens: 'here' },
  }
  return beside(textCard(sure, [button, reviewingButton(id, click.language)]))
}

async function endNow(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { campaign, person } = await pressed(click, 'campaign.make')
  const { id, number } = campaign.row
  await endReviewing(click.trx, context, campaign, '', { by: person, now: click.now })
  const label = translate(click.language, 'judging:do.awards')
  const said = translate(click.language, 'judging:receipt.ended', { number, count: 0 })
  const button = { label, action: 'campaigns.list-awards', value: { campaign: id }, opens: 'beside' as const }
  return { replace: textCard(said, [button]) }
}

/** A page of the ranking. */
export async function rankingCardOf(
  db: Click['trx'],
  { submissions }: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  from: number,
  language: Click['language'],
): Promise<Card> {
  const window = await readRankingWindow(db, campaign, { from, count: placesOnPage })
  const ids = window.placed.map(({ entry }) => entry.submission)
  const records = await submissions.records(db, ids, language)
  const names = new Map(records.map(({ id, number, subject }) => [id, `${number} ${subject}`]))
  return rankingCard({ campaign, ...window, names, from }, language)
}

async function explain(click: Click, { submissions }: JudgingContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const { campaign, person } = await pressed(click, 'campaign.view')
  await mustReadEntries(trx, campaign, { person, now: click.now })
  const one = await readPlace(trx, campaign, action.value.submission ?? '')
  const [record] = one ? await submissions.records(trx, [one.entry.submission], language) : []
  if (!one || !record) throw new PlainError('judging:gone')
  const lines = await explainPlace(trx, campaign, one, language)
  return beside(explainCard(`${record.number} ${record.subject}`, lines, language))
}
