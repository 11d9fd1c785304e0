/** What a page said. */
export interface Page {
  status: number
  headers: Headers
  html: string
  /** The page's text, without markup. */
  text: string
  /** Where it was shown in the end. */
  path: string
}

/** A browser without scripts: keeps cookies, follows redirects, fills in forms with the token they carry. */
export class ConsoleBrowser {
  readonly address: string
  readonly cookies = new Map<string, string>()
  /** Sent with every request. */
  headers: Record<string, string> = { 'Accept-Language': 'zh-CN', Accept: 'text/html' }
  page: Page = { status: 0, headers: new Headers(), html: '', text: '', path: '' }

  constructor(address: string) {
    this.address = address
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  open(url: string): Promise<Page> {
    return this.#request(url, {})
  }

  /** Sends a form of the page before, with its token; `fields` may replace that too. */
  submit(url: string, fields: Record<string, string> | FormData = {}): Promise<Page> {
    const csrf = /name="csrf" value="([^"]*)"/.exec(this.page.html)?.[1] ?? ''
    let body: FormData | URLSearchParams
    if (fields instanceof FormData) {
      body = fields
      if (!body.has('csrf')) body.set('csrf', csrf)
    } else {
      body = new URLSearchParams({ csrf, ...fields })
    }
    return this.#request(url, { method: 'POST', body, headers: { Origin: this.address } })
  }

  /** Opens a sign-in link and presses its button. */
  async useLink(link: string, fields: Record<string, string> = {}): Promise<Page> {
    await this.open(link)
    return this.submit(link, fields)
  }

  async #request(url: string, init: RequestInit): Promise<Page> {
    const target = new URL(url, this.address)
    const response = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: { ...this.headers, Cookie: this.cookie, ...(init.headers as Record<string, string>) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
    const html = await response.text()
    const location = response.headers.get('location')
    if (location) return this.#request(new URL(location, target).href, {})
    this.page = {
      status: response.status,
      headers: response.headers,
      html,
      text: html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
      path: target.pathname + target.search,
    }
    return this.page
  }
}
