import { describe, expect, it } from 'vitest'
import { type Card, plain } from '../../src/chat/card.ts'
import type { Incoming } from '../../src/chat/incoming.ts'
import type { PlatformAbilities, Receive } from '../../src/chat/platform.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { translate } from '../../src/messages/translate.ts'

/** What a person has seen of one reply, up to its end. */
export interface Seen {
  /** The text of every state of the card that was shown, the last one being what stays. */
  cards: string[]
  toasts: string[]
}

export interface Person {
  /** `onCard` is called with the text of each state of the card as it comes. */
  say(text: string, onCard?: (text: string) => void): Promise<Seen>
  /** Presses the button with this label on the last card. */
  press(label: string): Promise<Seen>
}

/** A platform started for a test, and the people on it. */
export interface Stage {
  join(): Promise<Person>
  /** Stops the platform of everyone who joined. */
  stop(): Promise<void>
  /** Messages logged as errors so far. */
  readonly logged: string[]
}

export interface PlatformUnderTest {
  name: string
  abilities: PlatformAbilities
  /** The clock of the platform stands at `now`. The screen's language is Chinese. */
  begin(receive: Receive, now: Date): Promise<Stage>
}

const now = new Date('2026-03-02T01:02:03Z')

const say = (text: string): Card => ({ tone: 'answer', blocks: [{ type: 'text', runs: plain(text) }] })

const withButtons: Card = {
  tone: 'answer',
  blocks: [
    { type: 'text', runs: plain('选一个') },
    {
      type: 'buttons',
      buttons: [
        { label: '全文', action: 'policy.open-clause', value: { key: '三/十', odd: ' “\n”<b>' } },
        { label: '经费从哪里来？', action: 'ask', value: { text: '企业科协的经费从哪里来？' } },
      ],
    },
  ],
}

