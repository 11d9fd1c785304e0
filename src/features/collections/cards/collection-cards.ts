import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { type CardReader, type Reached, reachedInShort } from '../../circulation/port.ts'
import { questionsOf } from '../definition/definition.ts'
import type { Collection, CollectionRow } from '../records.ts'

const mostQuestions = 12

const text = (words: string): Block => ({ type: 'text', runs: plain(words) })
const strong = (words: string): Block => ({ type: 'text', runs: [{ text: words, strong: true }] })
const small = (words: string): Block => ({ type: 'note', text: words })

/** How many have answered, for groups: numbers alone. */
export interface AnsweredSoFar {
  answered: number
  missing: number
}

/** A collection for whoever is asked. @param soFar null: nothing is said of others. */
export function collectionCard(
  { row, organisation, definition }: Collection,
  { language, why, chat, hasAnswered = false }: CardReader,
  soFar: AnsweredSoFar | null,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:card.${key}`, values)
  const isOpen = row.state === 'open'
  const changes = row.anonymity !== 'anonymous'
  const label = hasAnswered ? say('change') : say('fill')
  const fill: Button = {
    ...{ label, action: 'collections.fill', value: { collection: row.id }, opens: 'beside' },
    style: 'primary',
  }
  const intro = definition.intro[language]
  return {
    tone: 'info',
    title: say('title', { title: definition.title[language] }),
    blocks: [
      ...(why === 'reminder' ? [strong(say('reminder'))] : []),
      ...(intro === '' ? [] : [text(intro)]),
      small(say(row.anonymity, { count: questionsOf(definition).length })),
      ...(row.per === 'unit' ? [small(say('unit'))] : []),
      small(say('from', { organisation, number: row.number })),
      ...(isOpen && row.deadline
        ? [text(say('until', { until: minuteInChina(new Date(row.deadline)) }))]
        : [strong(say('ended'))]),
      ...(chat && soFar ? [small(say('so-far', { ...soFar }))] : []),
      ...(hasAnswered ? [small(say('answered'))] : []),
      ...(isOpen && (!hasAnswered || changes) ? [{ type: 'buttons' as const, buttons: [fill] }] : []),
    ],
  }
}

/** What its maker sees before it goes out. */
export interface Preview {
  /** Whom it is for, in words; null: not said yet, or not to be reached, as `problem` says. */
  audience: readonly string[] | null
  problem: string
  reached: Reached
  remindAt: readonly Date[]
}

/** The last look: what is asked, whom it reaches, the last press. */
export function previewCard(
  { row, organisation, definition }: Collection,
  { audience, problem, reached, remindAt }: Preview,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:preview.${key}`, values)
  const value = { collection: row.id, revision: String(row.revision), reached: reachedInShort(reached) }
  const button = (key: string, opens: 'here' | 'beside' = 'beside'): Button => ({
    ...{ label: say(key), action: `collections.${key}`, value, opens },
  })
  const questions = questionsOf(definition)
  const shown = questions.slice(0, mostQuestions)
  const isReady = audience !== null && row.deadline !== null
  return {
    tone: 'info',
    title: say('title', { number: row.number }),
    blocks: [
      strong(definition.title[language]),
      small(
        [organisation, say(row.anonymity), say(row.per), ...(row.shares === 1 ? [say('shares')] : [])].join(
          ' · ',
        ),
      ),
      {
        type: 'list',
        items: shown.map(({ label, type, required }) =>
          plain(
            `${label[language]}（${translate(language, `collections:type.${type}`)}${required ? ` · ${say('required')}` : ''}）`,
          ),
        ),
      },
      ...(row.anonymity === 'anonymous' ? [small(say('anonymous-means'))] : []),
      ...(row.anonymity !== 'named' && definition.pages.some(({ when }) => when.length > 0)
        ? [small(say('few-answer'))]
        : []),
      ...(row.anonymity === 'handlers-only' ? [small(say('handlers-only-means'))] : []),
      ...(questions.length > shown.length
        ? [small(say('more', { count: questions.length - shown.length }))]
        : []),
      { type: 'divider' },
      ...(audience ? [{ type: 'list' as const, items: audience.map((line) => plain(line)) }] : []),
      ...(audience ? [strong(say('reaches', { people: reached.people, chats: reached.chats }))] : []),
      ...(reached.unreachable > 0 ? [small(say('unreachable', { count: reached.unreachable }))] : []),
      ...(problem === '' ? [] : [strong(problem)]),
      row.deadline
        ? text(say('until', { until: minuteInChina(new Date(row.deadline)) }))
        : strong(say('no-deadline')),
      ...(remindAt.length > 0
        ? [small(say('reminds', { at: remindAt.map((at) => minuteInChina(at)).join('、') }))]
        : []),
      {
        type: 'buttons',
        buttons: [
          ...(isReady ? [{ ...button('send', 'here'), style: 'primary' as const }] : []),
          ...[button('try'), button('edit'), button('drop', 'here')],
        ],
      },
    ],
  }
}

/** How a collection stands, for whoever handles or sees it. */
export interface Standing {
  answers: number
  answered: number
  missing: number
  unreachable: number
  chats: number
}

export function standingCard(
  { row, organisation, definition }: Collection,
  standing: Standing,
  { language, handles }: { language: Language; handles: boolean },
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:standing.${key}`, values)
  const value = { collection: row.id }
  const button = (key: string): Button => ({
    ...{ label: say(key), action: `collections.${key}`, value, opens: 'beside' },
  })
  const isOpen = row.state === 'open'
  const isOut = isOpen || row.state === 'closed'
  const buttons = [
    ...(isOut ? [button('tally')] : []),
    ...(handles && isOut && standing.missing > 0 ? [button('missing')] : []),
    ...(handles && isOpen && standing.missing > 0 ? [button('remind')] : []),
    ...(handles && (isOpen || (isOut && row.anonymity === 'named')) ? [button('extend')] : []),
    ...(handles && isOpen ? [button('revise'), button('close')] : []),
    ...(handles && row.state === 'draft' ? [button('preview')] : []),
  ]
  return {
    tone: 'info',
    title: definition.title[language],
    blocks: [
      text([row.number, organisation, stateTitle(row.state, language)].join(' · ')),
      small(translate(language, `collections:preview.${row.anonymity}`)),
      ...(row.deadline
        ? [
            row.ended_at && row.ended_at < row.deadline
              ? text(say('ended-early', { at: minuteInChina(new Date(row.ended_at)) }))
              : text(say('until', { until: minuteInChina(new Date(row.deadline)) })),
          ]
        : []),
      ...(isOut ? [strong(say('answers', { ...standing }))] : []),
      ...(standing.unreachable > 0 ? [small(say('unreachable', { count: standing.unreachable }))] : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Asks once more before it is ended. */
export function closeCard(
  { row }: Collection,
  { missing }: Pick<Standing, 'missing'>,
  language: Language,
): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `collections:close.${key}`, values)
  const value = { collection: row.id }
  return {
    tone: 'info',
    title: say('title', { title: row.title }),
    blocks: [
      text(say('missing', { count: missing })),
      ...(row.anonymity === 'named' ? [] : [small(say('for-good'))]),
      {
        type: 'buttons',
        buttons: [{ label: say('sure'), action: 'collections.close-now', value, style: 'primary' }],
      },
    ],
  }
}

export function stateTitle(state: CollectionRow['state'], language: Language): string {
  return translate(language, `collections:state.${state}`)
}
