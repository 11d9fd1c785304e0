import type { FakeSlack } from './slack-server.ts'
import type { SlackMessage } from './slack-workspace.ts'

type Body = Record<string, unknown>

interface Pressable {
  action_id: string
  value?: string
  text: { text: string }
}

/** Somebody at Slack's screen: what they see, and what they do there. */
export class SlackPerson {
  readonly user: string
  readonly im: string
  readonly #fake: FakeSlack

  constructor(fake: FakeSlack, name: string, locale?: string) {
    this.#fake = fake
    const { user, im } = fake.workspace.addUser(name, locale)
    this.user = user
    this.im = im
  }

  /** Writes into a chat. Resolves when it was acknowledged. */
  say(text: string, channel = this.im, more: Body = {}): Promise<unknown> {
    return this.#fake.event(this.#fake.workspace.say(channel, this.user, text, more))
  }

  /** What the bot has said there that this person can see, oldest first. */
  seen(channel = this.im): SlackMessage[] {
    return this.#fake.workspace.messages.filter(
      ({ channel: where, user, only }) =>
        where === channel && user === 'UBOT' && (only === undefined || only === this.user),
    )
  }

  /**
   * Presses a button of a message. Resolves to what the acknowledgement carries.
   * @param trigger Of the click; the same again is the same click. Default: a new one.
   */
  async press(label: string, message: SlackMessage, trigger?: string): Promise<unknown> {
    const { channel, ts, thread_ts } = message
    const thread = thread_ts === undefined ? {} : { thread_ts }
    return this.#click(findButton(message.blocks, label), {
      channel: { id: channel },
      message: { ts, ...thread },
      container: { type: 'message', message_ts: ts, channel_id: channel, ...thread },
      ...(trigger === undefined ? {} : { trigger_id: trigger }),
    })
  }

  /** Presses a button of the modal that was shown last, with what was filled in. */
  pressInModal(label: string, values: Record<string, unknown> = {}): Promise<unknown> {
    const { id, view } = this.#fake.workspace.views.at(-1)!
    return this.#click(findButton(view.blocks, label), {
      container: { type: 'view', view_id: id },
      view: { id, ...view, state: { values: this.fillIn(values) } },
    })
  }

  /** Presses a button of the app's home as it was shown to them last. */
  pressOnHome(label: string): Promise<unknown> {
    const { id, view } = this.#fake.workspace.views.findLast(
      ({ how, user }) => how === 'publish' && user === this.user,
    )!
    const button = findButton(view.blocks, label)
    return this.#click(button, { container: { type: 'view', view_id: id }, view: { id, ...view } })
  }

  /** Sends in the modal that was shown last. Resolves to what the acknowledgement carries; shows what it says. */
  async submit(values: Record<string, unknown> = {}): Promise<Body> {
    const { workspace } = this.#fake
    const { id, view } = this.#modal()
    const response = ((await this.#fake.interact({
      type: 'view_submission',
      user: { id: this.user },
      trigger_id: workspace.trigger(),
      view: { id, ...view, state: { values: this.fillIn(values) } },
    })) ?? {}) as Body
    if (response.response_action === 'update') {
      const { status, body } = workspace.call('views.update', { view_id: id, view: response.view })
      if (status !== 200 || body?.ok !== true) throw new Error(JSON.stringify(body))
    }
    return response
  }

  /** The state of the inputs of the modal that was shown last, changed so by field. */
  fillIn(values: Record<string, unknown>): Record<string, Record<string, Body>> {
    const blocks = this.#modal().view.blocks as {
      type: string
      block_id: string
      element: Body
    }[]
    const state: Record<string, Record<string, Body>> = {}
    for (const { type, block_id, element } of blocks) {
      if (type !== 'input') continue
      const field = block_id.slice(0, block_id.lastIndexOf('~'))
      state[block_id] = { [String(element.action_id)]: stateOf(element, values[field]) }
    }
    return state
  }

  /** The modal that was shown last; a home that was drawn since is none. */
  #modal() {
    return this.#fake.workspace.views.findLast(({ how }) => how !== 'publish')!
  }

  #click(button: Pressable, where: Body): Promise<unknown> {
    const { workspace } = this.#fake
    return this.#fake.interact({
      type: 'block_actions',
      user: { id: this.user },
      trigger_id: workspace.trigger(),
      ...where,
      actions: [{ ...button, type: 'button', block_id: 'b', action_ts: `${Date.now()}.1` }],
    })
  }
}

function stateOf(element: Body, value: unknown): Body {
  switch (element.type) {
    case 'datepicker':
      return { type: element.type, selected_date: value ?? element.initial_date ?? null }
    case 'timepicker':
      return { type: element.type, selected_time: value ?? element.initial_time ?? null }
    case 'static_select':
      return {
        type: element.type,
        selected_option: value === undefined ? (element.initial_option ?? null) : { value },
      }
    case 'multi_static_select':
    case 'checkboxes':
      return {
        type: element.type,
        selected_options:
          value === undefined
            ? (element.initial_options ?? [])
            : [value].flat().map((one) => ({ value: one })),
      }
    default:
      return { type: element.type, value: value ?? element.initial_value ?? null }
  }
}

/** The button of that name in blocks; the last, where there are several. */
function findButton(blocks: unknown, label: string): Pressable {
  const found = buttonsIn(blocks).findLast(({ text }) => text.text === label)
  if (!found) throw new Error(`no button ${label}`)
  return found
}

export function buttonsIn(blocks: unknown): Pressable[] {
  return (blocks as { type: string; elements?: Pressable[] }[]).flatMap(({ type, elements }) =>
    type === 'actions' ? (elements ?? []) : [],
  )
}

/** All that is read in blocks or a view, a line each. */
export function readIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, part]) =>
      typeof part === 'string' && ['text', 'url', 'initial_value'].includes(key) ? part : readIn(part),
    )
    .filter((text) => text !== '')
    .join('\n')
}
