import { Worker } from 'node:worker_threads'
import type { ParsedDocument } from '../parse/parse-document.ts'

/** What the worker is asked: bytes of a PDF or DOCX, or the decoded source of a page or text. */
export type Conversion = Source & {
  /** Cut the text into clauses as well. */
  parse: boolean
}

export type Source =
  | { format: 'pdf'; bytes: Uint8Array }
  | { format: 'docx'; bytes: Uint8Array; unpackedLimit: number }
  | { format: 'html' | 'txt' | 'md'; source: string }

type ConversionFailure = 'encrypted' | 'broken' | 'unpacksTooLarge' | 'tooComplex'

export type Converted =
  | { text: string; title: string; parsed: ParsedDocument | null }
  | { failure: ConversionFailure }

/**
 * Turns a document into text, and cuts it into clauses if asked, in a thread of its own: a file made to take hours or gigabytes costs
 * this thread and not the bot.
 * @param timeLimit in milliseconds.
 */
export function convert(conversion: Conversion, timeLimit: number): Promise<Converted> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./convert-worker.ts', import.meta.url), {
      workerData: conversion,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
      // The libraries warn about fonts and the like on the console; nobody can act on it.
      stdout: true,
      stderr: true,
    })
    const finish = (converted: Converted) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(converted)
    }
    const timer = setTimeout(() => finish({ failure: 'tooComplex' }), timeLimit)
    worker.once('message', finish)
    worker.once('error', (error: NodeJS.ErrnoException) =>
      finish({ failure: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'tooComplex' : 'broken' }),
    )
    worker.once('exit', () => finish({ failure: 'broken' }))
  })
}
