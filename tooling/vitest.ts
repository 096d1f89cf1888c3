import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'

/** Vitest for one package of the workspace: its own settings laid over what all packages share. */
export function kinpassTests(own: ViteUserConfig = {}): ViteUserConfig {
  return mergeConfig(
    defineConfig({
      test: {
        include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
        setupFiles: [new URL('./vitest-setup.ts', import.meta.url).pathname],
        reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
        typecheck: { enabled: false },
        testTimeout: 20_000,
        hookTimeout: 60_000,
      },
    }),
    own,
  )
}
