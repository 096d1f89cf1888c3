import { type Call, Failure, procedures } from '@kinpass/contracts'
import { describe, expect, test } from 'vitest'
import type { AuditFailures } from './audit/audit-failures.ts'
import { createConcurrencyLimiter } from './http/concurrency-limiter.ts'
import { createMiddleware } from './middleware.ts'

const ctx = {
  requestId: 'r-1',
  authorization: undefined,
  installationId: '',
  deviceName: undefined,
  address: '127.0.0.1',
}
const loginCall: Call = { path: 'login', declaration: procedures.login, ctx }
const meCall: Call = { path: 'me', declaration: procedures.me, ctx }

function setUp(options: { isOpen?: boolean } = {}) {
  const limiter = createConcurrencyLimiter({ maxConcurrent: 1 })
  if (options.isOpen ?? true) limiter.open()
  const audited: string[] = []
  const auditFailures: AuditFailures = async ({ path }, next) => {
    audited.push(path)
    return await next()
  }
  return { audited, middleware: createMiddleware({ limiter, auditFailures }) }
}

describe('the middleware of every call', () => {
  test('a call that the limiter refuses is not audited and never reaches the handler', async () => {
    const { audited, middleware } = setUp({ isOpen: false })
    const call = middleware(loginCall, () => Promise.reject(new Error('the handler was called')))
    await expect(call).rejects.toThrow('SERVICE_UNAVAILABLE')
    expect(audited).toEqual([])
  })

  test('failures are audited where it is declared, and nowhere else', async () => {
    const { audited, middleware } = setUp()
    await middleware(meCall, async () => 'alice')
    expect(audited).toEqual([])
    await middleware(loginCall, async () => 'alice')
    expect(audited).toEqual(['login'])
  })

  test('a database outage is SERVICE_UNAVAILABLE with its cause', async () => {
    const { middleware } = setUp()
    const outage = Object.assign(new Error('the connection was refused'), { code: 'ECONNREFUSED' })
    const error = await middleware(meCall, () => Promise.reject(outage)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: outage })
  })

  test('any other error passes unchanged', async () => {
    const { middleware } = setUp()
    const failure = new Failure('LOGIN_CODE_SPENT')
    await expect(middleware(loginCall, () => Promise.reject(failure))).rejects.toBe(failure)
  })
})
