import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { LearningProgress, LearningRecordRow } from './learning.ts'
import type { DecisionRow, MeetingRow } from './meetings.ts'

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

/** A meeting with names in place of ids. */
export interface ShownMeeting {
  row: MeetingRow
  unit: string
  leader: string
  decisions: readonly DecisionRow[]
}

/** Everything about a meeting. @param rights `edits`: keeps it; `person`: whose decisions have a button. */
export function meetingCard(
  { row, unit, leader, decisions }: ShownMeeting,
  rights: { edits: boolean; person: string },
  language: Language,
): Card {
  const fact = (name: string, value: string): Block[] =>
    value === '' ? [] : [{ type: 'text', runs: [{ text: name, strong: true }, ...plain(shortened(value))] }]
  const say = (key: 'leader' | 'planned' | 'held' | 'place' | 'minutes') =>
    translate(language, `planning:duty.card.${key}`)
  const isPlanned = row.state === 'planned'
  const of = { meeting: row.id }
  const button = (action: string, label: string): Button => ({
    ...{ label, action: `planning.${action}`, value: of, opens: 'beside' },
  })
  const buttons =
    rights.edits && isPlanned
      ? [
          button('meeting-minutes', translate(language, 'planning:duty.card.enter-minutes')),
          button('meeting-change', translate(language, 'planning:duty.card.change')),
          button('meeting-cancel', translate(language, 'planning:duty.card.cancel')),
        ]
      : []
  const open = decisions.filter(
    ({ state, owner }) => state === 'open' && (rights.edits || owner === rights.person),
  )
  const files = JSON.parse(row.files) as { name: string }[]
  return {
    tone: 'info',
    title: shortened(translate(language, 'planning:duty.card.title', { unit })),
    blocks: [
      {
        type: 'text',
        runs: plain(`${row.number} · ${translate(language, `planning:duty.meeting-state.${row.state}`)}`),
      },
      ...fact(say('leader'), leader),
      ...(row.held_on === null ? fact(say('planned'), row.planned_on) : fact(say('held'), row.held_on)),
      ...fact(say('place'), row.place),
      ...list(translate(language, 'planning:duty.card.agenda'), linesOf(row.agenda), language),
      ...fact(
        say('minutes'),
        [row.minutes, ...files.map(({ name }) => name)].filter((one) => one !== '').join('；'),
      ),
      ...list(
        translate(language, 'planning:duty.card.decisions'),
        decisions.map((decision) => decisionLine(decision, language)),
        language,
      ),
      ...(open.length === 0
        ? []
        : [
            {
              type: 'buttons' as const,
              buttons: open.slice(0, mostOnPage).map(
                (decision): Button => ({
                  label: translate(language, 'planning:duty.card.report', { place: decision.position + 1 }),
                  ...{ action: 'planning.decision', value: { decision: decision.id }, opens: 'beside' },
                }),
              ),
            },
          ]),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** A decision on one line: what, who, until when, how it stands. */
function decisionLine({ text, owner_name, due_on, state, note }: DecisionRow, language: Language): string {
  return translate(language, 'planning:duty.briefing.line', {
    ...{ text, owner: owner_name, day: due_on, note: note === '' ? '' : `（${note}）` },
    state: translate(language, `planning:duty.decision-state.${state}`),
  })
}

/** Meetings, the latest first. @param mayArrange somewhere: the form is offered. */
export function meetingsCard(
  meetings: readonly Omit<ShownMeeting, 'decisions'>[],
  { from, mayArrange }: { from: number; mayArrange: boolean },
  language: Language,
): Card {
  const shown = meetings.slice(from, from + mostOnPage)
  const left = meetings.length - from - shown.length
  const arrange: Button = {
    ...{ label: translate(language, 'planning:duty.list.arrange'), action: 'planning.meet', value: {} },
    ...{ opens: 'beside', style: 'primary' },
  }
  const more: Button = {
    label: translate(language, 'planning:duty.list.more', { count: left }),
    ...{ action: 'planning.meetings', value: { from: String(from + shown.length) }, opens: 'beside' },
  }
  const buttons = [...(left > 0 ? [more] : []), ...(mayArrange ? [arrange] : [])]
  return {
    tone: 'info',
    title: translate(language, 'planning:duty.list.meetings', { count: meetings.length }),
    blocks: [
      ...(shown.length === 0
        ? [{ type: 'text' as const, runs: plain(translate(language, 'planning:duty.list.none')) }]
        : []),
      ...shown.flatMap(({ row, unit, leader }): Block[] => [
        {
          type: 'text',
          runs: [
            { text: `${row.number} ${shortened(unit)}`, strong: true },
            ...plain(
              `\n${row.held_on ?? row.planned_on} · ${shortened(leader)} · ${translate(language, `planning:duty.meeting-state.${row.state}`)}`,
            ),
          ],
        },
        {
          type: 'buttons',
          buttons: [
            {
              label: translate(language, 'planning:duty.list.show'),
              ...{ action: 'planning.meeting', value: { meeting: row.id }, opens: 'beside' },
            },
          ],
        },
      ]),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** How far somebody is with their plan of a year, above it what was just done, and what they entered last. */
export function learningCard(
  { plan, own, events, rest, year }: LearningProgress,
  records: readonly Pick<LearningRecordRow, 'day' | 'topic' | 'hours'>[],
  language: Language,
  said = '',
): Card {
  const values = { hours: plan?.hours ?? 0, own, events, done: own + events, rest }
  const key = plan === null ? 'without' : rest === 0 ? 'reached' : 'missing'
  const button = (label: string, action: string, style?: 'primary'): Button => ({
    ...{ label, action, value: {}, opens: 'beside', ...(style ? { style } : {}) },
  })
  return {
    tone: 'info',
    title: translate(language, 'planning:duty.learning.title', { year }),
    blocks: [
      ...(said === '' ? [] : [{ type: 'text' as const, runs: plain(shortened(said)) }]),
      { type: 'text', runs: plain(translate(language, `planning:duty.learning.${key}`, values)) },
      ...list(translate(language, 'planning:duty.learning.topics'), linesOf(plan?.topics ?? ''), language),
      ...list(
        translate(language, 'planning:duty.learning.records'),
        records.map((one) =>
          translate(language, 'planning:duty.learning.record', {
            ...{ day: one.day, topic: one.topic, hours: one.hours },
          }),
        ),
        language,
      ),
      {
        type: 'buttons',
        buttons: [
          button(translate(language, 'planning:duty.learning.enter'), 'planning.learn', 'primary'),
          button(
            translate(
              language,
              plan === null ? 'planning:duty.learning.plan' : 'planning:duty.learning.change',
            ),
            'planning.learning-plan',
          ),
        ],
      },
    ],
  }
}

function list(title: string, lines: readonly string[], language: Language): Block[] {
  if (lines.length === 0) return []
  const left = lines.length - mostLines
  return [
    { type: 'text', runs: [{ text: title, strong: true }] },
    { type: 'list', items: lines.slice(0, mostLines).map((line) => plain(shortened(line))) },
    ...(left > 0
      ? [{ type: 'note' as const, text: translate(language, 'planning:duty.card.more', { count: left }) }]
      : []),
  ]
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function shortened(text: string): string {
  const letters = Array.from(text)
  return letters.length > longestLine ? `${letters.slice(0, longestLine - 1).join('')}…` : text
}
