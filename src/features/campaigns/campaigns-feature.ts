import type { Feature, Whose } from '../../conversation/feature.ts'
import type { DomainEvents, EventName } from '../../events/events.ts'
import type { Trx } from '../../store/store.ts'
import type { Writer } from '../circulation/port.ts'
import type { CampaignsContext } from './context.ts'
import { createJudgingPart } from './judging/part.ts'
import { createMakingPart } from './making/part.ts'
import type { CampaignsPart } from './part.ts'
import { readCampaign } from './records.ts'

/** 讲、比 campaigns and innovation contests: what takes part, how it is reviewed and ranked, what is honoured (clause 5). */
export function createCampaigns(context: CampaignsContext): Feature {
  const parts = partsOf(context)
  const joined = <T>(
    of: (part: CampaignsPart) => Readonly<Record<string, T>> | undefined,
  ): Record<string, T> => Object.assign({}, ...parts.map(of))
  return {
    name: 'campaigns',
    actions: joined((part) => part.actions),
    commands: parts.flatMap(({ commands = [] }) => commands),
    forms: parts.flatMap(({ forms = [] }) => forms),
    async mine(whose: Whose) {
      const found = []
      for (const { mine } of parts) if (mine) found.push(...(await mine(whose)))
      return found
    },
    timers: joined((part) => part.timers),
    subscriptions: {
      'submission.sent': eachInTurn(parts, 'submission.sent'),
      'submission.ended': eachInTurn(parts, 'submission.ended'),
    },
  }
}

/** All parts that want to hear of it, one after another. */
function eachInTurn<Name extends EventName>(parts: readonly CampaignsPart[], name: Name) {
  return async (trx: Trx, event: DomainEvents[Name], now: Date): Promise<void> => {
    for (const { subscriptions } of parts) await subscriptions?.[name]?.(trx, event, now)
  }
}

/** Writes what campaigns send to many: each post by the part that has it. */
export function createCampaignWriter(context: CampaignsContext): Writer {
  const posts = Object.assign({}, ...partsOf(context).map((part) => part.posts)) as NonNullable<
    CampaignsPart['posts']
  >
  return {
    async prepare(trx, id, now) {
      const [campaign = '', post = ''] = id.split(':')
      const found = await readCampaign(trx, campaign)
      const prepare = Object.hasOwn(posts, post) ? posts[post] : undefined
      return found && prepare ? prepare(trx, found, now) : null
    },
  }
}

function partsOf(context: CampaignsContext): CampaignsPart[] {
  return [createMakingPart(context), createJudgingPart(context)]
}
