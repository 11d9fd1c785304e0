import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Event, OwnQuestion } from '../records.ts'
import { registrantName } from '../registering/organiser-cards.ts'
import { answerText } from './answer-text.ts'
import { eventHeadline, registrationTitle } from './event-texts.ts'
import type { ListedRegistration, RegistrationFigures, RegistrationFilters } from './list-registrations.ts'

/** Parts of an event's list, and what each lets through. */
export const peopleViews = {
  all: {},
  confirmed: { states: ['confirmed'] },
  waiting: { states: ['waiting'], byPriority: true },
  offered: { states: ['offered'] },
  requested: { states: ['requested'] },
  absent: { states: ['confirmed'], checkedIn: false },
  present: { checkedIn: true },
  again: { states: ['confirmed'], toConfirmAgain: true },
  gone: { states: ['cancelled', 'expired', 'declined'] },
} as const satisfies Record<string, RegistrationFilters>

export type PeopleView = keyof typeof peopleViews

/** Characters of the answers beside a name. */
const longestAnswers = 120

export interface PeoplePage {
  figures: RegistrationFigures
  registrations: readonly ListedRegistration[]
  view: PeopleView
  next: string | null
}

export interface PeopleCardOptions {
  language: Language
  now: Date
  /** Where the console shows them all. */
  url: string
  /** Opens the console once for whoever reads; null: they have none. */
  signIn: string | null
  mayManage: boolean
}

/** Who registered, for the organisers: the numbers first, then names with units, states and answers. */
export function peopleCard(event: Event, page: PeoplePage, options: PeopleCardOptions): Card {
  const { figures, registrations, view, next } = page
  const { language, now, url, signIn, mayManage } = options
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `announcing:people.${key}`, values)
  const value = { event: event.row.id }
  const to = (label: string, show: PeopleView, after?: string): Button => ({
    ...{ label, action: 'events.people' },
    value: { ...value, show, ...(after ? { after } : {}) },
  })
  const others = viewsWorth(figures, event, now).filter((other) => other !== view)
  const links: Block[] = [
    ...(signIn === null ? [] : [{ type: 'link' as const, label: say('sign-in'), url: signIn }]),
    { type: 'link', label: say('console'), url },
  ]
  return {
    tone: 'info',
    title: eventHeadline(event.row),
    blocks: [
      { type: 'text', runs: [{ text: figuresLine(figures, language), strong: true }] },
      { type: 'text', runs: plain(say(`view.${view}`)) },
      registrations.length === 0
        ? { type: 'text', runs: plain(say('none')) }
        : {
            type: 'list',
            items: registrations.map((one) => plain(registrationLine(one, event.questions, language))),
          },
      {
        type: 'buttons',
        buttons: [
          ...(next === null ? [] : [to(say('more'), view, next)]),
          ...others.map((other) => to(say(`view.${other}`), other)),
          ...(mayManage && countOf(figures, 'requested') > 0
            ? [{ label: say('requests'), action: 'events.requests', value }]
            : []),
          ...(mayManage
            ? [
                { label: say('write'), action: 'events.write', value, opens: 'beside' as const },
                { label: say('messages'), action: 'events.messages', value, opens: 'beside' as const },
              ]
            : []),
        ],
      },
      ...links,
    ],
  }
}

/** The parts that hold somebody. */
function viewsWorth(figures: RegistrationFigures, { row }: Event, now: Date): PeopleView[] {
  const has = (view: 'confirmed' | 'waiting' | 'offered' | 'requested') => countOf(figures, view) > 0
  const hasBegun = row.starts_at <= now.toISOString()
  const isGone = (['cancelled', 'expired', 'declined'] as const).some((state) => countOf(figures, state) > 0)
  return [
    'all',
    ...(['confirmed', 'waiting', 'offered', 'requested'] as const).filter(has),
    ...(figures.toConfirmAgain > 0 ? (['again'] as const) : []),
    ...(figures.checkedIn > 0 ? (['present'] as const) : []),
    ...(hasBegun && countOf(figures, 'confirmed') > figures.checkedIn ? (['absent'] as const) : []),
    ...(isGone ? (['gone'] as const) : []),
  ]
}

function countOf({ byState }: RegistrationFigures, state: keyof RegistrationFigures['byState']): number {
  return byState[state]?.registrations ?? 0
}

/** 「已确认 100 人（另有随行 12 人），候补 5 人，已签到 60 人」. */
function figuresLine(figures: RegistrationFigures, language: Language): string {
  const say = (key: string, values: Record<string, number>) =>
    translate(language, `announcing:people.count.${key}`, values)
  const guests = figures.byState.confirmed?.guests ?? 0
  const rest = (['waiting', 'offered', 'requested'] as const).flatMap((state) => {
    const count = countOf(figures, state)
    return count > 0 ? [say(state, { count })] : []
  })
  return [
    guests > 0
      ? say('confirmed-guests', { count: countOf(figures, 'confirmed'), guests })
      : say('confirmed', { count: countOf(figures, 'confirmed') }),
    ...rest,
    ...(figures.toConfirmAgain > 0 ? [say('again', { count: figures.toConfirmAgain })] : []),
    ...(figures.checkedIn > 0 ? [say('checked-in', { count: figures.checkedIn })] : []),
  ].join(translate(language, 'events:joined'))
}

function registrationLine(
  { row, organisation, checkIn }: ListedRegistration,
  questions: readonly OwnQuestion[],
  language: Language,
): string {
  const say = (key: string, values: Record<string, string | number>) =>
    translate(language, `announcing:people.${key}`, values)
  const name = registrantName(row, language)
  const who = organisation === '' ? name : say('name', { name, organisation })
  const answers = JSON.parse(row.answers) as Record<string, unknown>
  const said = questions.flatMap((question) => {
    const text = answerText(question, answers[question.name], language)
    return text === '' ? [] : [say('answer', { label: question.label.replace(/[？?：:]+$/u, ''), text })]
  })
  const letters = Array.from(said.join(language === 'en' ? '; ' : '；'))
  const shown =
    letters.length > longestAnswers ? `${letters.slice(0, longestAnswers).join('')}……` : letters.join('')
  return [
    who,
    registrationTitle(row.state, language),
    ...(row.guests > 0 ? [say('guests', { count: row.guests })] : []),
    ...(checkIn ? [say('checked-in', {})] : []),
    ...(shown === '' ? [] : [shown]),
  ].join(translate(language, 'announcing:list.joined'))
}
