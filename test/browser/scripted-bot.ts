import { type Button, type Card, plain } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { IncomingMessage, Interaction } from '../../src/chat/incoming.ts'
import type { Language } from '../../src/chat/language.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import type { Platform } from '../../src/chat/platform.ts'
import { errorCard } from '../../src/messages/error-card.ts'
import { createScriptedForm } from './scripted-form.ts'

/** A bot that answers by a script, to drive the page without a knowledge base. */
export const scriptedWelcome = (language: Language): Card => ({
  tone: 'info',
  title: language === 'en' ? 'What would you like to know?' : '您好，想了解哪方面的规定？',
  blocks: [
    {
      type: 'text',
      runs: plain(
        language === 'en'
          ? 'Ask in your own words about the Opinions on Strengthening Associations for Science and Technology in State-owned Enterprises. Every answer quotes its clause.'
          : '用平常的话提问即可，回答引自《关于加强国有企业科协组织建设的意见》原文，并注明条款出处。',
      ),
    },
    {
      type: 'buttons',
      buttons: examples[language].map((label) => ({ label, action: 'ask', value: { text: label } })),
    },
  ],
})

const examples: Record<Language, string[]> = {
  'zh-CN': [
    '多少科技人员才能成立企业科协？',
    '企业科协的经费从哪里来？',
    '“讲、比”活动怎么开展？',
    '小微企业不够条件怎么办？',
    '联络员和指导员做什么？',
    '企业领导要做哪些工作？',
  ],
  en: [
    'How many people are needed to found an association?',
    'Where does the funding come from?',
    'What should company leaders do?',
    'What does a liaison person do?',
  ],
}

const open = (label: string, key: string): Button => ({
  label,
  action: 'policy.open-clause',
  value: { document: 'guideline', key },
  opens: 'beside',
})

const mark = '科技人员达到100人以上的国有企业应单独组建企业科协'

function answerCard(upTo: number): Card {
  const blocks: Card['blocks'] = [
    {
      type: 'quote',
      runs: [
        { text: '（十）坚持组织建设模式创新。' },
        { text: `${mark}；`, mark: true },
        { text: '不足100人的，可采取区域联建、行业统建、依托组建等方式建立企业科协组织。' },
      ],
      source: '《关于加强国有企业科协组织建设的意见》 三、国有企业科协组织建设的方法措施 （十）',
    },
    {
      type: 'table',
      header: ['组建方式', '适用情形', '条款'],
      rows: [
        ['单独组建', '科技人员达到100人以上', '（十）'],
        ['区域联建', '同一园区、开发区内的企业', '（十）'],
      ],
    },
    { type: 'note', text: '中国科协、国务院国资委印发，自 2015-06-05 起施行。' },
    { type: 'buttons', buttons: [open('查看全文', '三/十'), open('相关：（十一）搭建服务载体', '三/十一')] },
    {
      type: 'buttons',
      buttons: ['👍 有帮助', '👎 没帮助'].map((label, index) => ({
        label,
        action: 'policy.feedback',
        value: { answer: 'a1', useful: index === 0 ? 'yes' : 'no' },
      })),
    },
  ]
  return { tone: 'answer', blocks: blocks.slice(0, upTo) }
}

const hostile =
  '<img src=x onerror="window.broken=1"><script>window.broken=1</script>\u202Eevil\u0007 \ud83d 👩‍👩‍👧 '

const hostileCard: Card = {
  tone: 'answer',
  title: hostile,
  blocks: [
    { type: 'text', runs: [{ text: `${hostile}${'长'.repeat(50)}${'x'.repeat(300)}`, strong: true }] },
    { type: 'quote', runs: [{ text: hostile, mark: true }], source: hostile },
    { type: 'list', items: [[{ text: hostile }], [{ text: 'https://example.org/'.repeat(10) }]] },
    { type: 'table', header: Array(12).fill(hostile), rows: [Array(12).fill('x'.repeat(60))] },
    { type: 'divider' },
    { type: 'note', text: hostile },
    { type: 'buttons', buttons: [{ label: hostile.repeat(3), action: 'policy.nothing', value: {} }] },
  ],
}

/** Gates let a test hold a reply open between two of its cards. */
export interface ScriptedBot {
  take(message: IncomingMessage, platform: Platform): Promise<void>
  answer(interaction: Interaction): Promise<Acknowledgement>
  /** Says something of its own accord, or late, into a thread of whoever spoke last. */
  speak(text: string, changes?: Partial<Pick<Operation, 'replyTo' | 'open'>>): Promise<void>
  /** Texts and actions in order of arrival, and the names of files. */
  readonly heard: { id: string; thread: string; user: string; what: string }[]
  readonly form: ReturnType<typeof createScriptedForm>
  /** While set, an answer waits for it after its first card. */
  gate: Promise<void> | undefined
}

