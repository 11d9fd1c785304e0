import type { types, webApi } from '@slack/bolt'
import type { Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import { explainError, translate } from '../../messages/translate.ts'
import type { Logger } from '../logger.ts'
import { contentOf } from './deliver.ts'
import type { Directory } from './directory.ts'
import { escapeText } from './render-card.ts'
import { type Modal, type Place, problemsOf, renderForm, renderModal } from './render-form.ts'

/** Who pressed something, and what can be shown there. */
export interface Stand {
  user: string
  language: Language
  place: Place
  /** Opens a modal, once, within 3 s; default: no modal can be opened. */
  trigger?: string | undefined
  /** The modal in which it was pressed; default: in none. */
  view?: string | undefined
  /** Over that modal, which is there again when this is closed. Default: in its place. */
  push?: boolean
  /** The message that carries the button. */
  message?: { channel: string; ts: string } | undefined
}

export interface Acknowledging {
  /** Shows what a button is answered with, after the click itself was acknowledged. Never rejects. */
  show(given: Acknowledgement, stand: Stand): Promise<void>
  /** Says something to one person alone, where they are. Never rejects. */
  tell(stand: Pick<Stand, 'user' | 'place' | 'language'>, card: Card): Promise<void>
}

/** Shows answers to clicks: a modal beside the conversation, a line that only the person sees. */
export function createAcknowledging(
  client: webApi.WebClient,
  directory: Directory,
  logger: Logger,
): Acknowledging {
  async function tell({ user, place }: Pick<Stand, 'user' | 'place'>, card: Card): Promise<void> {
    const content = contentOf({ card })
    try {
      const { chat, thread } = place
      await client.chat.postEphemeral({
        channel: chat,
        user,
        ...content,
        ...(thread ? { thread_ts: thread } : {}),
      })
    } catch (error) {
      logger.info({ err: error }, 'somebody could not be told on the spot')
      try {
        await client.chat.postMessage({ channel: await directory.chatWith(user), ...content })
      } catch (second) {
        logger.warn({ err: second }, 'somebody could not be told')
      }
    }
  }

  /** In the modal that is open, else in a new one. */
  async function showModal(modal: Modal, { view, trigger, push = false }: Stand): Promise<boolean> {
    try {
      if (push && trigger !== undefined) await client.views.push({ trigger_id: trigger, view: asView(modal) })
      else if (view !== undefined) await client.views.update({ view_id: view, view: asView(modal) })
      else if (trigger !== undefined) await client.views.open({ trigger_id: trigger, view: asView(modal) })
      return view !== undefined || trigger !== undefined
    } catch (error) {
      logger.warn({ err: error }, 'a modal could not be opened')
      return false
    }
  }

  return {
    tell,
    async show({ form, beside, replace, toast, closed }, stand) {
      const { language, place, message, view } = stand
      if (replace && message) {
        await client.chat
          .update({ ...message, ...contentOf({ card: replace }) })
          .catch((error) => logger.warn({ err: error }, 'a card could not be replaced'))
      } else if (replace) {
        await tell(stand, replace)
      }
      if (form) {
        const isShown = await showModal(renderForm(form, place, language), stand)
        if (!isShown) await tell(stand, sentence(translate(language, 'slack:not-opened')))
      } else if (beside) {
        const isShown = await showModal(renderModal(beside, place, language), stand)
        if (!isShown) await tell(stand, beside)
      } else if (view !== undefined && (closed || toast !== undefined)) {
        // A modal cannot be closed from outside, and what is said behind it would not be seen.
        const text = toast ?? translate(language, 'slack:form.closed')
        if (closed && (await showModal(renderModal(sentence(text), place, language), stand))) return
      } else if (toast !== undefined && place.home) {
        // What is said in the chat is not seen there.
        if (await showModal(renderModal(sentence(toast), place, language), stand)) return
      }
      if (toast !== undefined) await tell(stand, sentence(toast))
    },
  }
}

/** What a form that was sent in is answered with, in the acknowledgement itself. */
export function responseTo(
  { form, beside, toast, closed }: Acknowledgement,
  sent: { page: string; blocks: readonly string[] },
  { place, language }: Pick<Stand, 'place' | 'language'>,
): { response: Record<string, unknown>; told: boolean } {
  if (form) {
    const problems = form.page === sent.page ? problemsOf(form, sent.blocks) : null
    const response = problems
      ? { response_action: 'errors', errors: problems }
      : { response_action: 'update', view: renderForm(form, place, language) }
    return { response, told: false }
  }
  if (beside) {
    return {
      response: { response_action: 'update', view: renderModal(beside, place, language) },
      told: false,
    }
  }
  if (closed || toast === undefined) return { response: { response_action: 'clear' }, told: false }
  return {
    response: { response_action: 'update', view: renderModal(sentence(toast), place, language) },
    told: true,
  }
}

/** Why a form could not be taken: shown over the form, which is there again when this is closed. */
export function pushed(text: string, { place, language }: Pick<Stand, 'place' | 'language'>) {
  return { response_action: 'push', view: renderModal(sentence(text, 'error'), place, language) }
}

export function sentence(text: string, tone: Card['tone'] = 'info'): Card {
  return { tone, blocks: [{ type: 'text', runs: [{ text }] }] }
}

export function errorSentence(error: unknown, language: Language): Card {
  return sentence(explainError(error, language), 'error')
}

/** A line that stands in an acknowledgement. */
export function ephemeral(text: string) {
  return { response_type: 'ephemeral' as const, text: escapeText(text) }
}

// The SDK's own types of views lag behind the vendor's; ours say the same.
const asView = (view: unknown) => view as types.View
