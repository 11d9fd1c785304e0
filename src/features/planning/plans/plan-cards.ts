import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import { figuresBy, figuresOf, isLate } from './figures.ts'
import { editing, stateAfter } from './life.ts'
import { figuresLine, itemStateTitle, stateTitle } from './plan-texts.ts'
import type { Plan, PlanItem } from './records.ts'

/** More would not fit a card. */
const mostOnPage = 5
const mostLines = 12
const longestLine = 200

/** A plan as it is shown. */
export interface ShownPlan {
  plan: Plan
  /** What its organisation is called. */
  organisation: string
  today: Day
  /** Whether reviews or summaries of it lie there as documents. */
  papers?: boolean
}

/** What somebody may do about a plan. */
export interface PlanRights {
  edits: boolean
  /** And it is not theirs alone. */
  decides: boolean
}

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** A plan as a whole: how far it is, by section, and what may be done about it. */
export function planCard(shown: ShownPlan, { edits, decides }: PlanRights, language: Language): Card {
  const { plan, organisation, today, papers = false } = shown
  const { row, items } = plan
  const say = saying('card', language)
  const figures = figuresOf(items, today, row.state === 'running')
  const sections = figuresBy(plan, ({ section }) => section, today)
  const about = { plan: row.id, version: String(row.version) }
  const button = (action: string, key: string, more: Partial<Button> = {}): Button => ({
    ...{ label: say(key), action: `planning.${action}`, value: about, opens: 'beside' },
    ...more,
  })
  const now = (action: string, key: string): Button => ({
    ...{ label: say(key), action: `planning.${action}`, value: about, style: 'primary' },
  })
  const buttons = [
    ...(items.length > 0 ? [button('items', 'items')] : []),
    ...(edits && stateAfter(row.state, 'submitted') ? [now('submit', 'submit')] : []),
    ...(edits && stateAfter(row.state, 'withdrawn') ? [now('withdraw', 'withdraw')] : []),
    ...(decides && row.state === 'submitted' ? [button('decide', 'decide', { style: 'primary' })] : []),
    ...(edits && editing(row.state) ? [button('add-item', 'add-item')] : []),
    ...(edits && row.state === 'running' ? [button('review', 'review')] : []),
    ...(edits && stateAfter(row.state, 'closed') ? [button('summary', 'summary')] : []),
    ...(papers ? [button('papers', 'papers')] : []),
  ]
  return {
    tone: 'info',
    title: shortened(row.title),
    blocks: [
      {
        type: 'text',
        runs: plain([row.number, shortened(organisation), stateTitle(row.state, language)].join(' · ')),
      },
      { type: 'text', runs: [{ text: figuresLine(figures, language), strong: true }] },
      ...(figures.budget > 0 ? [note(say('budget', { budget: figures.budget }))] : []),
      ...(row.reason === '' ? [] : [note(say('reason', { reason: shortened(row.reason) }))]),
      ...lines(
        sections.map(({ key, figures: theirs }) => `${shortened(key)}：${figuresLine(theirs, language)}`),
        language,
      ),
      ...lateLines(shown, language),
      ...(row.summary === '' ? [] : [note(say('summary-said', { summary: shortened(row.summary) }))]),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Plans in a list, a page of it; with what is late where that is asked for. */
export function plansCard(
  { plans, from, late }: { plans: readonly ShownPlan[]; from: number; late: boolean },
  language: Language,
): Card {
  const say = saying('list', language)
  const page = plans.slice(from, from + mostOnPage)
  const left = plans.length - from - page.length
  return {
    tone: 'info',
    title: say(late ? 'progress-title' : 'title', { count: plans.length }),
    blocks: [
      ...page.flatMap((shown): Block[] => {
        const { row, items } = shown.plan
        const figures = figuresOf(items, shown.today, row.state === 'running')
        return [
          { type: 'text', runs: [{ text: `${row.number} ${shortened(row.title)}`, strong: true }] },
          note(
            [
              shortened(shown.organisation),
              stateTitle(row.state, language),
              figuresLine(figures, language),
            ].join(' · '),
          ),
          ...(late ? lateLines(shown, language) : []),
          {
            type: 'buttons',
            buttons: [
              { label: say('show'), action: 'planning.show', value: { plan: row.id }, opens: 'beside' },
            ],
          },
        ]
      }),
      ...(left > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                {
                  label: say('next', { count: left }),
                  action: 'planning.list',
                  value: { from: String(from + mostOnPage), late: late ? 'yes' : 'no' },
                  opens: 'beside' as const,
                },
              ],
            },
          ]
        : []),
    ],
  }
}

