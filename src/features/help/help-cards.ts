import { type Block, type Button, type Card, plain } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { OpenedClause } from '../../knowledge/search/search-engine.ts'
import { translate } from '../../messages/translate.ts'
import { nameInDirectory } from '../../people/directory.ts'
import type { Named, RequestFacts } from './requests.ts'

/** Why a question is put to somebody: for the first time, once more, for lateness, or by a colleague. */
export type Occasion =
  | { why: 'new' | 'again' | 'passed-on' }
  | { why: 'handed'; from: string; remark: string }

/** What a receiver gets: the question, who asks, the nearest clause, and what can be done. */
export function requestCard(
  facts: RequestFacts,
  nearest: OpenedClause | null,
  occasion: Occasion,
  language: Language,
): Card {
  const { request } = facts
  const { number } = request
  const urgent = request.urgent === 1 && occasion.why === 'new'
  const from = occasion.why === 'handed' ? { name: occasion.from } : {}
  const title = translate(language, `help:request.${urgent ? 'new-urgent' : occasion.why}`, {
    number,
    ...from,
  })
  const blocks = questionBlocks(facts, language)
  if (occasion.why === 'handed' && occasion.remark !== '') {
    const remark = translate(language, 'help:request.remark', { text: occasion.remark })
    blocks.push({ type: 'text', runs: plain(remark) })
  }
  if (occasion.why === 'again' && request.reply !== null) {
    const reply = translate(language, 'help:request.last-reply', { text: request.reply })
    blocks.push({ type: 'text', runs: plain(reply) })
  }
  if (nearest) {
    const clause = translate(language, 'help:request.nearest', { clause: clauseName(nearest, language) })
    blocks.push({ type: 'note', text: clause })
  }
  const open = nearest ? [clauseButton(nearest, 'help:clause.near', language)] : []
  blocks.push({ type: 'buttons', buttons: [...handlingButtons(request.id, language), ...open] })
  return { tone: 'info', title, blocks }
}

/** The question with who asks, when and why. */
export function questionBlocks(facts: RequestFacts, language: Language): Block[] {
  const { request } = facts
  const blocks: Block[] = [{ type: 'text', runs: [{ text: request.question, strong: true }] }]
  if (request.background !== '') {
    const background = translate(language, 'help:request.background', { text: request.background })
    blocks.push({ type: 'text', runs: plain(background) })
  }
  const time = timeOf(request.asked_at, language, facts.zone)
  blocks.push({
    type: 'note',
    text: `${askerOf(facts, language)}\n${translate(language, 'help:request.asked-at', { time })}`,
  })
  return blocks
}

function askerOf({ asker, askedFor, guest }: RequestFacts, language: Language): string {
  if (!asker) {
    return translate(language, 'help:request.asker-alone', {
      name: nameInDirectory(guest, language) ?? translate(language, 'help:request.guest'),
    })
  }
  const { name, organisation } = asker
  if (askedFor !== '') {
    return translate(language, 'help:request.asker-for', { name, organisation, other: askedFor })
  }
  return organisation === ''
    ? translate(language, 'help:request.asker-alone', { name })
    : translate(language, 'help:request.asker', { name, organisation })
}

/** What can be done about an open question. */
export function handlingButtons(request: string, language: Language): Button[] {
  const button = (label: string, action: string, style: 'primary' | 'plain'): Button => ({
    label,
    action,
    value: { request },
    opens: 'beside',
    style,
  })
  return [
    button(translate(language, 'help:request.reply'), 'help.reply', 'primary'),
    button(translate(language, 'help:request.hand-over'), 'help.hand-over', 'plain'),
    button(translate(language, 'help:request.decline'), 'help.decline', 'plain'),
  ]
}

/** What became of the question, in place of a receiver's card; without the question where it is no longer theirs. */
export function settledCard(facts: RequestFacts, language: Language): Card {
  const { request, answeredBy } = facts
  const name = answeredBy?.name ?? ''
  const title = numberedState(request, language)
  if (request.state === 'withdrawn') {
    const text = translate(language, 'help:request.withdrawn')
    return { tone: 'info', title, blocks: [{ type: 'text', runs: plain(text) }] }
  }
  const blocks = questionBlocks(facts, language)
  if (request.close_reason !== null) {
    const reason = translate(language, 'help:request.declined', { name, reason: request.close_reason })
    blocks.push({ type: 'text', runs: plain(reason) })
  } else {
    const time = timeOf(request.answered_at ?? request.asked_at, language, facts.zone)
    blocks.push({ type: 'note', text: translate(language, 'help:request.answered', { name, time }) })
    blocks.push({ type: 'quote', runs: plain(request.reply ?? '') })
    if (request.state === 'closed') {
      blocks.push({ type: 'note', text: translate(language, 'help:request.solved') })
    }
  }
  return { tone: 'info', title, blocks }
}

