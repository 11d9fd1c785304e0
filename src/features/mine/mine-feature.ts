import type { Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { ActionHandler, Click, Feature, Mine, Turn, Whose } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Store } from '../../store/store.ts'
import { firstWords, inOrder, mineCard, readCarried } from './mine-card.ts'

export interface MineOptions {
  store: Pick<Store, 'now' | 'snapshot'>
  /** Whose items are gathered. */
  features: readonly Pick<Feature, 'mine'>[]
  /** What a button of theirs does. Throws PlainError for one that does nothing any more. */
  handlerOf(action: string): ActionHandler
}

/** `我的`: all that is somebody's own in one place, in the conversation and on a platform's home page. */
export function createMine({ store, features, handlerOf }: MineOptions): {
  feature: Feature
  /** The items of whoever opened a home page; null: there are none. */
  home(account: Account, language: Language): Promise<Card | null>
} {
  async function itemsOf(whose: Omit<Whose, 'person'>): Promise<Mine[]> {
    const person = (await findPersonByAccount(whose.db, whose.account))?.id ?? null
    const groups: Mine[] = []
    for (const feature of features) groups.push(...(await feature.mine({ ...whose, person })))
    return groups
  }

  const cardFor = async (whose: Omit<Whose, 'person'>) =>
    mineCard(await itemsOf(whose), whose.language, 'card')

  const show = ({ commit, message, language }: Turn) =>
    commit(async (trx, say) => {
      const { account } = message
      const card = await cardFor({ db: trx, account, language, now: await store.now(trx) })
      await sayAlone({ message, language }, say, card)
    })

  /** In a group others would read it, whoever had pressed. */
  async function refresh({ action, trx, language, now }: Click): Promise<Acknowledgement> {
    const { account, group } = action
    if (group) return { toast: translate(language, 'mine:in-private') }
    return { replace: await cardFor({ db: trx, account, language, now }) }
  }

  /** Carries another feature's button out. What it opens stays as it is; else the card shows what is left. */
  async function carryOut(click: Click): Promise<Acknowledgement> {
    const { action, value, surface } = readCarried(click.action.value)
    let isGoingOn = false
    const answer = await handlerOf(action).run({
      ...click,
      action: { ...click.action, action, value },
      say: (...said) => {
        isGoingOn = true
        return click.say(...said)
      },
      openForm: (...opened) => {
        isGoingOn = true
        return click.openForm(...opened)
      },
    })
    const { replace, ...rest } = answer
    if (isGoingOn || rest.form || rest.beside || click.action.group) return answer
    const toast = rest.toast ?? (replace && firstWords(replace))
    const told = toast === undefined ? rest : { ...rest, toast }
    return surface === 'home' ? told : { ...told, ...(await refresh(click)) }
  }

  const feature: Feature = {
    name: 'mine',
    actions: { do: { reads: false, run: carryOut }, refresh: { reads: true, run: refresh } },
    commands: [
      { words: { 'zh-CN': ['我的', '我的事项', '首页'], en: ['my', 'mine', 'my items'] }, run: show },
    ],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }

  return {
    feature,
    home: (account, language) =>
      store.snapshot(async (trx) => {
        const groups = await itemsOf({ db: trx, account, language, now: await store.now(trx) })
        return inOrder(groups).length === 0 ? null : mineCard(groups, language, 'home')
      }),
  }
}
