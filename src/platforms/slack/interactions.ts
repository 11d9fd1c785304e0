import type { App } from '@slack/bolt'
import type { Account, Conversation } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import {
  type Acknowledging,
  ephemeral,
  errorSentence,
  pushed,
  responseTo,
  type Stand,
  sentence,
} from './acknowledge.ts'
import { messageId } from './deliver.ts'
import type { Directory } from './directory.ts'
import { type Place, readValues, stepAction } from './render-form.ts'
import * as read from './to-incoming.ts'

/** Who speaks, and where. */
export type Speaker = Pick<Stand, 'user' | 'language' | 'place'>

export interface InteractionOptions {
  directory: Directory
  acknowledging: Acknowledging
  intake: Intake
  logger: Logger
  /** Told of what cannot be read. */
  refused(reason: 'malformed'): void
  showHome(user: string): Promise<void>
  languageOf(user: string): Promise<Language>
  /** What everything that comes in has. */
  envelopeOf(
    id: string,
    speaker: Speaker,
  ): {
    id: string
    account: Account
    conversation: Conversation
    language: Language
    at: Date
    group?: boolean
  }
}

/** All chats but private ones of two are read by others. */
export function placeIn(chat: string, thread: string): Place {
  return { chat, thread, group: chat !== '' && !chat.startsWith('D') }
}

/** Where a modal of ours was opened from. */
function placeOf({
  chat,
  thread,
  home,
}: Pick<Place, 'chat' | 'thread'> & { home?: true | undefined }): Place {
  return { ...placeIn(chat, thread), ...(home ? { home } : {}) }
}

