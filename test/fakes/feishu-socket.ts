import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The server's end of a web socket (RFC 6455), as much of it as a client of ours needs. */
export interface ServerSocket {
  /** Text goes out as text. */
  send(message: Uint8Array | string): void
  /** Breaks the line without a word. */
  cut(): void
  /** Breaks the line in the middle of a message. */
  cutWithin(message: Uint8Array | string): void
  /** Goes deaf and dumb while the line stands: a half-open connection. */
  freeze(): void
  readonly open: boolean
}

const accepting = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const [text, binary, closing, ping, pong] = [1, 2, 8, 9, 10]

/** Accepts the upgrade; `message` gets each message whole. */
export function acceptSocket(
  request: IncomingMessage,
  duplex: Duplex,
  message: (bytes: Buffer, socket: ServerSocket) => void,
): ServerSocket {
  const key = request.headers['sec-websocket-key'] ?? ''
  const accept = createHash('sha1').update(`${key}${accepting}`).digest('base64')
  duplex.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  let open = true
  let frozen = false
  const write = (opcode: number, payload: Uint8Array) => {
    if (open && !frozen) duplex.write(Buffer.concat([headOf(opcode, payload.length), payload]))
  }
  const socket: ServerSocket = {
    send: (message) =>
      typeof message === 'string' ? write(text, Buffer.from(message)) : write(binary, message),
    cut() {
      open = false
      duplex.destroy()
    },
    cutWithin(message) {
      const [opcode, payload] = typeof message === 'string' ? [text, Buffer.from(message)] : [binary, message]
      const head = headOf(opcode, payload.length)
      open = false
      duplex.write(Buffer.concat([head, payload.subarray(0, payload.length / 2)]), () => duplex.destroy())
    },
    freeze() {
      frozen = true
    },
    get open() {
      return open
    },
  }
  let waiting = Buffer.alloc(0)
  let pieces: Buffer[] = []
  duplex.on('data', (chunk: Buffer) => {
    if (frozen) return
    waiting = Buffer.concat([waiting, chunk])
    for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.length)
      if (frame.opcode === ping) write(pong, frame.payload)
      else if (frame.opcode === closing) {
        write(closing, frame.payload)
        open = false
        duplex.end()
      } else if (frame.opcode < closing) {
        pieces.push(frame.payload)
        if (frame.last) {
          message(Buffer.concat(pieces), socket)
          pieces = []
        }
      }
    }
  })
  duplex.on('error', () => {})
  duplex.on('close', () => {
    open = false
  })
  return socket
}

function headOf(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length])
  if (length < 65_536) return Buffer.from([0x80 | opcode, 126, length >> 8, length & 255])
  const head = Buffer.alloc(10)
  head[0] = 0x80 | opcode
  head[1] = 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

/** The first frame in the bytes; null while it is not there whole. Clients mask what they send. */
function readFrame(bytes: Buffer): { opcode: number; last: boolean; payload: Buffer; length: number } | null {
  if (bytes.length < 2) return null
  const masked = (bytes[1]! & 0x80) !== 0
  let size = bytes[1]! & 0x7f
  let at = 2
  if (size === 126) {
    if (bytes.length < 4) return null
    size = bytes.readUInt16BE(2)
    at = 4
  } else if (size === 127) {
    if (bytes.length < 10) return null
    size = Number(bytes.readBigUInt64BE(2))
    at = 10
  }
  const mask = masked ? bytes.subarray(at, at + 4) : null
  if (masked) at += 4
  if (bytes.length < at + size) return null
  const payload = Buffer.from(bytes.subarray(at, at + size))
  if (mask) for (let i = 0; i < payload.length; i += 1) payload[i]! ^= mask[i % 4]!
  return { opcode: bytes[0]! & 0x0f, last: (bytes[0]! & 0x80) !== 0, payload, length: at + size }
}
