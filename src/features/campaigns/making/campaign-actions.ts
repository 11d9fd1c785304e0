import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError, translate } from '../../../messages/translate.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { addDays, monthsLater } from '../../../timers/calendar/day.ts'
import { type Looker, maySee, mustDo, presserOf } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import { mustReadEntries } from '../judging/access.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { campaignsCard, sureCard, templatesCard } from './campaign-cards.ts'
import { statisticsOfCampaign } from './campaign-statistics.ts'
import { buttonsBlock, reviewingButton, showButton, textCard } from './campaign-texts.ts'
import { enterOlder, leave } from './entries.ts'
import { entriesCard } from './entry-cards.ts'
import { closeCampaign, endEntries, openCampaign, openReviews, type Seen } from './run-campaign.ts'
import { cardOf, listEntries, visibleCampaigns } from './show-campaigns.ts'
import { type StandingOrder, standingOfOrganisations, standingOfPeople, standingOrders } from './standing.ts'
import { standingCard } from './standing-card.ts'
import { standingPicture } from './standing-picture.ts'
import { cardOfTemplateFiles } from './template-files.ts'
import type { CampaignTemplates } from './templates.ts'
import { typedAwards, typedRubric } from './typed-lists.ts'

/** What buttons about campaigns do. */
export function campaignActions(context: CampaignsContext, templates: CampaignTemplates): Feature['actions'] {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  const formOf = (form: string) => action((click) => openOfCampaign(click, form))
  return {
    show: action((click) => show(click, context), true),
    list: action((click) => turnPage(click), true),
    standing: action((click) => showStanding(click, context), true),
    // The workbook is put where it can be fetched.
    statistics: action((click) => showStatistics(click, context)),
    entries: action((click) => showEntries(click, context), true),
    mine: action((click) => showOwn(click, context), true),
    templates: action((click) => showTemplates(click, templates), true),
    make: action((click) => openMake(click, templates)),
    // Files are put where they can be fetched.
    'template-files': action(async (click) => {
      const looker = await presserOf(click)
      await mustMakeSomewhere(click.trx, looker)
      const card = await cardOfTemplateFiles(click.trx, context, templates.all, looker, click.language)
      return { beside: card, besideAlone: true }
    }),
    'by-file': action(async (click) => {
      await presserOf(click)
      return click.openForm('campaigns.by-file', {})
    }),
    edit: action((click) => openEdit(click)),
    open: action((click) => open(click, context)),
    change: formOf('campaigns.change'),
    cancel: formOf('campaigns.cancel'),
    'close-anyway': formOf('campaigns.close'),
    'link-event': formOf('campaigns.link-event'),
    'end-entries': action((click) => askFirst(click, 'end-entries')),
    'end-entries-sure': action((click) => endNow(click)),
    close: action((click) => askFirst(click, 'close')),
    'close-sure': action((click) => closeNow(click)),
    enter: action((click) => openEnter(click)),
    'enter-this': action((click) => enterThis(click, context)),
    leave: action((click) => leaveNow(click, context)),
    'take-out': action((click) => openTakeOut(click, context)),
  }
}

/** The campaign of a button. Throws PlainError where it is not for whoever pressed to see. */
async function pressed(click: Click): Promise<{ campaign: Campaign; looker: Looker }> {
  const looker = await presserOf(click)
  const campaign = await readCampaign(click.trx, click.action.value.campaign ?? '')
  if (!campaign || !(await maySee(click.trx, looker, campaign))) throw new PlainError('campaigns:gone')
  return { campaign, looker }
}

/** As `pressed`, for whoever makes it. */
async function pressedByMaker(click: Click): Promise<{ campaign: Campaign; looker: Looker; seen: Seen }> {
  const { campaign, looker } = await pressed(click)
  await mustDo(click.trx, looker, 'campaign.make', campaign.row)
  const { seen } = click.action.value
  return { campaign, looker, seen: { id: campaign.row.id, seen: seen === undefined ? null : Number(seen) } }
}

