import type { Handlers, RequestContext } from '../src/index.ts'

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

const unused = () => Promise.reject(new Error('this handler is not part of the test'))

/** Handlers that reject, except the given ones. */
export function handlersWith(given: Partial<Handlers<TestAuth>>): Handlers<TestAuth> {
  const session = {
    prepare: unused,
    resume: unused,
    renew: unused,
    list: unused,
    revoke: unused,
    logout: unused,
    logoutEverywhere: unused,
  }
  return { login: unused, me: unused, session, ...given }
}
