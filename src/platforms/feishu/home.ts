import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake } from '../../chat/platform.ts'
import { enteredEvent, type Known } from './to-incoming.ts'

/**
 * Somebody opened the chat with the bot: they are welcomed the first time, and again only when the outbox has
 * forgotten its messages (8 days), for people open a chat many times a day. Throws ZodError.
 */
export async function welcomeWhoEntered(
  event: unknown,
  {
    intake,
    known,
    welcome,
  }: {
    intake: Pick<Intake, 'tell'>
    known: () => Promise<Known>
    welcome: (language: Language) => Card
  },
): Promise<void> {
  const { tenant_key: installation, operator_id } = enteredEvent.parse(event)
  const account = { platform: 'feishu', installation, user: operator_id.union_id }
  await intake.tell({
    id: `feishu:welcome:${installation}:${account.user}`,
    to: { type: 'account', account },
    card: welcome((await known()).languageOf(account.user)),
    replyTo: null,
  })
}
