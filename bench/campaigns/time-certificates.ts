import { type Certificate, writeCertificates } from '../../src/documents/certificates.ts'

export interface CertificateFigures {
  /** Pages of one file. */
  pages: number
  files: number
  seconds: number
  /** Of all files. */
  bytes: number
}

const now = new Date('2026-05-20T00:00:00Z')

/** Certificates as people fetch them, a file each, and as the organiser does, all in one. */
export async function timeCertificates(count: number): Promise<CertificateFigures[]> {
  const all = Array.from(
    { length: count },
    (_, n): Certificate => ({
      ...{ kind: 'person', holder: `第${n}位获奖者`, work: `第${n}号机床夹具改为快换式` },
      ...{ campaign: '2026 年合理化建议月', award: '创新标兵', organisation: '华北重工科学技术协会' },
      ...{ day: '2026-05-20', number: `ZS-2026-${String(n + 1).padStart(4, '0')}` },
    }),
  )
  // The fonts are read once, by whoever comes first.
  await writeCertificates(all.slice(0, 1), 'zh-CN', now)
  return [await time(all.map((one) => [one])), await time([all])]
}

async function time(files: readonly (readonly Certificate[])[]): Promise<CertificateFigures> {
  const start = performance.now()
  let bytes = 0
  for (const certificates of files)
    bytes += (await writeCertificates(certificates, 'zh-CN', now)).bytes.length
  return { pages: files[0]!.length, files: files.length, seconds: (performance.now() - start) / 1000, bytes }
}
