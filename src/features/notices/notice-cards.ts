import { type Block, type Button, type Card, isLinkable, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { type CardReader, type Reached, reachedInShort } from '../circulation/port.ts'
import type { Notice, NoticeLink } from './records.ts'

/** More would not fit a card. */
const mostOnPage = 8
const mostLinks = 20
const mostNames = 10

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Leads to how a notice stands, from whatever was done about it. */
export function standingButton({ row }: Pick<Notice, 'row'>, language: Language): Button {
  const label = translate(language, 'notices:list.standing')
  return { label, action: 'notices.show', value: { notice: row.id }, opens: 'beside' }
}

/** How far a notice has been read, for its groups. */
export interface ReadSoFar {
  read: number
  unread: number
  /** Who has read it last. */
  names: readonly string[]
}

/** The notice itself, for whoever it is for. @param soFar null: it does not ask. */
export function noticeCard(
  { row, organisation, files, links }: Notice,
  { language, why, chat, hasAnswered = false }: CardReader,
  soFar: ReadSoFar | null,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:card.${key}`, values)
  const title = say(`title-${row.kind}`, { title: row.title })
  const from = row.sent_at
    ? say('from', { organisation, at: dayOf(row.sent_at), number: row.number })
    : say('from-unsent', { organisation, number: row.number })
  if (row.state === 'withdrawn') {
    const text = say('withdrawn', { reason: row.reason })
    return {
      tone: 'info',
      title,
      blocks: [
        { type: 'text', runs: plain(text) },
        { type: 'note', text: from },
      ],
    }
  }
  const asks = row.asks === 1
  const isOpen = row.state === 'sent'
  const read: Button = {
    label: say('read'),
    ...{ action: 'notices.read', value: { notice: row.id }, style: 'primary' },
  }
  return {
    tone: 'info',
    title,
    blocks: [
      ...(why === 'reminder'
        ? [
            {
              type: 'text' as const,
              runs: [{ text: say(row.corrected_at ? 'read-again' : 'reminder'), strong: true }],
            },
          ]
        : []),
      ...row.text.split(/\n{2,}/).map((text): Block => ({ type: 'text', runs: plain(text) })),
      ...linkBlocks(links, language),
      ...files.map(
        ({ name, type, blob, url }): Block => ({ type: 'document', name, mediaType: type, blob, url }),
      ),
      ...(row.corrected_at
        ? [{ type: 'note' as const, text: say('corrected', { at: dayOf(row.corrected_at) }) }]
        : []),
      { type: 'note', text: from },
      ...(asks && isOpen && row.until
        ? [{ type: 'text' as const, runs: plain(say('until', { at: minuteInChina(new Date(row.until)) })) }]
        : []),
      ...(chat && soFar ? soFarBlocks(soFar, language) : []),
      ...(hasAnswered && asks ? [{ type: 'note' as const, text: say('you-read') }] : []),
      ...(asks && isOpen && !hasAnswered ? [{ type: 'buttons' as const, buttons: [read] }] : []),
    ],
  }
}

function soFarBlocks({ read, unread, names }: ReadSoFar, language: Language): Block[] {
  const said = names.slice(0, mostNames).join(language === 'en' ? ', ' : '、')
  const text = translate(language, 'notices:card.so-far', { read, unread })
  return [
    {
      type: 'note',
      text: read > 0 ? `${text}${translate(language, 'notices:card.names', { names: said })}` : text,
    },
  ]
}

function linkBlocks(links: readonly NoticeLink[], language: Language): Block[] {
  const byTopic = Map.groupBy(links.slice(0, mostLinks), ({ topic }) => topic)
  return (['strategy', 'news', 'showcase'] as const).flatMap((topic): Block[] => {
    const theirs = byTopic.get(topic) ?? []
    if (theirs.length === 0) return []
    const heading = translate(language, `notices:topic.${topic}`)
    return [
      { type: 'text', runs: [{ text: heading, strong: true }] },
      ...theirs.flatMap(({ title, note, url }): Block[] => [
        // What came by another way than the form is text, never a link.
        isLinkable(url) ? { type: 'link', label: title, url } : { type: 'text', runs: plain(title) },
        ...(note === '' ? [] : [{ type: 'note' as const, text: note }]),
      ]),
    ]
  })
}

/** What a maker sees before it goes out. */
export interface Preview {
  /** Whom it is for, in words. */
  audience: readonly string[]
  reached: Reached
  /** When the rest is reminded. */
  remindAt: readonly Date[]
}

/** The last look: whom it reaches, a sample, and the last press. */
export function previewCard(
  notice: Notice,
  { audience, reached, remindAt }: Preview,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:preview.${key}`, values)
  const { row } = notice
  const value = { notice: row.id, revision: String(row.revision), reached: reachedInShort(reached) }
  const sample = noticeCard(
    { ...notice, row: { ...row, state: 'sent' } },
    { why: 'first', language, person: null, chat: null },
    null,
  )
  return {
    tone: 'info',
    title: say('title', { number: row.number }),
    blocks: [
      { type: 'list', items: audience.map((line) => plain(line)) },
      {
        type: 'text',
        runs: [{ text: say('reaches', { people: reached.people, chats: reached.chats }), strong: true }],
      },
      ...(reached.unreachable > 0
        ? [{ type: 'note' as const, text: say('unreachable', { count: reached.unreachable }) }]
        : []),
      ...(row.asks === 1
        ? [
            {
              type: 'note' as const,
              text:
                remindAt.length > 0
                  ? say('reminds', { at: remindAt.map((at) => minuteInChina(at)).join('、') })
                  : say('asks'),
            },
          ]
        : []),
      { type: 'divider' },
      { type: 'note', text: say('sample') },
      { type: 'text', runs: [{ text: sample.title ?? '', strong: true }] },
      ...sample.blocks.filter(({ type }) => type !== 'buttons'),
      { type: 'divider' },
      {
        type: 'buttons',
        buttons: [
          { label: say('send'), action: 'notices.send', value, style: 'primary' },
          { label: say('change'), action: 'notices.change', value, opens: 'beside' },
          { label: say('drop'), action: 'notices.drop', value },
        ],
      },
    ],
  }
}

