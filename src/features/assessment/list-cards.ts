import type { Block, Button, Card } from '../../chat/card.ts'
import { plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { standingOf, stateTitle } from './cards.ts'
import type { Assessment, Subject } from './records.ts'

const mostOnPage = 8

/** A page of assessments. */
export function assessmentsCard(
  {
    assessments,
    from,
    count,
    makes,
  }: { assessments: readonly Assessment[]; from: number; count: number; makes: boolean },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `assessment:list.${key}`, values)
  const shown = assessments.slice(0, mostOnPage)
  const left = count - from - shown.length
  const buttons: Button[] = [
    ...(left > 0
      ? [
          {
            ...{ label: say('next', { count: left }), action: 'assessment.list', opens: 'beside' as const },
            value: { from: String(from + shown.length) },
          },
        ]
      : []),
    ...(makes
      ? [{ label: say('make'), action: 'assessment.make', value: {}, opens: 'beside' as const }]
      : []),
  ]
  return {
    tone: 'info',
    title: say('title', { count }),
    blocks: [
      ...(count === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...shown.flatMap(({ row }): Block[] => [
        { type: 'text', runs: [{ text: `${row.number} ${row.title}`, strong: true }] },
        { type: 'note', text: `${stateTitle(row.state, language)} · ${row.starts_on} – ${row.ends_on}` },
        {
          type: 'buttons',
          buttons: [
            {
              ...{ label: say('show'), action: 'assessment.show', value: { assessment: row.id } },
              opens: 'beside',
            },
          ],
        },
      ]),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** What somebody has to do with assessments that are going on. */
export interface OwnSubjects {
  toFill: readonly OwnSubject[]
  toCheck: readonly OwnSubject[]
  results: readonly OwnSubject[]
  /** Of China: what was due before it is overdue. */
  today: Day
}

export interface OwnSubject {
  subject: Subject
  assessment: Assessment
}

/** 我的考核: what waits to be filled in and checked, and one's results. */
export function ownCard(own: OwnSubjects, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `assessment:own.${key}`, values)
  const part = (key: 'fill' | 'check' | 'results', listed: readonly OwnSubject[]): Block[] =>
    listed.length === 0
      ? []
      : [
          { type: 'text', runs: [{ text: say(key, { count: listed.length }), strong: true }] },
          ...listed.slice(0, mostOnPage).flatMap((one): Block[] => [
            { type: 'text', runs: plain(ownTitle(one)) },
            { type: 'note', text: ownState(one, key, own.today, language) },
            { type: 'buttons', buttons: [ownButton(one, key, language)] },
          ]),
        ]
  const blocks = [...part('fill', own.toFill), ...part('check', own.toCheck), ...part('results', own.results)]
  return {
    tone: 'info',
    title: say('title'),
    blocks: blocks.length > 0 ? blocks : [{ type: 'text', runs: plain(say('none')) }],
  }
}

export const ownTitle = ({ subject, assessment }: OwnSubject) =>
  `${assessment.row.number} ${assessment.row.title} · ${subject.name}`

export function ownState(
  { subject, assessment }: OwnSubject,
  what: 'fill' | 'check' | 'results',
  today: Day,
  language: Language,
): string {
  const day = what === 'fill' ? assessment.row.fill_until : assessment.row.check_until
  if (what === 'results') return standingOf(assessment, subject, language)
  return translate(language, day < today ? 'assessment:own.overdue' : 'assessment:own.until', { day })
}

export function ownButton(
  { subject }: OwnSubject,
  what: 'fill' | 'check' | 'results',
  language: Language,
): Button {
  const action = what === 'results' ? 'subject' : what
  return {
    label: translate(language, `assessment:own.do-${what}`),
    ...{ action: `assessment.${action}`, value: { subject: subject.row.id }, opens: 'beside' },
  }
}
