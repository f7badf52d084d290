import { Worker } from 'node:worker_threads'

/** Starts a module of this folder as a thread. Built it is JavaScript; run from source, as tests do, tsx reads it. */
export function startThread(name: string, workerData: unknown): Worker {
  if (import.meta.url.endsWith('.js')) return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData })
  const [module, parent] = [new URL(`./${name}.ts`, import.meta.url).href, import.meta.url]
  const program = `import('tsx/esm/api').then((tsx) => tsx.tsImport('${module}', '${parent}'))`
  return new Worker(program, { eval: true, workerData, execArgv: ['--conditions=source'] })
}
