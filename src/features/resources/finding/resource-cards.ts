import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { ResourceKinds } from '../kinds.ts'
import { showOpenHours } from '../open-hours.ts'
import type { Resource, ResourceRow } from '../records.ts'

/** A plain word of this feature. */
export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

export interface ListedResources {
  title: string
  rows: readonly ResourceRow[]
  /** All there are, also those that are not on the card. */
  count: number
  /** Buttons below, such as the next page. */
  more?: Button[]
}

/** Resources that were found, each with 预约 and 详情. */
export function resourcesCard(
  { title, rows, count, more = [] }: ListedResources,
  kinds: ResourceKinds,
  language: Language,
): Card {
  const rest = count - rows.length
  return {
    tone: 'info',
    title,
    blocks: [
      ...(rows.length === 0
        ? [{ type: 'text' as const, runs: plain(translate(language, 'resources:list.nothing')) }]
        : []),
      ...rows.flatMap((row): Block[] => [
        {
          type: 'text',
          runs: [
            { text: row.title, strong: true },
            {
              text: ` ${[kindOf(row, kinds, language), row.subjects, row.place].filter(Boolean).join(' · ')}`,
            },
          ],
        },
        { type: 'buttons', buttons: buttonsOf(row, language) },
      ]),
      ...(rest > 0
        ? [{ type: 'note' as const, text: translate(language, 'resources:list.more', { count: rest }) }]
        : []),
      ...(more.length > 0 ? [{ type: 'buttons' as const, buttons: more }] : []),
    ],
  }
}

export interface ShownResource {
  resource: Resource
  /** Names of its organisation and of whoever is in charge; empty: nobody. */
  organisation: string
  owner: string
  /** Null: never used. */
  use: { times: number; people: number; rating: number | null } | null
  /** Address of its page for people from outside; null: it has none. */
  page: string | null
  isKeeper: boolean
}

/** All that is known of a resource. */
export function resourceCard(
  { resource: { row, hours, closed }, organisation, owner, use, page, isKeeper }: ShownResource,
  kinds: ResourceKinds,
  language: Language,
): Card {
  const say = (key: string) => translate(language, `resources:fact.${key}`)
  const lines: [string, string][] = [
    [say('kind'), kindOf(row, kinds, language)],
    [say('subjects'), row.subjects],
    [say('organisation'), organisation],
    [say('owner'), owner],
    [say('place'), [row.region, row.place].filter(Boolean).join(' ')],
    [say('hours'), showOpenHours(hours, language)],
    [say('closed'), [...closed].slice(0, 12).join('、')],
    [say('limits'), limitsOf(row, language)],
    [say('rules'), row.rules],
    [say('call'), row.contact],
    [say('share'), translate(language, `resources:share.${row.share}`)],
    [say('use'), use === null ? '' : useText(use, language)],
  ]
  const edit: Button = {
    ...{
      label: translate(language, 'resources:do.edit'),
      action: 'resources.edit',
      value: { resource: row.id },
    },
    opens: 'beside',
  }
  return {
    tone: 'info',
    title: translate(language, 'resources:card.resource', { number: row.number, title: row.title }),
    blocks: [
      ...(row.state === 'open'
        ? []
        : [{ type: 'note' as const, text: translate(language, `resources:standing.${row.state}`) }]),
      ...(row.description === '' ? [] : [{ type: 'text' as const, runs: plain(row.description) }]),
      ...lines
        .filter(([, value]) => value !== '')
        .map(
          ([label, value]): Block => ({
            type: 'text',
            runs: [{ text: label, strong: true }, { text: value }],
          }),
        ),
      ...(page === null
        ? []
        : [{ type: 'link' as const, label: translate(language, 'resources:card.page'), url: page }]),
      {
        type: 'buttons',
        buttons: [...(row.state === 'open' ? [bookButton(row, language)] : []), ...(isKeeper ? [edit] : [])],
      },
    ].filter((block) => block.type !== 'buttons' || block.buttons.length > 0) as Block[],
  }
}

/** How often it was used, by how many people, and what they say of it. */
export function useText(
  { times, people, rating }: { times: number; people: number; rating: number | null },
  language: Language,
): string {
  const used = translate(language, 'resources:card.used', { times, people })
  return rating === null
    ? used
    : used + translate(language, 'resources:card.rated', { rating: rating.toFixed(1) })
}

/** How many, how often and how far ahead. */
export function limitsOf(row: ResourceRow, language: Language): string {
  const say = (key: string, count: number) => translate(language, `resources:limit.${key}`, { count })
  return [
    say('people', row.most_people),
    ...(row.together === null ? [] : [say('together', row.together)]),
    ...(row.most_a_day === null ? [] : [say('a-day', row.most_a_day)]),
    ...(row.lead_days === 0 ? [] : [say('lead', row.lead_days)]),
  ].join(translate(language, 'resources:limit.joined'))
}

export function kindOf(
  { kind }: Pick<ResourceRow, 'kind'>,
  kinds: ResourceKinds,
  language: Language,
): string {
  return kinds.byName(kind)?.title[language] ?? kind
}

function buttonsOf(row: ResourceRow, language: Language): Button[] {
  const value = { resource: row.id }
  const open = {
    label: translate(language, 'resources:do.open'),
    action: 'resources.open',
    value,
    opens: 'beside' as const,
  }
  return [bookButton(row, language), open]
}

function bookButton({ id }: ResourceRow, language: Language): Button {
  return {
    ...{ label: translate(language, 'resources:do.book'), action: 'resources.book', value: { resource: id } },
    ...{ opens: 'beside', style: 'primary' },
  }
}
