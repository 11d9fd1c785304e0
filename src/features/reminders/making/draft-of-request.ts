import type { Button, Card } from '../../../chat/card.ts'
import type { Conversation } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { Reminder, Target } from '../records.ts'
import { type Maker, organisationOf } from './access.ts'
import type { DutyFiles } from './duty-files.ts'
import { meansOf } from './enter-form.ts'
import { type FoundWhom, findWhom } from './find-whom.ts'
import { createReminder } from './keep-reminder.ts'
import { calledBefore, nameBefore } from './name-before.ts'
import { draftCard } from './reminder-cards.ts'
import { linesOf } from './shown-back.ts'
import { targetsInWords } from './target-words.ts'

/** A draft that nobody confirmed is forgotten by then. */
const daysKept = 7

/** The kind of its timer. */
export const forgetTimer = 'reminders.forget'

/** What a sentence asks for. */
export interface Asked {
  rule: Rule
  /** IANA name. */
  zone: string
  whom: string
  what: string
  /** Nothing of it was guessed. */
  sure: boolean
}

/** Keeps what a sentence asks for as a draft, and shows it back. @param at The group in which it was said. */
export async function draftOfRequest(
  trx: Trx,
  asked: Asked,
  maker: Maker,
  { at, files, language }: { at: Conversation | null; files: Pick<DutyFiles, 'presets'>; language: Language },
): Promise<Card> {
  const { found, what } = await whomAndWhat(trx, asked, maker, at)
  const { targets } = found
  const onlySelf =
    targets.length > 0 && targets.every((one) => one.kind === 'person' && one.person === maker.person)
  const fallback = translate(language, 'reminders:draft.untitled')
  const title = Array.from(what.trim()).slice(0, 60).join('') || fallback
  const reminder = await createReminder(
    trx,
    {
      ...{ title, rule: asked.rule, timeZone: asked.zone, targets, state: 'draft', owner: maker.person },
      text: Array.from(what.trim()).length > 60 ? what.trim() : '',
      organisation: await organisationOf(trx, maker, targets),
      means: { type: 'know' },
      // Whoever reminds themselves has nobody above them told.
      steps: onlySelf ? [] : files.presets[0]!.steps,
    },
    { by: maker.person, now: maker.now },
  )
  const until = new Date(`${addDays(maker.today, daysKept)}T16:00:00Z`)
  const id = reminder.row.id
  await setTimer(trx, {
    ...{ id: `${forgetTimer}:${id}`, kind: forgetTimer, payload: { reminder: id } },
    ...{ at: until, now: maker.now },
  })
  const { problem, choices } = found
  return draftBack(trx, reminder, { problem, choices, isGuess: !asked.sure }, maker, language)
}

/**
 * Whom is meant, and what of. Where the words alone leave that open, the names of colleagues decide: what is for a colleague
 * must not become the speaker's own unseen. Somebody who is called and not found is asked back, with oneself to choose.
 */
async function whomAndWhat(
  trx: Trx,
  { whom, what, sure }: Asked,
  maker: Maker,
  at: Conversation | null,
): Promise<{ found: FoundWhom; what: string }> {
  const found = await findWhom(trx, whom, maker, at)
  if (sure || (whom !== '' && found.problem === null)) return { found, what }
  const named = await nameBefore(trx, `${whom}${what}`, maker, at)
  if (named) return named
  const called = whom === '' ? calledBefore(what) : null
  if (called === null) return { found, what }
  const problem = { key: 'reminders:whom.or-self', values: { name: called } }
  return { found: { targets: [], choices: found.targets, problem }, what }
}

/** The card of a draft: as it is now, with those of whom one has to be chosen. */
export async function draftBack(
  trx: Trx,
  reminder: Reminder,
  {
    problem,
    choices,
    isGuess = false,
  }: { problem: Problem | null; choices: readonly Target[]; isGuess?: boolean },
  { now }: Pick<Maker, 'now'>,
  language: Language,
): Promise<Card> {
  const { row, rule, targets, steps } = reminder
  const draft = {
    ...{ rule, targets, steps, timeZone: row.time_zone, organisation: row.organisation },
    ...{ means: meansOf(reminder), each: row.each === 1 },
  }
  const lines = await linesOf(trx, draft, { now, language })
  const words = await targetsInWords(trx, choices, now, language)
  const labels: string[] = []
  for (const [at, target] of choices.entries()) {
    const isDouble = words.filter(({ text }) => text === words[at]!.text).length > 1
    labels.push(labelOf(words[at]!, isDouble ? await apart(trx, target) : '', language))
  }
  const buttons = choices.map(
    (target, at): Button => ({
      label: labels[at]!,
      ...{ action: 'reminders.choose', value: { reminder: row.id, target: JSON.stringify(target) } },
    }),
  )
  const said = problem
    ? translate(language, problem.key, problem.values)
    : targets.length === 0 && choices.length === 0
      ? translate(language, 'reminders:form.nobody')
      : ''
  return draftCard(reminder, lines, { problem: said, choices: buttons, isGuess }, language)
}

/** What tells two of the same name apart: where a person stands, on which platform a group is. */
async function apart(trx: Trx, target: Target): Promise<string> {
  if (target.kind === 'chat') return target.chat.platform
  if (target.kind === 'role') return ''
  const row = await trx
    .selectFrom('membership')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation')
    .select('organisation.name')
    .where('membership.person', '=', target.person)
    .orderBy('membership.id')
    .executeTakeFirst()
  return row?.name ?? ''
}

function labelOf(
  { text, people }: { text: string; people: number | null },
  more: string,
  language: Language,
): string {
  const name = more === '' ? text : translate(language, 'reminders:line.apart', { text, more })
  if (people === null || people === 1) return name
  return translate(language, 'reminders:line.with-count', { text: name, count: people })
}
