import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrCode } from './qr-code.ts'

/** What a camera sees of it: black where a module of the path is, four pixels each. */
function pixelsOf(svg: string) {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]) * 4
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  let x = 0
  let y = 0
  for (const [, command, a, b] of svg.matchAll(/([Mm])(-?\d+)[ ,]?(-?\d+)/g)) {
    x = command === 'M' ? Number(a) : x + Number(a)
    y = command === 'M' ? Number(b) : y + Number(b)
    for (let row = y * 4; row < y * 4 + 4; row++) {
      for (let column = x * 4; column < x * 4 + 4; column++)
        data.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3)
    }
  }
  return { width: size, height: size, data }
}

test('A QR code is read back as the address', async () => {
  const address = 'https://kexie.example.cn/submit/eyJhbGciOiJIUzI1NiJ9-0123456789-abcdefghijklmnop'
  const code = String(await qrCode(address, '二维码'))
  expect(code).toContain('aria-label="二维码"')
  expect(decodeQR(pixelsOf(code))).toBe(address)
})
