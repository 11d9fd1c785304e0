import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Card, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Interaction } from '../../chat/incoming.ts'
import type { Operation } from '../../chat/outgoing.ts'
import type { Intake } from '../../chat/platform.ts'
import { translate } from '../../messages/translate.ts'
import { answerTimeout } from './limits.ts'
import { createTerminalPlatform, type TerminalOptions } from './platform.ts'

const card = (text: string): Card => ({
  tone: 'answer',
  blocks: [
    { type: 'text', runs: plain(text) },
    { type: 'buttons', buttons: [{ label: '全文', action: 'policy.open-clause', value: { of: text } }] },
  ],
})
const say = (key: string, values = {}) => translate('zh-CN', `terminal:${key}`, values)

/** A terminal whose messages are answered with what was said, and what was heard and printed there. */
class Desk {
  readonly input = new PassThrough()
  readonly output = new PassThrough({ encoding: 'utf8' })
  readonly heard: string[] = []
  readonly kept: Uint8Array[] = []
  readonly platform
  printed = ''
  answers = (text: string): Partial<Operation>[] => [{ card: card(text) }]
  acknowledge = async (action: Interaction): Promise<Acknowledgement> => ({
    beside: card(action.type === 'action' ? `${action.action} ${action.value.of}` : ''),
  })

  constructor(options: Partial<TerminalOptions> = {}) {
    this.output.on('data', (text: string) => {
      this.printed += text
    })
    this.platform = createTerminalPlatform({
      input: this.input,
      output: this.output,
      language: 'zh-CN',
      clock: () => new Date(0),
      logger: { info() {}, warn() {}, error() {} },
      keepFile: async (bytes) => `blob-${this.kept.push(bytes)}`,
      ...options,
    })
  }

  readonly #intake: Intake = {
    take: async ({ id, text, files = [] }) => {
      const said = [text, ...files.map((file) => `${file.name} ${file.size} ${file.blob}`)].join('')
      this.heard.push(said)
      for (const [index, answer] of this.answers(said).entries()) {
        await this.deliver({ id: `${id}:${index}`, replyTo: id, ...answer })
      }
    },
    answer: async (interaction) => {
      this.heard.push(interaction.type === 'action' ? interaction.action : interaction.type)
      return this.acknowledge(interaction)
    },
    wantsFiles: async () => true,
    heard: async () => [],
    amend: async () => false,
    withdraw: async () => {},
    tell: async () => {},
  }

  start(): Promise<void> {
    return this.platform.start(this.#intake)
  }

  deliver(changes: Partial<Operation>) {
    const conversation = {
      platform: 'terminal',
      installation: 'local',
      chat: this.platform.serves.chat,
      thread: '',
    }
    return this.platform.deliver({
      id: 'operation',
      name: 'send',
      to: { type: 'conversation', conversation },
      card: card('自己说的'),
      replyTo: null,
      open: false,
      message: null,
      ...changes,
    })
  }

  /** Everything up to the end of a pipe that carries these lines. */
  async pipe(lines: string): Promise<this> {
    await this.start()
    this.input.end(lines)
    await this.platform.ended
    await this.platform.stop()
    return this
  }
}

const texts = (printed: string) => printed.match(/^[一二三]$/gm)

