import type { Context, Hono } from 'hono'
import type { Account } from '../../chat/incoming.ts'
import { guestOf } from './guest.ts'

/** A person whose browser is signed in. */
export interface SignedIn {
  account: Account
  name: string
  /** For the sign-out button: what proves that a form came from our own page. */
  csrf: string
}

/** Sign-in and other pages beside the chat, on the same port; made outside, since they know people and roles. */
export interface PagesBeside {
  /** Mounted at the root of the site, before the chat. */
  routes: Hono
  /** Who this request comes from; null: a guest. */
  signedIn(context: Context): Promise<SignedIn | null>
  /** Whether the sign-in with which a request came holds still, long after it came; prolongs nothing. */
  holds(context: Context): Promise<boolean>
}

/** The account that a request speaks for: the person's, or a guest's of their own. */
export async function accountOf(context: Context, pages: PagesBeside | undefined): Promise<Account> {
  return (await pages?.signedIn(context))?.account ?? guestOf(context)
}
