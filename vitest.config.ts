import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.{ts,tsx}', 'console/**/*.test.{ts,tsx}', 'packs/**/*.test.ts', 'bench/**/*.test.ts', 'sdk/**/*.test.ts', 'integrations/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // A process a file: the embedded ClickHouse is bound to one folder a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { UV_THREADPOOL_SIZE: '16' },
  },
})
