import { type Block, type Button, type Card, plain, type Run } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { explainFounding } from '../../guideline/explain-founding.ts'
import type { FoundingChoice } from '../../guideline/founding-rule.ts'
import { translate } from '../../messages/translate.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { modeTitle } from '../organisations/port.ts'
import type { CitedClause } from './founding-clause.ts'
import { type FoundingCase, nextStep } from './read-case.ts'
import type { FoundingStep } from './steps.ts'

const longestLine = 160

export function textCard(text: string, buttons: Button[] = []): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(text) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

function cut(text: string, most = longestLine): string {
  const letters = Array.from(text.replaceAll(/\s*\n\s*/g, ' '))
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
}

const sayIn =
  (language: Language) =>
  (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `founding:card.${key}`, values)

/** What the advisor says: the way, what the clause says to the letter, what speaks for it and what is open, the steps. */
export interface Advice {
  choice: FoundingChoice
  /** Null: the library's clause does not bear the rule (any more), so nothing is ruled. */
  cited: CitedClause | null
  steps: readonly FoundingStep[]
  /** Whoever may begin for this organisation; null: nobody may here. */
  begins: string | null
  /** What it goes by: the organisation's name and region (empty: not known), and its technical staff. */
  about: { name: string; region: string; workers: number | null }
}

export function adviceCard({ choice, cited, steps, begins, about }: Advice, language: Language): Card {
  const say = sayIn(language)
  const list = (items: readonly string[]): Block => ({
    type: 'list',
    items: items.map((item) => plain(item)),
  })
  const heading = (key: string): Block => ({ type: 'text', runs: [{ text: say(key), strong: true }] })
  const basis = [
    cut(about.name, 60),
    cut(about.region, 60),
    ...(about.workers === null ? [] : [say('workers', { count: about.workers })]),
  ]
    .filter(Boolean)
    .join(' · ')
  const { way, isByClause, reasons, open, others, advice } = choice
  const buttons: Button[] =
    begins === null
      ? []
      : [
          {
            ...{ label: say('begin'), action: 'founding.begin', opens: 'beside', style: 'primary' },
            value: { organisation: begins, ...(way === null ? {} : { mode: way }) },
          },
        ]
  const ruled: Block[] =
    cited === null
      ? [{ type: 'note', text: say('no-clause') }]
      : [
          {
            type: 'text',
            runs: [
              {
                text: way === null ? say('way-open') : say('way', { way: modeTitle(way, language) }),
                strong: true,
              },
            ],
          },
          { type: 'text', runs: plain(explainFounding(advice, language)) },
          {
            type: 'quote',
            runs: markedRuns(
              cited.clause.text,
              advice.statements.flatMap(({ words }) => words),
            ),
            source: say('source', { title: cut(cited.title, 80), label: cited.clause.label }),
          },
          ...(way !== null && !isByClause ? [{ type: 'note' as const, text: say('not-by-clause') }] : []),
          ...(reasons.length > 0
            ? [
                heading('for'),
                list(reasons.map((reason) => translate(language, `founding:reason.${reason}`))),
              ]
            : []),
          ...(open.length > 0
            ? [heading('open'), list(open.map((one) => translate(language, `founding:open.${one}`)))]
            : []),
          ...(others.length > 0
            ? [
                {
                  type: 'text' as const,
                  runs: plain(
                    say('others', {
                      ways: others
                        .map((one) => modeTitle(one, language))
                        .join(language === 'en' ? ', ' : '、'),
                    }),
                  ),
                },
              ]
            : []),
        ]
  return {
    tone: 'answer',
    title: say('advice-title'),
    blocks: [
      ...(basis === '' ? [] : [{ type: 'note' as const, text: basis }]),
      ...ruled,
      heading('steps'),
      list(steps.map(({ title, days }) => say('planned', { title: title[language], days }))),
      ...(buttons.length > 0
        ? [{ type: 'buttons' as const, buttons }]
        : [{ type: 'note' as const, text: say('ask-cadres') }]),
    ],
  }
}

