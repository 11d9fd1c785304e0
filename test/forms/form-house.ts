import type { Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { Account, Conversation, IncomingFile, IncomingMessage } from '../../src/chat/incoming.ts'
import { conversationKey } from '../../src/chat/keys.ts'
import type { Command } from '../../src/conversation/feature.ts'
import type { FormDefinition } from '../../src/forms/definition.ts'
import { createForms } from '../../src/forms/forms.ts'
import { findPersonByAccount } from '../../src/people/people.ts'
import type { Store, Trx } from '../../src/store/store.ts'
import { testFiles, testSealer } from '../fakes/test-sealer.ts'

class Crash extends Error {}

/** What was said, and where. */
export interface Said {
  conversation: string
  card: Card
}

/** Forms on a store, with what intake does around them: each call is one transaction, as a message or click is. */
export function openFormHouse(store: Store, definitions: readonly FormDefinition[]) {
  const said: Said[] = []
  let events = 0
  /** The next transaction is cut off when all of its work is done. */
  let crashes = false
  const forms = createForms(definitions, {
    ...{ store, sealer: testSealer, files: testFiles },
    showsForms: (platform) => platform !== 'terminal',
  })

  /** Keeps what was said only where the transaction is kept. */
  async function within<T>(
    place: Place,
    work: (trx: Trx, say: (card: Card) => Promise<string>) => Promise<T>,
  ) {
    let cards: Card[] = []
    const result = await store.transaction(async (trx) => {
      cards = []
      const done = await work(trx, async (card) => String(cards.push(card)))
      if (crashes) throw new Crash()
      return done
    })
    said.push(...cards.map((card) => ({ conversation: conversationKey(place.conversation), card })))
    return result
  }

  function message(place: Place, text: string, files: IncomingFile[] = []): IncomingMessage {
    events += 1
    const { account, conversation, group = false } = place
    const at = new Date(0)
    return {
      type: 'message',
      id: `${events}`,
      account,
      conversation,
      language: 'zh-CN',
      at,
      text,
      files,
      group,
    }
  }

  function turnOf(incoming: IncomingMessage) {
    return {
      message: incoming,
      language: incoming.language,
      signal: new AbortController().signal,
      commit: (work: Parameters<typeof within<void>>[1]) => within(incoming, work),
      edit: async () => {},
    }
  }

  return {
    forms,
    store,
    said,

    /** Does something twice: cut off at its end, then whole. */
    async crashAndRetry<T>(work: () => Promise<T>): Promise<T> {
      crashes = true
      try {
        await work()
      } catch (error) {
        if (!(error instanceof Crash)) throw error
      } finally {
        crashes = false
      }
      return work()
    },

    lastCard: () => said.at(-1)!.card,

    async open(place: Place, options: Partial<Parameters<typeof forms.open>[1]> = {}) {
      return store.transaction(async (trx) =>
        forms.open(trx, {
          ...{ form: definitions[0]!.name, values: {}, context: {}, language: 'zh-CN' },
          ...{ account: place.account, conversation: place.conversation },
          person: (await findPersonByAccount(trx, place.account))?.id ?? null,
          now: await store.now(trx),
          asView: place.account.platform !== 'terminal',
          ...options,
        }),
      )
    },

    /** Leaves a page. */
    page(
      place: Place,
      draft: string,
      page: string,
      step: Step,
      values: Values = {},
    ): Promise<Acknowledgement> {
      events += 1
      const { account, conversation } = place
      return within(place, async (trx, say) =>
        forms.answerPage(
          trx,
          {
            ...{ type: 'page', id: `${events}`, account, conversation, language: 'zh-CN', at: new Date(0) },
            ...{ draft, page, step, values },
          },
          { now: await store.now(trx), language: 'zh-CN', say },
        ),
      )
    },

    /** Types something; true where it went to a form or was a command. */
    async type(place: Place, text: string, files: IncomingFile[] = []): Promise<boolean> {
      const turn = turnOf(message(place, text, files))
      const command = forms.feature.commands.find(({ words }: Command) =>
        Object.values(words).flat().includes(text),
      )
      if (command) await command.run(turn)
      else {
        const asked = await forms.asking(store.db, place.conversation, place.account)
        if (asked) await forms.takeText(turn, asked)
        else return files.length > 0 && forms.receiveFiles(turn)
      }
      return true
    },

    /** Presses a button of forms. */
    async press(place: Place, action: string, value: Record<string, string>): Promise<Acknowledgement> {
      events += 1
      const { account, conversation, group = false } = place
      const handler = forms.feature.actions[action.replace('forms.', '')]!
      return within(place, async (trx, say) =>
        handler.run({
          action: {
            ...{ type: 'action', id: `${events}`, account, conversation, language: 'zh-CN', at: new Date(0) },
            ...{ action, value, group },
          },
          ...{ language: 'zh-CN', trx, now: await store.now(trx), say },
          openForm: () => Promise.reject(new Error('not here')),
        }),
      )
    },
  }
}

export type FormHouse = ReturnType<typeof openFormHouse>

type Step = 'next' | 'back' | 'save' | 'cancel' | 'submit'
export type Values = Record<string, string | string[]>

export interface Place {
  account: Account
  conversation: Conversation
  group?: boolean
}

/** A private chat of somebody on a platform. */
export function privateChat(platform: string, user: string): Place {
  const account = { platform, installation: 'local', user }
  return { account, conversation: { platform, installation: 'local', chat: `with-${user}`, thread: '' } }
}

/** Opens the sample form as a page; gives the draft. */
export async function openPage(house: FormHouse, place: Place): Promise<string> {
  const opened = await house.open(place)
  if (!('view' in opened)) throw new Error('no page was opened')
  return opened.view.draft
}

/** What is said to be wrong, by field. */
export function problemsOf({ form }: Acknowledgement): Record<string, string> {
  const wrong = form?.fields.filter(({ problem }) => problem !== '') ?? []
  return Object.fromEntries(wrong.map(({ name, problem }) => [name, problem]))
}
