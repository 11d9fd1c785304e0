import { describe, expect, it } from 'vitest'
import { type Card, plain } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { IncomingMessage } from '../../src/chat/incoming.ts'
import { DeliveryError, type Recipient } from '../../src/chat/outgoing.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { translate } from '../../src/messages/translate.ts'
import {
  answerTo,
  editOf,
  KeptIntake,
  now,
  type PlatformUnderTest,
  playScene,
  type Scene,
} from './platform-scene.ts'
import { fileCard } from './sent-files.ts'
import { growingCard, wholeCard } from './stream-cards.ts'

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
  const { abilities, once } = platform

  const scene = (play: (scene: Scene) => Promise<void>) => playScene(platform, play)

  describe(`the platform ${platform.name} takes`, () => {
    it('what is said, with who, where, when and an id of its own', () =>
      scene(async ({ intake, stage, person, heard }) => {
        const first = await heard('经费从哪里来？')
        await stage.deliver(answerTo(first, say('好')))
        expect(await person.say('经费从哪里来？')).toBe('')
        const second = intake.messages[1]!
        await stage.deliver(answerTo(second, say('好')))
        expect(first).toMatchObject({
          type: 'message',
          text: '经费从哪里来？',
          language: 'zh-CN',
          at: now,
          account: { platform: platform.name },
          conversation: { platform: platform.name },
        })
        expect(first.account.user).not.toBe('')
        expect(second.account).toEqual(first.account)
        expect(second.conversation).toEqual(first.conversation)
        expect(second.id).not.toBe(first.id)
      }))

    it('nothing that could not be stored, says so plainly, and takes it when it is said again', () =>
      scene(async ({ intake, stage, person, heard }) => {
        intake.storing = () => Promise.reject(new PlainError('chat:busy'))
        expect(await person.say('问')).toContain(translate('zh-CN', 'chat:busy'))
        intake.storing = () => Promise.reject(new TypeError('secret detail'))
        const told = await person.say('问')
        expect(told).toContain(translate('zh-CN', 'chat:failure'))
        expect(told).not.toMatch(/secret|TypeError|\.ts/)
        expect(stage.logged).toHaveLength(1)
        intake.storing = async () => {}
        await stage.deliver(answerTo(await heard('问'), say('听到了')))
        expect(intake.messages.map(({ text }) => text)).toEqual(['问'])
        expect(await person.shown()).toContain('听到了')
      }))

    it('what a button carries, unchanged, and by whom and where it was pressed', () =>
      scene(async ({ intake, person, ask }) => {
        await ask(withButtons)
        await person.press('全文')
        const [message] = intake.messages
        expect(intake.interactions).toHaveLength(1)
        expect(intake.interactions[0]).toMatchObject({
          type: 'action',
          action: 'policy.open-clause',
          value: { key: '三/十', odd: ' “\n”<b>' },
          account: message!.account,
          conversation: message!.conversation,
          at: now,
        })
        expect(intake.interactions[0]!.id).not.toBe(message!.id)
      }))

    it('the question of a button that asks', () =>
      scene(async ({ intake, stage, person, ask }) => {
        await ask(withButtons)
        await person.press('经费从哪里来？')
        expect(intake.messages.map(({ text }) => text)).toEqual(['问', '企业科协的经费从哪里来？'])
        expect(intake.interactions).toEqual([])
        await stage.deliver(answerTo(intake.messages[1]!, say('好')))
      }))

    it('two people for two, who speak at the same time, and shows each what is theirs', () =>
      scene(async ({ intake, stage, person }) => {
        const other = await stage.join()
        await Promise.all([person.say('问题一'), other.say('问题二')])
        const [one, two] = ['问题一', '问题二'].map((text) => intake.messages.find((m) => m.text === text)!)
        expect(one!.conversation).not.toEqual(two!.conversation)
        expect(one!.account).not.toEqual(two!.account)
        expect(one!.id).not.toBe(two!.id)
        await Promise.all([one!, two!].map((m) => stage.deliver(answerTo(m, say(`回答${m.text}`)))))
        expect(await person.shown()).toContain('回答问题一')
        expect(await person.shown()).not.toContain('回答问题二')
        expect(await other.shown()).toContain('回答问题二')
        expect(await other.shown()).not.toContain('回答问题一')
      }))
  })

  describe(`the platform ${platform.name} answers a click`, () => {
    it.each<[string, Acknowledgement, string]>([
      ['by a toast', { toast: '谢谢' }, '谢谢'],
      ['by a card beside', { beside: say('条款全文') }, '条款全文'],
      ['by a card in place of the old one', { replace: say('已选定') }, '已选定'],
    ])('%s', (_how, acknowledgement, seen) =>
      scene(async ({ intake, person, ask }) => {
        intake.answering = async () => acknowledgement
        await ask(withButtons)
        expect(await person.press('全文')).toContain(seen)
      }),
    )

    it('by what is meant for people where it is refused, by the apology where it is a defect', () =>
      scene(async ({ intake, stage, person, ask }) => {
        await ask(withButtons)
        intake.answering = () => Promise.reject(new PlainError('chat:gone'))
        expect(await person.press('全文')).toContain(translate('zh-CN', 'chat:gone'))
        await ask(withButtons)
        intake.answering = () => Promise.reject(new TypeError('secret detail'))
        const told = await person.press('全文')
        expect(told).toContain(translate('zh-CN', 'chat:failure'))
        expect(told).not.toMatch(/secret|TypeError|\.ts/)
        expect(stage.logged).toHaveLength(1)
      }))
  })

  describe(`the platform ${platform.name} delivers`, () => {
    it('the texts of every kind of block', () =>
      scene(async ({ person, ask }) => {
        await ask({
          tone: 'answer',
          title: '标题甲',
          blocks: [
            { type: 'text', runs: [{ text: '正文乙' }, { text: '重点丙', mark: true }] },
            { type: 'quote', runs: plain('引文丁'), source: '出处戊' },
            { type: 'list', items: [plain('条目己')] },
            { type: 'table', header: ['表头庚'], rows: [['单元辛']] },
            { type: 'divider' },
            { type: 'note', text: '小字壬' },
            { type: 'buttons', buttons: [{ label: '按钮癸', action: 'policy.open-clause', value: {} }] },
            { type: 'link', label: '链接子', url: 'https://example.org/丑' },
            ...fileCard.blocks,
          ],
        })
        const shown = await person.shown()
        for (const text of '标题甲 正文乙 重点丙 引文丁 出处戊 条目己 表头庚 单元辛 小字壬 按钮癸 链接子 example.org/ HD-2026-0001.ics'.split(
          ' ',
        )) {
          expect(shown).toContain(text)
        }
      }))

    it('nothing that steers a screen', () =>
      scene(async ({ person, ask }) => {
        await ask(say('甲\u001b[2J乙\u202e丙\u0007'))
        const shown = await person.shown()
        expect(shown).toContain('甲')
        for (const character of ['\u001b', '\u202e', '\u0007']) expect(shown).not.toContain(character)
      }))

    it('a card that is still written as it grows where it can edit, and its end everywhere', () =>
      scene(async ({ stage, person, heard }) => {
        const sent = answerTo(await heard('问'), say('第一步'), { open: true })
        const delivered = await stage.deliver(sent)
        expect((await person.shown()).includes('第一步')).toBe(abilities.updatesCards)
        await stage.deliver(editOf(platform, delivered, sent, say('第二步')))
        const shown = await person.shown()
        expect(shown).toContain('第二步')
        expect(shown).not.toContain('第一步')
      }))

    it('an answer in pieces: what is quoted at once, then each sentence, at the end the whole card', () =>
      scene(async ({ stage, person, heard }) => {
        const sent = answerTo(await heard('问'), growingCard([], '引文一'), { open: true })
        const delivered = await stage.deliver(sent)
        expect((await person.shown()).includes('引文一')).toBe(abilities.updatesCards)
        for (const sentences of [['第一句'], ['第一句', '第二句']]) {
          const edit = editOf(platform, delivered, sent, growingCard(sentences, '引文一'))
          await stage.deliver({ ...edit, open: true })
          const shown = await person.shown()
          if (!abilities.updatesCards) continue
          for (const words of ['引文一', ...sentences]) expect(shown.split(words)).toHaveLength(2)
        }
        await stage.deliver(editOf(platform, delivered, sent, wholeCard(['第一句', '第二句'], '引文一')))
        for (const words of ['引文一', '第一句', '第二句', '全文']) {
          expect((await person.shown()).split(words)).toHaveLength(2)
        }
      }))

    it('another card in place of a finished one, or after it where it cannot edit', () =>
      scene(async ({ stage, person, heard }) => {
        const sent = answerTo(await heard('问'), say('等待中'))
        await stage.deliver(editOf(platform, await stage.deliver(sent), sent, say('已办结')))
        const shown = await person.shown()
        expect(shown).toContain('已办结')
        expect(shown.includes('等待中')).toBe(!abilities.updatesCards)
      }))

    it.each<[string, (message: IncomingMessage) => Recipient]>([
      ['into a conversation', ({ conversation }) => ({ type: 'conversation', conversation })],
      ['to an account', ({ account }) => ({ type: 'account', account })],
    ])('what the bot says of its own accord %s, to nobody else', (_where, recipient) =>
      scene(async ({ stage, person, heard }) => {
        const other = await stage.join()
        const message = await heard('问')
        await stage.deliver(answerTo(message, say('好')))
        await stage.deliver(answerTo(message, say('提醒您'), { to: recipient(message), replyTo: null }))
        expect(await person.shown()).toContain('提醒您')
        expect(await other.shown()).not.toContain('提醒您')
      }),
    )

    it('a message that is a file, as one that can be kept, once', () =>
      scene(async ({ stage, person, heard }) => {
        const sent = answerTo(await heard('报名'), fileCard)
        const delivered = await stage.deliver(sent)
        const again = { keyed: stage.deliver, 'looked-up': stage.find }[String(once.send.how)]
        if (again) expect(await again(sent)).toEqual(delivered)
        expect((await person.shown()).split('HD-2026-0001.ics')).toHaveLength(2)
      }))

    if (once.send.how === 'keyed') {
      it('a message that is tried twice once', () =>
        scene(async ({ stage, person, ask }) => {
          const operation = await ask(say('只说一遍'))
          const again = await stage.deliver(operation)
          expect((await person.shown()).split('只说一遍')).toHaveLength(2)
          expect(await stage.deliver(operation)).toEqual(again)
        }))
    }

    if (once.edit.how !== 'at-most-once') {
      it('an edit that is tried twice without harm', () =>
        scene(async ({ stage, person, heard }) => {
          const sent = answerTo(await heard('问'), say('等待中'))
          const edit = editOf(platform, await stage.deliver(sent), sent, say('已办结'))
          await stage.deliver(edit)
          await stage.deliver(edit)
          expect((await person.shown()).split('已办结')).toHaveLength(2)
        }))
    }

    it(`${once.send.how === 'looked-up' ? 'what it can find again' : 'without claiming to find what it did not make'}`, () =>
      scene(async ({ stage, heard }) => {
        const operation = answerTo(await heard('问'), say('好'))
        expect(await stage.find(operation)).toBeNull()
        const delivered = await stage.deliver(operation)
        expect([null, delivered]).toContainEqual(await stage.find(operation))
        if (once.send.how === 'looked-up') expect(await stage.find(operation)).toEqual(delivered)
      }))

    it.each(platform.refused)('no $what: $kind', ({ kind, make }) =>
      scene(async ({ stage, person, ask }) => {
        const possible = await ask(say('好'))
        const impossible = make({
          ...possible,
          id: `${possible.id}:again`,
          card: say('到不了'),
          replyTo: null,
        })
        const thrown = await stage.deliver(impossible).catch((error: unknown) => error)
        expect(thrown).toBeInstanceOf(DeliveryError)
        expect(thrown).toMatchObject({ kind })
        expect(await person.shown()).not.toContain('到不了')
      }),
    )
  })

  it(`the platform ${platform.name} finishes what is under way before it stops`, async () => {
    const begun = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const intake = new KeptIntake()
    intake.storing = () => {
      begun.resolve()
      return gate.promise
    }
    const stage = await platform.begin(intake, now)
    const saying = (await stage.join()).say('问')
    await begun.promise
    let stopped = false
    const stopping = stage.stop().then(() => {
      stopped = true
    })
    await new Promise(setImmediate)
    expect(stopped).toBe(false)
    gate.resolve()
    expect(await saying).toBe('')
    expect(intake.messages).toHaveLength(1)
    // A platform that waits for the answer gets it; one that has stopped already asks to be tried later.
    await stage.deliver(answerTo(intake.messages[0]!, say('说完了'))).catch((error: unknown) => {
      expect(error).toMatchObject({ kind: 'later' })
    })
    await stopping
  })
}
