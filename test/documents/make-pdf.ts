import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

/** A font with Chinese characters. */
export const chineseFont = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
)

/** A PDF on A4 that `write` fills. */
export async function makePdf(
  write: (pdf: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', ...options })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => pdf.on('end', () => resolve()))
  write(pdf)
  pdf.end()
  await done
  return new Uint8Array(Buffer.concat(chunks))
}
