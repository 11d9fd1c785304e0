import { type SourceFiles, withoutComments } from './source-files.ts'

interface Rule {
  name: string
  /** Paths of the files that are looked at. */
  files: RegExp
  except?: RegExp
  pattern: RegExp
  /** Comments may say it, in code it is wrong. */
  inCodeOnly?: true
}

const code = /\.(?:ts|js)$/
const anything = /./
/** Words that nothing may hold are put together here, or this file would hold them. */
const word = (...pieces: string[]) => pieces.join('')
const machineFolders = ['work', 'root', 'home', 'Users', 'mnt', 'private', 'workspace'].join('|')

const rules: Rule[] = [
  {
    name: 'a test that does not run, or runs alone',
    files: /\.ts$/,
    pattern:
      /\b(?:test|it|describe|suite|bench)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b|\b(?:context|ctx|task)\.skip\(/,
    inCodeOnly: true,
  },
  {
    name: 'work left for later',
    files: anything,
    except: /^knowledge\/|^test\/data\/|^package-lock\.json$/,
    pattern: new RegExp(
      `\\b(?:${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('X', 'XX')}|${word('HA', 'CK')})\\b`,
    ),
  },
  {
    name: 'a type given up',
    files: /\.ts$/,
    pattern: /\bas any\b(?! [a-z])|<a[n]y>|: any\b(?=[,;)=\]]|$)/m,
    inCodeOnly: true,
  },
  {
    name: 'a check turned off',
    files: code,
    pattern: new RegExp(
      `@${word('ts-', '(?:ignore|expect-error|nocheck)')}|${word('biome', '-ignore-all')}|${word('eslint', '-disable')}`,
    ),
  },
  {
    name: 'output outside of the command line',
    files: /^src\/.*\.(?:ts|js)$/,
    except: /^src\/(?:cli\.ts$|command-line\/)|\.test\.ts$/,
    pattern: /\bconsole\.(?:log|info|debug|warn|error|trace|dir)\b/,
    inCodeOnly: true,
  },
  {
    name: 'a path of one machine',
    files: anything,
    pattern: new RegExp(
      `(?<![\\w.)\\]}/-])/(?:${machineFolders})/[\\w.-]|\\b[A-Z]:\\\\\\\\?(?:Users|Windows)\\b`,
    ),
  },
  {
    name: 'the host of a package registry',
    files: anything,
    pattern: new RegExp(
      `\\b(?:${word('reg', 'istry')}|npm|mirrors?|artifactory|nexus|pypi)\\.[a-z0-9-]+\\.[a-z]{2,}|${word('npm', 'mirror')}`,
      'i',
    ),
  },
]

/** Files may have about 300 lines; who needs more says why here. */
export const longerFiles: Record<string, string> = {
  'src/features/policy/policy-feature.test.ts':
    'Answers, buttons and the model, against one library that takes seconds to build.',
  'test/model/chat-model.test.ts': 'Each way in which a model’s service fails, against one scripted server.',
}
const mostLines = 320

/** Where files go against the house's style, one line each. */
export function findOffences(files: SourceFiles): string[] {
  return [...files].flatMap(([path, source]) => [
    ...rules
      .filter((rule) => rule.files.test(path) && !rule.except?.test(path))
      .flatMap(({ name, pattern, inCodeOnly }) => {
        const found = pattern.exec(inCodeOnly ? withoutComments(source) : source)
        return found ? [`${path}: ${name} (${found[0].trim()})`] : []
      }),
    ...(code.test(path) && countLines(source) > mostLines && !(path in longerFiles)
      ? [`${path}: ${countLines(source)} lines, more than ${mostLines}`]
      : []),
  ])
}

export function countLines(source: string): number {
  return source.replace(/\n$/, '').split('\n').length
}

const vagueName = /(?:^|[/-])(?:utils?|helpers?|misc|common|manager|stuff)\.(?:ts|js)$/

/** Files whose name does not say what is inside, or is not written in lower case with hyphens. */
export function findVagueNames(paths: Iterable<string>): string[] {
  return [...paths].filter(
    (path) => code.test(path) && (vagueName.test(path) || !/^[a-z0-9.-]+$/.test(path.replace(/^.*\//, ''))),
  )
}
