import type pg from 'pg'
import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'
import type { LoginSession } from '../generated/prisma/client.ts'
import type { StoredMember } from '../members/member-store.ts'
import { toStoredMember } from '../members/prisma-member-store.ts'
import type {
  SessionEndReason,
  SessionFinder,
  SessionStore,
  SessionWithMember,
  StoredSession,
} from './session-store.ts'

/** Sessions in PostgreSQL, through the client or in a transaction. */
export function createPrismaSessionStore(
  queries: Pick<PrismaClientOrTransaction, 'loginSession' | '$executeRaw'>,
): SessionStore {
  const { loginSession } = queries

  return {
    // In SQL: a model's insert needs several times its CPU, at every login.
    async start({ id, memberId, loginKey, repeatKey, isFirst, installationHash, ...session }) {
      const { deviceName, refreshHash, salt, keyId, startedAt, expiresAt } = session
      // A parallel login with the same code waits for this insert, and then inserts nothing.
      const count = await queries.$executeRaw`
        INSERT INTO login_session (id, member_id, login_key, repeat_key, is_first, installation_hash, device_name,
          refresh_hash, salt, key_id, started_at, rotated_at, last_used_at, expires_at)
        VALUES (${id}::uuid, ${memberId}, ${loginKey}, ${repeatKey}, ${isFirst}, ${installationHash}, ${deviceName},
          ${refreshHash}, ${salt}, ${keyId}, ${startedAt}, ${startedAt}, ${startedAt}, ${expiresAt})
        ON CONFLICT DO NOTHING`
      return count === 1
    },

    async rotate({ id, fromGeneration, at, ...next }) {
      const { count } = await loginSession.updateMany({
        where: { id, generation: fromGeneration, endedAt: null },
        data: { ...next, generation: fromGeneration + 1, rotatedAt: at, lastUsedAt: at },
      })
      return count === 1
    },

    async listActive(memberId, { at, idleSince }) {
      const rows = await loginSession.findMany({
        where: { memberId, endedAt: null, expiresAt: { gt: at }, lastUsedAt: { gt: idleSince } },
        orderBy: { lastUsedAt: 'desc' },
        take: 100,
      })
      return rows.map(toStoredSession)
    },

    async end({ id, memberId, reason, at }) {
      const { count } = await loginSession.updateMany({
        where: { id, memberId, endedAt: null },
        data: { endedAt: at, endReason: reason },
      })
      return count === 1
    },

    async endAll({ memberId, reason, at }) {
      const { count } = await loginSession.updateMany({
        where: { memberId, endedAt: null },
        data: { endedAt: at, endReason: reason },
      })
      return count
    },
  }
}

/** Converts a row; `loginKey` is left out. */
export function toStoredSession(row: Omit<LoginSession, 'loginKey'> & { loginKey?: string }): StoredSession {
  const { loginKey: _, endReason, ...session } = row
  return { ...session, endReason: endReason as SessionEndReason | null } // Written by `end` and `endAll` only.
}

/** Runs at every call with a token: one join in SQL needs a fifth of the CPU of Prisma's two queries. */
const SELECT_WITH_MEMBER = `
  SELECT member.*, session.id AS session_id, session.installation_hash, session.device_name, session.repeat_key,
    session.is_first, session.generation, session.refresh_hash, session.salt, session.key_id, session.started_at,
    session.rotated_at, session.last_used_at, session.expires_at, session.ended_at, session.end_reason
  FROM login_session session JOIN family_member member ON member.id = session.member_id`

/** Finds sessions in PostgreSQL, outside of a transaction. */
export function createSessionFinder(pool: Pick<pg.Pool, 'query'>): SessionFinder {
  async function find(condition: string, value: unknown): Promise<SessionWithMember | undefined> {
    const [row] = (await pool.query<Row>(`${SELECT_WITH_MEMBER} WHERE ${condition}`, [value])).rows
    if (!row) return undefined
    const memberId = BigInt(row.id)
    return {
      session: toStoredSession(sessionColumns(row, memberId)),
      member: toStoredMember(memberColumns(row, memberId)),
    }
  }

  return {
    byId: (id) => find('session.id = $1', id),
    byLoginKey: (digests) => find('session.login_key = ANY ($1)', digests),
  }
}

/** A row as `pg` returns it: bigint as string, timestamptz as Date. */
interface Row {
  id: string
  phone: string
  name: string | null
  avatar: string | null
  open_id: string | null
  union_id: string | null
  gender: number | null
  country: string | null
  province: string | null
  city: string | null
  status: StoredMember['status']
  create_time: Date
  update_time: Date
  deleted_at: Date | null
  session_id: string
  installation_hash: string
  device_name: string | null
  repeat_key: string
  is_first: boolean
  generation: number
  refresh_hash: string
  salt: string
  key_id: string
  started_at: Date
  rotated_at: Date
  last_used_at: Date
  expires_at: Date
  ended_at: Date | null
  end_reason: string | null
}

function memberColumns(row: Row, id: bigint): Parameters<typeof toStoredMember>[0] {
  return {
    id,
    phone: row.phone,
    name: row.name,
    avatar: row.avatar,
    openId: row.open_id,
    unionId: row.union_id,
    gender: row.gender,
    country: row.country,
    province: row.province,
    city: row.city,
    status: row.status,
    createTime: row.create_time,
    updateTime: row.update_time,
    deletedAt: row.deleted_at,
  }
}

function sessionColumns(row: Row, memberId: bigint): Parameters<typeof toStoredSession>[0] {
  return {
    id: row.session_id,
    memberId,
    installationHash: row.installation_hash,
    deviceName: row.device_name,
    repeatKey: row.repeat_key,
    isFirst: row.is_first,
    generation: row.generation,
    refreshHash: row.refresh_hash,
    salt: row.salt,
    keyId: row.key_id,
    startedAt: row.started_at,
    rotatedAt: row.rotated_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  }
}
