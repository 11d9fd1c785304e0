import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { Language } from '../../src/chat/language.ts'
import { addOutboxCommands } from '../../src/command-line/outbox.ts'
import { explainError } from '../../src/messages/translate.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { accountOf, openOutboxWorld } from '../delivery/outbox-world.ts'
import { FakePlatform } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'

describeEachDatabase('kexie outbox', (open) => {
  /** An outbox with a dead letter (1), one that arrived (2), and one that is uncertain (3). */
  async function openWithDeadLetters() {
    const world = await openOutboxWorld(open)
    const { store, send } = world
    await store.transaction(async (trx) => {
      const { id } = await createPerson(trx, { name: '王工' })
      await linkAccount(trx, accountOf('wang'), id, new Date())
    })
    await send('请假通知', { to: { type: 'account', account: accountOf('wang') }, lane: 'reminder' })
    await send('fine')
    await send('评审结果', { chat: 'b', lane: 'broadcast' })
    const fate = { 请假通知: 'not-allowed', 评审结果: 'cut-after', fine: 'ok' } as const
    const platform = new FakePlatform({
      send: { how: 'at-most-once' },
      fate: ({ id }) => fate[id as keyof typeof fate],
    })
    const delivery = world.worker({ platforms: [platform] })
    await delivery.idle()

    /** Runs one command line; gives what was printed, or the message and exit code 1. */
    async function outbox(words: string[], language: Language = 'zh-CN'): Promise<string> {
      const printed: string[] = []
      const program = new Command('kexie').exitOverride()
      addOutboxCommands(program, language, async (task) => {
        try {
          await task({ store, language, print: (text) => printed.push(text) })
        } catch (error) {
          printed.push(`exit 1: ${explainError(error, language)}`)
        }
      })
      await program.parseAsync(['outbox', ...words], { from: 'user' })
      return printed.join('\n')
    }
    return { ...world, platform, delivery, outbox }
  }

  test('lists what was not delivered, to whom and why; what it says only when asked', async () => {
    const { outbox } = await openWithDeadLetters()
    const listed = await outbox([])
    for (const text of ['王工 (fake)', '提醒', '未送达', '平台不允许', '会话 b（fake）', '群发', '不确定']) {
      expect(listed).toContain(text)
    }
    expect(listed).not.toMatch(/请假通知|评审结果/)
    expect(await outbox(['--show'])).toMatch(/#1\n请假通知\n#3\n评审结果/)
    const english = await outbox([], 'en')
    expect(english).toContain('the platform does not let the bot write there')
    expect(english).not.toMatch(/delivery:|[\u4e00-\u9fff]{3}/)
  })

  test('sends one again, or all', async () => {
    const { outbox, delivery, platform, rows } = await openWithDeadLetters()
    platform.fate = () => 'ok'
    expect(await outbox(['resend', '1'])).toBe('已将 1 条重新排队，稍后发出。')
    await delivery.idle()
    expect(platform.made.at(-1)?.operation.id).toBe('请假通知')
    expect(await outbox(['resend', '--all'])).toBe('已将 1 条重新排队，稍后发出。')
    await delivery.idle()
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
    expect(await outbox(['resend', '--all'])).toBe('已将 0 条重新排队，稍后发出。')
    expect(await outbox([])).toContain('没有未送达的消息。')
  })

  test('drops one with what it says', async () => {
    const { outbox, delivery, edit, rows, platform } = await openWithDeadLetters()
    expect(await outbox(['drop', '3'])).toBe('已删除第 3 号消息。')
    await edit('评审结果', 'too late')
    await delivery.idle()
    expect((await rows())[2]).toMatchObject({ state: 'superseded', card: null })
    expect(platform.tried).toHaveLength(3)
  })

  test.each([
    [['resend'], '请写明编号，或用 --all 全部重发。'],
    [['resend', '2'], '没有编号为 2 的未送达消息。'],
    [['resend', 'x'], '没有编号为 x 的未送达消息。'],
    [['drop', '2'], '没有编号为 2 的未送达消息。'],
    [['drop', '99999999999'], '没有编号为 99999999999 的未送达消息。'],
  ])('refuses %j', async (words, message) => {
    const { outbox, rows } = await openWithDeadLetters()
    const before = await rows()
    expect(await outbox(words)).toBe(`exit 1: ${message}`)
    expect(await rows()).toEqual(before)
  })
})
