import { type Handlers, type ProcedureDeclarations, procedures, type RequestContext } from '../src/index.ts'

/** The session of these tests. */
export interface TestAuth {
  readonly memberId: string
}

export const context: RequestContext = {
  requestId: 'r-7',
  authorization: 'Bearer token of alice',
  installationId: '',
  deviceName: undefined,
  address: '127.0.0.1',
}

/** Handlers for every declared procedure: the given ones, and others that reject. */
export function handlersWith(given: Partial<Handlers<TestAuth>>): Handlers<TestAuth> {
  return { ...(rejectingHandlers(procedures) as Handlers<TestAuth>), ...given } // Same keys as the declarations.
}

function rejectingHandlers(declarations: ProcedureDeclarations): object {
  const reject = () => Promise.reject(new Error('this handler is not part of the test'))
  const entries = Object.entries(declarations).map(([name, declaration]) => [
    name,
    typeof declaration.type === 'string' ? reject : rejectingHandlers(declaration as ProcedureDeclarations),
  ])
  return Object.fromEntries(entries)
}