/** Commands, buttons and forms: carried out, then acknowledged, then shown. */
export function receiveInteractions(app: App, options: InteractionOptions): void {
  const { directory, acknowledging, intake, logger, showHome, languageOf, envelopeOf } = options
  const refuse = (ack: () => Promise<void>): Promise<void> => {
    options.refused('malformed')
    return ack()
  }

  app.command(/.*/, async ({ body, ack }) => {
    const { success, data } = read.commandBody.safeParse(body)
    if (!success) return refuse(ack)
    const { user_id: user, channel_id, trigger_id } = data
    const language = await languageOf(user)
    try {
      // The words of a command are seen by nobody else, so neither is the answer.
      const place = placeIn(await directory.chatWith(user), '')
      const text = data.text?.trim() || translate(language, 'slack:home.help')
      await intake.take({ ...envelopeOf(trigger_id, { user, language, place }), type: 'message', text })
      const isThere = place.chat === channel_id
      await ack(ephemeral(translate(language, isThere ? 'slack:taken' : 'slack:taken-direct')))
    } catch (error) {
      if (!(error instanceof PlainError)) logger.error({ err: error }, 'a command could not be handed on')
      await ack(ephemeral(explainError(error, language)))
    }
  })

  app.action(/.*/, async ({ body, ack }) => {
    const { success, data } = read.actionsBody.safeParse(body)
    if (!success) return refuse(ack)
    const [pressed] = data.actions
    const user = data.user.id
    const language = await languageOf(user)
    const stand: Stand = { user, language, place: placeIn('', ''), trigger: data.trigger_id }
    try {
      const memory = read.readModalMemory(data.view?.private_metadata)
      const message = data.message ?? (data.container?.message_ts ? { ts: data.container.message_ts } : null)
      if (memory) Object.assign(stand, { place: placeOf(memory), view: data.view?.id })
      else if (data.channel && message) {
        const thread = message.thread_ts ?? data.container?.thread_ts ?? ''
        // In a private chat a post that was replied to stands in the chat all the same.
        const isOwn = thread === message.ts && data.channel.id.startsWith('D')
        stand.place = placeIn(data.channel.id, isOwn ? '' : thread)
        if (!data.container?.is_ephemeral) stand.message = { channel: data.channel.id, ts: message.ts }
      } else {
        stand.place = placeIn(await directory.chatWith(user), '')
        if (data.view?.type === 'home') stand.place.home = true
      }
      const id = data.trigger_id ?? `${user}:${pressed.action_ts}`
      await press(pressed, id, stand, data.view, ack)
    } catch (error) {
      if (!(error instanceof PlainError)) logger.error({ err: error }, 'a click could not be carried out')
      else logger.info({ reason: error.key }, 'a click was turned down')
      await ack()
      const card = errorSentence(error, language)
      if (stand.view !== undefined) await acknowledging.show({ beside: card }, { ...stand, push: true })
      // On the home nothing is seen of what is said in the chat.
      else if (stand.place.home) await acknowledging.show({ beside: card }, stand)
      else await acknowledging.tell(stand, card)
    }
    if (stand.place.home) await showHome(user)
  })

  async function press(
    { action_id, value, text }: read.PressedElement,
    id: string,
    stand: Stand,
    view: read.SlackView | null | undefined,
    ack: () => Promise<void>,
  ): Promise<void> {
    const memory = read.readModalMemory(view?.private_metadata)
    if (action_id.startsWith(stepAction)) {
      if (!memory?.draft || !memory.page) return ack()
      const step = read.readStep(action_id.slice(stepAction.length))
      if (!step) return ack()
      const { draft, page } = memory
      const values = readValues(view?.state?.values ?? {})
      const given = await intake.answer({ ...envelopeOf(id, stand), type: 'page', draft, page, step, values })
      await ack()
      return acknowledging.show(given, stand)
    }
    const carried = read.readButtonValue(value)
    const action = action_id.replace(/~\d+$/, '')
    // Inputs of a form, links and the buttons of others: nothing of ours was pressed.
    if (!carried || !action_id.includes('~')) return ack()
    if (action === 'ask') {
      const asked = {
        ...envelopeOf(id, stand),
        type: 'message' as const,
        text: carried.text ?? text?.text ?? '',
      }
      await intake.take(asked)
      await ack()
      if (!stand.place.home) return
      const beside = sentence(translate(stand.language, 'slack:home.taken'))
      return acknowledging.show({ beside }, stand)
    }
    const message = stand.message && messageId(stand.message.channel, stand.message.ts)
    const given = await intake.answer({
      ...envelopeOf(id, stand),
      type: 'action',
      action,
      value: carried,
      ...(message ? { message } : {}),
    })
    await ack()
    await acknowledging.show(given, stand)
  }

  app.view(/.*/, async ({ body, ack }) => {
    const { success, data } = read.submissionBody.safeParse(body)
    const memory = success ? read.readModalMemory(data.view.private_metadata) : null
    if (!success) return refuse(ack)
    if (!memory?.draft || !memory.page || !memory.step) return ack()
    const { draft, page, step } = memory
    const user = data.user.id
    const language = await languageOf(user)
    const stand: Stand = { user, language, place: placeOf(memory) }
    const state = data.view.state?.values ?? {}
    try {
      const id = data.trigger_id ?? `${data.view.id}:${data.view.hash ?? ''}`
      const values = readValues(state)
      const given = await intake.answer({ ...envelopeOf(id, stand), type: 'page', draft, page, step, values })
      const { response, told } = responseTo(given, { page, blocks: Object.keys(state) }, stand)
      await respond(ack, response)
      if (given.toast !== undefined && !told) await acknowledging.tell(stand, sentence(given.toast))
    } catch (error) {
      if (!(error instanceof PlainError)) logger.error({ err: error }, 'a form could not be taken')
      else logger.info({ reason: error.key }, 'a form was turned down')
      await respond(ack, pushed(explainError(error, language), stand))
    }
    if (stand.place.home) await showHome(user)
  })
}

/** Bolt's types know the response of each kind of view; ours is made for any. */
function respond(ack: (response: never) => Promise<void>, response: Record<string, unknown>): Promise<void> {
  return ack(response as never)
}
