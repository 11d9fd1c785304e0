import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { eventToManage } from '../lists/asked-event.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import { announceTo, type GroupChat, groupChats, keyOf } from './group-chats.ts'

/** Groups with a button of their own; all of them are reached by the last button. */
const mostChosen = 10

/** 发布到群: the groups to choose from. */
export async function openGroups(click: Click): Promise<Acknowledgement> {
  const { event, chats } = await groupsOf(click)
  return { beside: chooseGroupsCard(event, chats, click.language), besideAlone: true }
}

/** Announces to the group that was chosen, or to all; what stands there already is not sent twice. */
export async function announceToChosen(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { event, chats } = await groupsOf(click)
  if (event.row.state !== 'published') throw new PlainError('announcing:refused.not-published')
  const chosen =
    action.value.chat === 'all' ? chats : chats.filter(({ chat }) => keyOf(chat) === action.value.chat)
  if (chosen.length === 0) throw new PlainError('announcing:refused.no-group')
  const count = await announceTo(trx, context, event, chosen, now)
  context.wakeWorkers()
  const after = await groupChats(trx, event)
  return {
    toast: translate(language, count === 0 ? 'announcing:groups.already' : 'announcing:groups.done', {
      count,
    }),
    replace: chooseGroupsCard(event, after, language),
  }
}

async function groupsOf({ trx, now, action }: Click): Promise<{ event: Event; chats: GroupChat[] }> {
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const event = await eventToManage(trx, action.value.event ?? '', { person, action: 'event.manage', now })
  return { event, chats: await groupChats(trx, event) }
}

/** The groups of an event's organisation, with where its card stands already. */
export function chooseGroupsCard(
  { row }: Pick<Event, 'row'>,
  chats: readonly GroupChat[],
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `announcing:groups.${key}`, values)
  const nameOf = ({ chat, organisation }: GroupChat) =>
    say('name', { organisation, platform: platformTitle(chat.platform, language) })
  const missing = chats.filter(({ announced }) => !announced)
  const value = { event: row.id }
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: eventHeadline(row), strong: true }] },
    ...(chats.length === 0
      ? [{ type: 'text' as const, runs: plain(say('none')) }]
      : [
          {
            type: 'list' as const,
            items: chats
              .slice(0, mostChosen * 2)
              .map((group) => plain(say(group.announced ? 'stands' : 'missing', { name: nameOf(group) }))),
          },
        ]),
    ...(missing.length === 0
      ? []
      : [
          {
            type: 'buttons' as const,
            buttons: [
              ...missing.slice(0, mostChosen).map((group) => ({
                label: say('to', { name: nameOf(group) }),
                action: 'events.announce-to',
                value: { ...value, chat: keyOf(group.chat) },
              })),
              ...(missing.length > 1
                ? [
                    {
                      label: say('to-all', { count: missing.length }),
                      action: 'events.announce-to',
                      value: { ...value, chat: 'all' },
                    },
                  ]
                : []),
            ],
          },
        ]),
    { type: 'note', text: say('how', { number: row.number }) },
  ]
  return { tone: 'info', title: say('title'), blocks }
}

/** 飞书, Slack; another platform by its name. */
function platformTitle(platform: string, language: Language): string {
  const known = ['web', 'terminal', 'feishu', 'slack']
  return known.includes(platform) ? translate(language, `people:platform.${platform}`) : platform
}
