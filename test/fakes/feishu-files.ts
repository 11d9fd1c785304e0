import type { IncomingMessage } from 'node:http'

interface Answer {
  status: number
  body: unknown
}

/** A file as the bot has handed it over. */
export interface HandedFile {
  key: string
  name: string
  text: string
}

/** https://open.feishu.cn/document/server-docs/im-v1/file/create, as strict as the vendor about the form. */
export class FeishuFiles {
  readonly all: HandedFile[] = []
  /** Pictures for cards, by their key. */
  readonly pictures = new Map<string, Buffer>()
  /** Whether the app has the scope `im:resource:upload`. Default true. */
  isAllowed = true

  async create(request: IncomingMessage, bytes: Buffer): Promise<Answer> {
    const refuse = (code: number, msg: string) => ({ status: 400, body: { code, msg } })
    if (!this.isAllowed) return refuse(99991672, 'Access denied. One of the following scopes is required')
    const headers = { 'Content-Type': request.headers['content-type'] ?? '' }
    const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => null)
    const file = form?.get('file')
    const name = form?.get('file_name')
    if (
      !['stream', 'pdf', 'doc'].includes(String(form?.get('file_type'))) ||
      typeof name !== 'string' ||
      !file
    ) {
      return refuse(234001, 'Invalid request param.')
    }
    // The SDK names no file beside the bytes: README, “file upload”.
    const text = typeof file === 'string' ? file : await file.text()
    if (text === '') return refuse(234010, "File's size can't be 0.")
    const key = `file_v2_${this.all.length + 1}`
    this.all.push({ key, name, text })
    return { status: 200, body: { code: 0, msg: 'success', data: { file_key: key } } }
  }

  /** https://open.feishu.cn/document/server-docs/im-v1/image/create */
  createImage(request: IncomingMessage, bytes: Buffer): Answer {
    const refuse = (code: number, msg: string) => ({ status: 400, body: { code, msg } })
    if (!this.isAllowed) return refuse(99991672, 'Access denied. One of the following scopes is required')
    // The SDK names no file beside the bytes, and parsers of forms take what has no name for text.
    const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''
    const parts = bytes.toString('latin1').split(`--${boundary}`)
    const field = (name: string) => {
      const part = parts.find((one) => one.split('\r\n\r\n', 1)[0]!.includes(`name="${name}"`)) ?? ''
      return Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4, -2), 'latin1')
    }
    const content = field('image')
    if (field('image_type').toString() !== 'message') return refuse(234001, 'Invalid request param.')
    if (content.length === 0) return refuse(234010, "File's size can't be 0.")
    if (content.subarray(1, 4).toString() !== 'PNG') return refuse(234011, "Can't recognize image format.")
    const image_key = `img_v3_${this.pictures.size + 1}`
    this.pictures.set(image_key, content)
    return { status: 200, body: { code: 0, msg: 'success', data: { image_key } } }
  }

  /** The message that a file makes; null: nobody has handed over such a file. */
  messageOf(content: { file_key?: unknown }): { content: string } | null {
    const file = this.all.find(({ key }) => key === content.file_key)
    return file ? { content: file.name } : null
  }
}
