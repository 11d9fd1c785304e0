import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { HandedFile } from '../../delivery/handed-files.ts'
import { translate } from '../../messages/translate.ts'
import { minuteInChina } from '../../timers/calendar/day.ts'
import { type CardReader, type Reached, reachedInShort } from '../circulation/port.ts'
import type { Consultation, ConsultationRow } from './records.ts'

/** More would not fit a card. */
const mostOnPage = 8

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Leads to how a consultation stands, from whatever was done about it. */
export function standingButton({ row }: Pick<Consultation, 'row'>, language: Language): Button {
  const label = translate(language, 'consultations:list.standing')
  return { label, action: 'consultations.show', value: { consultation: row.id }, opens: 'beside' }
}

/** A paper as a message of its own, so that a messenger hands it over as a file. */
export function paperCard(paper: HandedFile): Card {
  return { tone: 'info', blocks: [{ type: 'document', ...paper }] }
}

/** How far it has come, for its groups. */
export interface AnsweredSoFar {
  answered: number
  missing: number
}

/** The consultation, for whoever is asked. @param soFar For groups; null: it is not told. */
export function consultationCard(
  consultation: Consultation,
  { language, why, chat, hasAnswered = false }: CardReader,
  soFar: AnsweredSoFar | null,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:card.${key}`, values)
  const { row, organisation, questions, papers } = consultation
  const title = say('title', { kind: kindTitle(row.kind, language), title: row.title })
  const from = say('from', { organisation, number: row.number })
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
  const isOpen = row.state === 'open' || row.state === 'draft'
  const value = { consultation: row.id }
  const isUnsigned = row.naming === 'unsigned'
  // What was said without a name cannot be found again to be changed; a group's card is everybody's.
  const mayAnswer = isOpen && (chat !== null || !hasAnswered || !isUnsigned)
  const answer: Button = {
    label: say(hasAnswered && !isUnsigned ? 'answer-again' : 'answer'),
    ...{ action: 'consultations.answer', value, opens: 'beside', style: 'primary' },
  }
  const look: Button = { label: say('papers'), action: 'consultations.papers', value }
  const buttons = [...(mayAnswer ? [answer] : []), ...(papers.length > 0 ? [look] : [])]
  const note = (text: string): Block => ({ type: 'note', text })
  return {
    tone: 'info',
    title,
    blocks: [
      ...(why === 'reminder'
        ? [{ type: 'text' as const, runs: [{ text: say('reminder'), strong: true }] }]
        : []),
      ...row.text.split(/\n{2,}/).map((text): Block => ({ type: 'text', runs: plain(text) })),
      {
        type: 'list',
        items: questions.map(({ text, choices }) =>
          plain(choices.length > 0 ? say('question', { text, choices: choices.join(' / ') }) : text),
        ),
      },
      ...(papers.length > 0
        ? [note(say('papers-are', { names: papers.map(({ name }) => name).join('、') }))]
        : []),
      note(say(isUnsigned ? 'unsigned' : 'signed')),
      ...(isOpen
        ? [{ type: 'text' as const, runs: plain(say('until', { at: minuteInChina(new Date(row.until)) })) }]
        : [note(say('over'))]),
      ...(chat && soFar ? [note(say('so-far', { ...soFar }))] : []),
      ...(hasAnswered ? [note(say('you-answered'))] : []),
      note(from),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** What a maker sees before it goes out. */
export interface Preview {
  /** Whom it is for, in words. */
  audience: readonly string[]
  reached: Reached
  remindAt: readonly Date[]
}

/** The last look: whom it reaches, a sample, and the last press. */
export function previewCard(
  consultation: Consultation,
  { audience, reached, remindAt }: Preview,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:preview.${key}`, values)
  const { row, decider } = consultation
  const value = { consultation: row.id, revision: String(row.revision), reached: reachedInShort(reached) }
  const reader = { why: 'first' as const, language, person: null, chat: null }
  const sample = consultationCard(consultation, reader, null)
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
      { type: 'note', text: say('decider', { name: decider }) },
      ...(remindAt.length > 0
        ? [{ type: 'note' as const, text: say('reminds', { at: remindAt.map(minuteInChina).join('、') }) }]
        : []),
      { type: 'divider' },
      { type: 'note', text: say('sample') },
      { type: 'text', runs: [{ text: sample.title ?? '', strong: true }] },
      ...sample.blocks.filter(({ type }) => type !== 'buttons'),
      { type: 'divider' },
      {
        type: 'buttons',
        buttons: [
          { label: say('send'), action: 'consultations.send', value, style: 'primary' },
          { label: say('change'), action: 'consultations.change', value, opens: 'beside' },
          { label: say('drop'), action: 'consultations.drop', value },
        ],
      },
    ],
  }
}

/** How a consultation stands. */
export interface Standing {
  answered: number
  missing: number
  unreachable: number
  waiting: number
  chats: number
  /** Whether what was said can be seen; `none`: nobody has said anything. */
  results: 'shown' | 'none' | 'too-few' | 'later'
}

