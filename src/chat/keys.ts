import type { Account, Conversation } from './incoming.ts'

/** One text per account, for rows and maps. JSON keeps apart what a joining character could run together. */
export function accountKey({ platform, installation, user }: Account): string {
  return JSON.stringify([platform, installation, user])
}

/** One text per conversation; the parts of one chat without threads are one conversation. */
export function conversationKey({ platform, installation, chat, thread }: Conversation): string {
  return JSON.stringify([platform, installation, chat, thread])
}
