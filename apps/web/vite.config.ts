import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { packed } from './packed-plugin.ts'
import { serviceWorker } from './service-worker-plugin.ts'
import { webSocketOnly } from './websocket-only-plugin.ts'

// `npm run dev` serves the page from here and the sockets from a server beside it.
const server = `http://localhost:${process.env.PORT ?? 3000}`

const WORKER = '/src/offline/service-worker.ts'

// Naming any condition replaces Vite's defaults, so they are repeated after 'source', which picks the packages' own sources.
export default defineConfig({
  plugins: [react(), webSocketOnly(), serviceWorker(WORKER), packed()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  server: { proxy: { '/socket.io': { target: server, ws: true } } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 1000,
    // What every visit needs is one file: twenty of a few hundred bytes each had more headers than content.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'], test: (id) => !id.endsWith(WORKER) }] } },
    },
  },
})
