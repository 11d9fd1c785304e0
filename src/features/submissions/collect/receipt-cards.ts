import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'

/** The code by which somebody without account follows up what was sent in: shown once, kept as a hash alone. */
export function codeCard(
  {
    number,
    code,
    publicUrl,
    isEntered,
  }: { number: string; code: string; publicUrl: string; isEntered: boolean },
  language: Language,
): Card {
  const say = (key: string, more: Record<string, string> = {}) =>
    translate(language, `submissions:code.${key}`, more)
  return {
    tone: 'info',
    title: say('title', { number }),
    blocks: [
      { type: 'text', runs: [{ text: code, strong: true }] },
      { type: 'note', text: say(isEntered ? 'hand-on' : 'how', { number, code }) },
      { type: 'link', label: say('web'), url: `${publicUrl}/receipt` },
    ],
  }
}