/** How a notice stands, for whoever makes it. */
export interface Standing {
  read: number
  unread: number
  unreachable: number
  waiting: number
  chats: number
}

/** A notice for its makers. */
export function standingCard(notice: Notice, standing: Standing, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:standing.${key}`, values)
  const { row } = notice
  const value = { notice: row.id }
  const isOut = row.state === 'sent' || row.state === 'ended'
  const button = (action: string, opens: 'here' | 'beside' = 'beside'): Button => ({
    ...{ label: say(action), action: `notices.${action}`, value, opens },
  })
  const buttons: Button[] = [
    ...(isOut && row.asks === 1 && standing.unread > 0 ? [button('missing')] : []),
    ...(row.state === 'sent' && row.asks === 1 && standing.unread > 0 ? [button('remind', 'here')] : []),
    ...(isOut ? [button('open'), button('correct'), button('withdraw')] : []),
    ...(row.state === 'draft' ? [button('preview')] : []),
  ]
  return {
    tone: 'info',
    title: row.title,
    blocks: [
      {
        type: 'text',
        runs: plain([row.number, kindTitle(row.kind, language), stateTitle(row.state, language)].join(' · ')),
      },
      ...(row.state === 'draft'
        ? []
        : [{ type: 'text' as const, runs: plain(say('sent', { ...standing })) }]),
      ...(row.asks === 1 && row.state !== 'draft'
        ? [{ type: 'text' as const, runs: [{ text: say('read', { ...standing }), strong: true }] }]
        : []),
      ...(standing.unreachable > 0
        ? [{ type: 'note' as const, text: say('unreachable', { count: standing.unreachable }) }]
        : []),
      ...(row.until
        ? [{ type: 'note' as const, text: say('until', { at: minuteInChina(new Date(row.until)) }) }]
        : []),
      ...(row.reason ? [{ type: 'note' as const, text: say('reason', { reason: row.reason }) }] : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

export function kindTitle(kind: Notice['row']['kind'], language: Language): string {
  return translate(language, `notices:kind.${kind}`)
}

export function stateTitle(state: Notice['row']['state'], language: Language): string {
  return translate(language, `notices:state.${state}`)
}

/** Lines of a list of notices. */
export interface ListedNotice {
  notice: Notice
  /** Such as 已知悉 3，未知悉 9. */
  state: string
}

/** A page of notices: those one makes, or those one got. */
export function noticesCard(
  {
    listed,
    from,
    count,
    list,
  }: { listed: readonly ListedNotice[]; from: number; count: number; list: 'made' | 'mine' },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `notices:list.${key}`, values)
  const left = count - from - listed.length
  const shown = listed.slice(0, mostOnPage)
  return {
    tone: 'info',
    title: say(list === 'made' ? 'title' : 'mine-title', { count }),
    blocks: [
      ...shown.flatMap(({ notice: { row }, state }): Block[] => [
        { type: 'text', runs: [{ text: `${row.number} ${row.title}`, strong: true }] },
        { type: 'note', text: [kindTitle(row.kind, language), state].join(' · ') },
        {
          type: 'buttons',
          buttons: [
            {
              label: say('show'),
              action: list === 'made' ? 'notices.show' : 'notices.open',
              value: { notice: row.id },
              opens: 'beside',
            },
          ],
        },
      ]),
      ...(left > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                {
                  label: say('next', { count: left }),
                  action: 'notices.list',
                  value: { list, from: String(from + listed.length) },
                  opens: 'beside' as const,
                },
              ],
            },
          ]
        : []),
    ],
  }
}

function dayOf(at: string | null): string {
  return at === null ? '' : minuteInChina(new Date(at)).slice(0, 10)
}
