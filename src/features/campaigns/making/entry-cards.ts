import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { ComparedRecord } from '../../submissions/port.ts'
import type { Campaign, CampaignRow } from '../records.ts'
import {
  buttonsBlock,
  reviewingButton,
  shortened,
  showButton,
  textBlock,
  textCard,
} from './campaign-texts.ts'

const mostOnPage = 5

/** Told to an author: what they sent in takes part, unless they do not want it to. */
export function enteredCard({ row }: Campaign, record: ComparedRecord, language: Language): Card {
  const values = {
    number: record.number,
    subject: shortened(record.subject, 60),
    campaign: shortened(row.title, 80),
  }
  return textCard(translate(language, 'campaigns:entry.entered', { ...values, ends: row.ends_on }), [
    leaveButton(row.id, record.id, language),
    showButton(row.id, language),
  ])
}

function leaveButton(campaign: string, submission: string, language: Language): Button {
  return {
    label: translate(language, 'campaigns:do.leave'),
    ...{ action: 'campaigns.leave', value: { campaign, submission }, opens: 'here' },
  }
}

/** Told to whoever made it: nothing enters any more, and what is next. @param count Of what takes part. */
export function entriesEndedCard(
  { id, number, title }: Pick<CampaignRow, 'id' | 'number' | 'title'>,
  count: number,
  language: Language,
): Card {
  const values = { number, campaign: shortened(title, 80), count }
  return textCard(
    translate(language, count === 0 ? 'campaigns:entry.ended-empty' : 'campaigns:entry.ended', values),
    [...(count === 0 ? [] : [reviewingButton(id, language)]), showButton(id, language)],
  )
}

/** Told to an author: an organiser has taken it out. */
export function takenOutCard(
  { row }: Campaign,
  record: ComparedRecord,
  reason: string,
  language: Language,
): Card {
  const values = {
    number: record.number,
    subject: shortened(record.subject, 60),
    campaign: shortened(row.title, 80),
  }
  return textCard(
    translate(language, 'campaigns:entry.was-taken-out', { ...values, reason: shortened(reason) }),
    [showButton(row.id, language)],
  )
}

/** An entry as it is listed. */
export interface ListedEntry {
  campaign: Campaign['row']
  record: ComparedRecord
  state: 'in' | 'out'
  why: string
}

/** Why it takes part or not, on one line. */
export function entryState({ state, why }: Pick<ListedEntry, 'state' | 'why'>, language: Language): string {
  if (state === 'in') return translate(language, 'campaigns:entry.in')
  if (why === 'left') return translate(language, 'campaigns:entry.out-left')
  if (why === 'ended') return translate(language, 'campaigns:entry.out-ended')
  return translate(language, 'campaigns:entry.out-why', { why: shortened(why, 60) })
}

interface EntriesPage {
  entries: readonly ListedEntry[]
  from: number
  /** Of one campaign, for its organisers; null: somebody's own of all campaigns. */
  campaign: Campaign['row'] | null
}

/** A page of entries: all of a campaign, or one's own. */
export function entriesCard({ entries, from, campaign }: EntriesPage, language: Language): Card {
  const shown = entries.slice(from, from + mostOnPage)
  const left = entries.length - from - shown.length
  const next: Button = {
    label: translate(language, 'campaigns:list.next', { count: left }),
    action: campaign ? 'campaigns.entries' : 'campaigns.mine',
    value: { ...(campaign && { campaign: campaign.id }), from: String(from + mostOnPage) },
    opens: 'beside',
  }
  const title = campaign
    ? translate(language, 'campaigns:entry.all', {
        title: shortened(campaign.title, 60),
        count: entries.length,
      })
    : translate(language, 'campaigns:entry.mine', { count: entries.length })
  return {
    tone: 'info',
    title,
    blocks: [
      ...(entries.length === 0
        ? [textBlock(translate(language, campaign ? 'campaigns:entry.none' : 'campaigns:entry.none-mine'))]
        : []),
      ...shown.flatMap((entry) => entryBlocks(entry, campaign !== null, language)),
      ...buttonsBlock(left > 0 ? [next] : []),
    ],
  }
}

function entryBlocks(entry: ListedEntry, organises: boolean, language: Language): Block[] {
  const { campaign, record, state } = entry
  const takeOut: Button = {
    label: translate(language, 'campaigns:do.take-out'),
    ...{
      action: 'campaigns.take-out',
      value: { campaign: campaign.id, submission: record.id },
      opens: 'beside',
    },
  }
  const isRunning = campaign.state !== 'closed' && campaign.state !== 'cancelled'
  const own =
    state === 'in' && campaign.state === 'open' ? [leaveButton(campaign.id, record.id, language)] : []
  const notes = organises
    ? [record.author, entryState(entry, language)]
    : [shortened(campaign.title, 60), entryState(entry, language)]
  return [
    { type: 'text', runs: [{ text: `${record.number} ${shortened(record.subject, 60)}`, strong: true }] },
    { type: 'note', text: notes.map((one) => shortened(one, 100)).join(' · ') },
    ...buttonsBlock(
      organises
        ? state === 'in' && isRunning
          ? [takeOut]
          : []
        : [...own, showButton(campaign.id, language)],
    ),
  ]
}

/** In which campaign something older is to take part. */
export function whichCampaignCard(campaigns: readonly Campaign[], number: string, language: Language): Card {
  return textCard(
    translate(language, campaigns.length === 0 ? 'campaigns:entry.none-fits' : 'campaigns:entry.which', {
      number,
    }),
    campaigns.slice(0, 8).map(({ row }) => ({
      label: shortened(row.title, 40),
      ...{ action: 'campaigns.enter-this', value: { campaign: row.id, number }, opens: 'here' },
    })),
  )
}
