import path from 'node:path'
import { build } from 'vite'

/** Two files from one source: `daystar.js` for the script tag, `index.js` for bundlers. Both for ES2018, neither needs `eval`. */
const here = import.meta.dirname

/** @param {string} entry @param {'iife' | 'es'} format @param {string} file */
const bundle = (entry, format, file) =>
  build({
    configFile: false,
    root: here,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: path.join(here, 'dist'),
      emptyOutDir: false,
      target: 'es2018',
      lib: { entry: path.join(here, 'src', entry), formats: [format], name: 'daystarTag', fileName: () => file },
    },
  })

await bundle('tag.ts', 'iife', 'daystar.js')
await bundle('index.ts', 'es', 'index.js')
