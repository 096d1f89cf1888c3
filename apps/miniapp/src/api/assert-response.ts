import { TransportError } from '@kinpass/trpc-taro'

type Fields = Readonly<Record<string, 'string' | 'number'>>

const tokenPairFields: Fields = { token: 'string', refreshToken: 'string', expiresInSeconds: 'number' }
const memberFields: Fields = { nickName: 'string', maskedPhone: 'string', joinedAt: 'string' }
const sessionFields: Fields = { id: 'string', lastUsedAt: 'string' }

/** The fields of each response that the app cannot do without. */
const shapes = {
  tokens: (response: unknown) => hasFields(response, tokenPairFields),
  member: (response: unknown) => hasFields(response, memberFields),
  login: (response: unknown) =>
    hasFields(response, { ...tokenPairFields, nickName: 'string' }) &&
    hasFields(response.member, memberFields),
  sessions: (response: unknown) =>
    hasFields(response, {}) &&
    Array.isArray(response.sessions) &&
    response.sessions.every((session) => hasFields(session, sessionFields)),
}

/**
 * Returns a function that passes a response on if it has the fields of its shape.
 *
 * A proxy, a captive portal or a cache may respond 200 with a body that only resembles the API's.
 *
 * @throws {TransportError} `unreadable` (the returned function)
 */
export function assertResponse(shape: keyof typeof shapes): <Output>(response: Output) => Output {
  return (response) => {
    if (shapes[shape](response)) return response
    throw new TransportError('unreadable')
  }
}

function hasFields(value: unknown, fields: Fields): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const found = new Map(Object.entries(value))
  return Object.entries(fields).every(([name, type]) => typeof found.get(name) === type)
}
