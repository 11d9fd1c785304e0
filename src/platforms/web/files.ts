import { Hono } from 'hono'
import type { Account } from '../../chat/incoming.ts'
import type { ApiContext } from './api-context.ts'
import { clientAddress } from './client-address.ts'
import { cleanFileName, fileType } from './file-kind.ts'
import { limitBody } from './limit-body.ts'
import { largestFile, largestUpload, mostUploadsAtOnce, mostUploadsOfAddress } from './limits.ts'
import { problem, tooMany } from './problem.ts'
import { fileBody, readForm } from './request-bodies.ts'
import { sameOriginFile } from './same-origin.ts'
import { screenLanguage } from './screen-language.ts'
import { eventId } from './shown-message.ts'

interface Asking {
  Variables: { account: Account }
}

/** Files that people send: checked, kept by the hash of their content, and taken as a message without words. */
export function createFiles(api: ApiContext): Hono<Asking> {
  const { admission, blobs, intake, logger, takeOnce, transcript } = api
  const most = { most: largestFile / 1024 / 1024 }
  /** The addresses from which files are arriving now, one for each file. */
  const arriving: string[] = []

  // Asked for once: a guest without a cookie is given a new account at each time.
  const app = new Hono<Asking>()
  app.post(
    '/files',
    sameOriginFile,
    async (context, next) => {
      // Before a byte of it is read.
      const account = await api.accountOf(context)
      context.set('account', account)
      const wait = admission.wait('file', context, account.user)
      if (wait > 0) return tooMany(context, screenLanguage(context), wait)
      const address = clientAddress(context, api.trustProxy)
      const ofAddress = arriving.filter((other) => other === address).length
      if (arriving.length >= mostUploadsAtOnce || ofAddress >= mostUploadsOfAddress) {
        return problem(context, 503, screenLanguage(context), 'web:busy')
      }
      arriving.push(address)
      try {
        return await next()
      } finally {
        arriving.splice(arriving.indexOf(address), 1)
      }
    },
    limitBody(largestUpload, (context) =>
      problem(context, 413, screenLanguage(context), 'web:file.too-large', most),
    ),
    async (context) => {
      const language = screenLanguage(context)
      const body = await readForm(context, fileBody)
      if (!body) return problem(context, 400, language, 'web:not-understood')
      if (body.file.size === 0) return problem(context, 400, language, 'web:file.empty')
      if (body.file.size > largestFile) return problem(context, 413, language, 'web:file.too-large', most)
      const bytes = new Uint8Array(await body.file.arrayBuffer())
      const name = cleanFileName(body.file.name)
      const type = fileType(name, bytes)
      if (type === null) return problem(context, 400, language, 'web:file.not-taken')
      const account = context.get('account')
      const isKnown = await transcript.has(account.user, eventId(account.user, body.id))
      // What nobody asked for would lie on the disk for ever.
      if (!isKnown && !(await intake.wantsFiles(account))) {
        return problem(context, 422, language, 'chat:no-form-for-files')
      }
      if (!isKnown && !admission.takesFile(bytes.byteLength, context, account.user)) {
        return problem(context, 429, language, 'web:file.too-many')
      }
      let blob: string
      try {
        blob = await blobs.put(bytes)
      } catch (error) {
        logger.error({ err: error }, 'a file could not be stored')
        return problem(context, 503, language, 'chat:failure')
      }
      return takeOnce.answer(context, body.id, {
        message: {
          ...api.envelope(context, account, body),
          type: 'message',
          text: '',
          files: [{ name, type, size: bytes.byteLength, blob }],
        },
        admit: () => 0,
      })
    },
  )
  return app
}
