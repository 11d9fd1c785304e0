import type { Account, Conversation, Incoming } from './incoming.ts'

/** One text per account, for rows and maps. JSON keeps apart what a joining character could run together. */
export function accountKey({ platform, installation, user }: Account): string {
  return JSON.stringify([platform, installation, user])
}

/** One text per conversation; the parts of one chat without threads are one conversation. */
export function conversationKey({ platform, installation, chat, thread }: Conversation): string {
  return JSON.stringify([platform, installation, chat, thread])
}

/**
 * One text per event that a platform received, also when it receives it twice. Each type has keys of its own, for
 * platforms number messages and clicks apart.
 */
export function incomingKey({ type, id, account }: Pick<Incoming, 'type' | 'id' | 'account'>): string {
  return JSON.stringify([type, account.platform, account.installation, id])
}
