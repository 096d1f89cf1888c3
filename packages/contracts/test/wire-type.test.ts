import type { inferTRPCClientTypes } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { AppRouter, ErrorData } from '../src/index.ts'

test('a client of the router has the type of a failed call', () => {
  expectTypeOf<inferTRPCClientTypes<AppRouter>['errorShape']['data']>().toEqualTypeOf<ErrorData>()
})
