import { PlainError } from '../../messages/plain-error.ts'
import type { CarrierExpert } from './records.ts'

const longest = 200
const mostLines = 100
const mark = /^\s*(?:[（(]?\d{1,3}[）).、．]|[-•·*])\s*/u

/** One need a line; numbers and dots before them are the list's, not theirs. Throws PlainError where a line is too long. */
export function parseNeeds(text: string): string[] {
  return linesOf(text)
}

/** 在职院士, alone between commas or in brackets behind a name. */
const standingMark = /^[（(]?(在职|退休)?院士[）)]?$|^[（(]?(retired )?academician[）)]?$/iu
const bracketed = /[（(](?:(?:在职|退休)?院士|(?:retired )?academician)[）)]/iu

/**
 * One expert a line: name, unit, field, parted by commas; 在职院士 or 退休院士 beside them, or a name that ends in 院士. Throws
 * PlainError where a line is too long.
 */
export function parseExperts(text: string): CarrierExpert[] {
  return linesOf(text).map((line) => {
    const parts = line.split(/[,，、;；|\t]/u).map((part) => part.trim())
    const marks = parts.flatMap((part) =>
      standingMark.test(part) ? part : (bracketed.exec(part)?.[0] ?? []),
    )
    const [name = '', unit = '', ...fields] = parts
      .filter((part, i) => i === 0 || (part !== '' && !standingMark.test(part)))
      .map((part) => part.replace(bracketed, '').trim())
    const [mark = /.院士$/u.test(name) ? name : ''] = marks
    const academician = /退休|retired/iu.test(mark) ? 'retired' : mark === '' ? 'none' : 'working'
    return { name: name || line, unit, field: fields.join('、'), academician }
  })
}

/** The lists again, as they are typed. */
export function expertLine({ name, unit, field, academician }: CarrierExpert): string {
  const standing = { none: '', working: '在职院士', retired: '退休院士' }[academician]
  return [name, unit, field, standing].filter((part) => part !== '').join('，')
}

function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.replace(mark, '').trim())
    .filter((line) => line !== '')
  if (lines.length > mostLines) throw new PlainError('carriers:too-many-lines', { most: mostLines })
  const long = lines.find((line) => Array.from(line).length > longest)
  if (long !== undefined) {
    throw new PlainError('carriers:line-too-long', {
      line: Array.from(long).slice(0, 12).join(''),
      most: longest,
    })
  }
  return lines
}
