import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { FilledForm, Instead } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { remember } from '../../../store/remember.ts'
import { headline, openButton, stateLine, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { chosenNaming } from '../forms/naming-pages.ts'
import type { PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { partOf } from '../relations.ts'
import { maySecond, secondButton, secondsOf } from '../support.ts'
import { stateTitle } from '../texts.ts'
import { contentText } from './keep-text.ts'
import { alikeFrom } from './similar.ts'

/** So many are worth a look before something is sent in, and on the card of whoever handles it. */
const mostNamed = 3
/** A few words are met by a share of them: half of what was asked for says that it is about that. */
const foundFrom = 0.4
const mostFound = 5

/**
 * Lines above the summary of a form: what there is already. Nothing of what is sealed is compared or found, and in a
 * group, where others read along, nothing is said.
 */
export async function similarNotes(
  filled: FilledForm,
  kind: Kind,
  context: SubmissionsContext,
): Promise<string[]> {
  const { language } = filled
  const found = filled.context.group === 'yes' ? [] : await similarTo(filled, kind, context)
  if (found.length === 0) return []
  return [
    translate(language, 'submissions:similar.note'),
    ...found.map((submission) => similarLine(submission, language)),
  ]
}

/** The same with buttons: to read what there is, and to support it instead of sending the same in. */
export async function similarInstead(
  filled: FilledForm,
  kind: Kind,
  context: SubmissionsContext,
): Promise<Instead | null> {
  const { db, now, language, person } = filled
  const found = await similarTo(filled, kind, context)
  if (found.length === 0) return null
  const blocks: Block[] = [
    {
      type: 'text',
      runs: [{ text: translate(language, 'submissions:similar.instead'), strong: true }],
    },
  ]
  for (const submission of found) {
    const part = await partOf(db, submission, person, dayInChina(now))
    const seconds = await secondsOf(db, submission.row.id, person)
    const mayHelp = maySecond(submission, part) && !seconds.isOwn
    blocks.push(
      { type: 'text', runs: plain(similarLine(submission, language)) },
      {
        type: 'buttons',
        buttons: [
          ...(mayHelp ? [secondButton(submission, seconds, language)] : []),
          openButton(submission, language),
        ],
      },
    )
  }
  return { blocks, alone: filled.context.group === 'yes' }
}

async function similarTo(
  { db, now, person, values }: FilledForm,
  kind: Kind,
  { similar }: SubmissionsContext,
): Promise<Submission[]> {
  if (!similar || !kind.seconded || kind.sealed || chosenNaming(values, kind) !== 'signed') return []
  const subject = String(values[kind.subject] ?? '')
  const text = contentText({ kind, subject, values })
  const question = { text, person, today: dayInChina(now), least: alikeFrom, limit: mostNamed }
  // The lines and the buttons above one summary are about the same records.
  return remember(db, `similar ${JSON.stringify(question)}`, () => similar.find(db, question))
}

function similarLine(submission: Submission, language: Language): string {
  return translate(language, 'submissions:similar.line', {
    headline: headline(submission, language),
    state: stateTitle(submission, language),
  })
}

/** For whoever has to take it up: what it may be the same as, with a button each by which it is merged into that. */
export async function duplicateBlocks(
  db: Reads,
  { similar }: SubmissionsContext,
  submission: Submission,
  possible: readonly PossibleAction[],
  asker: { person: string; today: string; language: Language },
): Promise<Block[]> {
  const { row } = submission
  const merge = possible.find(({ action }) => action.does.includes('merge'))
  if (!similar || row.sealed === 1 || !merge) return []
  const text = contentText(submission)
  const found = await similar.find(db, { ...asker, text, except: row.id, least: alikeFrom, limit: mostNamed })
  return found
    .filter((other) => other.row.kind === row.kind)
    .flatMap((other): Block[] => [
      {
        type: 'text',
        runs: [
          { text: translate(asker.language, 'submissions:similar.duplicate'), strong: true },
          { text: `${headline(other, asker.language)} · ${stateTitle(other, asker.language)}` },
        ],
      },
      {
        type: 'buttons',
        buttons: [openButton(other, asker.language), mergeButton(submission, other, merge, asker.language)],
      },
    ])
}

function mergeButton(
  { row }: Submission,
  into: Submission,
  { name }: PossibleAction,
  language: Language,
): Button {
  return {
    label: translate(language, 'submissions:similar.merge', { number: into.row.number }),
    action: 'submissions.act',
    value: { submission: row.id, action: name, seen: String(row.stage), into: into.row.number },
    opens: 'beside',
  }
}

/** The best of what colleagues sent in about something, with their states. */
export async function foundCard(
  db: Reads,
  { similar }: SubmissionsContext,
  asked: { text: string; person: string | null; today: string; language: Language },
): Promise<Card> {
  const { language } = asked
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `submissions:find.${key}`, values)
  if (asked.person === null) return textCard(say('sign-in'))
  const found = (await similar?.find(db, { ...asked, least: foundFrom, limit: mostFound })) ?? []
  if (found.length === 0) return textCard(say('none'))
  return {
    tone: 'info',
    title: say('title', { count: found.length }),
    blocks: found.flatMap((submission): Block[] => [
      { type: 'text', runs: [{ text: headline(submission, language), strong: true }] },
      { type: 'note', text: stateLine(submission, language) },
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ]),
  }
}
