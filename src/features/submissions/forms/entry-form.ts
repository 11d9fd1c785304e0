import { plain } from '../../../chat/card.ts'
import type { FormDefinition, Receipt, Submission as SentForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate, type Wording } from '../../../messages/translate.ts'
import { readPerson } from '../../../people/people.ts'
import { createReceiptCode, receiptHash } from '../../../people/receipt-code.ts'
import { checkRoomForGuest } from '../collect/limit-guests.ts'
import { codeCard } from '../collect/receipt-cards.ts'
import { tellEntered } from '../collect/tell-entered.ts'
import { turnBlocks } from '../collect/turn-draft.ts'
import { whoseIs, whosePages } from '../collect/whose.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { receiversOf } from '../receivers.ts'
import type { Submission } from '../records.ts'
import { sealedCard } from '../sealed.ts'
import { similarInstead, similarNotes } from '../search/similar-cards.ts'
import { sendIn } from '../send-in.ts'
import { stateTitle } from '../texts.ts'
import { adviceNotes } from './advice.ts'
import { chosenNaming, namingNotes, namingPages, pagesBySignature } from './naming-pages.ts'
import { hollowOf, toFormPages } from './to-form-pages.ts'

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
    pages: [
      ...namingPages(kind),
      ...whosePages(kind),
      ...pagesBySignature(toFormPages(kind.pages, hollowOf(kind)), kind),
    ],
    seenBy: readersOf(kind),
    notes: async (filled) => [
      ...(await similarNotes(filled, kind, context)),
      ...namingNotes(filled, kind),
      ...adviceNotes(filled, kind),
    ],
    instead: (filled) => similarInstead(filled, kind, context),
    stuck: (stuck) => turnBlocks(stuck, kind, context),
    submit: (sent) => submitEntry(sent, kind, context),
  }
}

async function submitEntry(sent: SentForm, kind: Kind, context: SubmissionsContext): Promise<Receipt> {
  const { trx, draft, account, person, language, now } = sent
  const naming = chosenNaming(sent.values, kind)
  const { needsCode, ...whose } = await whoseIs(sent, kind, naming)
  if (whose.enteredBy === null && person === null) await checkRoomForGuest(trx, context, account, now)
  const code = needsCode ? createReceiptCode() : null
  const submission = await sendIn(trx, context, {
    ...{ id: draft, kind: kind.kind, version: kind.version, language, now, naming },
    ...whose,
    inGroup: sent.context.group === 'yes',
    receiptHash: code === null ? null : (number) => receiptHash(number, code),
  })
  const { number } = submission.row
  if (code !== null) {
    // In a message of its own, so that the code is kept with no draft. In a group it is for whoever sent it alone.
    const to = sent.context.group === 'yes' ? { to: { type: 'account' as const, account } } : {}
    const isEntered = whose.enteredBy !== null
    const card = codeCard({ number, code, publicUrl: context.publicUrl(), isEntered }, language)
    await sent.say(await sealedCard(trx, context, submission.row, card, language, 'author'), to)
  }
  await tellEntered(trx, context, submission, now)
  // Whoever scanned a code on a wall, or handed in a sheet of paper, is told nothing in a chat.
  const byCode = needsCode && (sent.context.entry !== undefined || whose.enteredBy !== null)
  const how = byCode ? 'by-code' : whose.enteredBy !== null ? 'to-author' : 'list'
  return { number, card: await receiptCard(sent, submission, how) }
}

/** What whoever sent it in keeps: number, state, and who has it now. */
async function receiptCard(
  { trx, language, now }: SentForm,
  submission: Submission,
  how: 'by-code' | 'to-author' | 'list',
): Promise<Receipt['card']> {
  const { row, kind } = submission
  const part = kind.states[row.state]?.waitsFor
  const people = part ? await receiversOf(trx, submission, part, dayInChina(now)) : []
  const names: string[] = []
  for (const id of people) names.push((await readPerson(trx, id))?.name ?? '')
  const joined = names.filter((one) => one !== '').join(language === 'en' ? ', ' : '、')
  const variety = kind.varieties.find(({ value }) => value === row.variety)?.label[language] ?? ''
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(language, `submissions:receipt.${key}`, more)
  return {
    tone: 'info',
    title: say('title', { number: row.number }),
    blocks: [
      {
        type: 'text',
        runs: plain(
          say(variety === '' ? 'text' : 'text-of', {
            ...{ what: kind.title[language], variety, subject: submission.subject },
          }),
        ),
      },
      { type: 'note', text: say('state', { state: stateTitle(submission, language) }) },
      { type: 'note', text: joined === '' ? say('nobody') : say('receivers', { names: joined }) },
      { type: 'note', text: say(how) },
    ],
  }
}

/** Who will read it. Where there is a choice of how to sign, the notes say that of the one that was chosen. */
function readersOf({ naming, sealed, shown, seconded }: Kind): Wording | null {
  if (naming.length > 1 || sealed) return null
  return shown || seconded ? 'submissions:readers.shown' : 'forms:seen-by.others'
}
