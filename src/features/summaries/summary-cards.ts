import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { HandedFile } from '../../delivery/handed-files.ts'
import { translate } from '../../messages/translate.ts'
import type { FactSection } from './gather-facts.ts'
import type { Period } from './period.ts'
import { askedText, periodLine, sourcesLine, summaryTitle } from './summary-texts.ts'

/** What a card shows a summary of. */
export interface ShownSummary {
  organisation: string
  name: string
  /** As `findOrganisation` takes it, also where several have the name. */
  path: string
  period: Period
  now: Date
  sections: readonly FactSection[]
  /** Paths of other organisations of which the same person makes summaries. */
  others: readonly string[]
}

/** Records of a figure that a card lists. */
const mostSources = 12
const mostOthers = 3

/** The outline of a summary with its figures, for a cadre: where each comes from, and the document. */
export function summaryCard(
  { organisation, name, path, period, now, sections, others }: ShownSummary,
  language: Language,
): Card {
  const say = (key: string) => translate(language, `summaries:card.${key}`)
  const known = sections.filter(({ facts }) => facts.length > 0)
  const empty = sections.filter(({ facts }) => facts.length === 0).map(({ heading }) => heading)
  const blocks = known.flatMap(({ heading, facts }): Block[] => [
    { type: 'text', runs: [{ text: heading, strong: true }] },
    { type: 'list', items: facts.map(({ text }) => plain(text)) },
  ])
  const [first] = known
  const buttons: Button[] = first
    ? [
        {
          label: say('document'),
          ...{ action: 'ask', value: { text: askedText(period, { name: path, document: true }, language) } },
          style: 'primary',
        },
        sourcesButton(say('sources'), { organisation, period, section: first.key }),
      ]
    : []
  const elsewhere = others.slice(0, mostOthers).map((other): Button => {
    const text = askedText(period, { name: other, document: false }, language)
    return { label: Array.from(text).slice(0, 40).join(''), action: 'ask', value: { text } }
  })
  return {
    tone: 'info',
    title: summaryTitle(name, period, language),
    blocks: [
      { type: 'note', text: periodLine(period, now, language) },
      ...(known.length > 0 ? blocks : [{ type: 'text', runs: plain(say('nothing')) } satisfies Block]),
      ...(known.length > 0 && empty.length > 0
        ? [
            {
              type: 'note',
              text: translate(language, 'summaries:card.empty', {
                headings: empty.join(language === 'en' ? ', ' : '、'),
              }),
            } satisfies Block,
          ]
        : []),
      ...(buttons.length + elsewhere.length > 0
        ? [{ type: 'buttons', buttons: [...buttons, ...elsewhere] } satisfies Block]
        : []),
    ],
  }
}

/** The records behind the figures of one section, with ways to those before and after it. */
export function sourcesCard(
  {
    organisation,
    name,
    period,
    sections,
  }: Pick<ShownSummary, 'organisation' | 'name' | 'period' | 'sections'>,
  key: string,
  language: Language,
): Card {
  const known = sections.filter(({ facts }) => facts.length > 0)
  const at = Math.max(
    0,
    known.findIndex((section) => section.key === key),
  )
  const shown = known[at]
  const label = (to: 'before' | 'after', heading: string) =>
    translate(language, `summaries:card.${to}`, { heading })
  const beside = (to: 'before' | 'after') => {
    const section = known[at + (to === 'before' ? -1 : 1)]
    return section
      ? [sourcesButton(label(to, section.heading), { organisation, period, section: section.key })]
      : []
  }
  const buttons = [...beside('before'), ...beside('after')]
  return {
    tone: 'info',
    title: summaryTitle(name, period, language),
    blocks: shown
      ? [
          { type: 'text', runs: [{ text: shown.heading, strong: true }] },
          ...shown.facts.flatMap((fact): Block[] => [
            { type: 'text', runs: plain(fact.text) },
            { type: 'note', text: sourcesLine(fact, mostSources, language) },
          ]),
          ...(buttons.length > 0 ? [{ type: 'buttons', buttons } satisfies Block] : []),
        ]
      : [{ type: 'text', runs: plain(translate(language, 'summaries:card.nothing')) }],
  }
}

/** What is said with a document: whose words they are, and that they are to be checked. */
export function draftedCard(title: string, byModel: boolean, language: Language): Card {
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(translate(language, 'summaries:drafted', { title })) },
      {
        type: 'note',
        text: translate(language, byModel ? 'summaries:by-model' : 'summaries:by-rules'),
      },
    ],
  }
}

/** The document alone, so that a messenger sends it as a file. */
export function documentCard(file: HandedFile): Card {
  return { tone: 'info', blocks: [{ type: 'document', ...file }] }
}

function sourcesButton(
  label: string,
  { organisation, period, section }: { organisation: string; period: Period; section: string },
): Button {
  const { year, quarter } = period
  return {
    label,
    action: 'summaries.sources',
    value: { organisation, year: String(year), quarter: String(quarter ?? ''), section },
    opens: 'beside',
  }
}
