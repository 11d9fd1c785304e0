import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Collection } from '../records.ts'

/** More would not fit a card. */
export const mostOnPage = 8
const mostTemplates = 10

/** Collections with how they stand, such as 已填 3，未填 9. */
export interface ListedCollection {
  collection: Collection
  state: string
}

interface ListPage {
  listed: readonly ListedCollection[]
  from: number
  count: number
  /** `made`: to be looked after; `mine`: to be answered. */
  list: 'made' | 'mine'
}

export function collectionsCard({ listed, from, count, list }: ListPage, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:list.${key}`, values)
  const shown = listed.slice(0, mostOnPage)
  const left = count - from - shown.length
  const next: Button = {
    ...{ label: say('next', { count: left }), action: 'collections.list', opens: 'beside' },
    value: { list, from: String(from + shown.length) },
  }
  return {
    tone: 'info',
    title: say(list === 'made' ? 'title' : 'mine-title', { count }),
    blocks: [
      ...shown.flatMap(({ collection: { row, definition }, state }): Block[] => [
        { type: 'text', runs: [{ text: `${row.number} ${definition.title[language]}`, strong: true }] },
        { type: 'note', text: state },
        {
          type: 'buttons',
          buttons: [
            {
              label: say('show'),
              action: list === 'made' ? 'collections.show' : 'collections.open',
              ...{ value: { collection: row.id }, opens: 'beside' },
            },
          ],
        },
      ]),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
    ],
  }
}

/** The ways to a new collection. @param problems Of templates that cannot be read. */
export function offerCard(
  templates: readonly { name: string; title: string }[],
  problems: readonly string[],
  language: Language,
): Card {
  const say = (key: string) => translate(language, `collections:offer.${key}`)
  const button = (label: string, action: string, value: Record<string, string> = {}): Button => ({
    ...{ label, action: `collections.${action}`, value, opens: 'beside' },
  })
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(say('how')) },
      {
        type: 'buttons',
        buttons: [{ ...button(say('form'), 'make'), style: 'primary' }, button(say('file'), 'upload')],
      },
      ...(templates.length > 0 ? [{ type: 'note' as const, text: say('templates') }] : []),
      ...(templates.length > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: templates
                .slice(0, mostTemplates)
                .map(({ name, title }) => button(title, 'make', { template: name })),
            },
          ]
        : []),
      ...problems.map((problem): Block => ({ type: 'note', text: problem })),
    ],
  }
}

/** Who has not answered. */
export function missingCard(
  { row }: Collection,
  {
    people,
    from,
    count,
  }: { people: readonly { name: string; organisation: string }[]; from: number; count: number },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:missing.${key}`, values)
  const units = Map.groupBy(people, ({ organisation }) => organisation)
  const left = count - from - people.length
  const next: Button = {
    ...{ label: say('next', { count: left }), action: 'collections.missing', opens: 'beside' },
    value: { collection: row.id, from: String(from + people.length) },
  }
  const joint = language === 'en' ? ', ' : '、'
  return {
    tone: 'info',
    title: say('title', { number: row.number, count }),
    blocks: [
      {
        type: 'list',
        items: [...units].map(([unit, theirs]) =>
          plain(`${unit || say('no-unit')}：${theirs.map(({ name }) => name).join(joint)}`),
        ),
      },
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
    ],
  }
}
