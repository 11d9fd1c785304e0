import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { buttonsOf } from '../../src/platforms/text/render-card.ts'
import { textOf, WebGuest } from '../bot/web-guest.ts'
import { question, refused, withHostileBot } from './hostile-bot.ts'

const bot = withHostileBot()

describe('a guest', () => {
  test('whose cookie is forged or broken is somebody new', async () => {
    const owner = await WebGuest.arrive(bot.address)
    await owner.ask(question)
    expect(await owner.transcript()).toHaveLength(2)
    for (const cookie of [
      '',
      'kexie_guest=',
      'kexie_guest=../../etc',
      `kexie_guest=${'A'.repeat(22)}`,
      `kexie_guest=${'A'.repeat(6000)}`,
      'kexie_guest=%00%ff',
      `kexie_guest=${randomBytes(16).toString('base64url')}`,
    ]) {
      const stranger = WebGuest.withCookies(bot.address, cookie)
      expect(await stranger.transcript(owner.conversation), cookie).toEqual([])
    }
  })

  test('does not hear of the conversation of another, even by its ids', async () => {
    const [one, other] = [await WebGuest.arrive(bot.address), await WebGuest.arrive(bot.address)]
    const id = randomUUID()
    await one.post('messages', { id, text: '企业科协怎么开展学术交流？' })
    await one.replyTo(id)
    other.conversation = one.conversation
    await other.post('messages', { id, text: question })
    expect(textOf((await other.replyTo(id)).cards.at(-1)!)).toContain('应单独组建科协组织')
    expect(await other.transcript()).toHaveLength(2)
  })

  test('does not change a message of another by naming it', async () => {
    const [one, other] = [await WebGuest.arrive(bot.address), await WebGuest.arrive(bot.address)]
    await one.ask(question)
    const [, answer] = await one.transcript()
    for (const button of answer!.card ? buttonsOf(answer!.card) : []) {
      await other.post('actions', { action: button.action, value: button.value, message: answer!.id })
    }
    expect((await one.transcript())[1]).toEqual(answer)
  })

  test('who asks sixty things at once gets sixty answers', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const cards = await Promise.all(Array.from({ length: 60 }, () => guest.ask(question)))
    for (const card of cards) expect(textOf(card)).toContain('应单独组建科协组织')
    const answers = cards.map((card) => buttonsOf(card).find(({ value }) => value.answer)!.value.answer)
    expect(new Set(answers).size).toBe(60)
  })

  test('who sends one message many times at once gets one answer', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const id = randomUUID()
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => guest.post('messages', { id, text: question })),
    )
    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([202]))
    await guest.replyTo(id)
    // Whatever came of a second message would be answered before this one is.
    await guest.ask(question)
    expect((await guest.transcript()).map(({ from }) => from)).toEqual(['person', 'bot', 'person', 'bot'])
  })

  test('cannot hold more than a few streams open', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const streams = new AbortController()
    const open = () =>
      fetch(`${bot.address}/api/events`, { headers: { Cookie: guest.cookie }, signal: streams.signal })
    const opened = await Promise.all(Array.from({ length: 20 }, open))
    const statuses = opened.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(8)
    for (const response of opened) if (response.status !== 200) expect(await refused(response)).toBe(429)
    streams.abort()
  })
})
