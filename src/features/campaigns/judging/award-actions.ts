import type { Button, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { mustBeAsShown } from '../../circulation/port.ts'
import { lookerOf, maySee } from '../access.ts'
import { audienceOfCampaign } from '../making/audience.ts'
import { showButton } from '../making/campaign-texts.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { may, mustReadEntries, personOf } from './access.ts'
import {
  awardsCard,
  awardsOnPage,
  awardTitle,
  certificateCard,
  certificatesCard,
  noticeCard,
  resultsButton,
  resultsCard,
} from './award-cards.ts'
import { awardsContext } from './award-forms.ts'
import { confirmAwards, honouredBy } from './confirm-awards.ts'
import type { JudgingContext } from './context.ts'
import { pressed } from './judging-actions.ts'
import { awardsOf, findAward, namesOf, objectionsOf, readJudging } from './judging-records.ts'
import { proposeAll } from './keep-awards.ts'
import { lackingLine } from './lacking-characters.ts'
import { beginNotice } from './notice.ts'
import { listCertificates } from './own-certificates.ts'
import { fromIn } from './review-actions.ts'
import { textCard } from './review-cards.ts'
import { withStanding, withUnits } from './shown-awards.ts'
import { handCertificate } from './write-awards.ts'

/** What is pressed about awards. */
export function awardActions(context: JudgingContext): Record<string, ActionHandler> {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    'list-awards': action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.view')
      const card = await awardsCardOf(click, context, campaign, person, fromIn(click))
      return { beside: card, besideAlone: true }
    }, true),
    'propose-awards': action((click) => propose(click, context)),
    'add-awards': action(async (click) => {
      const { campaign } = await pressed(click, 'campaign.make')
      return click.openForm('campaigns.add-award', {
        context: { ...aboutOf(campaign), ...awardsContext(campaign) },
      })
    }),
    'remove-awards': action(async (click) => {
      const { campaign } = await pressed(click, 'campaign.make')
      const { award: id = '' } = click.action.value
      const award = (await awardsOf(click.trx, campaign.row.id)).find((one) => one.id === id)
      if (!award) throw new PlainError('judging:gone')
      return click.openForm('campaigns.remove-award', {
        context: { ...aboutOf(campaign), award: id, holder: award.holder },
      })
    }),
    'notice-awards': action(async (click) => {
      const { campaign } = await pressed(click, 'campaign.make')
      const values = { days: String(context.settings.noticeDays) }
      return click.openForm('campaigns.notice', { context: aboutOf(campaign), values })
    }),
    'notice-now': action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.make')
      const days = Number(click.action.value.days)
      if (!Number.isInteger(days) || days < 1 || days > 60) throw new PlainError('judging:gone')
      const audience = await audienceOfCampaign(click.trx, campaign)
      const reached = await context.circulation.reach(click.trx, audience, click.now)
      mustBeAsShown(reached, click.action.value.reached ?? '')
      await beginNotice(click.trx, context, campaign, days, { by: person, now: click.now })
      const said = translate(click.language, 'judging:notice.begun', { days })
      return { replace: textCard(said, [listButton(campaign.row.id, click.language)]) }
    }),
    'confirm-awards': action((click) => askToConfirm(click), true),
    'confirm-now': action(async (click) => {
      const { campaign, person } = await pressed(click, 'campaign.decide')
      await confirmAwards(click.trx, context, campaign, { by: person, now: click.now })
      const next = [
        resultsButton(campaign.row.id, click.language),
        showButton(campaign.row.id, click.language),
      ]
      return { replace: textCard(translate(click.language, 'judging:awards.confirmed'), next) }
    }),
    certificate: action((click) => showCertificate(click, context)),
    results: action((click) => showResults(click), true),
    'my-certificates': action(async (click) => {
      const person = await personOf(click.trx, click.action.account)
      const card = await certificatesCardOf(click, context, person)
      return { beside: card, besideAlone: true }
    }, true),
    object: action(async (click) => {
      await personOf(click.trx, click.action.account)
      const campaign = await readCampaign(click.trx, click.action.value.campaign ?? '')
      if (campaign?.row.state !== 'notice') throw new PlainError('judging:refused.not-on-notice')
      return click.openForm('campaigns.object', { context: aboutOf(campaign) })
    }),
    'settle-objection': action(async (click) => {
      const { campaign } = await pressed(click, 'campaign.decide')
      const all = await objectionsOf(click.trx, campaign.row.id)
      const objection = all.find(({ id }) => id === click.action.value.objection)
      if (!objection) throw new PlainError('judging:gone')
      if (objection.state !== 'open') throw new PlainError('judging:refused.settled')
      return click.openForm('campaigns.settle-objection', {
        context: { ...aboutOf(campaign), objection: objection.id, text: objection.text },
      })
    }),
  }
}

function aboutOf({ row }: Campaign): Record<string, string> {
  return { campaign: row.id, about: `${row.number} ${row.title}` }
}

