import type { Recipient } from '../chat/outgoing.ts'

/**
 * Where an operation goes as one text, by which order and pace are kept: the threads of a chat are one address, and
 * so is an account that is written to directly, apart from its calendar: neither waits for the other. What
 * presses a message comes behind it.
 */
export function addressKey(to: Recipient): string {
  const { platform, installation } = installationOf(to)
  return JSON.stringify(
    to.type === 'conversation'
      ? [platform, installation, 'chat', to.conversation.chat]
      : [platform, installation, to.type === 'urgent' ? 'account' : to.type, to.account.user],
  )
}

/** The platform and installation that a recipient belongs to. */
export function installationOf(to: Recipient): { platform: string; installation: string } {
  const { platform, installation } = to.type === 'conversation' ? to.conversation : to.account
  return { platform, installation }
}

/** With what the addresses of a chat end, whatever the installation: its own, those of the account it belongs to. */
export function endsOfAddresses(chat: string): string[] {
  return ['chat', 'account', 'calendar'].map((what) => `,"${what}",${JSON.stringify(chat)}]`)
}
