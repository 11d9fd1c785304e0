/** A kind of event, as a file of knowledge/events says it. */
export interface EventKind {
  /** Name of the file: `forum`. */
  name: string
  title: { 'zh-CN': string; en: string }
}

export interface EventKinds {
  all(): readonly EventKind[]
  /** Null: no file of that name. */
  byName(name: string): EventKind | null
}

/**
 * The kinds of a folder, one YAML file each. A file that cannot be taken up is refused with a reason, and the others
 * hold. No folder: no kinds.
 */
export async function openEventKinds(_options: {
  folder: string
  refused: (file: string, reason: string) => void
}): Promise<EventKinds> {
  return { all: () => [], byName: () => null }
}
