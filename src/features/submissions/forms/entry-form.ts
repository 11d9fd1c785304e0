import { plain } from '../../../chat/card.ts'
import type { FormDefinition, Receipt, Submission as SentForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { readPerson } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { receiversOf } from '../receivers.ts'
import type { Submission, SubmissionRow } from '../records.ts'
import { sendIn } from '../send-in.ts'
import { stateTitle, varietyTitle } from '../texts.ts'
import { toFormPages } from './to-form-pages.ts'

/** The form by which a kind is sent in. Each version of a kind has its own. */
export function entryFormOf(kind: Kind): string {
  return `submissions.${kind.kind}`
}

/** @param make What becomes of it: another record, or a change of one that is open. */
export function createEntryForm(kind: Kind, context: SubmissionsContext): FormDefinition {
  return {
    name: entryFormOf(kind),
    version: kind.version,
    title: kind.title,
    sealed: kind.sealed || kind.naming.some((naming) => naming !== 'signed'),
    pages: toFormPages(kind.pages),
    submit: (sent) => submitEntry(sent, kind, context),
  }
}

async function submitEntry(sent: SentForm, kind: Kind, context: SubmissionsContext): Promise<Receipt> {
  const { trx, draft, account, person, language, now, values } = sent
  const name = person === null ? '' : ((await readPerson(trx, person))?.name ?? '')
  const submission = await sendIn(trx, context, {
    ...{ id: draft, kind: kind.kind, version: kind.version, values, language, now },
    naming: (values.naming as SubmissionRow['naming'] | undefined) ?? kind.naming[0]!,
    author: { account, person, name },
    enteredBy: null,
    origin: account.platform === 'web' ? 'web' : 'chat',
    inGroup: sent.context.group === 'yes',
    receiptHash: null,
  })
  return { number: submission.row.number, card: await receiptCard(sent, submission) }
}

/** What whoever sent it in keeps: number, state, and who has it now. */
async function receiptCard(
  { trx, language, now }: SentForm,
  submission: Submission,
): Promise<Receipt['card']> {
  const { row, kind } = submission
  const part = kind.states[row.state]?.waitsFor
  const people = part ? await receiversOf(trx, submission, part, dayInChina(now)) : []
  const names: string[] = []
  for (const id of people) names.push((await readPerson(trx, id))?.name ?? '')
  const joined = names.filter((one) => one !== '').join(language === 'en' ? ', ' : '、')
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(language, `submissions:receipt.${key}`, more)
  return {
    tone: 'info',
    title: say('title', { number: row.number }),
    blocks: [
      {
        type: 'text',
        runs: plain(
          say('text', { what: varietyTitle(kind, row.variety, language), subject: submission.subject }),
        ),
      },
      { type: 'note', text: say('state', { state: stateTitle(submission, language) }) },
      { type: 'note', text: joined === '' ? say('nobody') : say('receivers', { names: joined }) },
      { type: 'note', text: say('list') },
    ],
  }
}
