import { type Card, plain } from '../../src/chat/card.ts'
import type { IncomingAction, IncomingMessage } from '../../src/chat/incoming.ts'

/** The platform's name in the rows. */
export const platformName = 'bench'

/** Chats that speak in turn: within one, messages are worked one after another. */
const chats = 400

/** The command that the trivial feature listens to. */
export const command = '在吗'

/** The n-th message of a run. */
export function messageOf(run: string, n: number): IncomingMessage {
  return { ...baseOf(run, n), type: 'message', vendorChat: `oc_${n % chats}`, text: command }
}

/** The n-th click of a run. */
export function clickOf(run: string, n: number): IncomingAction {
  return {
    ...baseOf(run, n),
    type: 'action',
    action: 'bench.thank',
    value: { answer: `answer-${n % chats}` },
  }
}

function baseOf(run: string, n: number) {
  const user = `on_${String(n % chats).padStart(32, '0')}`
  const account = { platform: platformName, installation: 'tenant', user }
  return {
    id: `${run}:${n}`,
    account,
    conversation: { platform: platformName, installation: 'tenant', chat: `oc_${user}`, thread: '' },
    language: 'zh-CN' as const,
    at: new Date(),
  }
}

/** An answer of usual length, about 700 bytes as JSON. */
export const answerCard: Card = {
  tone: 'answer',
  title: '单独组建',
  blocks: [
    {
      type: 'quote',
      runs: plain(
        '科技工作者在100人以上的企业可单独组建企业科协；科技工作者不足100人的企业，可以联合组建企业科协，也可以加入所在园区的科协组织。',
      ),
      source: '《企业科协组织通则》第三章第十条',
    },
    { type: 'note', text: '回答引自文件原文，请以正式印发的文件为准。' },
    {
      type: 'buttons',
      buttons: [
        { label: '全文', action: 'bench.thank', value: { document: 'guideline', key: '3/10' } },
        { label: '有用', action: 'bench.thank', value: { answer: 'answer' } },
      ],
    },
  ],
}

export const answerIds = Array.from({ length: chats }, (_, n) => `answer-${n}`)