describe('the terminal in a pipe', () => {
  it('answers every line in order, also the last without a line feed', async () => {
    const { heard, printed } = await new Desk().pipe('一\n\n  二  \n三')
    expect(heard).toEqual(['一', '二', '三'])
    expect(texts(printed)).toEqual(['一', '二', '三'])
  })

  it('takes the next line when the last has been answered, however long that takes', async () => {
    const desk = new Desk()
    desk.answers = () => []
    const done = desk.pipe('一\n二\n')
    await vi.waitFor(() => expect(desk.heard).toEqual(['一']))
    const session = desk.platform.serves.chat
    await desk.deliver({ card: card('一'), replyTo: `${session}:1` })
    await vi.waitFor(() => expect(desk.heard).toEqual(['一', '二']))
    await desk.deliver({ card: card('二'), replyTo: `${session}:2` })
    expect(texts((await done).printed)).toEqual(['一', '二'])
  })

  it('lets a number press the button of the card of the line before it', async () => {
    const desk = await new Desk().pipe('一\n1\n1\n')
    expect(desk.heard).toEqual(['一', 'policy.open-clause', 'policy.open-clause'])
    expect(desk.printed).toContain('policy.open-clause policy.open-clause 一')
  })

  it('lets the words of a button press it as well', async () => {
    const desk = await new Desk().pipe('一\n 全文\n全文吗\n')
    expect(desk.heard).toEqual(['一', 'policy.open-clause', '全文吗'])
  })

  it('takes a number without a button for a message', async () => {
    expect((await new Desk().pipe('1\n2\n0\n1人够吗\n')).heard).toEqual(['1', '2', '0', '1人够吗'])
  })

  it.each(['exit', '退出'])('ends at %s and hears nothing after it', async (word) => {
    expect((await new Desk().pipe(`一\n${word}\n二\n`)).heard).toEqual(['一'])
  })

  it('begins with the welcome, whose examples can be asked by number', async () => {
    const buttons = ['甲？', '乙？'].map((label) => ({ label, action: 'ask', value: {} }))
    const welcome: Card = { tone: 'info', title: '您好', blocks: [{ type: 'buttons', buttons }] }
    const { heard, printed } = await new Desk({ welcome }).pipe('2\n')
    expect(heard).toEqual(['乙？'])
    expect(printed.indexOf('您好')).toBeLessThan(printed.indexOf('乙？'))
  })

  it('prints no escape sequences, unless colour is asked for', async () => {
    const marked: Card = {
      tone: 'answer',
      blocks: [{ type: 'text', runs: [{ text: '重点\x1b[2J', mark: true }] }],
    }
    const plainly = new Desk()
    plainly.answers = () => [{ card: marked }]
    expect((await plainly.pipe('一')).printed).not.toContain('\x1b')
    const coloured = new Desk({ color: true })
    coloured.answers = () => [{ card: marked }]
    expect((await coloured.pipe('一')).printed).toContain('\x1b[30;43m重点[2J\x1b[0m')
  })

  it('prints a card once it is finished, not while it is written', async () => {
    const desk = new Desk()
    desk.answers = () => [
      { id: 'a', card: card('一'), open: true },
      { id: 'b', card: card('二') },
    ]
    const { printed } = await desk.pipe('问\n')
    expect(texts(printed)).toEqual(['二'])
  })

  it('says all that a click was answered with', async () => {
    const desk = new Desk()
    desk.acknowledge = async () => ({ toast: '已记下', replace: card('二'), beside: card('三') })
    const { printed } = await desk.pipe('一\n1\n')
    expect(printed).toContain('已记下\n')
    expect(texts(printed)).toEqual(['一', '二', '三'])
  })

  it('waits for what a click had said into the conversation', async () => {
    const desk = new Desk()
    desk.acknowledge = async ({ id }) => {
      setImmediate(() => void desk.deliver({ card: card('二'), replyTo: id }))
      return {}
    }
    expect(texts((await desk.pipe('一\n1\n三\n')).printed)).toEqual(['一', '二', '三'])
  })
})