/** A consultation for its makers and for who decides. @param may What the reader may do beside looking. */
export function standingCard(
  { row, decider }: Consultation,
  standing: Standing,
  may: { make: boolean; decide: boolean },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:standing.${key}`, values)
  const value = { consultation: row.id }
  const { state } = row
  const button = (action: string, opens: 'here' | 'beside' = 'beside'): Button => ({
    label: say(action === 'decide' && state === 'decided' ? 'decide-again' : action),
    ...{ action: `consultations.${action}`, value, opens },
  })
  const isOut = state === 'open' || state === 'closed' || state === 'decided'
  const isOver = state === 'closed' || state === 'decided'
  const isReopened = state === 'open' || (state === 'closed' && standing.results !== 'shown')
  const waits = may.make && isOut && standing.missing > 0
  const buttons: Button[] = [
    ...(standing.results === 'shown' ? [button('results'), button('remarks')] : []),
    ...(isOver && may.decide ? [button('decide')] : []),
    ...(waits ? [button('missing')] : []),
    ...(waits && state === 'open' ? [button('remind', 'here')] : []),
    ...(may.make && (isReopened || (state === 'closed' && row.naming === 'signed'))
      ? [button('extend')]
      : []),
    ...(may.make && state === 'open' ? [button('close'), button('withdraw')] : []),
    ...(may.make && state === 'draft' ? [button('preview')] : []),
  ]
  const line = [row.number, kindTitle(row.kind, language), stateTitle(state, language)].join(' · ')
  return {
    tone: 'info',
    title: row.title,
    blocks: [
      { type: 'text', runs: plain(line) },
      ...(state === 'draft'
        ? []
        : [{ type: 'text' as const, runs: [{ text: say('answered', { ...standing }), strong: true }] }]),
      ...(standing.waiting > 0
        ? [{ type: 'note' as const, text: say('waiting', { count: standing.waiting }) }]
        : []),
      ...(standing.unreachable > 0
        ? [{ type: 'note' as const, text: say('unreachable', { count: standing.unreachable }) }]
        : []),
      ...(isOut && standing.results !== 'shown'
        ? [{ type: 'note' as const, text: say(`results-${standing.results}`) }]
        : []),
      {
        type: 'note',
        text:
          row.closed_at && row.closed_at < row.until
            ? say('ended-early', { at: minuteInChina(new Date(row.closed_at)), decider })
            : say('until', { at: minuteInChina(new Date(row.until)), decider }),
      },
      ...(row.reason ? [{ type: 'note' as const, text: say('reason', { reason: row.reason }) }] : []),
      ...(row.decision
        ? [{ type: 'text' as const, runs: plain(say('decision', { decision: row.decision })) }]
        : []),
      ...(row.adoption
        ? [{ type: 'text' as const, runs: plain(say('adoption', { adoption: row.adoption })) }]
        : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

export function kindTitle(kind: ConsultationRow['kind'], language: Language): string {
  return translate(language, `consultations:kind.${kind}`)
}

export function stateTitle(state: ConsultationRow['state'], language: Language): string {
  return translate(language, `consultations:state.${state}`)
}

/** Lines of a list of consultations. */
export interface ListedConsultation {
  consultation: Consultation
  /** Such as 征询中 · 已答复 3，未答复 9. */
  state: string
}

/** A page of consultations: those one makes or decides, or those on which one is asked. */
export function consultationsCard(
  {
    listed,
    from,
    count,
    list,
  }: { listed: readonly ListedConsultation[]; from: number; count: number; list: 'made' | 'mine' },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:list.${key}`, values)
  const shown = listed.slice(0, mostOnPage)
  const left = count - from - shown.length
  const next: Button = {
    ...{ label: say('next', { count: Math.max(0, left) }), action: 'consultations.list' },
    ...{ value: { list, from: String(from + shown.length) }, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: say(list === 'made' ? 'title' : 'mine-title', { count }),
    blocks: [
      ...shown.flatMap(({ consultation: { row }, state }): Block[] => [
        { type: 'text', runs: [{ text: `${row.number} ${row.title}`, strong: true }] },
        { type: 'note', text: [kindTitle(row.kind, language), state].join(' · ') },
        {
          type: 'buttons',
          buttons: [
            {
              ...{ label: say('show'), value: { consultation: row.id }, opens: 'beside' },
              action: list === 'made' ? 'consultations.show' : 'consultations.open',
            },
          ],
        },
      ]),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [next] }] : []),
    ],
  }
}

/** A page of those who have not answered, by unit. */
export function missingCard(
  { row }: Pick<Consultation, 'row'>,
  {
    people,
    from,
    count,
  }: { people: readonly { name: string; organisation: string }[]; from: number; count: number },
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `consultations:missing.${key}`, values)
  const left = count - from - people.length
  const byUnit = [...Map.groupBy(people, ({ organisation }) => organisation)]
  const more: Button = {
    ...{ label: say('next', { count: Math.max(0, left) }), action: 'consultations.missing' },
    ...{ value: { consultation: row.id, from: String(from + people.length) }, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: say('title', { count, number: row.number }),
    blocks: [
      ...(count === 0 ? [{ type: 'text' as const, runs: plain(say('none')) }] : []),
      ...byUnit.flatMap(([unit, theirs]): Block[] => [
        { type: 'text', runs: [{ text: unit || say('no-unit'), strong: true }] },
        { type: 'text', runs: plain(theirs.map(({ name }) => name).join(language === 'en' ? ', ' : '、')) },
      ]),
      ...(left > 0 ? [{ type: 'buttons' as const, buttons: [more] }] : []),
    ],
  }
}
