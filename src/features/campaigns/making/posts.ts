import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { CampaignsContext } from '../context.ts'
import type { CampaignsPart } from '../part.ts'
import type { Campaign } from '../records.ts'
import {
  awardsLine,
  beginButtons,
  buttonsBlock,
  fact,
  jointOf,
  shortened,
  showButton,
  textBlock,
} from './campaign-texts.ts'
import { type ContestEvent, eventsOf } from './contest-events.ts'
import { eventBlocks } from './event-blocks.ts'
import type { Post } from './post-names.ts'
import { type Standing, standingOfOrganisations } from './standing.ts'
import { standingBlocks } from './standing-card.ts'
import { type StandingPictures, standingPictures } from './standing-picture.ts'

/** What a post says beside the campaign itself. */
export interface PostFacts {
  campaign: Campaign
  /** Names of the kinds that take part, by language. */
  kinds(language: Language): readonly string[]
  /** As it is now; null: it says nothing of it. */
  standing: Standing | null
  /** The same, drawn; null: it shows none. */
  pictures: StandingPictures | null
  /** Of a contest. */
  events: readonly ContestEvent[]
  /** Why it was called off, or what else was said about a change; empty: nothing. */
  said: string
}

/** What a campaign says to all. */
export function campaignPosts(context: CampaignsContext): NonNullable<CampaignsPart['posts']> {
  const prepare =
    (post: Post, isAlive: (campaign: Campaign) => boolean) =>
    async (trx: Trx, campaign: Campaign, now: Date) => {
      // What was called off or is over meanwhile is news to nobody.
      if (!isAlive(campaign)) return null
      const shows = post === 'midway' || post === 'closing'
      const day = dayInChina(now)
      const by = { day, by: 'number' as const }
      const standing = shows ? await standingOfOrganisations(trx, context, campaign, by) : null
      const pictured = standing && { row: campaign.row, standing }
      const facts: PostFacts = {
        campaign,
        kinds: (language) => kindTitles(context, campaign, language),
        standing,
        pictures: pictured && (await standingPictures(trx, context, pictured, now)),
        events: await eventsOf(trx, campaign.row.id),
        said: await saidOf(trx, campaign, post),
      }
      return ({ language }: { language: Language }) => postCard(post, facts, language)
    }
  const isOpen = ({ row }: Campaign) => row.state === 'open'
  return {
    opening: prepare('opening', isOpen),
    midway: prepare('midway', isOpen),
    closing: prepare('closing', isOpen),
    changed: prepare('changed', isOpen),
    cancelled: prepare('cancelled', ({ row }) => row.state === 'cancelled'),
  }
}

/** Names of the kinds that take part, as people know them. */
export function kindTitles(
  { submissions }: Pick<CampaignsContext, 'submissions'>,
  { kinds }: Pick<Campaign, 'kinds'>,
  language: Language,
): string[] {
  const known = new Map(submissions.kinds().map(({ kind, title }) => [kind, translate(language, title)]))
  return kinds.map((kind) => known.get(kind) ?? kind)
}

/** What the last of such deeds said. */
async function saidOf(db: Reads, { row }: Campaign, post: Post): Promise<string> {
  if (post !== 'changed' && post !== 'cancelled') return ''
  const last = await db
    .selectFrom('campaign_history')
    .select('data')
    .where('campaign', '=', row.id)
    .where('what', '=', post)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { note, reason } = JSON.parse(last?.data ?? '{}') as Partial<Record<string, string>>
  return note ?? reason ?? ''
}

/** One of the posts, as groups and people read it. */
export function postCard(
  post: Post,
  { campaign, kinds, standing, pictures, events, said }: PostFacts,
  language: Language,
): Card {
  const { row } = campaign
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `campaigns:post.${key}`, values)
  const title = shortened(row.title, 60)
  const values = { title, number: row.number, starts: row.starts_on, ends: row.ends_on }
  const what = kinds(language).join(jointOf(language))
  return {
    tone: 'info',
    title: translate(language, `campaigns:post.title-${post}`, values),
    blocks: [
      textBlock(say(post, { ...values, what })),
      ...(post === 'opening'
        ? [
            ...fact(translate(language, 'campaigns:card.purpose'), row.purpose),
            ...fact(translate(language, 'campaigns:card.awards'), awardsLine(campaign.awards, language)),
          ]
        : []),
      // What was linked after the opening is told of by what follows it; of what is over nothing is to be done.
      ...(post === 'opening' || post === 'midway' || post === 'closing'
        ? eventBlocks(
            events.filter(({ isAhead }) => isAhead),
            language,
          )
        : []),
      ...(said === '' ? [] : fact(say(post === 'cancelled' ? 'reason' : 'note'), said)),
      ...(standing ? standingBlocks({ standing, by: 'number', whose: 'organisation' }, language) : []),
      ...(pictures ? [pictures[language]] : []),
      ...buttonsBlock([
        ...(post === 'cancelled' ? [] : beginButtons(campaign.kinds, kinds(language), language)),
        showButton(row.id, language),
      ]),
    ],
  }
}
