import { PlainError } from '../../messages/plain-error.ts'
import type { NumberedRemark } from './answers.ts'

/**
 * Ids of the remarks that are named by their numbers, such as `1、3-5`. Throws PlainError that names what is no number of
 * theirs.
 */
export function readAdopted(
  text: string,
  remarks: readonly Pick<NumberedRemark, 'id' | 'number'>[],
): string[] {
  const byNumber = new Map(remarks.map(({ number, id }) => [number, id]))
  const parts = text
    .normalize('NFKC')
    .split(/[、,;\s]+/)
    .filter((part) => part !== '')
  const found = parts.flatMap((part) => {
    const [, first = '', last = first] = /^(\d{1,5})(?:[-–—~](\d{1,5}))?$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last)]
    const isThere = first !== '' && from <= to && byNumber.has(from) && byNumber.has(to)
    if (!isThere)
      throw new PlainError('consultations:refused.number', { part: part.slice(0, 20), most: remarks.length })
    return Array.from({ length: to - from + 1 }, (_, at) => byNumber.get(from + at)!)
  })
  return [...new Set(found)]
}
