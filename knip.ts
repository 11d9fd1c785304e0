import type { KnipConfig } from 'knip'

/**
 * What nothing uses. `knip` looks at everything; `knip --production` only at what the product runs (marked `!`),
 * so that code in src/ which only tests use is found as well.
 */
export default ({ production }: { production?: boolean }): KnipConfig => ({
  entry: [
    'src/main.ts!',
    'src/platforms/web/assets/*.js!',
    'src/console/assets/*.js!',
    'bench/*.ts',
    'scripts/*.ts',
    'test/**/*.test.ts',
    'test/house/failing-run/*.ts',
  ],
  project: [
    'bin/**/*.js!',
    'src/**/*.{ts,js}!',
    // The way back from a structure to its text, by which the parser is tested and measured.
    '!src/knowledge/parse/render-structure.ts!',
    'bench/**/*.ts',
    'scripts/**/*.ts',
    'test/**/*.ts',
  ],
  // An export needs another file that uses it: of the product or, for what is tested by itself, a test. A type
  // goes with the exported function that takes or gives it, even where nobody names it yet.
  ignoreExportsUsedInFile: production ? true : { interface: true, type: true },
  // LangChain loads these two by name, as MODEL_PROVIDER says; read-document.test.ts resolves the font's file.
  ignoreDependencies: ['@langchain/ollama', '@langchain/openai', '@expo-google-fonts/noto-sans-sc'],
  treatConfigHintsAsErrors: true,
})
