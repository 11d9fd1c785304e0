import { type Card, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Interaction } from '../../chat/incoming.ts'
import { errorCard } from '../../messages/error-card.ts'
import { translate } from '../../messages/translate.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { cut } from './card-text.ts'
import { longestToast } from './limits.ts'
import { type FeishuCard, renderCard } from './render-card.ts'
import { renderClosed, renderForm } from './render-form.ts'

/** What a callback is answered with: https://open.feishu.cn/document/feishu-cards/card-callback-communication */
export interface CallbackAnswer {
  toast?: { type: 'info' | 'error'; content: string }
  card?: { type: 'raw'; data: FeishuCard }
}

export interface Acknowledged {
  answer: CallbackAnswer
  /** To be sent as messages of their own once the callback is answered. */
  following: FeishuCard[]
}

/**
 * An acknowledgement as Feishu can show it. Pages of a form follow one another in the place of the card that was
 * pressed. A form that a button opens comes as a card of its own: the button stands on an answer or on somebody's
 * question, which has to stay readable while the form is filled in, and which others in a group are reading too.
 */
export function acknowledge(interaction: Interaction, given: Acknowledgement): Acknowledged {
  const { language, conversation, group = false } = interaction
  const place = { thread: conversation.thread, group }
  const answer: CallbackAnswer = {}
  const inPlace = (data: FeishuCard) => {
    answer.card = { type: 'raw', data }
  }
  if (given.toast !== undefined && given.toast.trim() !== '') {
    answer.toast = { type: 'info', content: cut(harmlessText(given.toast), longestToast) }
  }
  if (given.replace) inPlace(renderCard(given.replace, place))
  if (interaction.type === 'page') {
    if (given.form) inPlace(renderForm(given.form, place, language))
    else if (given.closed) inPlace(renderClosed(given.toast ?? translate(language, 'feishu:form.closed')))
    return { answer, following: [] }
  }
  const following = given.beside ? [renderCard(given.beside, place)] : []
  if (given.form) following.push(renderForm(given.form, place, language))
  return { answer, following }
}

/** What the person reads of an interaction that was turned down. */
export function refuse(interaction: Pick<Interaction, 'language'>, error: unknown): CallbackAnswer {
  const { blocks } = errorCard(error, interaction.language)
  const words = blocks.map((block) =>
    block.type === 'text' ? block.runs.map(({ text }) => text).join('') : '',
  )
  return { toast: { type: 'error', content: cut(words.join('\n'), longestToast) } }
}

/** A card of one sentence. */
export function words(text: string): Card {
  return { tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] }
}
