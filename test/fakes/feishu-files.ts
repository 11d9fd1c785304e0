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
  /** Whether the app has the scope `im:resource:upload`. Default true. */
  isAllowed = true

  async create(request: IncomingMessage, bytes: Buffer): Promise<Answer> {
    const refuse = (code: number, msg: string) => ({ status: 400, body: { code, msg } })
    if (!this.isAllowed) return refuse(99991672, 'Access denied. One of the following scopes is required')
    const headers = { 'Content-Type': request.headers['content-type'] ?? '' }
    const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => null)
    const file = form?.get('file')
    const name = form?.get('file_name')
    if (form?.get('file_type') !== 'stream' || typeof name !== 'string' || !file) {
      return refuse(234001, 'Invalid request param.')
    }
    // The SDK names no file beside the bytes: README, “file upload”.
    const text = typeof file === 'string' ? file : await file.text()
    if (text === '') return refuse(234010, "File's size can't be 0.")
    const key = `file_v2_${this.all.length + 1}`
    this.all.push({ key, name, text })
    return { status: 200, body: { code: 0, msg: 'success', data: { file_key: key } } }
  }

  /** The message that a file makes; null: nobody has handed over such a file. */
  messageOf(content: { file_key?: unknown }): { content: string } | null {
    const file = this.all.find(({ key }) => key === content.file_key)
    return file ? { content: file.name } : null
  }
}
