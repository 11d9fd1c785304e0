import type { Block, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { actionButtons, headlineFor, openButton } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { possibleActions } from '../life/life.ts'
import { receiversOf } from '../receivers.ts'
import type { Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { sealedCard } from '../sealed.ts'
import { standingOf } from '../standing.ts'
import { languageOf, messageId } from '../tell.ts'

interface Word {
  /** Default: those who handle it. */
  to?: readonly string[]
  /** Tells it from everything else that is said of the record at this revision. */
  matter: string
  text(language: Language): string
  /** What they can do about it: names of actions; only those that are possible are shown. */
  actions?: readonly string[]
}

/** Says something beside what a change of state tells, with the buttons that belong to it. */
export async function tellWord(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { to, matter, text, actions = [] }: Word,
  now: Date,
): Promise<void> {
  const { row, kind } = submission
  const today = dayInChina(now)
  const part = kind.handlers === 'restricted' ? 'restricted' : 'handler'
  const receivers = to ?? (await receiversOf(trx, submission, part, today))
  const standing = await standingOf(trx, submission)
  for (const person of receivers) {
    const address = await addressOf(trx, person)
    if (!address) continue
    const language = await languageOf(trx, person)
    const reader = await partOf(trx, submission, person, today)
    const possible = possibleActions(kind, standing, reader)
    const wanted = possible.filter(({ name }) => actions.includes(name))
    const buttons = [...actionButtons(submission, wanted, language), openButton(submission, language)]
    const blocks: Block[] = [
      { type: 'text', runs: [{ text: text(language) }] },
      { type: 'buttons', buttons },
    ]
    const card: Card = { tone: 'info', title: headlineFor(submission, reader, language), blocks }
    await enqueue(trx, {
      id: messageId(context, submission, person, `${row.revision + 1}:${matter}`),
      to: address,
      card: await sealedCard(trx, context, row, card, language),
      lane: 'confirmation',
      now,
    })
  }
}

/** Actions by which others are asked to review, whatever the kind's file calls them. */
export function askingActions({ kind }: Pick<Submission, 'kind'>): string[] {
  return Object.entries(kind.actions).flatMap(([name, { fields }]) =>
    fields.some(({ sets }) => sets === 'reviewers') ? [name] : [],
  )
}

/** Whoever wanted them hears that some of the reviewers are away and were not asked. */
export async function tellAway(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  { to, away }: { to: string | null; away: readonly { name: string; until: string }[] },
  now: Date,
): Promise<void> {
  const text = (language: Language) => {
    const names = away.map((one) => translate(language, 'review:request.away-until', one))
    return translate(language, 'review:request.away', { names: names.join(language === 'en' ? ', ' : '、') })
  }
  const actions = askingActions(submission)
  await tellWord(
    trx,
    context,
    submission,
    { ...(to ? { to: [to] } : {}), matter: 'away', text, actions },
    now,
  )
}
