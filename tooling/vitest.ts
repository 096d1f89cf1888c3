import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'

/** Returns the Vitest config of one package: the shared settings, overridden by its own. */
export function kinpassTests(own: ViteUserConfig = {}): ViteUserConfig {
  return mergeConfig(
    defineConfig({
      test: {
        include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
        setupFiles: [new URL('./vitest-setup.ts', import.meta.url).pathname],
        reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
        typecheck: { enabled: false },
        // Far beyond what a test needs, so that only a hang ends here, also on a busy machine.
        testTimeout: 600_000,
        hookTimeout: 600_000,
        expect: { poll: { timeout: 60_000 } },
      },
    }),
    own,
  )
}
