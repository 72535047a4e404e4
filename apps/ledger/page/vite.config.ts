import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
import { licensesOf } from '../../../tooling/build/src/licensesOf.ts'

/** Writes the licences of the bundled packages next to the page. */
const licenses: Plugin = {
  name: 'licenses',
  generateBundle(_, output) {
    const modules = Object.values(output).flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []))
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: licensesOf(modules) })
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // a proxy may have the page below a path: its addresses are relative, here and in the source
  base: './',
  plugins: [react(), licenses],
  // the packages as they stand in the source: the page needs no build of theirs
  resolve: { conditions: ['@finetune-kit/source', ...defaultClientConditions] },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  cacheDir: '../node_modules/.vite',
  logLevel: 'warn',
})
