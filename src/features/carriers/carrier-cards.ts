import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { gradeTitle, kindTitle, levelTitle, standingTitle, stateTitle, warningText } from './carrier-texts.ts'
import type { CarrierFigures, ListedCarrier } from './overview.ts'
import type { Carrier } from './records.ts'
import { carrierKinds } from './rules.ts'
import type { Stage } from './schedule.ts'

/** More would not fit a card. */
const mostOnPage = 5
const mostLines = 12
const longestLine = 200

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** What somebody may do about a carrier. */
export interface CarrierRights {
  /** Keeps it: renews, changes, grades, ends. */
  edits: boolean
  /** Looks after it or keeps it: says that something came of it. */
  tends: boolean
}

/** Everything about a carrier. */
export function carrierCard(
  { carrier, organisation, today, standing, warnings }: ListedCarrier,
  { edits, tends }: CarrierRights,
  language: Language,
): Card {
  const { row, needs, experts, outcomes, grades } = carrier
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `carriers:card.${key}`, values)
  const fact = (key: string, value: string): Block[] =>
    value === ''
      ? []
      : [{ type: 'text', runs: [{ text: say(key), strong: true }, ...plain(shortened(value))] }]
  const list = (key: string, lines: readonly string[]): Block[] =>
    lines.length === 0
      ? []
      : [
          { type: 'text', runs: [{ text: say(key, { count: lines.length }), strong: true }] },
          { type: 'list', items: lines.slice(0, mostLines).map((line) => plain(shortened(line))) },
          ...(lines.length > mostLines
            ? [{ type: 'note' as const, text: say('more', { count: lines.length - mostLines }) }]
            : []),
        ]
  const joint = language === 'en' ? ', ' : '，'
  const of = { carrier: row.id }
  const button = (action: string, label: string, opens: 'here' | 'beside' = 'beside'): Button => ({
    ...{ label, action: `carriers.${action}`, value: of, opens },
  })
  const isActive = row.state === 'active'
  const buttons = [
    ...(isActive && tends ? [button('outcome', say('add-outcome'))] : []),
    ...(isActive && edits ? [button('renew', say('renew')), button('change', say('change'))] : []),
    ...(edits ? [button('grade', say('give-grade'))] : []),
    ...(isActive && edits ? [button('end', say('end'))] : []),
  ]
  return {
    tone: 'info',
    title: shortened(row.name),
    blocks: [
      {
        type: 'text',
        runs: plain(
          [
            row.number,
            kindTitle(row.kind, language),
            levelTitle(row.level, language),
            stateTitle(row.state, language),
          ]
            .filter((part) => part !== '')
            .join(' · '),
        ),
      },
      ...(standing.length > 0
        ? [
            {
              type: 'text' as const,
              runs: [
                {
                  text: standing.map((matter) => standingTitle(matter, row, today, language)).join(joint),
                  strong: true,
                },
              ],
            },
          ]
        : []),
      ...fact('organisation', organisation),
      ...fact('partner', row.partner),
      ...fact('category', row.category),
      ...fact('contract', say('from-until', { from: row.starts_on, until: row.ends_on })),
      ...fact('tasks', row.tasks),
      ...fact('contact', row.contact),
      ...fact('reason', row.reason),
      ...list('needs', needs),
      ...list(
        'experts',
        experts.map(({ name, unit, field, academician }) =>
          [name, unit, field, academician === 'none' ? '' : say(academician)]
            .filter((part) => part !== '')
            .join(joint),
        ),
      ),
      ...list(
        'outcomes',
        outcomes.map(({ day, text }) => `${day} ${text}`),
      ),
      ...fact(
        'grades',
        grades
          .slice(0, 10)
          .map(({ year, score, grade }) => say('graded', { year, score, grade: gradeTitle(grade, language) }))
          .join(joint),
      ),
      ...warnings
        .slice(0, mostLines)
        .map((warning): Block => ({ type: 'note', text: shortened(warningText(warning, language)) })),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Told of its own accord: the contract ends, or nothing has come of it for long. */
export function reminderCard(
  { row }: Pick<Carrier, 'row'>,
  { matter, since }: Stage,
  { today, edits, language }: { today: Day; edits: boolean; language: Language },
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `carriers:remind.${key}`, values)
  const days = Math.round((Date.parse(row.ends_on) - Date.parse(today)) / 86_400_000)
  const values = {
    kind: kindTitle(row.kind, language),
    name: shortened(row.name),
    day: since,
    days: Math.abs(days),
  }
  const text = matter === 'dormant' ? say('dormant', values) : say(days >= 0 ? 'expiring' : 'expired', values)
  const of = { carrier: row.id }
  const buttons: Button[] = [
    ...(matter === 'expiry' && edits
      ? [
          {
            label: say('renew'),
            action: 'carriers.renew',
            value: of,
            opens: 'beside' as const,
            style: 'primary' as const,
          },
        ]
      : []),
    { label: say('outcome'), action: 'carriers.outcome', value: of, opens: 'beside' },
    { label: say('handled'), action: 'carriers.handled', value: { ...of, matter, since } },
    { label: say('show'), action: 'carriers.show', value: of, opens: 'beside' },
  ]
  return {
    tone: 'info',
    title: say(matter === 'dormant' ? 'dormant-title' : 'expiry-title'),
    blocks: [
      { type: 'text', runs: plain(text) },
      { type: 'note', text: say('note', { number: row.number }) },
      { type: 'buttons', buttons },
    ],
  }
}

/** Asks for the grades of a year. */
export function gradingCard(
  carriers: readonly Pick<Carrier, 'row'>[],
  year: number,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `carriers:grading.${key}`, values)
  const shown = carriers.slice(0, mostOnPage)
  return {
    tone: 'info',
    title: say('title', { year }),
    blocks: [
      { type: 'text', runs: plain(say('text', { year, count: carriers.length })) },
      ...shown.flatMap(({ row }): Block[] => [
        { type: 'text', runs: plain(`${row.number} ${shortened(row.name)}`) },
        {
          type: 'buttons',
          buttons: [
            {
              label: say('grade'),
              action: 'carriers.grade',
              value: { carrier: row.id, year: String(year) },
              opens: 'beside',
            },
          ],
        },
      ]),
      ...(carriers.length > shown.length
        ? [{ type: 'note' as const, text: say('more', { count: carriers.length - shown.length }) }]
        : []),
    ],
  }
}

