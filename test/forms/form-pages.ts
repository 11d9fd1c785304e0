import type { Acknowledgement, FormView } from '../../src/chat/form-view.ts'
import type { IncomingPage } from '../../src/chat/incoming.ts'
import { cardToText } from '../../src/platforms/text/render-card.ts'
import { type Place, privateChat } from './form-house.ts'
import type { FormOnScreen, FormRenderer, ReadHouse } from './form-renderer.ts'
import { feishuSurface, slackSurface } from './form-surfaces.ts'

type Values = IncomingPage['values']

/** How a surface shows pages. */
interface Surface {
  place: Place
  /** What it sends when a page is left by a step, of what stands in its fields. */
  sends(view: FormView, step: IncomingPage['step'], filled: Values): Values
}

/** Somebody fills in the pages as a surface shows them: each is left with all that stands on it. */
class FormPages implements FormOnScreen {
  readonly #house: ReadHouse
  readonly #surface: Surface
  #view: FormView

  constructor(house: ReadHouse, surface: Surface, view: FormView) {
    this.#house = house
    this.#surface = surface
    this.#view = view
  }

  async answer(field: string, typed: string | string[]): Promise<string> {
    await this.#goTo(field)
    await this.#leave('next', { [field]: typed })
    return this.#view.fields.find(({ name }) => name === field)?.problem ?? ''
  }

  async send(field: string, files: Parameters<FormOnScreen['send']>[1]): Promise<void> {
    await this.#goTo(field)
    await this.#house.type(this.#surface.place, '', files)
  }

  async held(field: string): Promise<string> {
    await this.#goTo(field)
    const { value, options } = this.#view.fields.find(({ name }) => name === field)!
    return [value]
      .flat()
      .map((one) => options.find((option) => option.value === one)?.label ?? one)
      .join('、')
  }

  async summary(): Promise<[string, string][]> {
    while (this.#view.page !== 'summary') {
      const { page } = this.#view
      await this.#leave('next')
      if (this.#view.page === page) throw new Error(`stopped at ${JSON.stringify(this.#view.fields)}`)
    }
    return this.#view.summary.map(({ label, value }) => [label, value])
  }

  submit(): Promise<string> {
    return this.#leave('submit')
  }

  save(): Promise<string> {
    return this.#leave('save')
  }

  cancel(): Promise<string> {
    return this.#leave('cancel')
  }

  async #goTo(field: string): Promise<void> {
    const order = this.#house.fieldsOf()
    const isHere = () => this.#view.fields.some(({ name }) => name === field)
    while (!isHere()) {
      const first = this.#view.fields[0]?.name
      const isBehind = first === undefined || order.indexOf(field) < order.indexOf(first)
      const { page } = this.#view
      await this.#leave(isBehind ? 'back' : 'next')
      if (this.#view.page === page)
        throw new Error(`no way to ${field}: ${JSON.stringify(this.#view.fields)}`)
    }
  }

  /** Leaves the page with what stands on it, changed so; gives what is shown besides the next page. */
  async #leave(
    step: FormView['steps'][number],
    changed: Record<string, string | string[]> = {},
  ): Promise<string> {
    if (!this.#view.steps.includes(step)) throw new Error(`there is no ${step} on ${this.#view.page}`)
    const standing = Object.fromEntries(this.#view.fields.map(({ name, value }) => [name, value]))
    const before = this.#house.said.length
    const { place } = this.#surface
    const values = this.#surface.sends(this.#view, step, { ...standing, ...changed })
    const answer = await this.#house.page(place, this.#view.draft, this.#view.page, step, values)
    if (answer.form) this.#view = answer.form
    return [...shownOf(answer), ...this.#house.said.slice(before).map(({ card }) => textOf(card))].join('\n')
  }
}

function shownOf({ toast, beside }: Acknowledgement): string[] {
  return [...(toast ? [toast] : []), ...(beside ? [textOf(beside)] : [])]
}

const textOf = (card: Parameters<typeof cardToText>[0]) => cardToText(card, { buttons: 'none' })

function pagesOn(name: string, surface: Surface): FormRenderer {
  const { place } = surface
  return {
    name,
    place,
    async open(house) {
      const opened = await house.open(place)
      if (!('view' in opened)) throw new Error('no page was opened')
      return new FormPages(house, surface, opened.view)
    },
    async goOn(house) {
      await house.type(place, '我的草稿')
      const button = house
        .lastCard()
        .blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
        .find(({ action }) => action === 'forms.continue')!
      const { form } = await house.press(place, button.action, button.value)
      return new FormPages(house, surface, form!)
    },
  }
}

/** Pages of fields, as a browser shows them. */
export const web = pagesOn('as pages', {
  place: privateChat('web', 'ada'),
  sends: (_view, _step, filled) => filled,
})

/** Pages as cards with a form in them: what comes back is what the card has controls for. */
export const feishu = pagesOn('as cards of Feishu', {
  place: privateChat('feishu', 'on_ada'),
  sends: (view, step, filled) => feishuSurface.leave(view, step, filled),
})

/** Pages as modals. */
export const slack = pagesOn('as modals of Slack', {
  place: privateChat('slack', 'U1'),
  sends: (view, step, filled) => slackSurface.leave(view, step, filled),
})