/** Lets streams run on, with the time standing still. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise(setImmediate)
}

describe('an answer that does not come', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('is waited for no longer than the limit, and printed when it comes', async () => {
    const desk = new Desk()
    desk.answers = () => []
    await desk.start()
    desk.input.write('问\n')
    await until(() => desk.heard.length === 1)
    await vi.advanceTimersByTimeAsync(answerTimeout - 1)
    expect(desk.printed).not.toContain(say('no-answer-yet'))
    await vi.advanceTimersByTimeAsync(1)
    await until(() => desk.printed.includes(say('no-answer-yet')))
    await desk.deliver({ card: card('一'), replyTo: `${desk.platform.serves.chat}:1` })
    expect(texts(desk.printed)).toEqual(['一'])
    await desk.platform.stop()
  })

  it('is printed as far as it has come', async () => {
    const desk = new Desk()
    desk.answers = () => [{ card: card('一'), open: true }]
    await desk.start()
    desk.input.write('问\n')
    await until(() => desk.heard.length === 1)
    await vi.advanceTimersByTimeAsync(answerTimeout)
    await until(() => desk.printed.includes('一'))
    expect(texts(desk.printed)).toEqual(['一'])
    expect(desk.printed).not.toContain(say('no-answer-yet'))
    await desk.platform.stop()
  })
})

describe('the chat', () => {
  it('is the same each time for a person, another each time for a guest', () => {
    const chats = (user?: string) =>
      [new Desk({ user }), new Desk({ user })].map((desk) => desk.platform.serves.chat)
    expect(chats('zhang')).toEqual(['zhang', 'zhang'])
    expect(new Set(chats()).size).toBe(2)
  })

  it('takes what is for its account, and nothing for others', async () => {
    const desk = new Desk({ user: 'zhang' })
    await desk.start()
    const to = (user: string) =>
      ({ type: 'account', account: { platform: 'terminal', installation: 'local', user } }) as const
    await desk.deliver({ to: to('zhang') })
    expect(desk.printed).toContain('自己说的')
    await expect(desk.deliver({ to: to('li') })).rejects.toMatchObject({ kind: 'gone' })
    await desk.platform.stop()
    await desk.deliver({ to: to('zhang'), card: card('最后一句') })
    expect(desk.printed).toContain('最后一句')
  })
})

describe('a file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kexie-terminal-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is sent by a line that names it', async () => {
    await writeFile(join(folder, '报告.pdf'), 'abc')
    const desk = await new Desk().pipe(`文件 ${folder}/报告.pdf\n`)
    expect(desk.heard).toEqual(['报告.pdf 3 blob-1'])
    expect(Buffer.from(desk.kept[0]!).toString()).toBe('abc')
  })

  it('that is not there is turned down plainly', async () => {
    const desk = await new Desk().pipe(`文件 ${folder}/报告.pdf\n`)
    expect(desk.heard).toEqual([])
    expect(desk.printed).toContain(say('file.missing', { name: '报告.pdf' }))
    expect(desk.printed).not.toContain(folder)
  })
})

describe('the terminal with a person at it', () => {
  const atDesk = async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 40 })
    const desk = new Desk({ input, output, color: false })
    output.on('data', (text: string) => {
      desk.printed += text
    })
    await desk.start()
    return { desk, input }
  }

  it.each([
    ['one row', '半句话', 0],
    ['three rows', '半句话'.repeat(14), 2],
  ])('keeps a line of %s that is being typed whole', async (_what, typed, rows) => {
    const { desk, input } = await atDesk()
    input.write(typed)
    await vi.waitFor(() => expect(desk.printed).toContain(typed))
    desk.printed = ''
    await desk.deliver({ card: card('一') })
    const [cleared = '', drawn = ''] = desk.printed.split('一\n')
    expect(cleared).toBe(`${rows > 0 ? `\x1b[${rows}A` : ''}\x1b[1G\x1b[0J\n`)
    expect(drawn).toContain(`\n\n\x1b[1G\x1b[0J您问：${typed}`)
    input.write('\r')
    await vi.waitFor(() => expect(desk.heard).toEqual([typed]))
    await desk.platform.stop()
  })

  it('leaves at Ctrl-C', async () => {
    const { desk, input } = await atDesk()
    input.write('\x03')
    await desk.platform.ended
    expect(desk.heard).toEqual([])
  })
})
