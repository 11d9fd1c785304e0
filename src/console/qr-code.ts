import { html, raw } from 'hono/html'
import encodeQR from 'qr'
import type { Html } from '../platforms/web/plain-page.ts'

/** A QR code of an address, as wide as its place. Dark on light in every theme: phones do not read it the other way. */
export function qrCode(address: string, label: string): Html {
  // Q: a quarter may be lost, as on a poster in a workshop. The border of four modules is the standard's (ISO/IEC 18004).
  const svg = encodeQR(address, 'svg', { ecc: 'quartile', border: 4 })
  return html`<div class="qr-code" role="img" aria-label="${label}">${raw(svg)}</div>`
}
