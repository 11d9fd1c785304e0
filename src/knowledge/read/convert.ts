import { Worker } from 'node:worker_threads'

/** What the worker is asked: bytes of a PDF or DOCX, or the decoded source of a page. */
export type Conversion =
  | { format: 'pdf'; bytes: Uint8Array }
  | { format: 'docx'; bytes: Uint8Array; unpackedLimit: number }
  | { format: 'html'; source: string }

type ConversionFailure = 'encrypted' | 'broken' | 'unpacksTooLarge' | 'tooComplex'

export type Converted = { text: string; title: string } | { failure: ConversionFailure }

/**
 * Turns a PDF, DOCX or HTML into text in a thread of its own: a file made to take hours or gigabytes costs
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
