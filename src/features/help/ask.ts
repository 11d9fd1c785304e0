import type { Account } from '../../chat/incoming.ts'
import { accountKey, conversationKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import type { Click } from '../../conversation/feature.ts'
import type { FormDefinition, Receipt, Submission } from '../../forms/definition.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { actorOf, placesOfPerson } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { directoryEntryOf, nameInDirectory } from '../../people/directory.ts'
import { findPersonByAccount } from '../../people/people.ts'
import { createReceiptCode, receiptHash } from '../../people/receipt-code.ts'
import { routeOf } from '../../people/route.ts'
import type { Trx } from '../../store/store.ts'
import { askPerson, readGivenAnswer } from '../policy/port.ts'
import type { Library } from './cited-clause.ts'
import { startClock } from './deadlines.ts'
import { checkRoomToAsk } from './limit-asking.ts'
import { activeReceivers, namesOf, putTo } from './receivers.ts'
import type { HelpRequest } from './requests.ts'

export interface AskOptions {
  library: Library
  /** Where people reach the web pages. */
  publicUrl(): string
}

/** Code points of a question and of what is told beside it. */
const longest = { question: 1000, background: 2000 }

/** The form by which a question is put to a person. */
export function createAskForm(options: AskOptions): FormDefinition {
  return {
    name: 'help.ask',
    version: 1,
    title: 'help:ask.title',
    pages: [
      {
        name: 'question',
        intro: ['help:ask.seen-by'],
        fields: [
          {
            name: 'question',
            type: 'long-text',
            label: 'help:ask.question',
            hint: 'help:ask.question-hint',
            example: 'help:ask.question-example',
            required: true,
            most: longest.question,
          },
          {
            name: 'background',
            type: 'long-text',
            label: 'help:ask.background',
            hint: 'help:ask.background-hint',
            most: longest.background,
          },
          {
            name: 'urgency',
            type: 'select',
            label: 'help:ask.urgency',
            required: true,
            options: [
              { value: 'normal', label: 'help:ask.urgency-normal' },
              { value: 'urgent', label: 'help:ask.urgency-urgent' },
            ],
          },
        ],
      },
      {
        name: 'for-whom',
        intro: ['help:ask.for-whom'],
        when: (_values, context) => context.mayActFor === 'yes',
        fields: [
          { name: 'askedFor', type: 'person', label: 'help:ask.asked-for', hint: 'help:ask.asked-for-hint' },
        ],
      },
    ],
    submit: (submission) => submitQuestion(submission, options),
  }
}

/** Opens the form, with what was asked and with who will see it. */
export async function openAsk(click: Click) {
  const { trx, now, language } = click
  const { account, conversation, value, group = false } = click.action
  const today = dayInChina(now)
  const answer = value.answer ? await readGivenAnswer(trx, value.answer) : null
  // Whoever was not there when it was asked learns nothing from the answer's id.
  const shown =
    answer?.account === accountKey(account) || answer?.conversation === conversationKey(conversation)
  const asker = (await findPersonByAccount(trx, account))?.id ?? null
  await checkRoomToAsk(trx, { account, person: asker }, now)
  const route = await routeOf({ db: trx, today }, asker)
  const context = {
    receivers: await namesOf(trx, { organisation: route.organisation, people: route.receivers }, language),
    note: asker === null ? await noteToGuest(trx, account, language) : '',
    mayActFor: asker !== null && (await mayActForSomebody(trx, asker, today)) ? 'yes' : '',
    answer: answer && shown ? answer.id : '',
    group: group ? 'yes' : '',
  }
  const question = answer && shown ? Array.from(answer.question).slice(0, longest.question).join('') : ''
  return click.openForm('help.ask', { values: { question, urgency: 'normal' }, context })
}

/** How the reply is fetched, and by what name they are known to whoever answers. */
async function noteToGuest(trx: Trx, account: Account, language: Language): Promise<string> {
  const how = translate(language, 'help:ask.guest-note')
  const name = nameInDirectory(await directoryEntryOf(trx, account), language)
  return name === null ? how : `${how}${translate(language, 'help:ask.named-note', { name })}`
}

async function mayActForSomebody(trx: Trx, person: string, today: string): Promise<boolean> {
  const actor = await actorOf(trx, person, today)
  return actor.grants.some(({ organisation }) => can(actor, 'people.act-for', { path: [organisation] }))
}

async function submitQuestion(submission: Submission, { library, publicUrl }: AskOptions): Promise<Receipt> {
  const { trx, now, language, draft, account, person, conversation, values, context, say } = submission
  const today = dayInChina(now)
  const known = await trx.selectFrom('help_request').selectAll().where('id', '=', draft).executeTakeFirst()
  if (known) {
    const people = (await activeReceivers(trx, known, now)).map(({ person: receiver }) => receiver)
    const receivers = await namesOf(trx, { ...known, people }, language)
    return { number: known.number, card: receiptCard(known.number, receivers, person === null, language) }
  }
  await checkRoomToAsk(trx, { account, person }, now)
  const askedFor = textOf(values.askedFor)
  if (askedFor !== '') await checkActsFor(trx, person, askedFor, today)
  const route = await routeOf({ db: trx, today }, person)
  const number = await nextNumber(trx, 'WD', Number(today.slice(0, 4)))
  const code = person === null ? createReceiptCode() : null
  const request: HelpRequest = {
    id: draft,
    number,
    asker_account: accountKey(account),
    asker: person,
    asked_for: askedFor === '' ? null : askedFor,
    conversation: conversationKey(conversation),
    in_group: context.group === 'yes' ? 1 : 0,
    language,
    question: textOf(values.question),
    background: textOf(values.background),
    answer: context.answer ? context.answer : null,
    organisation: route.organisation,
    lies_with: route.liesWith,
    urgent: values.urgency === 'urgent' ? 1 : 0,
    state: 'open',
    round: 1,
    reopened: 0,
    receipt_hash: code === null ? null : receiptHash(number, code),
    asked_at: now.toISOString(),
    escalated_at: null,
    answered_at: null,
    answered_by: null,
    reply: null,
    clause_document: null,
    clause_key: null,
    closed_at: null,
    close_reason: null,
  }
  await trx.insertInto('help_request').values(request).execute()
  // The cadres' list of what the documents do not answer shows that somebody waits.
  if (request.answer !== null) await askPerson(trx, request.answer)
  await putTo(trx, library, request, route.receivers, { why: 'new' }, now)
  await startClock(trx, request, now)
  if (code !== null) {
    // In a message of its own, so that the code is kept with no draft. In a group it is for the guest alone.
    const to = request.in_group === 1 ? { to: { type: 'account' as const, account } } : {}
    await say(codeCard(number, code, publicUrl(), language), to)
  }
  const receivers =
    route.receivers.length === 0
      ? ''
      : await namesOf(trx, { organisation: route.organisation, people: route.receivers }, language)
  return { number, card: receiptCard(number, receivers, code !== null, language) }
}

async function checkActsFor(trx: Trx, person: string | null, other: string, today: string): Promise<void> {
  const actor = person === null ? null : await actorOf(trx, person, today)
  const may = actor && can(actor, 'people.act-for', await placesOfPerson(trx, other, today))
  if (!may) throw new PlainError('help:ask.not-for')
}

function receiptCard(
  number: string,
  receivers: string,
  withCode: boolean,
  language: Language,
): Receipt['card'] {
  const text =
    receivers === ''
      ? translate(language, 'help:receipt.nobody')
      : translate(language, 'help:receipt.text', { receivers })
  const note = translate(language, withCode ? 'help:receipt.code-sent' : 'help:receipt.list')
  return {
    tone: 'info',
    title: translate(language, 'help:receipt.title', { number }),
    blocks: [
      { type: 'text', runs: [{ text }] },
      { type: 'note', text: note },
    ],
  }
}

function codeCard(number: string, code: string, publicUrl: string, language: Language): Receipt['card'] {
  return {
    tone: 'info',
    title: translate(language, 'help:receipt.code-title', { number }),
    blocks: [
      { type: 'text', runs: [{ text: code, strong: true }] },
      { type: 'note', text: translate(language, 'help:receipt.code-how', { number, code }) },
      { type: 'link', label: translate(language, 'help:receipt.web'), url: `${publicUrl}/receipt` },
    ],
  }
}

/** A form's text value; empty where it was left out. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
