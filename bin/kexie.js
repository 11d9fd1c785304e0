#!/usr/bin/env node
// `npx kexie …`: npx puts node_modules/.bin first on the PATH, so this runs on the project's own Node 24.
import '../src/cli.ts'
