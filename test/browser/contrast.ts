import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The last element of each selector stands out from its ground as WCAG AA asks of text of normal size. */
export async function expectContrast(page: Page, selectors: string[]): Promise<void> {
  for (const selector of selectors) {
    const [ink, ground] = await page.evaluate<[string, string]>(
      `(${groundOf})([...document.querySelectorAll(${JSON.stringify(selector)})].at(-1))`,
    )
    expect(contrast(ink, ground), selector).toBeGreaterThanOrEqual(4.5)
  }
}

/** In the page: the colour of an element's text, and of the first opaque ground behind it. */
const groundOf = `(element) => {
  const ink = getComputedStyle(element).color
  let behind = element
  while (behind && /, 0\\)$|^transparent$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement
  return [ink, getComputedStyle(behind).backgroundColor]
}`

/** Relative luminance of rgb(…), from 0 to 1 (WCAG 2.2). */
export function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio, 1 to 21; WCAG AA asks for 4.5 (text of normal size). */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
