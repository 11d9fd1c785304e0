import type { Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { CampaignRow } from '../records.ts'
import { buttonsBlock, shortened, showButton, textBlock } from './campaign-texts.ts'
import { placesOf, type Standing, type StandingOrder, type StandingRow, standingOrders } from './standing.ts'

const mostRows = 10

export interface ShownStanding {
  row: Pick<CampaignRow, 'id' | 'number' | 'title'>
  standing: Standing
  by: StandingOrder
  whose: 'organisation' | 'person'
}

/** The standing of a campaign as it is now. @param asks Whether it can be ordered another way: not in a post to all. */
export function standingCard(
  { row, standing, by, whose }: ShownStanding,
  asks: boolean,
  language: Language,
): Card {
  const other = whose === 'organisation' ? 'person' : 'organisation'
  const orders = standingOrders.filter(
    (one) => one !== by && (whose === 'organisation' || one !== 'per-head'),
  )
  const button = (label: string, value: { by: string; whose: string }): Button => ({
    ...{ label, action: 'campaigns.standing', value: { campaign: row.id, ...value }, opens: 'beside' },
  })
  const buttons = asks
    ? [
        ...orders.map((one) =>
          button(translate(language, `campaigns:standing.by-${one}`), { by: one, whose }),
        ),
        button(translate(language, `campaigns:standing.of-${other}`), {
          ...{ by: other === 'person' && by === 'per-head' ? 'number' : by, whose: other },
        }),
      ]
    : []
  return {
    tone: 'info',
    title: translate(language, 'campaigns:standing.title', { title: shortened(row.title, 60) }),
    blocks: [
      ...standingBlocks({ standing, by, whose }, language),
      ...buttonsBlock([...buttons, showButton(row.id, language)]),
    ],
  }
}

/** Whose row it is: 华北重工（本级）. */
export function rowName({ name, own }: Pick<StandingRow, 'name' | 'own'>, language: Language): string {
  return own ? translate(language, 'campaigns:standing.own', { name }) : name
}

/** What all have come to, and the first of them as a table. */
export function standingBlocks(
  { standing: { total, rows }, by, whose }: Pick<ShownStanding, 'standing' | 'by' | 'whose'>,
  language: Language,
): Card['blocks'] {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `campaigns:standing.${key}`, values)
  const shown = rows.slice(0, mostRows)
  const places = placesOf(rows, by)
  const isOfUnits = whose === 'organisation'
  const header = [
    'place',
    isOfUnits ? 'unit' : 'person',
    'number',
    ...(isOfUnits ? ['per-head'] : []),
    'adopted',
    'benefit',
  ]
  return [
    textBlock(say('total', { ...total })),
    ...(shown.length === 0
      ? []
      : [
          {
            type: 'table' as const,
            header: header.map((key) => say(key)),
            rows: shown.map((row, at) => [
              ...[String(places[at]), shortened(rowName(row, language), 20), String(row.number)],
              ...(isOfUnits ? [row.perHead === null ? '–' : row.perHead.toFixed(2)] : []),
              ...[String(row.adopted), String(row.benefit)],
            ]),
          },
        ]),
    ...(rows.length > shown.length
      ? [{ type: 'note' as const, text: say('more', { count: rows.length - shown.length }) }]
      : []),
  ]
}
