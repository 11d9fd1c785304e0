import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click } from '../../conversation/feature.ts'
import type { FormDefinition, Receipt, Submission } from '../../forms/definition.ts'
import { translate } from '../../messages/translate.ts'
import { zoneOfAccount } from '../../people/directory.ts'
import { findPersonByAccount } from '../../people/people.ts'
import { answerRequest, declineRequest, requestFor, sendSupplement } from './answer.ts'
import { textOf } from './ask.ts'
import type { ReplyOptions } from './cited-clause.ts'
import { handOver } from './hand-over.ts'
import { settledCard, textCard, timeOf } from './help-cards.ts'
import { conversationOf, factsOf } from './requests.ts'

/** Opens one of the forms about a question, for somebody who may answer it while it is open. */
export async function openHandling(
  click: Click,
  form: 'help.reply' | 'help.decline' | 'help.hand-over',
  { membersOf }: ReplyOptions,
) {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const request = await requestFor(trx, action.value.request ?? '', person, now)
  if (request.state !== 'open') {
    const zone = await zoneOfAccount(trx, action.account)
    return {
      replace: settledCard({ ...(await factsOf(trx, request)), zone }, language),
    } satisfies Acknowledgement
  }
  // Known when the reply comes, for which nobody can wait then.
  if (request.in_group === 1) void membersOf(conversationOf(request.conversation))
  const { id, number } = request
  const question = shorten(request.question)
  return click.openForm(form, { context: { request: id, number, question } })
}

/** What is repeated of a question above the form about it. */
const mostRepeated = 200

function shorten(text: string): string {
  const letters = Array.from(text)
  return letters.length > mostRepeated ? `${letters.slice(0, mostRepeated).join('')}……` : text
}

/** The forms by which a question is answered, handed over or closed. */
export function createHandlingForms(options: ReplyOptions): FormDefinition[] {
  const { library } = options
  return [
    {
      name: 'help.reply',
      version: 1,
      title: 'help:reply.form',
      subject: 'help:about',
      pages: [
        {
          name: 'reply',
          intro: ['help:about'],
          fields: [
            {
              name: 'text',
              type: 'long-text',
              label: 'help:reply.text',
              hint: 'help:reply.text-hint',
              required: true,
              // What one message of the web chat holds, so that a reply typed step by step is as long as one in a page.
              most: 2000,
              seenBy: 'help:reply.seen-by',
            },
            {
              name: 'clause',
              type: 'text',
              label: 'help:reply.clause',
              hint: 'help:reply.clause-hint',
              example: 'help:reply.clause-example',
              most: 200,
              seenBy: 'help:reply.seen-by',
            },
          ],
        },
      ],
      submit: (submission) => submitReply(submission, options),
    },
    {
      name: 'help.decline',
      version: 1,
      title: 'help:decline.form',
      subject: 'help:about',
      pages: [
        {
          name: 'reason',
          intro: ['help:decline.about'],
          fields: [
            {
              name: 'reason',
              type: 'long-text',
              label: 'help:decline.reason',
              example: 'help:decline.reason-example',
              required: true,
              most: 500,
              seenBy: 'help:reply.seen-by',
            },
          ],
        },
      ],
      async submit({ trx, now, language, person, values, context }) {
        const reason = textOf(values.reason)
        const { number } = await declineRequest(
          trx,
          { request: context.request ?? '', by: person, reason },
          now,
        )
        return { number, card: textCard(translate(language, 'help:decline.done'), number) }
      },
    },
    {
      name: 'help.hand-over',
      version: 1,
      title: 'help:hand-over.form',
      subject: 'help:about',
      pages: [
        {
          name: 'to',
          intro: ['help:about'],
          fields: [
            {
              name: 'to',
              type: 'person',
              label: 'help:hand-over.to',
              hint: 'help:hand-over.to-hint',
              required: true,
            },
            {
              name: 'remark',
              type: 'long-text',
              label: 'help:hand-over.remark',
              hint: 'help:hand-over.remark-hint',
              most: 500,
              seenBy: 'help:hand-over.seen-by',
            },
          ],
        },
      ],
      async submit({ trx, now, language, person, values, context }) {
        const { number, name, reached } = await handOver(
          trx,
          library,
          {
            request: context.request ?? '',
            by: person,
            to: textOf(values.to),
            remark: textOf(values.remark),
          },
          now,
        )
        const key = reached ? 'help:hand-over.done' : 'help:hand-over.unreachable'
        return { number, card: textCard(translate(language, key, { name }), number) }
      },
    },
  ]
}

async function submitReply(submission: Submission, options: ReplyOptions): Promise<Receipt> {
  const { trx, now, language, draft, person, values, context } = submission
  const request = context.request ?? ''
  // Whoever left the house while writing answers nothing any more.
  const { id: asked } = await requestFor(trx, request, person, now)
  const text = textOf(values.text)
  const written = { id: draft, request: asked, by: person ?? '', text, clause: textOf(values.clause) }
  const result = await answerRequest(trx, options, written, now)
  const { number } = result.request
  if (result.outcome === 'answered') {
    const sent = [
      translate(language, 'help:reply.sent'),
      ...(result.clause === 'alone' ? [translate(language, 'help:reply.alone-clause')] : []),
      ...(result.clause === 'hidden' ? [translate(language, 'help:reply.hidden-clause')] : []),
    ]
    return { number, card: textCard(sent.join('\n'), number) }
  }
  const facts = await factsOf(trx, result.request)
  const time = timeOf(
    result.request.answered_at ?? result.request.asked_at,
    language,
    await zoneOfAccount(trx, submission.account),
  )
  const told = translate(language, 'help:reply.second', { name: facts.answeredBy?.name ?? '', time })
  const card = textCard(told, number)
  const add = {
    label: translate(language, 'help:reply.add'),
    action: 'help.supplement',
    value: { supplement: result.supplement },
  }
  return { number, card: { ...card, blocks: [...card.blocks, { type: 'buttons', buttons: [add] }] } }
}

/** Sends the reply that came second. */
export async function addSupplement(click: Click, options: ReplyOptions): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  await sendSupplement(trx, options, action.value.supplement ?? '', person, now)
  return { replace: textCard(translate(language, 'help:reply.added')) }
}
