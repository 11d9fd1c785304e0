import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Person, readPerson } from '../../people/people.ts'
import { createSession, endSession, readSession, type Session } from '../../people/sessions.ts'
import { extendSession, webAccountOf } from '../../people/sign-in.ts'
import type { Store, Trx } from '../../store/store.ts'
import { chatSessionFor, consoleSessionFor } from '../limits.ts'

/** The chat's sign-in lasts, the console's is short: each has a cookie and a row of its own. */
export type SessionKind = 'chat' | 'console'

const kinds: Record<SessionKind, { cookie: string; validFor: number }> = {
  chat: { cookie: 'kexie_session', validFor: chatSessionFor },
  console: { cookie: 'kexie_console', validFor: consoleSessionFor },
}

/** Holds a random value that a form of somebody who is not signed in yet has to send back. */
const formCookie = 'kexie_form'

/** A session that holds, and whose it is. */
export interface OpenSession extends Session {
  person: string
  who: Person
}

export interface BrowserSessionOptions {
  store: Store
  clock: () => Date
  /** Whether people come by https: cookies are then sent over nothing else. */
  secure: boolean
}

/** Who a browser is signed in as, by cookies whose hashes are in the database. */
export class BrowserSessions {
  readonly #options: BrowserSessionOptions

  constructor(options: BrowserSessionOptions) {
    this.#options = options
  }

  /** Makes a session within the transaction in which its link is used up; `keep` then gives it to the browser. */
  async create(trx: Trx, kind: SessionKind, person: string): Promise<{ kind: SessionKind; token: string }> {
    const now = this.#options.clock()
    const account = kind === 'chat' ? await webAccountOf(trx, person, now) : null
    const { token } = await createSession(trx, { person, account, validFor: kinds[kind].validFor, now })
    return { kind, token }
  }

  keep(context: Context, { kind, token }: { kind: SessionKind; token: string }): void {
    setCookie(context, kinds[kind].cookie, token, {
      ...this.#cookieOptions,
      maxAge: Math.floor(kinds[kind].validFor / 1000),
    })
  }

  /** The session of a request, prolonged by its use; null where there is none. */
  async read(context: Context, kind: SessionKind): Promise<OpenSession | null> {
    const { store, clock } = this.#options
    const { cookie, validFor } = kinds[kind]
    const token = getCookie(context, cookie)
    if (!token || !/^[\w-]{32}$/.test(token)) return null
    const now = clock()
    const session = await readSession(store.db, token, now)
    // The chat's long session opens no console, even if its cookie is renamed.
    if (!session || (session.account === null) !== (kind === 'console')) return null
    const who = await readPerson(store.db, session.person)
    if (!who) return null
    // Written at most once in a sixteenth of the time: not every click is worth a row.
    if (session.expiresAt.getTime() - now.getTime() < validFor * (15 / 16)) {
      const expiresAt = new Date(now.getTime() + validFor)
      await store.transaction((trx) => extendSession(trx, token, expiresAt, now))
      this.keep(context, { kind, token })
    }
    return { ...session, who }
  }

  /** Whether the session of a request has not ended since it came. */
  async holds(context: Context, kind: SessionKind): Promise<boolean> {
    const { store, clock } = this.#options
    const token = getCookie(context, kinds[kind].cookie)
    return token !== undefined && (await readSession(store.db, token, clock())) !== null
  }

  /** Signs the browser out of the given ones. */
  async end(context: Context, ...ended: SessionKind[]): Promise<void> {
    const tokens = ended.flatMap((kind) => getCookie(context, kinds[kind].cookie) ?? [])
    await this.#options.store.transaction(async (trx) => {
      for (const token of tokens) await endSession(trx, token)
    })
    for (const kind of ended) deleteCookie(context, kinds[kind].cookie, this.#cookieOptions)
  }

  /** The value for a form of somebody who is not signed in; the browser gets it as a cookie too. */
  formToken(context: Context): string {
    const known = getCookie(context, formCookie)
    const token = known && /^[\w-]{22}$/.test(known) ? known : randomBytes(16).toString('base64url')
    setCookie(context, formCookie, token, this.#cookieOptions)
    return token
  }

  isOwnForm(context: Context, sent: unknown): boolean {
    return isSame(getCookie(context, formCookie), sent)
  }

  get #cookieOptions() {
    return { httpOnly: true, sameSite: 'Lax', path: '/', secure: this.#options.secure } as const
  }
}

/** Whether a form sent back the secret it was given; without one it did not. */
export function isSame(secret: string | undefined, sent: unknown): boolean {
  if (!secret || typeof sent !== 'string') return false
  const [one, other] = [Buffer.from(secret), Buffer.from(sent)]
  return one.length === other.length && timingSafeEqual(one, other)
}
