import { expect, test } from 'vitest'
import { DatabaseSilent } from './idle-timeout-socket.ts'
import { isDatabaseOutage } from './is-database-outage.ts'

const withFacts = (message: string, facts: object) => Object.assign(new Error(message), facts)

// As seen from Prisma 7.10 and pg 8.23 with connections cut, refused, reset and hanging.
test.each([
  ['Prisma, unreachable', withFacts("Can't reach database server", { code: 'P1001' })],
  ['Prisma, no transaction in time', withFacts('Transaction API error', { code: 'P2028' })],
  [
    'a raw query, cancelled',
    withFacts('Raw query failed', {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode: '57014' } } },
    }),
  ],
  ['COMMIT on a lost connection', withFacts('ConnectionClosed', { cause: { kind: 'ConnectionClosed' } })],
  ['pg, shut down', withFacts('terminating connection', { code: '57P01' })],
  ['pg, starting up', withFacts('the database system is starting up', { code: '57P03' })],
  ['pg, cut', new Error('Connection terminated unexpectedly')],
  ['pg, no connection free', new Error('timeout exceeded when trying to connect')],
  ['the network', withFacts('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
  ['both addresses of localhost', new AggregateError([withFacts('no', { code: 'ECONNREFUSED' })])],
  ['silence', new DatabaseSilent(500)],
])('%s is an outage', (_name, error) => {
  expect(isDatabaseOutage(error)).toBe(true)
})

test.each([
  ['a broken rule', withFacts('Unique constraint failed', { code: 'P2002' })],
  ['a missing table', withFacts('relation does not exist', { code: '42P01' })],
  ['wrong credentials', withFacts('password authentication failed', { code: '28P01' })],
  ['a missing database', withFacts('database does not exist', { code: '3D000' })],
  ['a slip of ours', new TypeError('x is not a function')],
  ['no error at all', 'P1001'],
  ['an empty aggregate', new AggregateError([])],
])('%s is none', (_name, error) => {
  expect(isDatabaseOutage(error)).toBe(false)
})
