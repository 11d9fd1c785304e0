import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { explainError } from '../../src/messages/translate.ts'

/** Why something was not done, in Chinese: refused when the form was sent in, or before it was opened. */
export async function saidAgainst(done: Promise<Acknowledgement>): Promise<string> {
  try {
    return (await done).toast ?? ''
  } catch (error) {
    if (error instanceof PlainError) return explainError(error, 'zh-CN')
    throw error
  }
}
