import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { FilledForm } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Writer } from '../../circulation/port.ts'
import { openButton } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { KindAction } from '../definition/schema.ts'
import type { Effect } from '../effects.ts'
import { readSubmission, type Submission } from '../records.ts'
import { isShown } from '../relations.ts'
import { varietyTitle } from '../texts.ts'
import { chosenGroups, circulation, originsOf } from './showcase-groups.ts'

/**
 * Puts what was approved for everybody before the groups of the organisations that were named, each of them once. Throws
 * PlainError as `chosenGroups` does.
 */
export async function showcase({ trx, submission, part, action, input, now }: Effect): Promise<void> {
  const { row } = submission
  if (part.person === null) throw new PlainError('submissions:refused.not-yours')
  const doing = { by: part.person, now }
  const chosen = await chosenGroups(trx, row.id, groupsTyped(action, input), doing)
  const audience = { chats: chosen.flatMap(({ chats }) => chats), people: [], members: [] }
  await circulation.mustReach(trx, audience, doing)
  const origin = `${originsOf(row.id)}${row.revision + 1}`
  await circulation.begin(trx, { origin, organisation: chosen[0]!.organisation, audience }, doing)
}

/** Characters of the text above the last press: all of it stands on the record. */
const longestPreview = 600

/** What stands above the last press: the text, and the groups in which it will stand, or why it will not. */
export async function previewLines(
  context: SubmissionsContext,
  action: KindAction,
  { db, now, language, person, values, context: { submission: id = '' } }: FilledForm,
): Promise<string[]> {
  if (person === null) return []
  const say = (key: string, given: Record<string, string | number>) => translate(language, key, given)
  try {
    const submission = await readSubmission(db, context, id)
    const typed = groupsTyped(action, values)
    const chosen = await chosenGroups(db, id, typed, { by: person, now })
    const count = chosen.reduce((sum, { chats }) => sum + chats.length, 0)
    const text = Array.from(submission.row.published ?? '')
    const begun = text.length > longestPreview ? `${text.slice(0, longestPreview).join('')}…` : text.join('')
    return [
      say('submissions:showcase.preview', { count }),
      ...chosen.map(({ name, chats, had }) => {
        if (chats.length === 0) return say('submissions:showcase.preview-had', { name })
        const more = { name, count: chats.length }
        return had > 0
          ? say('submissions:showcase.preview-rest', { ...more, had })
          : say('submissions:showcase.preview-unit', more)
      }),
      say('submissions:showcase.preview-text', { text: begun }),
    ]
  } catch (error) {
    // Said before the last press as it is refused at it.
    if (error instanceof PlainError) return [translate(language, error.key, error.values)]
    throw error
  }
}

/** Writes the post of a record, as long as its text is approved. */
export function createShowcaseWriter(context: SubmissionsContext): Writer {
  return {
    async prepare(trx, id) {
      const [, submission = ''] = id.split(' ')
      const found = await readSubmission(trx, context, submission)
      return found.row.published === null ? null : ({ language }) => showcaseCard(found, language)
    },
  }
}

/** The text that was approved, under what it is about. */
function showcaseCard(submission: Submission, language: Language): Card {
  const { row, kind, subject } = submission
  const what = varietyTitle(kind, row.variety, language)
  const title = translate(language, 'submissions:showcase.title', { what, subject })
  return {
    tone: 'info',
    title,
    blocks: [
      { type: 'text', runs: [{ text: row.published ?? '' }] },
      ...(isShown(submission)
        ? [{ type: 'buttons' as const, buttons: [openButton(submission, language)] }]
        : []),
    ],
  }
}

function groupsTyped({ fields }: KindAction, values: Effect['input']): string {
  const field = fields.find(({ sets }) => sets === 'groups')
  return String(values[field?.name ?? ''] ?? '')
}
