import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import { calling, type Messages } from './deliver.ts'

/**
 * Presses a message of the bot upon whoever it was sent to (应用内加急): it stays before them until it was read. Asked twice
 * it presses twice, so it is never asked for again. Throws DeliveryError: `not-allowed` without the scope, `gone` where the
 * person is not in the chat; else refused, as with more than 200 unread ones of the person (230023).
 * https://open.feishu.cn/document/server-docs/im-v1/buzz-messages/urgent_app
 */
export async function urge(client: Messages, { to, message }: Operation): Promise<Delivered> {
  if (to.type !== 'urgent' || message === null) throw new DeliveryError('gone')
  const { data } = await calling(
    client.im.v1.message.urgentApp({
      path: { message_id: message },
      params: { user_id_type: 'union_id' },
      data: { user_id_list: [to.account.user] },
    }),
  )
  if (data?.invalid_user_id_list?.includes(to.account.user)) throw new DeliveryError('gone')
  // It is no message of its own, and must not be found as the one that it presses.
  return { message: `urgent:${message}` }
}
