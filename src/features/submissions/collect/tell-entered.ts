import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { findPersonByAccount, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { act } from '../act.ts'
import { headline, openButton, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { readSubmission, type Submission } from '../records.ts'
import { sealedCard } from '../sealed.ts'

/** Tells somebody what was entered in their name, with a way to say that it is none of theirs. */
export async function tellEntered(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
): Promise<void> {
  const { row, author } = submission
  if (!author?.person || row.entered_by === null) return
  const language = (await readPerson(trx, author.person))?.language ?? row.language
  const name = (await readPerson(trx, row.entered_by))?.name ?? ''
  await send(trx, context, submission, 'entered', author.person, now, {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      { type: 'text', runs: [{ text: translate(language, 'submissions:behalf.told', { name }) }] },
      {
        type: 'buttons',
        buttons: [
          openButton(submission, language),
          {
            label: translate(language, 'submissions:behalf.object'),
            action: 'submissions.disown',
            value: { submission: row.id },
          },
        ],
      },
    ],
  })
}

/** 不是我提的: it is taken back, and whoever entered it is told. */
export async function disown(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language } = click
  const { account, value } = click.action
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const submission = await readSubmission(trx, context, value.submission ?? '')
  const { row, kind, author } = submission
  if (person === null || author?.person !== person || row.entered_by === null) {
    throw new PlainError('submissions:gone')
  }
  const withdraw = Object.entries(kind.actions).find(
    ([, { does, from }]) => does.includes('withdraw') && from.includes(row.state),
  )
  // Others have begun to work on it: the handler decides what becomes of it.
  if (!withdraw) throw new PlainError('submissions:behalf.too-late')
  const [action] = withdraw
  const done = await act(trx, context, {
    ...{ submission: row.id, action, input: {}, now, seen: null },
    by: { account, person },
  })
  const other = (await readPerson(trx, row.entered_by))?.language ?? language
  const text = translate(other, 'submissions:behalf.objected', { about: headline(done, other) })
  await send(trx, context, done, 'disowned', row.entered_by, now, textCard(text))
  const thanks = translate(language, 'submissions:behalf.taken-back')
  return { toast: thanks, replace: textCard(thanks, row.number) }
}

async function send(
  trx: Trx,
  context: SubmissionsContext,
  { row }: Submission,
  what: string,
  person: string,
  now: Date,
  card: Card,
): Promise<void> {
  const to = await addressOf(trx, person)
  if (!to) return
  // A tag: the id must not join a sealed record with its author.
  const id = `submission:${context.sealer.tag(`${what} ${row.id}`)}`
  await enqueue(trx, {
    id,
    to,
    card: await sealedCard(trx, context, row, card, row.language, what === 'entered' ? 'author' : 'others'),
    lane: 'confirmation',
    now,
  })
}
