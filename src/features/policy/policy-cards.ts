import { type Block, type Button, type Card, plain, type Run } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Clause } from '../../knowledge/clause.ts'
import type { OpenedClause } from '../../knowledge/search/search-engine.ts'
import { translate } from '../../messages/translate.ts'
import type { Answer, Citation, ClauseReference } from './answer.ts'

/** Questions on the first screen: one of each kind of need, all answered by the guideline. */
const exampleKeys = ['found', 'proposals', 'funds', 'liaison', 'opinions', 'plan']

/** The greeting of a new conversation: what can be asked, and the way to all else that can be said. */
export function welcomeCard(language: Language): Card {
  const say = (key: string) => translate(language, `policy:welcome.${key}`)
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(say('text')) },
      exampleButtons(language),
      { type: 'note', text: say('words') },
      buttons([{ label: say('help'), action: 'ask', value: { text: say('help') } }]),
    ],
  }
}

/** Asks for the question of somebody who only said that they have one. */
export function howToAskCard(language: Language): Card {
  const person: Button = {
    label: translate(language, 'policy:refusal.ask-person'),
    action: 'help.ask',
    value: {},
    opens: 'beside',
  }
  return {
    tone: 'info',
    title: translate(language, 'policy:how-to-ask.title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'policy:how-to-ask.text')) },
      exampleButtons(language),
      { type: 'note', text: translate(language, 'policy:how-to-ask.person') },
      buttons([person]),
    ],
  }
}

function exampleButtons(language: Language): Block {
  return buttons(
    exampleKeys.map((key) => {
      const text = translate(language, `policy:welcome.example.${key}`)
      return { label: text, action: 'ask', value: { text } }
    }),
  )
}

/** What a person sees of an answer. `open`: statements are about to be added to it. */
export function answerCard(answer: Answer, { open = false } = {}): Card {
  return answer.refused ? refusalCard(answer) : evidenceCard(answer, open)
}

function evidenceCard(answer: Answer, isOpen: boolean): Card {
  const { language, citations } = answer
  const blocks: Block[] = []
  if (answer.tentative) {
    blocks.push({ type: 'note', text: translate(language, 'policy:answer.tentative') })
  }
  if (answer.ruling) blocks.push({ type: 'text', runs: plain(answer.ruling) })
  const at = blocks.length
  if (answer.statements.length > 0) {
    blocks.push({ type: 'list', items: answer.statements.map((statement) => plain(statement.text)) })
    blocks.push({ type: 'note', text: translate(language, 'policy:answer.basis') })
  }
  const growing = { at, count: blocks.length - at, lead: translate(language, 'policy:answer.writing') }
  for (const citation of citations) blocks.push(...citationBlocks(citation, language))
  blocks.push({ type: 'note', text: originsOf(citations, language) })
  // The rule goes by what stood in the question; the form asks for the rest.
  if (answer.ruling) blocks.push({ type: 'note', text: translate(language, 'policy:answer.founding') })
  const open = citations.map((citation) => openButton(citation, language))
  const related = answer.related.map((reference) => relatedButton(reference, language))
  blocks.push(buttons([...open, ...related]))
  const verdicts = verdictButtons(answer)
  const person = personButton(answer)
  // A quiet way out below an answer that settles the question, the main one below a doubtful one.
  blocks.push(buttons([...verdicts, answer.tentative ? person : { ...person, style: 'plain' }]))
  return { tone: 'answer', blocks, ...(isOpen ? { growing } : {}) }
}

function refusalCard(answer: Answer): Card {
  const { language, nearest } = answer
  const say = (key: string) => translate(language, `policy:refusal.${key}`)
  const blocks: Block[] = [{ type: 'text', runs: plain(say(nearest ? 'text' : 'nothing')) }]
  if (nearest) {
    // Not highlighted: it is near the question, and no answer to it.
    blocks.push({ type: 'text', runs: [{ text: fullNameOf(nearest.clause), strong: true }] })
    blocks.push(...renderingBlocks(nearest, language))
    blocks.push({ type: 'quote', runs: plain(nearest.quote), source: sourceOf(nearest, language) })
  }
  blocks.push(buttons([personButton(answer), ...(nearest ? [openButton(nearest, language)] : [])]))
  return { tone: 'refusal', title: say('title'), blocks }
}

/** The clause's name, what it says in the asker's language where that is known, and its words. */
function citationBlocks(citation: Citation, language: Language): Block[] {
  const { clause, spans } = citation
  const runs: Run[] = spans.flatMap(([start, end], i): Run[] => [
    ...(i > 0 ? [{ text: '……' }] : []),
    { text: clause.text.slice(start, end), mark: true },
  ])
  return [
    { type: 'text', runs: [{ text: fullNameOf(clause), strong: true }] },
    ...renderingBlocks(citation, language),
    { type: 'quote', runs, source: sourceOf(citation, language) },
  ]
}

function renderingBlocks({ english }: Citation, language: Language): Block[] {
  if (english.length === 0) return []
  return [
    { type: 'text', runs: plain(english.join(' ')) },
    { type: 'note', text: translate(language, 'policy:answer.rendering') },
  ]
}

/** 《关于…的意见》三、… › （十） */
function sourceOf({ title, clause }: Citation, language: Language): string {
  return pathOf(title, [...clause.path, clause.label || clause.lead], language)
}