/** Items of a plan, a page of them, with what may be done about each. @param names Of their owners, by id. */
export function itemsCard(
  shown: ShownPlan,
  { from, edits, person }: { from: number; edits: boolean; person: string },
  names: ReadonlyMap<string, string>,
  language: Language,
): Card {
  const { row, items } = shown.plan
  const say = saying('card', language)
  const page = items.slice(from, from + mostOnPage)
  const left = items.length - from - page.length
  return {
    tone: 'info',
    title: say('items-title', { number: row.number, count: items.length }),
    blocks: [
      ...page.flatMap((item): Block[] => {
        const of = { about: item.id, plan: row.id, version: String(row.version) }
        const isOpen = item.state === 'open'
        const button = (action: string, key: string): Button => ({
          ...{ label: say(key), action: `planning.${action}`, value: of, opens: 'beside' },
        })
        const buttons = [
          ...(isOpen && row.state === 'running' && (edits || item.owner === person)
            ? [button('update', 'update')]
            : []),
          ...(isOpen && edits && editing(row.state)
            ? [button('change-item', 'change'), button('drop-item', 'drop')]
            : []),
        ]
        return [
          { type: 'text', runs: [{ text: `${item.position}. ${shortened(item.goal)}`, strong: true }] },
          note(itemLine(item, shown, names, language)),
          ...(item.measure === '' && item.target === ''
            ? []
            : [
                {
                  type: 'text' as const,
                  runs: plain([item.target, item.measure].filter(Boolean).map(shortened).join('\n')),
                },
              ]),
          ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
        ]
      }),
      ...(left > 0
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                {
                  label: say('next', { count: left }),
                  action: 'planning.items',
                  value: { plan: row.id, from: String(from + mostOnPage) },
                  opens: 'beside' as const,
                },
              ],
            },
          ]
        : []),
    ],
  }
}

/** The owner, the days and the state of an item, on one line. */
export function itemLine(
  item: PlanItem,
  { plan, today }: Pick<ShownPlan, 'plan' | 'today'>,
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  const late = plan.row.state === 'running' && isLate(item, today)
  return [
    shortened(item.section),
    item.owner === null ? translate(language, 'planning:card.no-owner') : (names.get(item.owner) ?? ''),
    `${item.starts_on} – ${item.ends_on}`,
    `${item.percent}%`,
    itemStateTitle(item.state, language),
    ...(late ? [translate(language, 'planning:card.is-late')] : []),
    ...(item.done_before === 1 ? [translate(language, 'planning:card.done-before')] : []),
  ].join(' · ')
}

export function showButton(plan: string, language: Language): Button {
  const label = translate(language, 'planning:list.show')
  return { label, action: 'planning.show', value: { plan }, opens: 'beside' }
}

function lateLines({ plan, today }: ShownPlan, language: Language): Block[] {
  if (plan.row.state !== 'running') return []
  const late = plan.items.filter((item) => isLate(item, today))
  return lines(
    late.map(({ goal, ends_on, percent }) =>
      translate(language, 'planning:card.late-line', { goal: shortened(goal), day: ends_on, percent }),
    ),
    language,
  )
}

export function lines(texts: readonly string[], language: Language): Block[] {
  if (texts.length === 0) return []
  const left = texts.length - mostLines
  return [
    { type: 'list', items: texts.slice(0, mostLines).map(plain) },
    ...(left > 0 ? [note(translate(language, 'planning:card.more', { count: left }))] : []),
  ]
}

export function note(text: string): Block {
  return { type: 'note', text }
}

export function saying(group: 'card' | 'late' | 'list' | 'told', language: Language) {
  return (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `planning:${group}.${key}`, values)
}

export function shortened(text: string): string {
  const letters = Array.from(text)
  return letters.length > longestLine ? `${letters.slice(0, longestLine).join('')}……` : text
}
