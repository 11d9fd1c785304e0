import type { Card } from '../../../chat/card.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { lookerOf, maySee } from '../access.ts'
import { type Campaign, findCampaign } from '../records.ts'
import { campaignFor, mustReadEntries, personOf } from './access.ts'
import { awardsCardOf, certificatesCardOf, resultsNow } from './award-actions.ts'
import type { JudgingContext } from './context.ts'
import { rankingCardOf, reviewingCardOf } from './judging-actions.ts'
import { listOwnReviews } from './own-reviews.ts'
import { reviewsCard, textCard } from './review-cards.ts'

const number = '(JB-\\d{4}-\\d{4,})'
const reviewingWords = new RegExp(`^(?:活动评审|评审进度|评审分配|reviewing)\\s*${number}$`, 'i')
const rankingWords = new RegExp(`^(?:评审排名|评分排名|ranking)\\s*${number}$`, 'i')
const awardWords = new RegExp(`^(?:活动评奖|评奖|awards)\\s*${number}$`, 'i')
const resultWords = new RegExp(`^(?:获奖名单|评选结果|results)\\s*${number}$`, 'i')

interface Asker {
  person: string
  now: Date
}

/** What is typed about reviews, rankings and awards. */
export function judgingCommands(context: JudgingContext): Command[] {
  const alone =
    (make: (trx: Trx, asker: Asker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) =>
        make(trx, { person: await personOf(trx, turn.message.account), now }, turn),
      )
  const about = (
    pattern: RegExp,
    make: (trx: Trx, campaign: Campaign, asker: Asker, turn: Turn) => Promise<Card>,
  ): Command => ({
    ...{ words: { 'zh-CN': [], en: [] }, pattern },
    run: alone(async (trx, asker, turn) => {
      const [, typed = ''] = pattern.exec(turn.message.text.normalize('NFKC').trim()) ?? []
      const found = await findCampaign(trx, typed)
      if (!found) throw new PlainError('judging:gone')
      return make(trx, await campaignFor(trx, 'campaign.view', found.row.id, asker), asker, turn)
    }),
  })
  return [
    {
      words: { 'zh-CN': ['我的评审', '待我评审', '活动评审'], en: ['my reviews'] },
      run: alone(async (trx, { person }, { language }) => {
        const found = await listOwnReviews(trx, context, { reviewer: person }, language)
        return found.count === 0
          ? textCard(translate(language, 'judging:list.none'))
          : reviewsCard(found, language)
      }),
    },
    {
      words: { 'zh-CN': ['我的证书', '我的荣誉证书'], en: ['my certificates'] },
      run: alone((trx, { person, now }, { language }) =>
        certificatesCardOf({ trx, now, language }, context, person),
      ),
    },
    about(reviewingWords, (trx, campaign, asker, { language }) =>
      reviewingCardOf(trx, campaign, asker, language),
    ),
    about(rankingWords, async (trx, campaign, asker, { language }) => {
      await mustReadEntries(trx, campaign, asker)
      return rankingCardOf(trx, context, campaign, 0, language)
    }),
    about(awardWords, (trx, campaign, { person, now }, { language }) =>
      awardsCardOf({ trx, now, language }, context, campaign, person, 0),
    ),
    {
      ...{ words: { 'zh-CN': [], en: [] }, pattern: resultWords },
      run: alone(async (trx, _asker, { message, language }) => {
        const [, typed = ''] = resultWords.exec(message.text.normalize('NFKC').trim()) ?? []
        const [campaign, now] = [await findCampaign(trx, typed), message.at]
        const looker = await lookerOf(trx, message.account, now)
        if (!campaign || !(await maySee(trx, looker, campaign))) throw new PlainError('judging:gone')
        return resultsNow(trx, campaign, now, language)
      }),
    },
  ]
}
