import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Naming any condition replaces Vite's defaults, so they are repeated after 'source', which picks the packages' own sources.
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', assetsInlineLimit: 0, sourcemap: false },
})
