import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testSealer } from '../../test/fakes/test-sealer.ts'
import type { IncomingMessage } from '../chat/incoming.ts'
import { createSeals } from '../seal/passing.ts'
import { keepMessage, readMessage } from './kept-message.ts'

const seals = createSeals(testSealer)
const at = { platform: 'chat', installation: 't' }

function messageOf(id: string, text: string, names: readonly string[]): IncomingMessage {
  return {
    ...{ type: 'message', id, text, language: 'zh-CN', at: new Date(5) },
    ...{ account: { ...at, user: 'u' }, conversation: { ...at, chat: 'c', thread: '' } },
    ...(names.length > 0 ? { files: names.map((name) => ({ name, type: '', size: 1, blob: 'ab' })) } : {}),
  }
}

test('come back as they were taken, sealed or not', () => {
  const taken = fc.record({
    id: fc.string(),
    text: fc.string({ unit: 'grapheme' }),
    names: fc.array(fc.string({ unit: 'grapheme' })),
  })
  fc.assert(
    fc.property(taken, ({ id, text, names }) => {
      const message = messageOf(id, text, names)
      expect(readMessage({ payload: keepMessage(message, seals) }, seals)).toEqual(message)
      expect(readMessage({ payload: keepMessage(message) })).toEqual(message)
      // Taken by a version that kept them in the open.
      if (!text.startsWith('s1.') && !names.some((name) => name.startsWith('s1.')))
        expect(readMessage({ payload: keepMessage(message) }, seals)).toEqual(message)
    }),
  )
})

test('neither what was said nor what a file is called can be read, and it is opened in its own place alone', () => {
  const message = messageOf('m1', '夜班没有热饭', ['铁皮柜合影.png'])
  const payload = keepMessage(message, seals)
  expect(payload).not.toMatch(/热饭|合影/)
  const elsewhere = JSON.stringify({ ...JSON.parse(payload), id: 'm2' })
  expect(() => readMessage({ payload: elsewhere }, seals)).toThrow()
})
