import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Kind } from '../definition/schema.ts'
import { type LedgerTemplate, readTemplate } from './template.ts'

/** Templates that lie in the house, one file each: `knowledge/ledgers/*.yaml`, or a workbook's head. */
export interface NamedTemplates {
  /** Their names: the files' without the end. */
  names(): string[]
  /** Throws PlainError where there is none of this name, or it is none. */
  read(name: string, kinds: readonly Kind[]): Promise<LedgerTemplate>
}

/** The folder is looked at anew each time: whoever puts a file there uses it at once. */
export function namedTemplates(folder: string): NamedTemplates {
  const files = () =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => /^[^.].*\.(?:ya?ml|xlsx|csv)$/i.test(file))
          .toSorted()
      : []
  const nameOf = (file: string) => basename(file).replace(/\.[^.]*$/, '')
  return {
    names: () => files().map(nameOf),
    async read(name, kinds) {
      // Found among what lies there, so that no name leads out of the folder.
      const file = files().find((one) => nameOf(one) === name)
      if (file === undefined)
        throw new PlainError('submissions:ledger.no-template', { name: name.slice(0, 60) })
      return readTemplate(readFileSync(join(folder, file)), file, kinds)
    },
  }
}
