import { expect, test } from 'vitest'
import { DatabaseTimeoutError } from './idle-timeout-socket.ts'
import { isDatabaseOutage } from './is-database-outage.ts'

const errorWith = (message: string, fields: object) => Object.assign(new Error(message), fields)

// Recorded from Prisma 7.10 and pg 8.23 with connections cut, refused, reset and hanging.
test.each([
  ['P1001 of Prisma (unreachable)', errorWith("Can't reach database server", { code: 'P1001' })],
  ['P2028 of Prisma (no transaction in time)', errorWith('Transaction API error', { code: 'P2028' })],
  [
    'a cancelled raw query',
    errorWith('Raw query failed', {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode: '57014' } } },
    }),
  ],
  ['COMMIT on a lost connection', errorWith('ConnectionClosed', { cause: { kind: 'ConnectionClosed' } })],
  ['57P01 of pg (shutting down)', errorWith('terminating connection', { code: '57P01' })],
  ['57P03 of pg (starting up)', errorWith('the database system is starting up', { code: '57P03' })],
  ['a connection that pg lost', new Error('Connection terminated unexpectedly')],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
  ['a refused connection', errorWith('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
  [
    'a refused connection to both addresses of localhost',
    new AggregateError([errorWith('no', { code: 'ECONNREFUSED' })]),
  ],
  ['a connection without traffic', new DatabaseTimeoutError(500)],
])('%s is a database outage', (_name, error) => {
  expect(isDatabaseOutage(error)).toBe(true)
})

test.each([
  ['a violated constraint', errorWith('Unique constraint failed', { code: 'P2002' })],
  ['a missing table', errorWith('relation does not exist', { code: '42P01' })],
  ['wrong credentials', errorWith('password authentication failed', { code: '28P01' })],
  ['a missing database', errorWith('database does not exist', { code: '3D000' })],
  ['a bug in the service', new TypeError('x is not a function')],
  ['a value that is not an error', 'P1001'],
  ['an empty AggregateError', new AggregateError([])],
])('%s is not a database outage', (_name, error) => {
  expect(isDatabaseOutage(error)).toBe(false)
})