function pathOf(title: string, headings: readonly string[], language: Language): string {
  return `${translate(language, 'policy:answer.title', { title })} ${headings.join(' › ')}`.trimEnd()
}

type Origin = Pick<Citation, 'document' | 'title' | 'issuers' | 'version' | 'effective'>

/** Issuer, version and day of effect, once for each document; with its title where there are several. */
function originsOf(citations: readonly Origin[], language: Language): string {
  const origins = new Map<string, string>()
  const documents = new Set(citations.map(({ document }) => document))
  for (const { document, title, issuers, version, effective } of citations) {
    // With one document its title stands above already.
    const parts = documents.size > 1 ? [translate(language, 'policy:answer.title', { title })] : []
    if (issuers) parts.push(translate(language, 'policy:answer.issuers', { issuers }))
    parts.push(translate(language, 'policy:answer.version', { version }))
    if (effective) parts.push(translate(language, 'policy:answer.effective', { effective }))
    origins.set(document, parts.join(translate(language, 'policy:answer.joiner')))
  }
  return [...origins.values()].join('\n')
}

function openButton({ document, version, clause, spans }: Citation, language: Language): Button {
  const marks = spans.map((span) => span.join('-')).join(',')
  return {
    label: translate(language, 'policy:answer.open', { label: nameOf(clause) }),
    action: 'policy.open-clause',
    value: { document, version: String(version), key: clause.key, marks },
    opens: 'beside',
  }
}

function relatedButton({ document, version, key, label, lead }: ClauseReference, language: Language): Button {
  return {
    label: translate(language, 'policy:answer.related', { clause: shorten(`${label}${lead}`) }),
    action: 'policy.open-clause',
    value: { document, version: String(version), key },
    opens: 'beside',
  }
}

function verdictButtons({ id, language }: Answer): Button[] {
  return (['up', 'down'] as const).map((verdict) => ({
    label: translate(language, `policy:answer.${verdict}`),
    action: 'policy.feedback',
    value: { answer: id, verdict },
  }))
}

function personButton({ id, language }: Answer): Button {
  return {
    label: translate(language, 'policy:refusal.ask-person'),
    action: 'help.ask',
    value: { answer: id },
    style: 'primary',
  }
}

/** A clause as a whole, with the words marked that an answer quoted, and buttons to its neighbours. */
export function clauseCard(
  { document, clause, previous, next, marks }: OpenedClause & { marks: [start: number, end: number][] },
  language: Language,
): Card {
  const neighbours = (
    [
      ['previous', previous],
      ['next', next],
    ] as const
  ).flatMap(([way, neighbour]): Button[] =>
    neighbour
      ? [
          {
            label: translate(language, `policy:clause.${way}`, { label: nameOf(neighbour) }),
            action: 'policy.open-clause',
            value: { document: document.document, version: String(document.version), key: neighbour.key },
            opens: 'beside',
          },
        ]
      : [],
  )
  return {
    tone: 'info',
    title: nameOf(clause),
    blocks: [
      { type: 'note', text: pathOf(document.title, clause.path, language) },
      { type: 'text', runs: markedRuns(clause.text, marks) },
      { type: 'note', text: originsOf([document], language) },
      ...(neighbours.length > 0 ? [buttons(neighbours)] : []),
    ],
  }
}

/** The card of a clause that no longer holds, with the way to the one that does where there is one. */
export function supersededCard(card: Card, current: OpenedClause | null, language: Language): Card {
  if (!current) {
    const text = translate(language, 'policy:clause.dropped')
    return { ...card, blocks: [{ type: 'note', text }, ...card.blocks] }
  }
  const { document, version } = current.document
  const open: Button = {
    label: translate(language, 'policy:clause.current', { version }),
    action: 'policy.open-clause',
    value: { document, version: String(version), key: current.clause.key },
    opens: 'beside',
  }
  const text = translate(language, 'policy:clause.superseded', { version })
  return { ...card, blocks: [{ type: 'note', text }, ...card.blocks, buttons([open])] }
}

/** The text in runs, marked between the offsets; offsets outside the text are ignored. */
function markedRuns(text: string, marks: readonly [number, number][]): Run[] {
  const runs: Run[] = []
  let at = 0
  for (const [start, end] of marks) {
    if (start < at || end <= start || end > text.length) continue
    if (start > at) runs.push({ text: text.slice(at, start) })
    runs.push({ text: text.slice(start, end), mark: true })
    at = end
  }
  if (at < text.length) runs.push({ text: text.slice(at) })
  return runs
}

/** What a clause is called on a button: its number and heading as printed. */
function nameOf({ label, lead, kind }: Clause): string {
  return shorten(label ? `${label}${kind === 'clause' ? headingOf(lead) : ''}` : lead)
}

/** The heading that a lead sentence begins with, where it is short enough to be one. */
function headingOf(lead: string): string {
  const heading = lead.replace(/[。.]$/, '')
  return heading.length <= 20 ? heading : ''
}

/** Number and heading of a clause at the top of its quote; a clause without a heading has its first words there. */
function fullNameOf({ label, lead }: Clause): string {
  const [first = ''] = lead.split(/[。；;]/)
  return shorten(label + first, longestFullName)
}

const longestName = 30
const longestFullName = 60

function shorten(text: string, longest = longestName): string {
  if (text.length <= longest) return text
  // A character of two units is left out whole.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function buttons(list: Button[]): Block {
  return { type: 'buttons', buttons: list }
}
