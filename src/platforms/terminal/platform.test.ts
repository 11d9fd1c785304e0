import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type Card, plain } from '../../chat/card.ts'
import type { Receive } from '../../chat/platform.ts'
import { createTerminalPlatform } from './platform.ts'

const card = (text: string): Card => ({
  tone: 'answer',
  blocks: [
    { type: 'text', runs: plain(text) },
    { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: { of: text } }] },
  ],
})

/** What is heard and printed when these lines come through a pipe. */
async function pipe(lines: string, options: { receive?: Receive; welcome?: Card; color?: boolean } = {}) {
  const input = new PassThrough()
  const output = new PassThrough({ encoding: 'utf8' })
  const heard: string[] = []
  const platform = createTerminalPlatform({
    input,
    output,
    language: 'zh-CN',
    clock: () => new Date(0),
    logger: { info() {}, warn() {}, error() {} },
    ...(options.welcome ? { welcome: options.welcome } : {}),
    ...(options.color === undefined ? {} : { color: options.color }),
  })
  await platform.start(async (incoming, reply) => {
    heard.push(incoming.type === 'message' ? incoming.text : `${incoming.action} ${incoming.value.of}`)
    if (options.receive) await options.receive(incoming, reply)
    else await reply.show(card(heard.at(-1)!))
  })
  input.end(lines)
  await platform.ended
  await platform.stop()
  return { heard, printed: (output.read() as string | null) ?? '' }
}

describe('the terminal in a pipe', () => {
  it('answers every line in order, also the last without a line feed', async () => {
    const { heard, printed } = await pipe('一\n\n  二  \n三')
    expect(heard).toEqual(['一', '二', '三'])
    expect(printed.match(/^[一二三]$/gm)).toEqual(['一', '二', '三'])
  })

  it('lets a number press the button of the card of the line before it', async () => {
    expect((await pipe('一\n1\n1\n')).heard).toEqual([
      '一',
      'policy.open-clause 一',
      'policy.open-clause policy.open-clause 一',
    ])
  })

  it('takes a number without a button for a message', async () => {
    expect((await pipe('1\n2\n0\n1人够吗\n')).heard).toEqual(['1', '2', '0', '1人够吗'])
  })

  it.each(['exit', '退出'])('ends at %s and hears nothing after it', async (word) => {
    expect((await pipe(`一\n${word}\n二\n`)).heard).toEqual(['一'])
  })

  it('begins with the welcome, whose examples can be asked by number', async () => {
    const welcome: Card = {
      tone: 'info',
      title: '您好',
      blocks: [
        { type: 'buttons', buttons: ['甲？', '乙？'].map((label) => ({ label, action: 'ask', value: {} })) },
      ],
    }
    const { heard, printed } = await pipe('2\n', { welcome })
    expect(heard).toEqual(['乙？'])
    expect(printed.indexOf('您好')).toBeLessThan(printed.indexOf('乙？'))
  })

  it('prints no escape sequences, unless colour is asked for', async () => {
    const receive: Receive = (_incoming, reply) =>
      reply.show({ tone: 'answer', blocks: [{ type: 'text', runs: [{ text: '重点\x1b[2J', mark: true }] }] })
    expect((await pipe('一', { receive })).printed).not.toContain('\x1b')
    const { printed } = await pipe('一', { receive, color: true })
    expect(printed).toContain('\x1b[30;43m重点[2J\x1b[0m')
  })
})