/** The awards as somebody may see and change them. */
export async function awardsCardOf(
  { trx, now, language }: Pick<Click, 'trx' | 'now' | 'language'>,
  context: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  person: string,
  from: number,
): Promise<Card> {
  const { id } = campaign.row
  // Scores stand beside the awards, and what is proposed is nobody's to know before it is on notice.
  await mustReadEntries(trx, campaign, { person, now })
  const judging = await readJudging(trx, id)
  const all = await withUnits(trx, campaign, await awardsOf(trx, id), now)
  const shown = all.slice(from, from + awardsOnPage)
  const standing = await withStanding(trx, context, campaign, shown, language)
  const awards = all.map((award) => standing.find((one) => one.id === award.id) ?? award)
  const { count } = await trx
    .selectFrom('campaign_entry')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('campaign', '=', id)
    .where('state', '=', 'in')
    .executeTakeFirstOrThrow()
  const openObjections = (await objectionsOf(trx, id)).filter(({ state }) => state === 'open').length
  const rights = {
    makes: await may(trx, 'campaign.make', campaign, { person, now }),
    decides: await may(trx, 'campaign.decide', campaign, { person, now }),
  }
  const listed = { campaign, judging, awards, entries: Number(count), openObjections, from }
  return awardsCard(listed, rights, language)
}

async function propose(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { campaign, person } = await pressed(click, 'campaign.make')
  const cut = await proposeAll(click.trx, context, campaign, { by: person, now: click.now })
  const card = await awardsCardOf(click, context, campaign, person, 0)
  const names = cut.map((name) => awardTitle(campaign, name, click.language)).join('、')
  const toast =
    cut.length > 0
      ? translate(click.language, 'judging:awards.cut', { names })
      : translate(click.language, 'judging:awards.proposed')
  return { beside: card, besideAlone: true, toast }
}

function listButton(campaign: string, language: Click['language']): Button {
  return {
    label: translate(language, 'judging:do.awards'),
    ...{ action: 'campaigns.list-awards', value: { campaign }, opens: 'beside' },
  }
}

/** 我的证书 of somebody. */
export async function certificatesCardOf(
  { trx, now, language }: Pick<Click, 'trx' | 'now' | 'language'>,
  context: JudgingContext,
  person: string,
): Promise<Card> {
  const found = await listCertificates(trx, context, person, now)
  return found.length === 0
    ? textCard(translate(language, 'judging:certificate.none'))
    : certificatesCard(found, language)
}

/** What was honoured, for all who may see the campaign, once it is confirmed. */
async function showResults({ trx, action, now, language }: Click): Promise<Acknowledgement> {
  const looker = await lookerOf(trx, action.account, now)
  const campaign = await readCampaign(trx, action.value.campaign ?? '')
  if (!campaign || !(await maySee(trx, looker, campaign))) throw new PlainError('judging:gone')
  const from = fromIn({ action })
  const until = (await readJudging(trx, campaign.row.id))?.notice_until
  // A long list on notice is read to its end by the button beneath it.
  if (campaign.row.state === 'notice' && until && from > 0) {
    const awards = await withUnits(trx, campaign, await awardsOf(trx, campaign.row.id), now)
    const day = dayInChina(new Date(Date.parse(until) - 1))
    return { beside: noticeCard(campaign, awards, day, language, from), besideAlone: true }
  }
  return { beside: await resultsNow(trx, campaign, now, language, from), besideAlone: true }
}

/** The results of a campaign as a card. Throws PlainError where they are not confirmed yet. */
export async function resultsNow(
  trx: Click['trx'],
  campaign: Campaign,
  now: Date,
  language: Click['language'],
  from = 0,
): Promise<Card> {
  const { id, number } = campaign.row
  if ((await readJudging(trx, id))?.confirmed_at == null) {
    throw new PlainError('judging:refused.no-results', { number })
  }
  const awards = await withUnits(trx, campaign, await awardsOf(trx, id), now)
  return resultsCard(campaign, awards, null, language, from)
}

/** A certificate, for whom it honours and for whoever may see the campaign. */
async function showCertificate(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { trx, language, action, now } = click
  const person = await personOf(trx, action.account)
  const award = await findAward(trx, action.value.award ?? '')
  const campaign = award && (await readCampaign(trx, award.campaign))
  if (!award || !campaign || award.certificate === null) throw new PlainError('judging:gone')
  const isOwn = (await honouredBy(trx, context, award, now)).includes(person)
  if (!isOwn && !(await may(trx, 'campaign.view', campaign, { person, now }))) {
    throw new PlainError('judging:gone')
  }
  const names = await namesOf(trx, 'organisation', [campaign.row.organisation])
  const organisation = names.get(campaign.row.organisation) ?? ''
  const card = certificateCard({ campaign, award }, organisation, language)
  const paper = await handCertificate(trx, context, { campaign, award }, language, now)
  return { beside: { ...card, blocks: [...card.blocks, paper] }, besideAlone: true }
}

async function askToConfirm(click: Click): Promise<Acknowledgement> {
  const { campaign } = await pressed(click, 'campaign.decide')
  const { id, number } = campaign.row
  const awards = await awardsOf(click.trx, id)
  const said = translate(click.language, 'judging:awards.confirm-text', { number, count: awards.length })
  const label = translate(click.language, 'judging:awards.confirm-now')
  const button = {
    label,
    action: 'campaigns.confirm-now',
    value: { campaign: id },
    style: 'primary' as const,
  }
  const lacking = lackingLine(awards, click.language)
  return {
    beside: textCard(lacking === '' ? said : `${said}\n${lacking}`, [button]),
    besideAlone: true,
  }
}
