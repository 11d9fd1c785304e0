import type { Card } from '../../../chat/card.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { explainError, translate } from '../../../messages/translate.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import { type Looker, lookerOf, maySee, mustDo } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import { findCampaign } from '../records.ts'
import { mustMakeSomewhere, standingNow } from './campaign-actions.ts'
import { campaignsCard, templatesCard } from './campaign-cards.ts'
import { draftOfFile } from './campaign-forms.ts'
import { statisticsOfCampaign } from './campaign-statistics.ts'
import { isWithin } from './entries.ts'
import { entriesCard, whichCampaignCard } from './entry-cards.ts'
import { createCampaign } from './keep-campaign.ts'
import { takesEntries } from './life.ts'
import { cardOf, listEntries, visibleCampaigns } from './show-campaigns.ts'
import { cardOfTemplateFiles } from './template-files.ts'
import type { CampaignTemplates } from './templates.ts'

const numbered = /^(?:讲比活动|活动|campaign)?\s*(JB-\d{4}-\d{4,6})$/i
const standing = /^(?:活动排行|活动排名|讲比排行|campaign standing|standing)\s*(JB-\d{4}-\d{4,6})?$/i
const counting = /^(?:活动统计|讲比统计|campaign statistics)\s*(JB-\d{4}-\d{4,6})$/i
const entering = /^(?:参加活动|参评|enter)\s*([A-Z]{2}-\d{4}-\d{4,6})$/i

/** What is typed about campaigns. */
export function campaignCommands(context: CampaignsContext, templates: CampaignTemplates): Command[] {
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) =>
        make(trx, await lookerOf(trx, turn.message.account, now), turn),
      )
  const numberIn = (pattern: RegExp, { message }: Turn) =>
    pattern.exec(message.text.normalize('NFKC').trim())?.[1] ?? ''
  const named = async (trx: Trx, looker: Looker, number: string) => {
    const campaign = await findCampaign(trx, number)
    if (!campaign || !(await maySee(trx, looker, campaign))) throw new PlainError('campaigns:gone')
    return campaign
  }
  return [
    {
      words: { 'zh-CN': ['讲比活动', '讲、比活动', '讲比', '竞赛活动', '评比活动'], en: ['campaigns'] },
      run: answer((trx, looker, turn) => list(trx, context, looker, turn)),
    },
    {
      words: {
        'zh-CN': ['新建讲比活动', '发起讲比活动', '开展讲比活动', '新建竞赛活动', '新建创新竞赛'],
        en: ['new campaign', 'make a campaign'],
      },
      run: answer(async (trx, looker, { message, language }) => {
        await mustMakeSomewhere(trx, looker)
        const [file] = message.files ?? []
        if (file) {
          const draft = await draftOfFile(trx, context, file, { templates: templates.all, looker, language })
          const campaign = await createCampaign(trx, draft, { by: looker.person, now: looker.now })
          return cardOf(trx, context, campaign, looker, language)
        }
        const problems = templates.problems.map((problem) => explainError(problem, language))
        return templatesCard(templates.all, problems, language)
      }),
    },
    {
      words: { 'zh-CN': ['活动模板', '讲比活动模板'], en: ['campaign templates'] },
      run: answer(async (trx, looker, { language }) => {
        await mustMakeSomewhere(trx, looker)
        return cardOfTemplateFiles(trx, context, templates.all, looker, language)
      }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numbered,
      run: answer(async (trx, looker, turn) =>
        cardOf(trx, context, await named(trx, looker, numberIn(numbered, turn)), looker, turn.language),
      ),
    },
    {
      words: { 'zh-CN': ['活动排行', '活动排名', '讲比排行'], en: ['campaign standing', 'standing'] },
      pattern: standing,
      run: answer(async (trx, looker, turn) => {
        const number = numberIn(standing, turn)
        const opened = (await visibleCampaigns(trx, looker)).filter(({ row }) => row.opened_at !== null)
        const campaign = number === '' ? opened[0] : await named(trx, looker, number)
        if (!campaign) throw new PlainError('campaigns:list.none')
        return standingNow(
          trx,
          context,
          { campaign, by: 'number', whose: 'organisation' },
          looker,
          turn.language,
          looker.now,
        )
      }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: counting,
      run: answer(async (trx, looker, turn) => {
        const campaign = await named(trx, looker, numberIn(counting, turn))
        await mustDo(trx, looker, 'campaign.view', campaign.row)
        return statisticsOfCampaign(trx, context, campaign, looker, turn.language)
      }),
    },
    {
      words: { 'zh-CN': ['我的参评', '我的参赛', '我参加的讲比活动'], en: ['my entries'] },
      run: answer(async (trx, { person }, { language }) => {
        const entries = await listEntries(trx, context, { person }, language)
        return entriesCard({ entries, from: 0, campaign: null }, language)
      }),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: entering,
      // Events are joined by the same words.
      fits: async ({ message }) => !/HD-/i.test(message.text.normalize('NFKC')),
      run: answer(async (trx, looker, turn) => {
        const number = numberIn(entering, turn).toUpperCase()
        const record = await context.submissions.find(trx, number, turn.language)
        if (!record?.people.includes(looker.person))
          throw new PlainError('campaigns:entry.not-yours', { number })
        const fitting = []
        for (const campaign of await visibleCampaigns(trx, looker)) {
          const isOpen = campaign.row.state === 'open' && takesEntries(campaign.row, looker.today)
          if (!isOpen || !campaign.kinds.includes(record.kind) || record.organisation === null) continue
          if (await isWithin(trx, campaign, record.organisation)) fitting.push(campaign)
        }
        return whichCampaignCard(fitting, number, turn.language)
      }),
    },
  ]
}

async function list(
  trx: Trx,
  context: CampaignsContext,
  looker: Looker,
  { language, message }: Turn,
): Promise<Card> {
  const campaigns = await visibleCampaigns(trx, looker)
  const { organisations } = await reachOfPerson(trx, looker.person, ['campaign.make'], looker.today)
  const makes = organisations.length > 0
  if (campaigns.length === 0 && !makes) throw new PlainError('campaigns:list.none')
  const card = campaignsCard({ campaigns, from: 0, makes }, language)
  const url = await context.consoleLink?.(trx, message.account)
  const label = translate(language, 'campaigns:list.console')
  return url ? { ...card, blocks: [...card.blocks, { type: 'link', label, url }] } : card
}
