import type { Forms } from '../../src/conversation/forms-port.ts'
import { PlainError } from '../../src/messages/plain-error.ts'

/** A house without forms. */
export const noForms: Forms = {
  async open() {
    throw new PlainError('chat:gone')
  },
  async answerPage() {
    throw new PlainError('chat:gone')
  },
  asking: async () => null,
  sealedFor: async () => null,
  async takeText() {
    throw new PlainError('chat:gone')
  },
  receiveFiles: async () => false,
  wantsFiles: async () => false,
}
