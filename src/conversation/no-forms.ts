import { PlainError } from '../messages/plain-error.ts'
import type { Forms } from './forms-port.ts'

/** A house without forms. */
export const noForms: Forms = {
  async open() {
    throw new PlainError('chat:gone')
  },
  async answerPage() {
    throw new PlainError('chat:gone')
  },
  asking: async () => null,
  async takeText() {
    throw new PlainError('chat:gone')
  },
  receiveFiles: async () => false,
}
