import type { Block } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Mine } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { type Expert, listExperts, rootsOf } from './directory.ts'

/**
 * Who registered as an expert and waits for somebody who keeps that directory to look at it.
 * @param today `YYYY-MM-DD` of China.
 */
export async function expertsToApprove(db: Reads, person: string, today: string): Promise<Expert[]> {
  const { kept } = await rootsOf(db, person, today)
  if (kept.length === 0) return []
  const listed = await listExperts(db, kept)
  return listed.filter(({ state }) => state === 'registered')
}

/** Of the queue: how many there are, with the way to them. The directory shows those who wait first. */
export function toApproveBlocks(experts: readonly Expert[], language: Language): Block[] {
  if (experts.length === 0) return []
  const text = translate(language, 'problems:expert.waiting', { count: experts.length })
  return [
    { type: 'text', runs: [{ text, strong: true }] },
    { type: 'buttons', buttons: [directoryButton(language)] },
  ]
}

/** As it stands on 我的. */
export function mineToApprove(experts: readonly Expert[], language: Language): Mine[] {
  if (experts.length === 0) return []
  const items = experts.slice(0, 5).map(({ number, name, state }) => ({
    title: `${number} ${name}`,
    state: translate(language, `problems:expert.${state}`),
    buttons: [directoryButton(language)],
  }))
  const [title, more] = [
    translate(language, 'problems:expert.to-settle'),
    translate(language, 'problems:expert.title'),
  ]
  return [{ kind: 'to-do', title, count: experts.length, items, more }]
}

function directoryButton(language: Language) {
  return {
    label: translate(language, 'problems:expert.look'),
    action: 'submissions.expert-list',
    value: { from: '0', text: '' },
    opens: 'beside' as const,
  }
}
