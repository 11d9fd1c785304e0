import type { Card } from '../../chat/card.ts'
import type { Account, Conversation } from '../../chat/incoming.ts'
import type { Reads } from '../../people/people.ts'
import { keyNameOf, openUnder, sealText } from '../../seal/matters.ts'
import type { Seals } from '../../seal/passing.ts'
import { closeCard } from '../../seal/sealed-card.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Trx } from '../../store/store.ts'
import type { MessageRow } from './shown-message.ts'

/** With what the transcript is kept. */
export interface TranscriptSeals extends Seals {
  sealer: Sealer
  /** The matter under which what somebody says there now is to lie; null: none, it is no answer to a sealed form. */
  matterOf(said: { account: Account; conversation: Conversation; files: boolean }): Promise<string | null>
}

/** What is said, as it is kept: under the matter's key where it belongs to one, so that it is erased with it. */
export async function sealSaid(
  trx: Trx,
  { sealer, seal }: TranscriptSeals,
  { id, text }: { id: string; text: string },
  matter: string | null,
): Promise<string> {
  if (matter === null) return seal(placeOf(id), text)
  const sealed = await sealText(trx, sealer, matter, placeOf(id), text)
  return `${mark}${keyNameOf(sealer, matter)}:${sealed}`
}

/** What files are called may say as much as a text: they are kept as `sealSaid` keeps that, in a place of their own. */
export function filesOf(id: string, files: string): { id: string; text: string } {
  return { id: `${id} files`, text: files }
}

/** A card as it is kept. */
export function sealShown({ seal }: TranscriptSeals, id: string, card: Card): string {
  return seal(placeOf(id), JSON.stringify(closeCard(card)))
}

/** The row as it reads. */
export async function openRow(
  db: Pick<Reads, 'selectFrom'>,
  seals: TranscriptSeals,
  row: MessageRow,
): Promise<MessageRow> {
  const card = row.card === null ? null : (JSON.parse(seals.open(placeOf(row.id), row.card)) as Card)
  return {
    ...row,
    text: await openSaid(db, seals, row.id, row.text),
    // Erased: that there were files is forgotten with their names.
    files: (await openSaid(db, seals, filesOf(row.id, row.files).id, row.files)) || '[]',
    asked: row.asked === null ? null : await openSaid(db, seals, row.reply_to ?? '', row.asked),
    card: card === null ? null : JSON.stringify(await seals.openCard(db, card)),
  }
}

const mark = 'under:'

async function openSaid(
  db: Pick<Reads, 'selectFrom'>,
  seals: TranscriptSeals,
  id: string,
  kept: string,
): Promise<string> {
  const [, name, sealed] = /^under:([\w-]{43}):(s1\..*)$/.exec(kept) ?? []
  if (name === undefined || sealed === undefined) return seals.open(placeOf(id), kept)
  // Erased, or written by somebody as it stands.
  return (await openUnder(db, seals.sealer, name, placeOf(id), sealed)) ?? ''
}

function placeOf(id: string): string {
  return `said ${id}`
}
