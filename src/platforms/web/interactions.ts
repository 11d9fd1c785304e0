import { type Context, Hono } from 'hono'
import type { Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Interaction } from '../../chat/incoming.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { ApiContext } from './api-context.ts'
import { problem, tooMany } from './problem.ts'
import { renderAcknowledgement } from './render-acknowledgement.ts'
import { actionBody, pageBody, readJson } from './request-bodies.ts'
import { screenLanguage } from './screen-language.ts'

/** Buttons and pages of forms: answered at once, with what the page is to show. */
export function createInteractions(api: ApiContext): Hono {
  const { intake, transcript, watch, logger, admission } = api

  const answer = async (context: Context, interaction: Interaction): Promise<Response> => {
    let given: Acknowledgement
    try {
      given = await intake.answer(interaction)
    } catch (error) {
      return refusal(context, interaction, error)
    }
    if (given.replace && interaction.type === 'action' && interaction.message) {
      await keep(interaction.account.user, interaction.message, given.replace)
    }
    return context.json(renderAcknowledgement(given))
  }

  const refusal = (context: Context, { id, language }: Interaction, error: unknown): Response => {
    if (!(error instanceof PlainError)) {
      logger.error({ err: error, incoming: id }, 'an interaction could not be carried out')
      return problem(context, 500, language, 'chat:failure')
    }
    // What people are told in plain words (an old button) is no defect of ours; a busy database passes.
    logger.info({ reason: error.key }, 'an interaction was turned down')
    return problem(context, error.key === 'chat:busy' ? 503 : 422, language, error.key, error.values)
  }

  /** The card that was put in place of another stays there when the page is opened anew. */
  const keep = async (chat: string, message: string, card: Card) => {
    try {
      await transcript.edit(chat, message, card)
      watch.tell(chat)
    } catch (error) {
      // What the button does is done and must be acknowledged.
      logger.error({ err: error }, 'a replaced card could not be kept')
    }
  }

  const app = new Hono()
  app.post('/actions', async (context) => {
    const body = await readJson(context, actionBody)
    if (!body) return problem(context, 400, screenLanguage(context), 'web:not-understood')
    const account = await api.accountOf(context)
    const wait = admission.wait('click', context, account.user)
    if (wait > 0) return tooMany(context, screenLanguage(context), wait)
    const { action, value, message } = body
    // Another chat's message must not be edited by whoever knows its id.
    const isOwn = message !== undefined && (await transcript.has(account.user, message))
    return answer(context, {
      ...api.envelope(context, account, body),
      type: 'action',
      action,
      value,
      ...(isOwn ? { message } : {}),
    })
  })
  app.post('/pages', async (context) => {
    const body = await readJson(context, pageBody)
    if (!body) return problem(context, 400, screenLanguage(context), 'web:not-understood')
    const account = await api.accountOf(context)
    const wait = admission.wait('click', context, account.user)
    if (wait > 0) return tooMany(context, screenLanguage(context), wait)
    const { draft, page, step, values } = body
    return answer(context, {
      ...api.envelope(context, account, body),
      type: 'page',
      draft,
      page,
      step,
      values,
    })
  })
  return app
}
