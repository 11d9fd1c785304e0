import { parentPort, workerData } from 'node:worker_threads'
import { parseDocument } from '../parse/parse-document.ts'
import type { Conversion, Converted } from './convert.ts'
import { readHtml } from './html-text.ts'
import { UnpackedSizeError } from './word/unpack-parts.ts'

async function readText(conversion: Conversion): Promise<{ text: string; title: string }> {
  switch (conversion.format) {
    case 'pdf': {
      const { readPdf } = await import('./pdf/read-pdf.ts')
      return { text: await readPdf(conversion.bytes), title: '' }
    }
    case 'docx': {
      const { readWord } = await import('./word/read-word.ts')
      return { text: await readWord(conversion.bytes, conversion.unpackedLimit), title: '' }
    }
    case 'html':
      return readHtml(conversion.source)
    default:
      return { text: conversion.source, title: '' }
  }
}

async function run(conversion: Conversion): Promise<Converted> {
  try {
    const read = await readText(conversion)
    return { ...read, parsed: conversion.parse ? parseDocument(read.text, conversion.format) : null }
  } catch (error) {
    if (error instanceof UnpackedSizeError) return { failure: 'unpacksTooLarge' }
    const reason = error instanceof Error ? `${error.name} ${error.message}` : ''
    return { failure: /password|encrypt/i.test(reason) ? 'encrypted' : 'broken' }
  }
}

parentPort?.postMessage(await run(workerData as Conversion))
