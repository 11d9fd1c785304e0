import { z } from 'zod'
import { mostFiles } from './limits.ts'

/** What this code reads of Slack's payloads; whatever else is in them is left alone, and may be anything. */
const file = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
})
export type SlackFile = z.infer<typeof file>

export const messageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  app_id: z.string().optional(),
  text: z.string().nullish(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  files: z.array(z.unknown()).optional(),
  /** What was forwarded, or an address unfolds to. */
  attachments: z.array(z.unknown()).optional(),
  hidden: z.boolean().optional(),
})

export const changedEvent = z.object({
  channel: z.string(),
  channel_type: z.string().optional(),
  message: z.object({
    user: z.string().optional(),
    bot_id: z.string().optional(),
    text: z.string().nullish(),
    ts: z.string(),
    thread_ts: z.string().optional(),
    subtype: z.string().optional(),
    edited: z.object({ user: z.string().optional() }).optional(),
  }),
  previous_message: z.object({ text: z.string().nullish() }).optional(),
})

/** https://docs.slack.dev/reference/events/message/message_deleted */
export const deletedEvent = z.object({ channel: z.string(), deleted_ts: z.string() })

export const homeEvent = z.object({
  user: z.string(),
  channel: z.string().optional(),
  tab: z.string().default('messages'),
})

export const assistantEvent = z.object({
  assistant_thread: z.object({ user_id: z.string(), channel_id: z.string(), thread_ts: z.string() }),
})

export const commandBody = z.object({
  command: z.string(),
  text: z.string().optional(),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
})

const origin = z.object({
  team_id: z.string().nullish(),
  team: z.object({ id: z.string() }).nullish(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).nullish(),
})

/**
 * Whether it comes of an installation of the app in another workspace, whose people and chats the bot's token does not
 * reach. An event of a channel that two workspaces share names the other one, but an authorization of ours:
 * https://docs.slack.dev/apis/events-api#authorizations
 */
export function isOfAnotherWorkspace(body: unknown, team: string): boolean {
  const { success, data } = origin.safeParse(body)
  if (!success) return false
  const { authorizations, team: teamOfClick, team_id } = data
  const named = authorizations?.length
    ? authorizations.map((one) => one.team_id)
    : [teamOfClick?.id ?? team_id]
  // An installation for a whole organisation names no workspace.
  return named.every((one) => one != null && one !== team)
}

const container = z.object({
  message_ts: z.string().optional(),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  is_ephemeral: z.boolean().optional(),
})

const inputState = z.object({
  type: z.string(),
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
})

const view = z.object({
  id: z.string(),
  type: z.string(),
  callback_id: z.string().optional(),
  private_metadata: z.string().optional(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), inputState)) }).nullish(),
})
export type SlackView = z.infer<typeof view>

const pressedElement = z.object({
  action_id: z.string(),
  type: z.string(),
  value: z.string().nullish(),
  action_ts: z.string().optional(),
  text: z.object({ text: z.string() }).nullish(),
})
export type PressedElement = z.infer<typeof pressedElement>

export const actionsBody = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().optional(),
  channel: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  container: container.nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  view: view.nullish(),
  actions: z.tuple([pressedElement], pressedElement),
})

export const submissionBody = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().optional(),
  view: view.extend({ hash: z.string().optional() }),
})

const buttonValue = z.record(z.string(), z.string())

/** What a button carries; null where it is none of ours. */
export function readButtonValue(text: string | null | undefined): Record<string, string> | null {
  try {
    const { success, data } = buttonValue.safeParse(JSON.parse(text || '{}'))
    return success ? data : null
  } catch {
    return null
  }
}

const steps = ['next', 'back', 'save', 'cancel', 'submit'] as const

export function readStep(name: string): (typeof steps)[number] | undefined {
  return steps.find((step) => step === name)
}

const modalMemory = z.object({
  chat: z.string(),
  thread: z.string(),
  group: z.boolean(),
  home: z.literal(true).optional(),
  draft: z.string().optional(),
  page: z.string().optional(),
  step: z.enum(steps).optional(),
})

/** What a modal of ours remembers; null where it is none of ours. */
export function readModalMemory(text: string | undefined): z.infer<typeof modalMemory> | null {
  try {
    const { success, data } = modalMemory.safeParse(JSON.parse(text ?? ''))
    return success ? data : null
  } catch {
    return null
  }
}

export interface Heard {
  /** Without the bot's name, links and names as people read them. */
  text: string
  /** Whether the bot was named. */
  isForBot: boolean
  /** Whether somebody else, or everybody, was named. */
  isForOthers: boolean
  /** Ids of who else was named: Slack gives no names with them. */
  mentioned: string[]
}

/** What was said, out of Slack's own writing of it, with names for the ids that stand in it as far as they are known. */
export function readText(
  text: string,
  botUser: string,
  names: ReadonlyMap<string, string> = new Map(),
): Heard {
  const mentioned: string[] = []
  let isForBot = false
  let isForOthers = false
  const read = text.replaceAll(/<([^<>]*)>/g, (_whole, inside: string) => {
    const [target = '', label] = inside.split('|')
    if (target === `@${botUser}`) {
      isForBot = true
      return ' '
    }
    if (target.startsWith('@')) {
      isForOthers = true
      const id = target.slice(1)
      mentioned.push(id)
      return `@${names.get(id) || label || id}`
    }
    if (target.startsWith('!')) {
      if (!target.startsWith('!date')) isForOthers = true
      return label ?? `@${target.slice(1)}`
    }
    if (target.startsWith('#')) return `#${label || target.slice(1)}`
    return label ?? target.replace(/^mailto:/, '')
  })
  const plain = read.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  return { text: plain.trim(), isForBot, isForOthers, mentioned }
}

/** Files of a message that can be fetched; what is not (removed, of another workspace) is left out. */
export function readFiles(files: readonly unknown[] | undefined): SlackFile[] {
  return (files ?? []).slice(0, mostFiles).flatMap((given) => {
    const { success, data } = file.safeParse(given)
    return success && (data.url_private_download ?? data.url_private) ? [data] : []
  })
}

/** Subtypes that are somebody saying something; all others tell of joins, topics, edits and the like. */
const said = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** Whether a person said it: no bot, not the bot itself, no notice of the chat. */
export function isSaid(
  event: z.infer<typeof messageEvent>,
  botUser: string,
): event is z.infer<typeof messageEvent> & { user: string; ts: string } {
  const { user, ts, subtype, bot_id, hidden } = event
  return (
    Boolean(user && ts && user !== botUser && user !== 'USLACKBOT' && !bot_id && !hidden) && said.has(subtype)
  )
}
