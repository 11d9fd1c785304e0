/** — 3 —, - 3 -, ·3·, 第 3 页, 第 3 页 共 9 页, 3 / 9, Page 3 of 9, and, where asked for, a bare 3. */
export function isPageNumber(line: string, bare = true): boolean {
  const text = line.trim()
  if (text.length > 24 || !/\d/.test(text)) return false
  return (
    /^[-—–－·]{1,2}\s{0,2}\d{1,4}\s{0,2}[-—–－·]{1,2}$/.test(text) ||
    /^第\s{0,2}\d{1,4}\s{0,2}页(?:\s{0,2}[/，,（(]?\s{0,2}共\s{0,2}\d{1,4}\s{0,2}页[)）]?)?$/.test(text) ||
    /^(?:Page )?\d{1,4} ?(?:\/|of) ?\d{1,4}$/.test(text) ||
    /^Page \d{1,4}$/.test(text) ||
    (bare && /^\d{1,4}$/.test(text))
  )
}