/** In place of the card of somebody who has handed the question over, or whose colleague has. */
export function handedOverCard(number: string, from: string, to: string, language: Language): Card {
  const text = translate(language, 'help:request.handed-over', { from, to })
  return { tone: 'info', title: number, blocks: [{ type: 'text', runs: plain(text) }] }
}

/** A reply as the asker reads it. `ask`: whether it settled the matter may still be said. */
export function replyCard(
  facts: RequestFacts,
  reply: { text: string; by: Named; supplement: boolean },
  clause: OpenedClause | null,
  language: Language,
  ask: boolean,
): Card {
  const { request } = facts
  const { number, question } = request
  const title = translate(language, reply.supplement ? 'help:answered.supplement' : 'help:answered.title', {
    number,
  })
  const value = { request: request.id, round: String(request.round) }
  const verdicts: Button[] = ask
    ? [
        {
          label: translate(language, 'help:answered.solved'),
          action: 'help.solved',
          value,
          style: 'primary',
        },
        { label: translate(language, 'help:answered.unsolved'), action: 'help.unsolved', value },
      ]
    : []
  const open = clause ? [clauseButton(clause, 'help:clause.open', language)] : []
  const buttons = [...verdicts, ...open]
  return {
    tone: 'answer',
    title,
    blocks: [
      { type: 'note', text: translate(language, 'help:answered.question', { question }) },
      { type: 'text', runs: plain(reply.text) },
      ...(clause ? [{ type: 'note' as const, text: clauseName(clause, language) }] : []),
      { type: 'note', text: signature(reply.by, 'by', {}, language) },
      ...(buttons.length > 0 ? [{ type: 'buttons' as const, buttons }] : []),
    ],
  }
}

/** The asker reads that there will be no reply, and why. */
export function declinedCard({ request, answeredBy }: RequestFacts, language: Language): Card {
  const { number, question } = request
  const reason = request.close_reason ?? ''
  const by = answeredBy ?? { name: '', organisation: '' }
  return {
    tone: 'info',
    title: translate(language, 'help:answered.closed', { number }),
    blocks: [
      { type: 'note', text: translate(language, 'help:answered.question', { question }) },
      { type: 'text', runs: plain(signature(by, 'reason', { reason }, language)) },
    ],
  }
}

/** With the organisation and without one. */
const signatures = {
  by: ['help:answered.by', 'help:answered.by-alone'],
  reason: ['help:answered.reason', 'help:answered.reason-alone'],
} as const

/** Who answered, or why there is no answer. */
export function signature(
  { name, organisation }: Named,
  key: keyof typeof signatures,
  values: Record<string, string>,
  language: Language,
): string {
  const [signed, alone] = signatures[key]
  return translate(language, organisation === '' ? alone : signed, { name, organisation, ...values })
}

/** One text, such as a confirmation. */
export function textCard(text: string, title?: string): Card {
  return {
    tone: 'info',
    ...(title === undefined ? {} : { title }),
    blocks: [{ type: 'text', runs: plain(text) }],
  }
}

/** Number and state: WD-2026-0001　已答复. */
export function numberedState(
  { number, state }: Pick<RequestFacts['request'], 'number' | 'state'>,
  language: Language,
): string {
  return translate(language, 'help:questions.line', {
    number,
    state: translate(language, `help:state.${state}`),
  })
}

/** 《title》 and the clause's number or first words. */
export function clauseName({ document, clause }: OpenedClause, language: Language): string {
  return translate(language, 'help:clause.name', { title: document.title, label: labelOf(clause) })
}

function labelOf({ label, lead }: OpenedClause['clause']): string {
  return label || Array.from(lead).slice(0, 20).join('')
}

export function clauseButton(
  { document, clause }: OpenedClause,
  key: 'help:clause.open' | 'help:clause.near',
  language: Language,
): Button {
  return {
    label: translate(language, key, { label: labelOf(clause) }),
    action: 'policy.open-clause',
    value: { document: document.document, version: String(document.version), key: clause.key },
    opens: 'beside',
  }
}

const china = 'Asia/Shanghai'

/**
 * A moment to the minute, by China's clock: 3月2日 09:30. For somebody whose clock shows another time it is theirs, and
 * says so: 3月2日 02:30（GMT+1）.
 * @param zone IANA name; empty: China's.
 */
export function timeOf(instant: string, language: Language, zone = ''): string {
  const time = timeIn(china, instant, language)
  const theirs = zone === '' ? time : timeIn(zone, instant, language)
  if (theirs === time) return time
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value
  return translate(language, 'help:request.time-in-zone', { time: theirs, zone: name ?? zone })
}

function timeIn(timeZone: string, instant: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    month: language === 'en' ? 'short' : 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = format.formatToParts(new Date(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const time = `${part('hour')}:${part('minute')}`
  return language === 'en'
    ? `${part('day')} ${part('month')} ${time}`
    : `${part('month')}月${part('day')}日 ${time}`
}