interface CarrierPage {
  /** 载体情况, or those that end soon and of which nothing is heard. */
  list: 'all' | 'pressing'
  carriers: readonly ListedCarrier[]
  /** Where this page begins. */
  from: number
  figures: CarrierFigures
}

/** A page of a list, with how carriers stand as a whole. */
export function carriersCard({ list, carriers, from, figures }: CarrierPage, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `carriers:list.${key}`, values)
  const shown = carriers.slice(from, from + mostOnPage)
  const left = carriers.length - from - shown.length
  const kinds = carrierKinds
    .filter((kind) => figures.byKind[kind] > 0)
    .map((kind) => say('of-kind', { kind: kindTitle(kind, language), count: figures.byKind[kind] }))
  return {
    tone: 'info',
    title: say(list === 'all' ? 'title' : 'pressing-title', { count: carriers.length }),
    blocks: [
      ...(list === 'all' && from === 0
        ? [
            {
              type: 'text' as const,
              runs: plain(
                [say('active', { count: figures.active }), ...kinds].join(language === 'en' ? ', ' : '，'),
              ),
            },
            {
              type: 'note' as const,
              text: say('figures', {
                expiring: figures.expiring,
                dormant: figures.dormant,
                warned: figures.warned,
                outcomes: figures.outcomes,
              }),
            },
          ]
        : []),
      ...shown.flatMap((listed) => lineBlocks(listed, language)),
      ...(left > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                {
                  label: say('next', { count: left }),
                  action: 'carriers.list',
                  value: { list, from: String(from + mostOnPage) },
                  opens: 'beside' as const,
                },
              ],
            },
          ]
        : []),
    ],
  }
}

function lineBlocks(
  { carrier: { row }, organisation, today, standing, warnings }: ListedCarrier,
  language: Language,
): Block[] {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `carriers:list.${key}`, values)
  const marks = [
    ...standing.map((matter) => standingTitle(matter, row, today, language)),
    ...(warnings.length > 0 ? [say('warnings', { count: warnings.length })] : []),
  ]
  const state = say('line', {
    kind: kindTitle(row.kind, language),
    organisation: shortened(organisation),
    until: row.ends_on,
  })
  return [
    { type: 'text', runs: [{ text: `${row.number} ${shortened(row.name)}`, strong: true }] },
    { type: 'note', text: [state, ...marks].join(' · ') },
    {
      type: 'buttons',
      buttons: [{ label: say('show'), action: 'carriers.show', value: { carrier: row.id }, opens: 'beside' }],
    },
  ]
}

function shortened(text: string): string {
  const letters = Array.from(text)
  return letters.length > longestLine ? `${letters.slice(0, longestLine).join('')}……` : text
}
