import { expect } from 'vitest'
import type { FormView } from '../../src/chat/form-view.ts'
import type { IncomingPage } from '../../src/chat/incoming.ts'
import { translate } from '../../src/messages/translate.ts'
import { renderForm as renderCardForm } from '../../src/platforms/feishu/render-form.ts'
import { readClick } from '../../src/platforms/feishu/to-incoming.ts'
import { readValues, renderForm as renderModalForm } from '../../src/platforms/slack/render-form.ts'
import * as readSlack from '../../src/platforms/slack/to-incoming.ts'
import { refusalOfCard } from '../fakes/feishu-card-rules.ts'
import { problemsOfView } from '../fakes/slack-block-rules.ts'
import { readIn } from '../fakes/slack-person.ts'
import { findButton, read } from '../platforms/feishu-stage.ts'

type Values = IncomingPage['values']

/** A page of a form as a vendor draws it, and what the vendor sends when it is left. */
export interface FormSurface {
  name: string
  /** All that is read on it. */
  shown(view: FormView): string
  /**
   * What comes back of a page that is left by a step. Throws where the page has no button for the step.
   * @param filled What somebody has put into fields; of the others what stood in them. What a picker could not hold is
   * sent all the same, as a forged payload would.
   */
  leave(view: FormView, step: IncomingPage['step'], filled?: Values): Values
  /** Whether the page can be left by something that sends no fields, for a client that drops an empty form. */
  skips(view: FormView): boolean
}

const cardOf = (view: FormView) => {
  const card = renderCardForm(view, { thread: '', group: false }, 'zh-CN')
  expect(refusalOfCard(JSON.stringify(card))).toBeNull()
  return card
}

interface CardControl {
  tag: string
  name: string
  default_value?: string
  initial_option?: string
  initial_date?: string
  initial_time?: string
  selected_values?: string[]
}

/** The controls of a card, as they stand in it. */
function controlsIn(node: unknown): CardControl[] {
  if (Array.isArray(node)) return node.flatMap(controlsIn)
  if (node === null || typeof node !== 'object') return []
  const isControl = 'tag' in node && 'name' in node && 'required' in node
  return isControl ? [node as CardControl] : Object.values(node).flatMap(controlsIn)
}

/** What was put into a field, which may be called `constructor`. */
const putInto = (filled: Values, field: string) => (Object.hasOwn(filled, field) ? filled[field] : undefined)

/** What the vendor's client sends of a control: pickers add the zone; what is empty is left out. */
function sentOf({ tag, name, ...control }: CardControl, filled: Values): [string, unknown][] {
  const field = name.replace(/:list$/, '')
  const { default_value, initial_option, initial_date, initial_time, selected_values } = control
  const standing = default_value ?? initial_option ?? initial_date ?? initial_time ?? selected_values ?? ''
  const given = putInto(filled, field) ?? standing
  const value = tag === 'input' && Array.isArray(given) ? given.join('，') : given
  if (value.length === 0) return []
  return [[name, tag.includes('picker') && /^[\d:-]+$/.test(String(value)) ? `${value} +0800` : value]]
}

/** What the vendor's client sends of a card in which so was filled in; of the other fields what stood in them. */
export function filledInCard(card: unknown, filled: Values): Record<string, unknown> {
  return Object.fromEntries(controlsIn(card).flatMap((control) => sentOf(control, filled)))
}

export const feishuSurface: FormSurface = {
  name: 'Feishu',
  shown: (view) => read(cardOf(view)),
  leave(view, step, filled = {}) {
    const card = cardOf(view)
    const button = findButton(card, translate('zh-CN', `feishu:form.${step}`))
    if (!button) throw new Error(`no button ${step}`)
    const incoming = readClick(
      {
        ...{ event_id: 'e', tenant_key: 't', operator: { union_id: 'on_ada' } },
        action: {
          value: button.behaviors[0]!.value,
          ...(button.form_action_type ? { form_value: filledInCard(card, filled) } : {}),
        },
        context: { open_chat_id: 'oc_1' },
      },
      { bot: '', languageOf: () => 'zh-CN', now: new Date(0) },
    )
    if (incoming.type !== 'page') throw new Error('no page came back')
    expect([incoming.draft, incoming.page, incoming.step]).toEqual([view.draft, view.page, step])
    return incoming.values
  },
  skips(view) {
    const button = findButton(cardOf(view), translate('zh-CN', 'feishu:form.skip'))
    return button !== undefined && button.form_action_type === undefined
  },
}

interface ModalInput {
  type: string
  block_id: string
  element: { type: string } & Record<string, unknown>
}

const modalOf = (view: FormView) => {
  const modal = renderModalForm(view, { chat: 'D1', thread: '', group: false }, 'zh-CN')
  expect(problemsOfView(modal)).toEqual([])
  return modal
}

const optionsOf = (element: ModalInput['element']) => {
  const groups = (element.option_groups ?? []) as { options: { value: string }[] }[]
  return [...((element.options ?? []) as { value: string }[]), ...groups.flatMap(({ options }) => options)]
}

/** What Slack says of an input: what was put into it, else what stood in it. */
function stateOf(element: ModalInput['element'], given: string | string[] | undefined) {
  const { type } = element
  const chosen = (value: string) => optionsOf(element).find((option) => option.value === value) ?? { value }
  const orNull = (value: unknown) => (value === undefined || value === '' ? null : value)
  switch (type) {
    case 'datepicker':
      return { type, selected_date: orNull(given ?? element.initial_date) }
    case 'timepicker':
      return { type, selected_time: orNull(given ?? element.initial_time) }
    case 'static_select': {
      const option = given === undefined ? element.initial_option : given && chosen(String(given))
      return { type, selected_option: orNull(option) }
    }
    case 'multi_static_select':
    case 'checkboxes': {
      if (given === undefined) return { type, selected_options: element.initial_options ?? [] }
      return { type, selected_options: [given].flat().filter(Boolean).map(chosen) }
    }
    default: {
      const typed = Array.isArray(given) ? given.join('、') : given
      return { type, value: orNull(typed ?? element.initial_value) }
    }
  }
}

export const slackSurface: FormSurface = {
  name: 'Slack',
  shown: (view) => readIn(modalOf(view)),
  leave(view, step, filled = {}) {
    const modal = modalOf(view)
    const inputs = (modal.blocks as unknown as ModalInput[]).filter(({ type }) => type === 'input')
    const values = inputs.map(({ block_id, element }) => {
      const field = block_id.slice(0, block_id.lastIndexOf('~'))
      return [block_id, { [String(element.action_id)]: stateOf(element, putInto(filled, field)) }]
    })
    const state = { values: Object.fromEntries(values) }
    const sent = { id: 'V1', type: 'modal', private_metadata: modal.private_metadata, state }
    const memory = readSlack.readModalMemory(modal.private_metadata)!
    const user = { id: 'U1' }
    if (memory.step === step) {
      const { view: got } = readSlack.submissionBody.parse({ user, view: sent })
      expect([memory.draft, memory.page]).toEqual([view.draft, view.page])
      return readValues(got.state?.values ?? {})
    }
    const pressed = modal.blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .find(({ action_id }) => action_id === `form-step.${step}`)
    if (!pressed) throw new Error(`no button ${step}`)
    const { actions, view: got } = readSlack.actionsBody.parse({ user, view: sent, actions: [pressed] })
    expect(readSlack.readStep(actions[0].action_id.slice('form-step.'.length))).toBe(step)
    return readValues(got?.state?.values ?? {})
  },
  // The vendor's client sends an empty form like any other.
  skips: () => true,
}
