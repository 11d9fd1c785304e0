import type { ConsoleBrowser, Page } from './console-browser.ts'

/** Somebody without account who fills in a web form as a browser without scripts does. */
export class WebFormVisitor {
  readonly browser: ConsoleBrowser

  constructor(browser: ConsoleBrowser) {
    this.browser = browser
  }

  begin(path: string): Promise<Page> {
    return this.browser.submit(path, { step: 'begin' })
  }

  /** From the first page to the last, as far as it goes. */
  async fillIn(
    path: string,
    values: Record<string, string>,
    files: Record<string, File> = {},
  ): Promise<Page> {
    await this.begin(path)
    return this.goOn(path, values, files)
  }

  /** Page after page; stops where the form does not go on. */
  async goOn(path: string, values: Record<string, string>, files: Record<string, File> = {}): Promise<Page> {
    for (let turns = 0; turns < 12; turns += 1) {
      const { html } = this.browser.page
      const at = hidden(html, 'page')
      if (at === null) return this.browser.page
      const form = new FormData()
      form.set('draft', hidden(html, 'draft') ?? '')
      form.set('page', at)
      form.set('step', at === 'summary' ? 'submit' : 'next')
      for (const name of namesIn(html)) {
        const file = files[name]
        if (file) form.append(name, file)
        else if (values[name] !== undefined) form.append(name, values[name])
      }
      await this.browser.submit(path, form)
      if (this.browser.page.status !== 200) return this.browser.page
    }
    throw new Error('a form without end')
  }
}

function hidden(html: string, name: string): string | null {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? null
}

function namesIn(html: string): string[] {
  return [
    ...new Set(
      [...html.matchAll(/<(?:input|select|textarea)[^>]* name="([^"]*)"/g)].map(([, name]) => name!),
    ),
  ]
}
