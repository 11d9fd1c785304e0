import type { SlackMessage } from './slack-workspace.ts'

type Body = Record<string, unknown>

/** A file as the bot has handed it over, and whether it was shared. */
export interface UploadedFile {
  id: string
  name: string
  length: number
  bytes: Buffer | null
  isShared: boolean
  /** Uploaded, and shared into no chat: a picture for messages. */
  isPrivate?: boolean
}

/** What files need of the workspace they are in. */
export interface FileGround {
  /** Throws with the vendor's word for what is wrong. */
  refuse(error: string): never
  post(args: Body, more: Partial<SlackMessage>): SlackMessage
}

/**
 * Files that an app sends, in the three steps of the vendor's reference: an address is asked for, the bytes are posted
 * there, and only then the file is shared into a chat, which makes a message.
 */
export class SlackFiles {
  readonly all: UploadedFile[] = []
  /** Whether the app has the right `files:write`. Default true. */
  isAllowed = true
  /** Ids of files that Slack has not looked at yet. */
  readonly unseen = new Set<string>()
  /** Where files are posted to; set by the server. */
  origin = ''

  /** What is posted to the address of a file; false: there is no such, or it is not what was announced. */
  take(path: string, bytes: Buffer): boolean {
    const file = this.all.find(({ id }) => path === `/upload/${id}`)
    if (!file || file.bytes !== null || bytes.length !== file.length) return false
    file.bytes = bytes
    return true
  }

  /** Whether a message names a picture that is not there, or was not looked at by Slack yet. */
  isStrange(blocks: unknown): boolean {
    return [...JSON.stringify(blocks ?? []).matchAll(/"slack_file":\{"id":"([^"]*)"\}/g)].some(([, id]) => {
      const file = this.all.find((one) => one.id === id)
      return !file?.isPrivate || this.unseen.has(file.id)
    })
  }

  methods({ refuse, post }: FileGround): Record<string, (args: Body) => Body> {
    return {
      'files.getUploadURLExternal': ({ filename, length }) => {
        if (!this.isAllowed) refuse('missing_scope')
        if (typeof filename !== 'string' || filename === '' || !(Number(length) > 0))
          refuse('invalid_arguments')
        const id = `F${this.all.length + 1}X`
        this.all.push({ id, name: String(filename), length: Number(length), bytes: null, isShared: false })
        return { upload_url: `${this.origin}/upload/${id}`, file_id: id }
      },
      'files.completeUploadExternal': ({ files, channel_id, thread_ts }) => {
        const [given, more] = Array.isArray(files) ? (files as { id?: string; title?: string }[]) : []
        const file = this.all.find(({ id }) => id === given?.id)
        if (!file?.bytes || more || file.isShared) return refuse('invalid_arguments')
        const { id, name } = file
        if (channel_id === undefined) {
          file.isPrivate = true
          return { files: [{ id, title: given?.title ?? name }] }
        }
        const shown = [{ id, name, title: given?.title ?? name }]
        post({ channel: channel_id, ...(thread_ts ? { thread_ts } : {}), text: '' }, { files: shown })
        file.isShared = true
        return { files: shown.map(({ id, title }) => ({ id, title })) }
      },
    }
  }
}
