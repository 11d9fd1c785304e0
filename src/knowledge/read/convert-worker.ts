import { parentPort, workerData } from 'node:worker_threads'
import { checkUnpackedSize, UnpackedSizeError } from './check-unpacked-size.ts'
import type { Conversion, Converted } from './convert.ts'
import { readHtml } from './html-text.ts'

async function readPdf(bytes: Uint8Array): Promise<Converted> {
  const { PDFLoader } = await import('@langchain/community/document_loaders/fs/pdf')
  const blob = new Blob([Uint8Array.from(bytes)])
  const pages = await new PDFLoader(blob, { splitPages: true }).load()
  return { text: pages.map((page) => page.pageContent).join('\n\n'), title: '' }
}

/**
 * mammoth itself and not LangChain's DocxLoader, which asks mammoth for raw text only: headings, the numbers
 * of lists and the rows of tables would be lost.
 */
async function readDocx(bytes: Uint8Array, unpackedLimit: number): Promise<Converted> {
  await checkUnpackedSize(bytes, unpackedLimit)
  const { default: mammoth } = await import('mammoth')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Pictures say nothing to a search; as data they would make the page huge.
  const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
  const { value } = await mammoth.convertToHtml({ buffer }, { convertImage })
  return readHtml(value)
}

async function run(conversion: Conversion): Promise<Converted> {
  try {
    if (conversion.format === 'pdf') return await readPdf(conversion.bytes)
    if (conversion.format === 'docx') return await readDocx(conversion.bytes, conversion.unpackedLimit)
    return readHtml(conversion.source)
  } catch (error) {
    if (error instanceof UnpackedSizeError) return { failure: 'unpacksTooLarge' }
    const reason = error instanceof Error ? `${error.name} ${error.message}` : ''
    return { failure: /password|encrypt/i.test(reason) ? 'encrypted' : 'broken' }
  }
}

parentPort?.postMessage(await run(workerData as Conversion))