/** What every platform must do, whatever it is made of. */
export function describePlatform(platform: PlatformUnderTest): void {
  const { abilities } = platform

  /** Runs a scene with one or more people and always stops the platform. */
  const scene = async (receive: Receive, play: (stage: Stage) => Promise<void>) => {
    const stage = await platform.begin(receive, now)
    try {
      await play(stage)
    } finally {
      await stage.stop()
    }
  }

  describe(`the platform ${platform.name}`, () => {
    it('hands on what is said, with who, where, when and an id of its own', async () => {
      const heard: Incoming[] = []
      const receive: Receive = async (incoming, reply) => {
        heard.push(incoming)
        await reply.show(say('好'))
      }
      await scene(receive, async (stage) => {
        const person = await stage.join()
        await person.say('经费从哪里来？')
        await person.say('经费从哪里来？')
      })
      expect(heard).toHaveLength(2)
      const [first, second] = heard
      expect(first).toMatchObject({
        type: 'message',
        text: '经费从哪里来？',
        language: 'zh-CN',
        at: now,
        account: { platform: platform.name },
      })
      expect(first!.account.user).not.toBe('')
      expect(second!.account).toEqual(first!.account)
      expect(second!.conversation).toEqual(first!.conversation)
      expect(second!.id).not.toBe(first!.id)
    })

    it('shows the texts of every kind of block', async () => {
      const card: Card = {
        tone: 'answer',
        title: '标题甲',
        blocks: [
          { type: 'text', runs: [{ text: '正文乙' }, { text: '重点丙', mark: true }] },
          { type: 'quote', runs: plain('引文丁'), source: '出处戊' },
          { type: 'list', items: [plain('条目己')] },
          { type: 'table', header: ['表头庚'], rows: [['单元辛']] },
          { type: 'divider' },
          { type: 'note', text: '小字壬' },
        ],
      }
      await scene(
        (_incoming, reply) => reply.show(card),
        async (stage) => {
          const { cards } = await (await stage.join()).say('问')
          for (const text of [
            '标题甲',
            '正文乙',
            '重点丙',
            '引文丁',
            '出处戊',
            '条目己',
            '表头庚',
            '单元辛',
            '小字壬',
          ]) {
            expect(cards.at(-1)).toContain(text)
          }
        },
      )
    })

    it('ends with the last card, and shows those between where it can update', async () => {
      const firstSeen = Promise.withResolvers<void>()
      const receive: Receive = async (_incoming, reply) => {
        await reply.show(say('第一步'))
        if (abilities.updatesCards) await firstSeen.promise
        await reply.show(say('第二步'))
      }
      await scene(receive, async (stage) => {
        const { cards } = await (await stage.join()).say('问', () => firstSeen.resolve())
        expect(cards.at(-1)).toContain('第二步')
        expect(cards.at(-1)).not.toContain('第一步')
        expect(cards.some((text) => text.includes('第一步'))).toBe(abilities.updatesCards)
      })
    })

    it('gives back what a button carries unchanged', async () => {
      const heard: Incoming[] = []
      const receive: Receive = async (incoming, reply) => {
        heard.push(incoming)
        if (incoming.type === 'message') await reply.show(withButtons)
        else await reply.toast('谢谢')
      }
      await scene(receive, async (stage) => {
        const person = await stage.join()
        await person.say('问')
        expect(await person.press('全文')).toEqual({ cards: [], toasts: ['谢谢'] })
      })
      expect(heard[1]).toMatchObject({
        type: 'action',
        action: 'policy.open-clause',
        value: { key: '三/十', odd: ' “\n”<b>' },
        account: heard[0]!.account,
        conversation: heard[0]!.conversation,
      })
    })

    it('puts the question of a button that asks', async () => {
      const heard: string[] = []
      const receive: Receive = async (incoming, reply) => {
        heard.push(incoming.type === 'message' ? incoming.text : incoming.action)
        await reply.show(withButtons)
      }
      await scene(receive, async (stage) => {
        const person = await stage.join()
        await person.say('问')
        await person.press('经费从哪里来？')
      })
      expect(heard).toEqual(['问', '企业科协的经费从哪里来？'])
    })

    it('shows an error meant for people in their language', async () => {
      await scene(
        async () => {
          throw new PlainError('web:too-long', { most: 7 })
        },
        async (stage) => {
          const { cards } = await (await stage.join()).say('问')
          expect(cards.at(-1)).toContain(translate('zh-CN', 'web:too-long', { most: 7 }))
        },
      )
    })

    it.each([
      ['a defect', () => Promise.reject(new TypeError('secret detail'))],
      ['silence', () => Promise.resolve()],
    ])('answers %s with the apology, tells nothing of it, and logs it', async (_what, receive) => {
      await scene(receive, async (stage) => {
        const { cards } = await (await stage.join()).say('问')
        expect(cards.at(-1)).toContain(translate('zh-CN', 'chat:failure'))
        expect(cards.at(-1)).not.toMatch(/secret|TypeError|\.ts/)
        expect(stage.logged).toHaveLength(1)
      })
    })

    it('replaces a half-shown answer by the apology when it fails', async () => {
      const receive: Receive = async (_incoming, reply) => {
        await reply.show(say('半个回答'))
        throw new Error('cut')
      }
      await scene(receive, async (stage) => {
        const { cards } = await (await stage.join()).say('问')
        expect(cards.at(-1)).toContain(translate('zh-CN', 'chat:failure'))
      })
    })

    it('does not mix two people who speak at the same time', async () => {
      const bothHere = Promise.withResolvers<void>()
      const heard: Incoming[] = []
      const receive: Receive = async (incoming, reply) => {
        heard.push(incoming)
        if (heard.length === 2) bothHere.resolve()
        await bothHere.promise
        await reply.show(say(`回答：${incoming.type === 'message' ? incoming.text : ''}`))
      }
      await scene(receive, async (stage) => {
        const people = [await stage.join(), await stage.join()]
        const [one, other] = await Promise.all(people.map((person, index) => person.say(`问题${index}`)))
        expect(one!.cards.at(-1)).toContain('回答：问题0')
        expect(other!.cards.at(-1)).toContain('回答：问题1')
      })
      expect(heard[0]!.conversation).not.toEqual(heard[1]!.conversation)
      expect(heard[0]!.id).not.toBe(heard[1]!.id)
    })

    it('finishes the reply under way before it stops', async () => {
      const begun = Promise.withResolvers<void>()
      const gate = Promise.withResolvers<void>()
      const stage = await platform.begin(async (_incoming, reply) => {
        begun.resolve()
        await gate.promise
        await reply.show(say('说完了'))
      }, now)
      const seen = (await stage.join()).say('问')
      await begun.promise
      let stopped = false
      const stopping = stage.stop().then(() => {
        stopped = true
      })
      await new Promise(setImmediate)
      expect(stopped).toBe(false)
      gate.resolve()
      expect((await seen).cards.at(-1)).toContain('说完了')
      await stopping
    })
  })
}
