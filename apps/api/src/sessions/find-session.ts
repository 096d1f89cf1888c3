import type pg from 'pg'
import type { StoredMember } from '../members/member-store.ts'
import { toMember } from '../members/prisma-member-store.ts'
import { toSession } from './prisma-session-store.ts'
import type { SessionOfMember, Sessions } from './session-store.ts'

// Asked at every call with a token. One plain join costs a fifth of the CPU of Prisma's two queries.
const query = `
  SELECT member.*, session.id AS session_id, session.installation_hash, session.device_name, session.repeat_key,
    session.is_first, session.generation, session.refresh_hash, session.salt, session.key_id, session.started_at,
    session.rotated_at, session.last_used_at, session.expires_at, session.ended_at, session.end_reason
  FROM login_session session JOIN family_member member ON member.id = session.member_id`

/** Finds sessions with their members outside of any transaction; the same as those of `Sessions`. */
export function createFindSession(pool: Pick<pg.Pool, 'query'>): Pick<Sessions, 'byId' | 'byLoginKey'> {
  async function find(condition: string, value: unknown): Promise<SessionOfMember | undefined> {
    const [row] = (await pool.query<Row>(`${query} WHERE ${condition}`, [value])).rows
    if (!row) return undefined
    const memberId = BigInt(row.id)
    return { session: toSession(sessionOf(row, memberId)), member: toMember(memberOf(row, memberId)) }
  }

  return {
    byId: (id) => find('session.id = $1', id),
    byLoginKey: (names) => find('session.login_key = ANY ($1)', names),
  }
}

/** What `pg` makes of the columns: 64-bit numbers are texts, instants are dates. */
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

function memberOf(row: Row, id: bigint): Parameters<typeof toMember>[0] {
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

function sessionOf(row: Row, memberId: bigint): Parameters<typeof toSession>[0] {
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
