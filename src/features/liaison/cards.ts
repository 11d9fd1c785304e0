import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { GapPoint, Point, RegionFigures } from './coverage.ts'
import type { OpenDuty } from './duties.ts'
import type { PlacedPromise, PromiseRow, VisitRecord, VisitRow } from './records.ts'
import { clipped, gapText, roleTitle, visitTitle } from './texts.ts'

/** More would not fit a card. */
const mostOnPage = 8
const mostLines = 10

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** A button of this feature. */
export function deed(
  language: Language,
  action: 'record' | 'show' | 'visit' | 'assign' | 'hand-over' | 'end' | 'frequency' | 'settle' | 'pass-need',
  value: Record<string, string>,
  style: Button['style'] = 'plain',
): Button {
  const label = translate(language, `liaison:do.${action}`)
  return { label, action: `liaison.${action}`, value, opens: 'beside', style }
}

/** A point as somebody who looks after it sees it. */
export interface OwnPoint {
  point: Pick<Point, 'organisation' | 'name' | 'path' | 'lastVisit'>
  roles: readonly Point['needed'][number][]
  duties: readonly OpenDuty[]
  openPromises: number
}

/** 我的联络点. */
export function ownPointsCard(points: readonly OwnPoint[], from: number, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `liaison:own.${key}`, values)
  const shown = points.slice(from, from + mostOnPage)
  const rest = points.length - from - shown.length
  const next: Button = {
    label: say('next', { count: rest }),
    ...{ action: 'liaison.own', value: { from: String(from + mostOnPage) }, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: say('title', { count: points.length }),
    blocks: [
      ...shown.flatMap(({ point, roles, duties, openPromises }): Block[] => {
        const [duty] = duties.toSorted((a, b) => (a.until < b.until ? -1 : 1))
        const line = [
          roles.map((role) => roleTitle(role, language)).join('、'),
          point.lastVisit === null ? say('never') : say('last', { day: point.lastVisit }),
          ...(duty ? [say('duty', { what: duty.rule.title[language], day: duty.until })] : []),
          ...(openPromises > 0 ? [say('promises', { count: openPromises })] : []),
        ]
        const value = { organisation: point.organisation }
        return [
          { type: 'text', runs: [{ text: point.name, strong: true }, { text: `\n${line.join(' · ')}` }] },
          {
            type: 'buttons',
            buttons: [deed(language, 'record', value, 'primary'), deed(language, 'show', value)],
          },
        ]
      }),
      ...(rest > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
    ],
  }
}

/** What somebody may do about a point. */
export interface PointRights {
  records: boolean
  assigns: boolean
}

export interface ShownPoint {
  point: Point
  gaps: GapPoint['gaps']
  duties: readonly OpenDuty[]
  visits: readonly (Pick<VisitRow, 'id' | 'number' | 'kind' | 'day'> & { byName: string })[]
  promises: readonly (Pick<PromiseRow, 'id' | 'text' | 'due_day'> & { ownerName: string })[]
}

/** Everything about a point. */
export function pointCard(
  { point, gaps, duties, visits, promises }: ShownPoint,
  { records, assigns }: PointRights,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `liaison:point.${key}`, values)
  const value = { organisation: point.organisation }
  const lines = (key: string, all: readonly string[]): Block[] =>
    all.length === 0
      ? []
      : [
          { type: 'text', runs: [{ text: say(key, { count: all.length }), strong: true }] },
          { type: 'list', items: all.slice(0, mostLines).map((line) => plain(clipped(line))) },
        ]
  const buttons = [
    ...(records ? [deed(language, 'record', value, 'primary')] : []),
    ...(assigns ? [deed(language, 'assign', value), deed(language, 'frequency', value)] : []),
    ...(assigns
      ? point.holders.slice(0, 3).map(({ id, role, name }) => ({
          ...deed(language, 'end', { holder: id }),
          label: say('end', { role: roleTitle(role, language), name: clipped(name, 20) }),
        }))
      : []),
    ...promises.slice(0, 3).map(({ id, text }) => ({
      ...deed(language, 'settle', { promise: id }),
      label: say('settle', { text: clipped(text, 20) }),
    })),
    ...visits.slice(0, 3).map(({ id, number }) => ({
      ...deed(language, 'visit', { visit: id }),
      label: say('visit', { number }),
    })),
  ]
  return {
    tone: 'info',
    title: say('title', { name: clipped(point.name, 60) }),
    blocks: [
      { type: 'note', text: [point.path, point.region].filter(Boolean).join(' · ') },
      ...(gaps.length === 0
        ? []
        : [{ type: 'list' as const, items: gaps.map((gap) => plain(gapText(gap, language))) }]),
      ...lines(
        'holders',
        point.holders.map(({ role, name, since }) =>
          say('holder', { role: roleTitle(role, language), name, since }),
        ),
      ),
      ...lines(
        'duties',
        duties.map(({ rule, times, until }) =>
          say('duty', { what: rule.title[language], times, day: until }),
        ),
      ),
      ...lines(
        'promises',
        promises.map(({ text, ownerName, due_day }) =>
          say('promise', { text, name: ownerName, day: due_day }),
        ),
      ),
      ...lines(
        'visits',
        visits.map(({ number, kind, day, byName }) =>
          say('visited', { number, kind: visitTitle(kind, language), day, name: byName }),
        ),
      ),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** A visit with what was heard and promised on it. @param records Whether whoever reads it may work on it. */
export function visitCard(
  { row, organisation, by, needs, promises, photos }: VisitRecord,
  records: boolean,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `liaison:visit.${key}`, values)
  const waiting = records ? needs.filter(({ submission }) => submission === null).slice(0, 3) : []
  const open = records ? promises.filter(({ state }) => state === 'open').slice(0, 3) : []
  const needLine = ({ text, submission }: VisitRecord['needs'][number]) =>
    submission === null ? clipped(text) : say('need', { text: clipped(text), number: submission })
  const promiseLine = ({ text, ownerName, due_day, state, note }: VisitRecord['promises'][number]) =>
    [
      say('promise', { text: clipped(text), name: ownerName, day: due_day }),
      translate(language, `liaison:state.${state}`),
      clipped(note),
    ]
      .filter(Boolean)
      .join(' · ')
  const list = (key: string, all: readonly string[]): Block[] =>
    all.length === 0
      ? []
      : [
          { type: 'text', runs: [{ text: say(key, { count: all.length }), strong: true }] },
          { type: 'list', items: all.slice(0, mostLines).map(plain) },
          ...(all.length > mostLines
            ? [{ type: 'note' as const, text: say('more', { count: all.length - mostLines }) }]
            : []),
        ]
  const buttons = [
    ...waiting.map(({ position, text }) => ({
      ...deed(language, 'pass-need', { visit: row.id, position: String(position) }),
      label: say('pass-need', { text: clipped(text, 20) }),
    })),
    ...open.map(({ id, text }) => ({
      ...deed(language, 'settle', { promise: id }),
      label: translate(language, 'liaison:point.settle', { text: clipped(text, 20) }),
    })),
  ]
  return {
    tone: 'info',
    title: say('title', { number: row.number, kind: visitTitle(row.kind, language) }),
    blocks: [
      { type: 'text', runs: plain(say('about', { name: organisation, day: row.day, by })) },
      ...(row.people === '' ? [] : [{ type: 'note' as const, text: say('people', { people: row.people }) }]),
      { type: 'text', runs: plain(row.summary) },
      ...list('needs', needs.map(needLine)),
      ...list('promises', promises.map(promiseLine)),
      ...(photos.length === 0
        ? []
        : [{ type: 'note' as const, text: say('photos', { count: photos.length }) }]),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Points where something is missing: as the Monday's digest, and as it is asked for, with figures. */
export function gapsCard(
  {
    gaps,
    from,
    isDigest = false,
    figures,
  }: { gaps: readonly GapPoint[]; from: number; isDigest?: boolean; figures?: Omit<RegionFigures, 'region'> },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `liaison:gaps.${key}`, values)
  const shown = gaps.slice(from, from + mostOnPage)
  const rest = gaps.length - from - shown.length
  const parks = gaps.filter(({ point }) => point.isPark).length
  const next: Button = {
    label: say('next', { count: rest }),
    ...{ action: 'liaison.coverage', value: { from: String(from + mostOnPage) }, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: say(isDigest ? 'digest' : 'title', { count: gaps.length }),
    blocks: [
      ...(figures ? [{ type: 'text' as const, runs: plain(say('figures', { ...figures })) }] : []),
      ...(parks > 0 ? [{ type: 'note' as const, text: say('parks', { count: parks }) }] : []),
      ...shown.map(({ point, gaps: own }): Block => {
        const text = own.map((gap) => gapText(gap, language)).join('；')
        return {
          type: 'text',
          runs: [{ text: clipped(point.path, 120), strong: true }, { text: `\n${clipped(text)}` }],
        }
      }),
      ...(shown.length === 0
        ? []
        : [
            {
              type: 'buttons' as const,
              buttons: [
                ...shown.slice(0, 4).map(({ point }) => ({
                  ...deed(language, 'show', { organisation: point.organisation }),
                  label: say('show', { name: clipped(point.name, 20) }),
                })),
                deed(language, 'assign', {}, 'primary'),
                ...(rest > 0 ? [next] : []),
              ],
            },
          ]),
    ],
  }
}

/** What became of a promise, for whoever made the visit and the contact of the organisation. */
export function outcomeCard(
  promise: Pick<PlacedPromise, 'id' | 'visit' | 'text' | 'state' | 'done_on' | 'note' | 'number'> & {
    name: string
    ownerName: string
  },
  language: Language,
): Card {
  const { text, name, ownerName, done_on, note, number } = promise
  const isKept = promise.state === 'kept'
  const values = { text: clipped(text), name, owner: ownerName, day: done_on ?? '', number }
  return {
    tone: 'info',
    title: translate(language, isKept ? 'liaison:outcome.kept-title' : 'liaison:outcome.dropped-title'),
    blocks: [
      {
        type: 'text',
        runs: plain(translate(language, isKept ? 'liaison:outcome.kept' : 'liaison:outcome.dropped', values)),
      },
      ...(note === '' ? [] : [{ type: 'note' as const, text: clipped(note) }]),
      { type: 'buttons', buttons: [deed(language, 'visit', { visit: promise.visit })] },
    ],
  }
}
