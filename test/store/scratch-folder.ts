import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const enough = 2 * 1024 ** 3

/**
 * Where tests put their databases: in memory where there is room, since a PostgreSQL database of its own for each test is
 * hundreds of small files. No test cuts the power, so nothing depends on a disk.
 */
export function scratchFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > enough ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
