import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { FilledForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { headline, openButton, stateLine, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { chosenNaming } from '../forms/naming-pages.ts'
import type { PossibleAction } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { stateTitle } from '../texts.ts'
import { contentText } from './keep-text.ts'
import { alikeFrom } from './similar.ts'

/** So many are worth a look before something is sent in, and on the card of whoever handles it. */
const mostNamed = 3
/** A few words are met by a share of them: half of what was asked for says that it is about that. */
const foundFrom = 0.4
const mostFound = 5

/** Lines above the summary of a form: what there is already. Nothing of what is sealed is compared or found. */
export async function similarNotes(
  { db, now, language, person, values }: FilledForm,
  kind: Kind,
  { similar }: SubmissionsContext,
): Promise<string[]> {
  if (!similar || !kind.seconded || kind.sealed || chosenNaming(values, kind) !== 'signed') return []
  const subject = String(values[kind.subject] ?? '')
  const text = contentText({ kind, subject, values })
  const today = dayInChina(now)
  const found = await similar.find(db, { text, person, today, least: alikeFrom, limit: mostNamed })
  if (found.length === 0) return []
  return [
    translate(language, 'submissions:similar.note'),
    ...found.map((submission) =>
      translate(language, 'submissions:similar.line', {
        headline: headline(submission, language),
        state: stateTitle(submission, language),
      }),
    ),
  ]
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