function placeIn({ from }: Record<string, string>): number {
  const typed = Number(from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

async function show(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { campaign, looker } = await pressed(click)
  return { beside: await cardOf(click.trx, context, campaign, looker, click.language), besideAlone: true }
}

async function turnPage(click: Click): Promise<Acknowledgement> {
  const looker = await presserOf(click)
  const campaigns = await visibleCampaigns(click.trx, looker)
  const card = campaignsCard({ campaigns, from: placeIn(click.action.value), makes: false }, click.language)
  return { beside: card, besideAlone: true }
}

async function showStanding(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { trx, action, language } = click
  const { campaign, looker } = await pressed(click)
  const by = standingOrders.find((one) => one === action.value.by) ?? 'number'
  const whose = action.value.whose === 'person' ? 'person' : 'organisation'
  const card = await standingNow(trx, context, { campaign, by, whose }, looker, language)
  return { beside: card, besideAlone: true }
}

/** The standing of a campaign as a card. @param pictured With a chart, as of then. Default: without. */
export async function standingNow(
  trx: Click['trx'],
  context: CampaignsContext,
  { campaign, by, whose }: { campaign: Campaign; by: StandingOrder; whose: 'organisation' | 'person' },
  { today }: Pick<Looker, 'today'>,
  language: Click['language'],
  pictured: Date | null = null,
): Promise<Card> {
  const day = campaign.row.ends_on < today ? campaign.row.ends_on : today
  const standing =
    whose === 'person'
      ? await standingOfPeople(trx, context, campaign, { by })
      : await standingOfOrganisations(trx, context, campaign, { day, by })
  const card = standingCard({ row: campaign.row, standing, by, whose }, true, language)
  if (!pictured || standing.rows.length === 0) return card
  const picture = await standingPicture(trx, context, { row: campaign.row, standing }, language, pictured)
  return { ...card, blocks: [picture, ...card.blocks] }
}

async function showStatistics(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { campaign, looker } = await pressed(click)
  await mustDo(click.trx, looker, 'campaign.view', campaign.row)
  const card = await statisticsOfCampaign(click.trx, context, campaign, looker, click.language)
  return { beside: card, besideAlone: true }
}

async function showEntries(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { campaign, looker } = await pressedByMaker(click)
  await mustReadEntries(click.trx, campaign, looker)
  const entries = await listEntries(click.trx, context, { campaign: campaign.row.id }, click.language)
  const page = { entries, from: placeIn(click.action.value), campaign: campaign.row }
  return { beside: entriesCard(page, click.language), besideAlone: true }
}

async function showOwn(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { person } = await presserOf(click)
  const entries = await listEntries(click.trx, context, { person }, click.language)
  const page = { entries, from: placeIn(click.action.value), campaign: null }
  return { beside: entriesCard(page, click.language), besideAlone: true }
}

/** Throws PlainError for whoever makes campaigns nowhere. */
export async function mustMakeSomewhere(trx: Click['trx'], { person, today }: Looker): Promise<void> {
  const { organisations } = await reachOfPerson(trx, person, ['campaign.make'], today)
  if (organisations.length === 0) throw new PlainError('campaigns:not-for-you')
}

async function showTemplates(click: Click, { all, problems }: CampaignTemplates): Promise<Acknowledgement> {
  await mustMakeSomewhere(click.trx, await presserOf(click))
  const said = problems.map((problem) => explainError(problem, click.language))
  return { beside: templatesCard(all, said, click.language), besideAlone: true }
}

async function openMake(click: Click, { all }: CampaignTemplates): Promise<Acknowledgement> {
  const looker = await presserOf(click)
  await mustMakeSomewhere(click.trx, looker)
  const template = all.find(({ name }) => name === click.action.value.template)
  if (!template) return click.openForm('campaigns.make', { values: { each: '3' } })
  const starts = looker.today
  return click.openForm('campaigns.make', {
    context: { template: template.name },
    values: {
      ...{ title: template.title[click.language], starts, purpose: template.purpose, rules: template.rules },
      ends: template.months === undefined ? '' : addDays(monthsLater(starts, template.months), -1),
      ...{ kinds: [...template.kinds], rubric: typedRubric(template.rubric) },
      ...{ each: String(template['reviewers-each']), blind: template.blind ? 'yes' : 'no' },
      awards: typedAwards(template.awards),
    },
  })
}

async function openEdit(click: Click): Promise<Acknowledgement> {
  const { campaign } = await pressedByMaker(click)
  const { row } = campaign
  if (row.state !== 'draft') throw new PlainError('campaigns:not-now', { number: row.number })
  const names = await click.trx
    .selectFrom('organisation')
    .select('name')
    .where('id', 'in', [...campaign.organisations])
    .orderBy('id')
    .execute()
  return click.openForm('campaigns.make', {
    context: { campaign: row.id, seen: String(row.revision) },
    values: {
      ...{ title: row.title, organisation: row.organisation, starts: row.starts_on, ends: row.ends_on },
      organisations: names.map(({ name }) => name).join('、'),
      tells: campaign.audience === null ? 'groups' : 'members',
      ...{ kinds: [...campaign.kinds], purpose: row.purpose, document: row.rules_document ?? '' },
      ...{ rules: row.rules_text, rubric: typedRubric(campaign.rubric), each: String(row.reviewers_each) },
      ...{ blind: row.blind === 1 ? 'yes' : 'no', awards: typedAwards(campaign.awards) },
    },
  })
}

/** 开展: the last press. */
async function open(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { looker, seen } = await pressedByMaker(click)
  const doing = { by: looker.person, today: looker.today, now: click.now }
  const { row } = await openCampaign(click.trx, context, seen, doing)
  return { replace: said(row, 'opened', click) }
}

async function openOfCampaign(click: Click, form: string): Promise<Acknowledgement> {
  const { campaign, seen } = await pressedByMaker(click)
  const { row } = campaign
  return click.openForm(form, {
    context: {
      ...{ campaign: row.id, number: row.number, title: row.title, starts: row.starts_on },
      seen: String(seen.seen ?? row.revision),
    },
    values: form === 'campaigns.change' ? { ends: row.ends_on } : {},
  })
}

/** What cannot be taken back, and stands beside harmless buttons, is asked for once more. */
async function askFirst(click: Click, what: 'end-entries' | 'close'): Promise<Acknowledgement> {
  const { campaign } = await pressedByMaker(click)
  const open = what === 'close' ? await openReviews(click.trx, campaign.row.id) : 0
  return { beside: sureCard(campaign, { what, open }, click.language), besideAlone: true }
}

async function endNow(click: Click): Promise<Acknowledgement> {
  const { looker, seen } = await pressedByMaker(click)
  const { row } = await endEntries(click.trx, seen, { by: looker.person, now: click.now })
  const card = said(row, 'entries-ended', click)
  return {
    replace: {
      ...card,
      blocks: [...card.blocks, ...buttonsBlock([reviewingButton(row.id, click.language)])],
    },
  }
}

async function closeNow(click: Click): Promise<Acknowledgement> {
  const { looker, seen } = await pressedByMaker(click)
  const { row } = await closeCampaign(click.trx, seen, { reason: '' }, { by: looker.person, now: click.now })
  return { replace: said(row, 'closed', click) }
}

function said(
  { id, number, title }: Campaign['row'],
  key: string,
  { language }: Click,
  more: Record<string, string> = {},
) {
  const text = translate(language, `campaigns:receipt.${key}`, { number, title, ...more })
  return textCard(text, [showButton(id, language)])
}

async function openEnter(click: Click): Promise<Acknowledgement> {
  const { campaign } = await pressed(click)
  const { id, number, title } = campaign.row
  return click.openForm('campaigns.enter', { context: { campaign: id, number, title } })
}

async function enterThis(click: Click, { submissions }: CampaignsContext): Promise<Acknowledgement> {
  const { campaign, looker } = await pressed(click)
  const { number = '' } = click.action.value
  const record = await submissions.find(click.trx, number, click.language)
  if (!record) throw new PlainError('campaigns:entry.not-yours', { number })
  await enterOlder(click.trx, campaign, record, { by: looker.person, today: looker.today, now: click.now })
  return { replace: said(campaign.row, 'entered', click, { record: record.number }) }
}

/** 不参加. */
async function leaveNow(click: Click, context: CampaignsContext): Promise<Acknowledgement> {
  const { campaign, looker } = await pressed(click)
  const { submission = '' } = click.action.value
  const [record] = await context.submissions.records(click.trx, [submission], click.language)
  if (!record) throw new PlainError('campaigns:gone')
  await leave(click.trx, context, campaign, record, { by: looker.person, now: click.now })
  return { replace: said(campaign.row, 'left', click, { record: record.number }) }
}

async function openTakeOut(click: Click, { submissions }: CampaignsContext): Promise<Acknowledgement> {
  const { campaign } = await pressedByMaker(click)
  const { submission = '' } = click.action.value
  const [record] = await submissions.records(click.trx, [submission], click.language)
  if (!record) throw new PlainError('campaigns:gone')
  return click.openForm('campaigns.take-out', {
    context: { campaign: campaign.row.id, submission, record: record.number, title: campaign.row.title },
  })
}