/** The text with those words highlighted; white space in them does not count. */
function markedRuns(text: string, words: readonly string[]): Run[] {
  const bare = (piece: string) => piece.replaceAll(/\s/g, '')
  const places = [...text].flatMap((letter, at) => (/\s/.test(letter) ? [] : [at]))
  const letters = [...text]
  const packed = bare(text)
  const marked = new Set<number>()
  for (const piece of words) {
    const from = packed.indexOf(bare(piece))
    if (from < 0) continue
    const first = places[from]!
    const last = places[from + bare(piece).length - 1]!
    for (let at = first; at <= last; at += 1) marked.add(at)
  }
  const runs: Run[] = []
  letters.forEach((letter, at) => {
    const isMarked = marked.has(at)
    const last = runs.at(-1)
    if (last && Boolean(last.mark) === isMarked) last.text += letter
    else runs.push({ text: letter, ...(isMarked ? { mark: true } : {}) })
  })
  return runs
}

/** How far a founding has come. */
export interface ShownCase {
  founding: FoundingCase
  name: string
  steps: readonly FoundingStep[]
  today: Day
  /** May finish any step, hand it to somebody and stop it. */
  edits: boolean
  /** Whether a day hangs on holidays that are not published yet. */
  provisional: (day: Day) => boolean
  /** Whoever reads it: their own step they may finish too. */
  person: string
}

export function caseCard(
  { founding, name, steps, today, edits, provisional, person }: ShownCase,
  language: Language,
): Card {
  const say = sayIn(language)
  const { row, steps: done } = founding
  const titleOf = (step: string) => steps.find((one) => one.name === step)?.title[language] ?? step
  const lines = done.map(({ step, due_on, done_on, ownerName, note }) => {
    const values = { title: titleOf(step), day: done_on ?? due_on, owner: cut(ownerName, 20) }
    if (done_on !== null) return `${say('line-done', values)}${note === '' ? '' : ` ${cut(note, 60)}`}`
    return due_on < today && row.state === 'running'
      ? say('line-late', values)
      : say(row.state === 'running' && provisional(due_on) ? 'line-provisional' : 'line-open', values)
  })
  const next = row.state === 'running' ? nextStep(founding) : null
  const what = next ? steps.find(({ name: one }) => one === next.step)?.what[language] : undefined
  const of = { founding: row.id }
  const buttons: Button[] = []
  if (next && (edits || (next.owner ?? row.owner) === person)) {
    buttons.push({
      ...{ label: say('done', { title: titleOf(next.step) }), action: 'founding.done', opens: 'beside' },
      ...{ value: { ...of, position: String(next.position) }, style: 'primary' },
    })
  }
  if (next && edits) {
    buttons.push({
      ...{ label: say('assign'), action: 'founding.assign', opens: 'beside' },
      value: { ...of, position: String(next.position) },
    })
  }
  if (row.state === 'running' && edits) {
    buttons.push({ label: say('stop'), action: 'founding.stop', opens: 'beside', value: of })
  }
  const count = done.filter(({ done_on }) => done_on !== null).length
  return {
    tone: 'info',
    title: say('case-title', { name: cut(name, 60) }),
    blocks: [
      {
        type: 'text',
        runs: plain(
          [
            row.number,
            modeTitle(row.mode, language),
            translate(language, `founding:state.${row.state}`),
            say('progress', { count, all: done.length }),
          ].join(' · '),
        ),
      },
      ...(row.reason === ''
        ? []
        : [{ type: 'text' as const, runs: plain(say('reason', { reason: cut(row.reason) })) }]),
      { type: 'list', items: lines.map((line) => plain(line)) },
      ...(next && what !== undefined
        ? [{ type: 'note' as const, text: say('next', { title: titleOf(next.step), what }) }]
        : []),
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** Nothing has begun in this organisation. */
export function noCaseCard(
  { organisation, name, edits }: { organisation: string; name: string; edits: boolean },
  language: Language,
): Card {
  const say = sayIn(language)
  const of = { organisation }
  const text = say(edits ? 'no-case-choose' : 'no-case', { name: cut(name, 60) })
  return textCard(text, [
    { label: say('advise'), action: 'founding.advise', value: of, opens: 'beside' },
    ...(edits
      ? [{ label: say('begin'), action: 'founding.begin', value: of, opens: 'beside' as const }]
      : []),
  ])
}
