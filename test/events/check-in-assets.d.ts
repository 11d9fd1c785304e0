/** What tests call of the scripts of check-in, which are served as they are. */
declare module '*/check-in-list.js' {
  type List = import('../../src/features/events/check-in/signed-list.ts').CheckInList
  type Guest = import('../../src/features/events/check-in/signed-list.ts').ListedGuest
  interface Noted {
    token: string
    registration?: string
    undo?: boolean
    at: string
    result?: string
  }
  export function readCode(text: string): { code: string; tag: string; short: boolean } | null
  export function hashOf(code: string, subtle?: SubtleCrypto | null): Promise<string | null>
  export function judgeCode(
    list: List,
    inside: Record<string, string>,
    text: string,
    at: number,
    subtle?: SubtleCrypto | null,
  ): Promise<{ result: string; guest: Guest | null }>
  export function judgeGuest(list: List, inside: Record<string, string>, guest: Guest, at: number): string
  export function insideWith(known: Record<string, string>, queue: readonly Noted[]): Record<string, string>
  export function nextBatch<T extends Noted>(queue: readonly T[], most: number): T[]
  export function named(guests: readonly Guest[], typed: string): Guest[]
  export function matching(guests: readonly Guest[], typed: string): Guest[]
}

declare module '*/check-in-store.js' {
  interface Kept {
    list: { expiresAt: string; offset: number } | null
    queue: readonly object[]
  }
  export function openStore(event: string, storage: Storage): Kept
  export function clearOld(storage: Storage, now: number): void
}
