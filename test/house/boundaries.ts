import { findCycles, findImports, type Import } from './imports.ts'
import { type SourceFiles, withoutComments } from './source-files.ts'
import { findForeignTables } from './table-owners.ts'

interface Rule {
  /** As it reads in a report. */
  name: string
  breaks(found: Import): boolean
}

/** Only files below `folder` may import the packages. */
function only(folder: string, packages: RegExp, except: (found: Import) => boolean = () => false): Rule {
  return {
    name: `only ${folder} imports this`,
    breaks: (found) =>
      !found.isFile && packages.test(found.to) && !found.from.startsWith(folder) && !except(found),
  }
}

/** Files below `folder` import no file below the others. */
function never(folder: string, ...others: string[]): Rule {
  return {
    name: `${folder} does not import ${others.join(', ')}`,
    breaks: ({ from, to, isFile }) =>
      isFile && from.startsWith(folder) && others.some((other) => to.startsWith(other)),
  }
}

const readsDocuments = ({ from, to }: Import) =>
  from.startsWith('src/knowledge/read/') &&
  (to.startsWith('@langchain/community/document_loaders/') || to === '@langchain/core/documents')

/** Files below `folder` import files of the named places of src alone, and their own. */
function onlyFrom(folder: string, ...places: string[]): Rule {
  return {
    name: `${folder} imports nothing but ${places.join(', ')}`,
    breaks: ({ from, to, isFile }) =>
      isFile &&
      from.startsWith(folder) &&
      to.startsWith('src/') &&
      ![folder, ...places].some((place) => to.startsWith(place)),
  }
}

/** The second folder of a path below `parent`, such as `web` in `src/platforms/web/page.ts`. */
function partOf(path: string, parent: string): string | undefined {
  const [first, ...rest] = path.startsWith(parent) ? path.slice(parent.length).split('/') : []
  return rest.length > 0 ? first : undefined
}

const rules: Rule[] = [
  only('src/platforms/feishu/', /^@larksuiteoapi\//),
  only('src/platforms/slack/', /^@slack\//),
  only('src/model/', /^(?:langchain|@langchain)(?:\/|$)|^(?:openai|ollama)(?:\/|$)/, readsDocuments),
  only('src/store/', /^(?:sqlite3|node:sqlite|better-sqlite3|pg|pg-.*|postgres|kysely-generic-.*)(?:\/|$)/),
  {
    name: 'chat/ imports nothing but itself',
    breaks: ({ from, to, isFile }) => from.startsWith('src/chat/') && !(isFile && to.startsWith('src/chat/')),
  },
  never('src/knowledge/', 'src/features/', 'src/platforms/', 'src/model/'),
  never(
    'src/platforms/',
    'src/features/',
    'src/intake/',
    'src/delivery/',
    'src/conversation/',
    'src/events/',
    'src/timers/',
    'src/forms/',
    'src/console/',
  ),
  never('src/messages/', 'src/features/', 'src/platforms/', 'src/knowledge/', 'src/model/', 'src/store/'),
  never('src/model/', 'src/features/', 'src/platforms/', 'src/store/'),
  never('src/store/', 'src/features/', 'src/platforms/', 'src/knowledge/', 'src/model/'),
  never('src/people/', 'src/features/', 'src/platforms/', 'src/console/', 'src/model/'),
  never('src/', 'test/', 'bench/', 'scripts/'),
  // What turns in the house, from the inside out: each may be taken out and tested with a store alone.
  onlyFrom('src/workers/'),
  onlyFrom('src/log/', 'src/platforms/logger.ts'),
  onlyFrom('src/events/', 'src/chat/', 'src/store/', 'src/workers/', 'src/platforms/logger.ts'),
  onlyFrom(
    'src/timers/',
    'src/chat/',
    'src/knowledge/',
    'src/messages/',
    'src/people/',
    'src/store/',
    'src/workers/',
  ),
  onlyFrom(
    'src/delivery/',
    'src/chat/',
    'src/messages/',
    'src/people/',
    'src/seal/',
    'src/store/',
    'src/workers/',
  ),
  onlyFrom('src/seal/', 'src/chat/', 'src/messages/', 'src/people/', 'src/store/'),
  onlyFrom(
    'src/forms/',
    'src/chat/',
    'src/conversation/',
    'src/knowledge/',
    'src/messages/',
    'src/people/',
    'src/seal/',
    'src/store/',
    'src/timers/',
  ),
  never('src/intake/', 'src/features/', 'src/platforms/web/', 'src/platforms/terminal/', 'src/console/'),
  never('src/intake/', 'src/knowledge/', 'src/model/', 'src/events/', 'src/timers/', 'src/forms/'),
  never(
    'src/conversation/',
    'src/features/',
    'src/platforms/',
    'src/intake/',
    'src/delivery/',
    'src/console/',
  ),
  never('src/metrics/', 'src/features/', 'src/platforms/', 'src/console/'),
  never('src/features/', 'src/platforms/', 'src/intake/', 'src/console/', 'src/metrics/'),
  {
    name: 'a feature meets another only at its port.ts',
    breaks: ({ from, to, isFile }) => {
      const own = partOf(from, 'src/features/')
      const other = partOf(to, 'src/features/')
      return isFile && !!own && !!other && own !== other && to !== `src/features/${other}/port.ts`
    },
  },
  {
    name: 'a platform does not import another one',
    breaks: ({ from, to, isFile }) => {
      const own = partOf(from, 'src/platforms/')
      const other = partOf(to, 'src/platforms/')
      return isFile && !!own && !!other && own !== other && other !== 'text'
    },
  },
]

/** LangChain reads some variables itself; they are deleted before it is loaded. */
const mayTouchEnvironment = ['src/config.ts', 'src/model/create-chat-model.ts']
const environment =
  /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*\[\s*['"]env|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b|\bloadEnvFile\b/

/** Where code crosses a boundary of the house, one line each; none if all is well. Tests are not looked at. */
export function findCrossings(files: SourceFiles): string[] {
  const imports = findImports(files)
  return [
    ...imports.flatMap((found) =>
      rules.filter((rule) => rule.breaks(found)).map(({ name }) => `${found.from} → ${found.to}: ${name}`),
    ),
    ...imports
      .filter(({ to, isFile }) => isFile && to.startsWith('src/') && to.endsWith('.ts') && !files.has(to))
      .map(({ from, to }) => `${from} → ${to}: there is no such file`),
    ...findCycles(imports).map((cycle) => `in a circle: ${cycle.join(' → ')}`),
    ...findForeignTables(files),
    ...[...files]
      .filter(
        ([path, source]) =>
          path.startsWith('src/') &&
          !mayTouchEnvironment.includes(path) &&
          environment.test(withoutComments(source)),
      )
      .map(([path]) => `${path}: only src/config.ts reads process.env`),
  ]
}
