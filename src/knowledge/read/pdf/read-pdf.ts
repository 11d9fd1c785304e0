import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { readColumns } from './find-columns.ts'
import type { Line, TextItem } from './lay-out-page.ts'
import { layOutPage } from './lay-out-page.ts'
import { printLines } from './print-lines.ts'
import { removeRunningLines } from './running-lines.ts'

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/**
 * The text of a PDF in reading order, without headers, footers and page numbers, and without watermarks across
 * the page. pdf.js itself and not LangChain's PDFLoader, which gives the text without its places, and none at all
 * where the fonts are not embedded: the character maps of Chinese fonts are handed over here.
 * @throws Error named PasswordException, or any other where the file is broken.
 */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const loading = getDocument({
    // The library takes the buffer away from whoever hands it over.
    data: Uint8Array.from(bytes),
    cMapUrl: `${join(library, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(library, 'standard_fonts')}/`,
    wasmUrl: `${join(library, 'wasm')}/`,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const document = await loading.promise
    const pages: Line[][] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      pages.push(layOutPage(await readItems(page)))
      page.cleanup()
    }
    return printLines(removeRunningLines(pages).map(readColumns))
  } finally {
    await loading.destroy()
  }
}

async function readItems(page: PDFPageProxy): Promise<TextItem[]> {
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  return items.flatMap((item) => {
    if (!('str' in item)) return []
    const [a, b, c, d, e, f] = item.transform as number[]
    const [x, y] = viewport.convertToViewportPoint(e!, f!) as [number, number]
    const [ahead, beside] = viewport.convertToViewportPoint(e! + a!, f! + b!) as [number, number]
    // Text that runs aslant is a watermark.
    if (Math.min(Math.abs(ahead - x), Math.abs(beside - y)) > Math.hypot(a!, b!) * 0.1) return []
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(c!, d!) || item.height || 1 }]
  })
}
