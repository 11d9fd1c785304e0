import { setImmediate } from 'node:timers/promises'
import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import type { Day } from '../timers/calendar/day.ts'
import { chineseMonth } from './chinese-date.ts'
import { openPdf, type Pdf } from './pdf.ts'

/** What stands on a certificate. */
export interface Certificate {
  /** Of `person` 同志 is said behind the name. */
  kind: 'person' | 'organisation'
  /** Whom it honours. */
  holder: string
  /** What it is given for, such as the name of an entry; empty: for all that was done. */
  work: string
  campaign: string
  award: string
  /** Which gives it, and whose seal is put on it. */
  organisation: string
  day: Day
  number: string
}

const page = { width: 841.89, height: 595.28 }
const inset = 92
const colours = { frame: '#b8860b', title: '#b01e1e', text: '#1f1f1f', faint: '#6b6b6b' }

/** Pages after which others of this process have their turn; some 10 ms. */
const pagesAtOnce = 20

/**
 * Certificates as one PDF, A4 landscape, a page each, with room for the seal over the name of the organisation.
 * @returns Also the characters that the font lacks; 〓 stands in their place, to be written in by hand.
 */
export async function writeCertificates(
  certificates: readonly Certificate[],
  language: Language,
  now: Date,
): Promise<{ bytes: Uint8Array; missing: string[] }> {
  const title = translate(language, 'documents:certificate.title')
  const pdf = openPdf(title, now)
  for (const [at, certificate] of certificates.entries()) {
    if (at > 0 && at % pagesAtOnce === 0) await setImmediate()
    drawPage(pdf, certificate, language)
  }
  return pdf.finish()
}

const greetings = {
  person: 'documents:certificate.person',
  organisation: 'documents:certificate.organisation',
}

function drawPage(pdf: Pdf, certificate: Certificate, language: Language): void {
  const { doc } = pdf
  doc.addPage({ size: 'A4', layout: 'landscape', margin: 0 })
  drawFrame(doc)
  const say = (key: string, values: Record<string, string> = {}) =>
    pdf.plain(translate(language, key, values))
  const room = page.width - 2 * inset
  const put = { width: room, lineBreak: false }

  const title = say('documents:certificate.title')
  pdf.use('black', 54).fillColor(colours.title)
  doc.text(title, inset, 88, { ...put, align: 'center', characterSpacing: language === 'en' ? 1 : 18 })

  const { holder, work, campaign, award, organisation, day, number } = certificate
  const greeting = say(greetings[certificate.kind], { holder })
  const size = pdf.sizeFor(greeting, 'bold', room, 28, 16)
  pdf.use('bold', size).fillColor(colours.text)
  doc.text(greeting, inset, 192, { width: room, lineGap: 4 })

  const body =
    work === ''
      ? say('documents:certificate.text', { campaign, award })
      : say('documents:certificate.text-of-work', { campaign, award, work })
  const top = Math.max(248, doc.y + 14)
  // What is long is set smaller, so that it never reaches the seal.
  let bodySize = 22
  const options = () => ({
    width: room,
    lineGap: bodySize * 0.6,
    indent: language === 'en' ? 0 : 2 * bodySize,
  })
  while (bodySize > 11 && pdf.use('regular', bodySize).heightOfString(body, options()) > 400 - top)
    bodySize -= 1
  pdf.use('regular', bodySize).fillColor(colours.text)
  doc.text(body, inset, top, { ...options(), height: 410 - top, ellipsis: true })

  const by = pdf.plain(organisation)
  const half = room * 0.62
  const bySize = pdf.sizeFor(by, 'bold', half, 20, 13)
  pdf.use('bold', bySize).fillColor(colours.text)
  // A name that has no room in one line has two, which end where the one does.
  const byTop = doc.widthOfString(by) > half ? 418 : 428
  doc.text(by, inset + room - half, byTop, { width: half, align: 'right', height: 44, ellipsis: true })
  pdf.use('regular', 18)
  doc.text(pdf.plain(monthOf(day, language)), inset + room - half, 464, {
    ...put,
    width: half,
    align: 'right',
  })
  pdf.use('regular', 12).fillColor(colours.faint)
  doc.text(say('documents:certificate.number', { number }), inset, 490, put)
}

/** Two lines around the page, and corners that turn inwards. */
function drawFrame(doc: PDFKit.PDFDocument): void {
  doc.lineWidth(3).strokeColor(colours.frame)
  doc.rect(30, 30, page.width - 60, page.height - 60).stroke()
  doc.lineWidth(0.8)
  const [edge, turn] = [40, 22]
  const [left, top, right, bottom] = [edge, edge, page.width - edge, page.height - edge]
  doc
    .moveTo(left + turn, top)
    .lineTo(right - turn, top)
    .lineTo(right - turn, top + turn)
    .lineTo(right, top + turn)
    .lineTo(right, bottom - turn)
    .lineTo(right - turn, bottom - turn)
    .lineTo(right - turn, bottom)
    .lineTo(left + turn, bottom)
    .lineTo(left + turn, bottom - turn)
    .lineTo(left, bottom - turn)
    .lineTo(left, top + turn)
    .lineTo(left + turn, top + turn)
    .closePath()
    .stroke()
}

function monthOf(day: Day, language: Language): string {
  if (language !== 'en') return chineseMonth(day)
  return new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  )
}
