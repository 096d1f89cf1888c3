import { TransportError } from '@kinpass/trpc-taro'

type Fields = Readonly<Record<string, 'string' | 'number'>>

const pair: Fields = { token: 'string', refreshToken: 'string', expiresInSeconds: 'number' }
const person: Fields = { nickName: 'string', maskedPhone: 'string', joinedAt: 'string' }
const device: Fields = { id: 'string', lastUsedAt: 'string' }

/** What the app cannot do without, of each answer. */
const fits = {
  tokens: (answer: unknown) => has(answer, pair),
  member: (answer: unknown) => has(answer, person),
  login: (answer: unknown) => has(answer, { ...pair, nickName: 'string' }) && has(answer.member, person),
  sessions: (answer: unknown) =>
    has(answer, {}) && Array.isArray(answer.sessions) && answer.sessions.every((one) => has(one, device)),
}

/**
 * Passes an answer on if a screen can show it. A proxy, a hotel or a cache may answer 200 with something that only
 * looks like the API's.
 *
 * @throws {TransportError} `unreadable`
 */
export function assertResponse(kind: keyof typeof fits): <Answer>(answer: Answer) => Answer {
  return (answer) => {
    if (fits[kind](answer)) return answer
    throw new TransportError('unreadable')
  }
}

function has(value: unknown, fields: Fields): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const found = new Map(Object.entries(value))
  return Object.entries(fields).every(([name, type]) => typeof found.get(name) === type)
}
