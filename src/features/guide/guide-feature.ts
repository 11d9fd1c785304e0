import type { Language } from '../../chat/language.ts'
import type { Command, Feature, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { actorOf } from '../../people/actor.ts'
import type { Role } from '../../people/roles.ts'
import type { Store, Trx } from '../../store/store.ts'
import { findMeant, isReached, unnamed } from './find-sayings.ts'
import { type GuideReader, guideCard, sayingsCard } from './guide-cards.ts'
import type { Circle } from './themes.ts'

export interface GuideOptions {
  store: Pick<Store, 'now'>
  /** All others: what they take is what there is to say. */
  features: readonly Pick<Feature, 'name' | 'commands'>[]
}

/** These work and review; all others hold an office. */
const working: readonly Role[] = ['staff', 'reviewer']
const asks = /^(?:帮助|help)([\s:：]*)(\S.{0,60})$/
/** Greetings and thanks are no use to anybody who asks what there is. */
const talking = 'policy'

/** `帮助`: what there is to say, by theme, for whoever asks; with a theme or a word, what that does. */
export function createGuide({ store, features }: GuideOptions): Feature {
  const commands = features.filter(({ name }) => name !== talking).flatMap((feature) => feature.commands)
  const all = features.flatMap((feature) => feature.commands)
  const known = new Set(all.flatMap(({ words }) => Object.values(words).flat()))

  async function readerOf(trx: Trx, { message, language }: Turn): Promise<GuideReader> {
    const actor = await actorOf(trx, message.account, dayInChina(await store.now(trx)))
    const holdsOffice = actor.grants.some(({ role }) => !working.includes(role))
    const circle: Circle = actor.person === null ? 'all' : holdsOffice ? 'office' : 'staff'
    return {
      ...{ language, circle, others: unnamed(commands, language) },
      works: (say) => all.some((command) => isReached(command, say)),
      isWord: (say) => known.has(say.toLowerCase()),
    }
  }

  const help: Command = {
    words: {
      'zh-CN': ['帮助', '能做什么', '你能做什么', '怎么用', '使用帮助', '使用说明'],
      en: ['help', 'what can you do'],
    },
    run: (turn) => turn.commit(async (trx, say) => void (await say(guideCard(await readerOf(trx, turn))))),
  }
  const helpWith: Command = {
    words: { 'zh-CN': [], en: [] },
    pattern: asks,
    fits: async ({ message, language }) => asked(message.text, language) !== null,
    run: (turn) =>
      turn.commit(async (trx, say) => {
        const reader = await readerOf(trx, turn)
        const found = asked(turn.message.text, turn.language)
        await say(found ? sayingsCard(found.meant, found.words, reader) : guideCard(reader))
      }),
  }
  return {
    ...{ name: 'guide', actions: {}, commands: [help, helpWith], forms: [] },
    mine: async () => [],
    ...{ timers: {}, subscriptions: {} },
  }
}

/** What is asked for; null: it is none of this. Signs at the ends are no part of it. */
function asked(text: string, language: Language) {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[^\p{L}\p{N}]+|[。.!！?？\s]+$/gu, '')
  const [, between = '', words = ''] = asks.exec(plain.toLowerCase()) ?? []
  const meant = findMeant(words, language, between !== '')
  return meant && { meant, words }
}