let made = 0

export function createScriptedBot(): ScriptedBot {
  let last: { message: IncomingMessage; platform: Platform } | undefined

  const send = async (
    { message, platform }: NonNullable<typeof last>,
    card: Card,
    changes: Partial<Operation> = {},
  ) => {
    made += 1
    const { message: id } = await platform.deliver({
      ...{ id: `out:${made}`, name: 'send', card, replyTo: message.id, open: false, message: null },
      to: { type: 'conversation', conversation: message.conversation },
      ...changes,
    })
    return id
  }

  const reply = async (to: NonNullable<typeof last>) => {
    const { text, files = [] } = to.message
    const say = (card: Card) => send(to, card)
    if (files.length > 0) return say(receivedCard(files.map(({ name }) => name)))
    if (/script|脚本/.test(text)) return say(hostileCard)
    if (/出错/.test(text)) return say(errorCard(new TypeError('a defect'), to.message.language))
    if (/那/.test(text)) return say(followUpCard)
    if (/不少于多少万元/.test(text)) return say(refusalCard)
    const message = await send(to, answerCard(1), { open: true })
    await bot.gate
    await send(to, answerCard(3), { name: 'edit', message, open: true })
    await send(to, answerCard(99), { name: 'edit', message })
  }

  const bot: ScriptedBot = {
    heard: [],
    gate: undefined,
    form: createScriptedForm(),
    async take(message, platform) {
      const { id, conversation, account, text, files = [] } = message
      if (bot.heard.some((known) => known.id === id)) return
      const names = files.map(({ name }) => name)
      bot.form.files.push(...names)
      bot.heard.push({ id, thread: conversation.thread, user: account.user, what: text || names.join() })
      last = { message, platform }
      void reply(last)
    },
    async answer(interaction) {
      if (interaction.type === 'page') return bot.form.answer(interaction)
      if (interaction.action === 'policy.feedback') return { toast: '谢谢，已记下' }
      if (interaction.action === 'help.ask') return { form: bot.form.open() }
      return { beside: clauseCard(interaction.value.key ?? '') }
    },
    async speak(text, changes = {}) {
      if (!last) throw new Error('nobody has spoken')
      await send(
        last,
        { tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] },
        { replyTo: null, ...changes },
      )
    },
  }
  return bot
}

function receivedCard(names: string[]): Card {
  return { tone: 'info', blocks: [{ type: 'text', runs: plain(`收到文件：${names.join('、')}`) }] }
}

const followUpCard: Card = {
  tone: 'answer',
  blocks: [
    {
      type: 'text',
      runs: [
        { text: '按您前面说的人数，' },
        { text: '不必单独组建', strong: true },
        { text: '，可在三种方式中选择：' },
      ],
    },
    {
      type: 'list',
      items: [
        plain('区域联建：同一园区、开发区的企业联合组建'),
        plain('行业统建：同行业企业统一组建'),
        plain('依托组建：依托园区管委会、学会等组建'),
      ],
    },
    { type: 'buttons', buttons: [open('查看全文', '三/十')] },
  ],
}

const refusalCard: Card = {
  tone: 'refusal',
  title: '文件中没有写明这个问题',
  blocks: [
    { type: 'text', runs: plain('《意见》没有规定经费的具体数额。最接近的一条是（十五），仅供参考：') },
    {
      type: 'quote',
      runs: plain('支持企业科协开展活动，在项目、奖励、经费等方面给予倾斜。'),
      source: '《意见》 四、（十五）',
    },
    {
      type: 'buttons',
      buttons: [
        {
          label: '转请科协干部解答',
          action: 'help.ask',
          value: { question: '1' },
          opens: 'beside',
          style: 'primary',
        },
        open('查看全文', '四/十五'),
      ],
    },
  ],
}

function clauseCard(key: string): Card {
  return {
    tone: 'info',
    title: `（${key.split('/').at(-1)}）坚持组织建设模式创新`,
    blocks: [
      { type: 'note', text: '三、国有企业科协组织建设的方法措施' },
      {
        type: 'text',
        runs: [
          { text: '（十）坚持组织建设模式创新。' },
          { text: `${mark}；`, mark: true },
          { text: '不足100人的，可采取区域联建、行业统建、依托组建等方式建立企业科协组织。'.repeat(6) },
        ],
      },
      { type: 'divider' },
      { type: 'buttons', buttons: [open('上一条：（九）', '三/九'), open('下一条：（十一）', '三/十一')] },
    ],
  }
}
