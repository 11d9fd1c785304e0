import { readdirSync, readFileSync } from 'node:fs'
import { type Card, plain } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import { hardText } from './extreme-texts.ts'

/** What is printed by commands alone, or stands on pages of the web. */
const elsewhere = ['command-line', 'console', 'doctor', 'terminal', 'web']

/**
 * Every sentence that the product has for people, with long values in it: what says one of them alone needs no walk of
 * its own.
 */
export const sentenceMakers = [
  ...[
    'conversation/answer-alone.ts#answerAlone',
    'conversation/dispatch.ts#refuseFiles',
    'conversation/dispatch.ts#withReminder',
  ],
  ...['conversation/say-alone.ts#sayAlone', 'intake/notices.ts#lookingCard', 'intake/turn.ts#close'],
  ...['intake/withdraw.ts#withdraw', 'features/accounts/accounts-feature.ts#sendHere'],
  ...[
    'features/accounts/accounts-feature.ts#textCard',
    'features/console-entry/console-entry-feature.ts#textCard',
  ],
  ...['features/help/help-cards.ts#textCard', 'features/policy/policy-feature.ts#feedback'],
  'platforms/feishu/acknowledge.ts#words',
].map((maker) => `src/${maker}`)

export function sentences(language: Language): Card[] {
  const folder = `${import.meta.dirname}/../../src/messages/${language}`
  const values = readdirSync(folder)
    .filter((file) => !elsewhere.includes(file.replace('.json', '')))
    .flatMap((file) => textsIn(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))))
  return values.map((text) => ({
    tone: 'info',
    blocks: [{ type: 'text', runs: plain(text.replaceAll(/\{\{\w+\}\}/g, () => hardText(300))) }],
  }))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
