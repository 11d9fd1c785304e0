/** What presses upon people (应用内加急), as strict as the vendor about whose messages and who is in the chat. */
export class FeishuUrgent {
  /** Whether the app was given the scope. */
  isAllowed = true
  /** In order; a second time presses again. */
  readonly pressed: { message: string; user: string }[] = []

  /** @returns the vendor's code, 0 where it is done, and whom it did not know. */
  press(
    message: { id: string; chat: string } | undefined,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): { code: number; invalid: string[] } {
    if (!this.isAllowed) return { code: 230027, invalid: [] }
    const users = body.user_id_list
    if (query.get('user_id_type') !== 'union_id' || !Array.isArray(users) || users.length > 200)
      return { code: 230001, invalid: [] }
    if (!message) return { code: 230012, invalid: [] }
    const known = users.filter((user) => message.chat === `p2p:${user}`)
    if (known.length === 0) return { code: 230001, invalid: [] }
    this.pressed.push(...known.map((user) => ({ message: message.id, user })))
    return { code: 0, invalid: users.filter((user) => !known.includes(user)) }
  }
}
