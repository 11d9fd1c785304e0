import type { SlackMessage } from './slack-workspace.ts'

type Body = Record<string, unknown>

/** What the streams need of the workspace they are in. */
export interface StreamGround {
  messages: SlackMessage[]
  statuses: Map<string, string>
  /** Throws with the vendor's word for what is wrong. */
  refuse(error: string): never
  post(args: Body, more: Partial<SlackMessage>): SlackMessage
}

/** The methods by which a message is shown while it is written, as the vendor's reference describes them. */
export function streamMethods({
  messages,
  statuses,
  refuse,
  post,
}: StreamGround): Record<string, (args: Body) => Body> {
  const textOf = ({ markdown_text }: Body): string => {
    if (typeof markdown_text !== 'string' || markdown_text === '') return refuse('no_text')
    if (markdown_text.length > 12_000) return refuse('msg_too_long')
    return markdown_text
  }
  const streaming = ({ channel, ts }: Body): SlackMessage => {
    const found = messages.find((message) => message.channel === channel && message.ts === ts)
    if (!found) return refuse('message_not_found')
    if (found.streaming_state !== 'in_progress') return refuse('message_not_in_streaming_state')
    return found
  }
  const show = (message: SlackMessage, markdown: string) => {
    message.markdown = markdown
    message.text = plainOf(markdown)
    const text = { type: 'text', text: message.text }
    message.blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [text] }] }]
  }
  return {
    'assistant.threads.setSuggestedPrompts': ({ prompts }) => {
      if (!Array.isArray(prompts) || prompts.length > 4) return refuse('invalid_arguments')
      return {}
    },
    'assistant.threads.setStatus': ({ channel_id, thread_ts, status }) => {
      statuses.set(`${channel_id}:${thread_ts}`, String(status))
      return {}
    },
    'chat.startStream': (args) => {
      const { channel, thread_ts, recipient_user_id, recipient_team_id } = args
      if (!messages.some((message) => message.channel === channel && message.ts === thread_ts)) {
        return refuse('invalid_arguments')
      }
      if (!String(channel).startsWith('D')) {
        if (!recipient_user_id) return refuse('missing_recipient_user_id')
        if (!recipient_team_id) return refuse('missing_recipient_team_id')
      }
      if (args.metadata !== undefined || args.blocks !== undefined) return refuse('invalid_arguments')
      const markdown = textOf(args)
      const message = post({ ...args, text: '' }, { streaming_state: 'in_progress', bot_id: 'BBOT' })
      show(message, markdown)
      return { channel: message.channel, ts: message.ts }
    },
    'chat.appendStream': (args) => {
      const message = streaming(args)
      show(message, `${message.markdown}${textOf(args)}`)
      return { channel: message.channel, ts: message.ts }
    },
    'chat.stopStream': (args) => {
      const message = streaming(args)
      message.streaming_state = 'completed'
      return { channel: message.channel, ts: message.ts }
    },
  }
}

/** What is read of it: without the markup, and with other signs than it was sent with. */
function plainOf(markdown: string): string {
  return markdown
    .replaceAll(/\u200a?\*\*\u200a?|\u200b/g, '')
    .replaceAll(/^> /gm, '')
    .replaceAll(/^- /gm, '• ')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
