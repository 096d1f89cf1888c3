import type { PrismaQueries } from '../database/prisma-client.ts'
import type { FamilyMember } from '../generated/prisma/client.ts'
import type { Arrival, Members, StoredMember } from './member-store.ts'
import { notePhone } from './prisma-phone-history.ts'

/**
 * Members in PostgreSQL, through the client or, for `enter`, inside one of its transactions (READ COMMITTED,
 * PostgreSQL's default: a stricter one would not see the row that a parallel login has made).
 */
export function createPrismaMembers(queries: PrismaQueries): Members {
  const { familyMember } = queries
  const byOpenId = (openId: string) => familyMember.findUnique({ where: { openId } })
  const byUnionId = (unionId: string | null) =>
    unionId === null ? null : familyMember.findUnique({ where: { unionId } })
  const find = async (arrival: Arrival) =>
    (await byOpenId(arrival.openId)) ?? (await byUnionId(arrival.unionId))

  /** A row registered beforehand for this number. Of several logins at once, one gets it. */
  async function claim({ openId, unionId, phone, phoneIsBound }: Arrival): Promise<FamilyMember | null> {
    if (!phoneIsBound) return null // The number may have come with another person's code.
    const unclaimed = { openId: null, unionId: null, deletedAt: null }
    const waiting = await familyMember.findFirst({ where: { phone, ...unclaimed }, orderBy: { id: 'asc' } })
    if (!waiting) return null
    const { count } = await familyMember.updateMany({
      where: { id: waiting.id, ...unclaimed },
      data: { openId, unionId },
    })
    return count === 1 ? byOpenId(openId) : null
  }

  /** Whether a row was written. A parallel insert of the same account is waited for, and then nothing is written. */
  async function insert({ openId, unionId, phone, name }: Arrival): Promise<boolean> {
    const count = await queries.$executeRaw`
      INSERT INTO family_member (open_id, union_id, phone, name) VALUES (${openId}, ${unionId}, ${phone}, ${name})
      ON CONFLICT DO NOTHING`
    return count === 1
  }

  /** Writes only what differs: a login that changes nothing leaves update_time alone. */
  async function refresh(row: FamilyMember, arrival: Arrival): Promise<FamilyMember> {
    // Two rows may have grown from one person before the unionid was known. They are not merged here.
    const learnsUnionId =
      row.unionId === null && arrival.unionId !== null && (await byUnionId(arrival.unionId)) === null
    const changes = {
      ...(row.openId !== arrival.openId && { openId: arrival.openId }),
      ...(learnsUnionId && { unionId: arrival.unionId }),
      ...(row.phone !== arrival.phone && { phone: arrival.phone }),
      ...(!row.name && { name: arrival.name }),
    }
    if (Object.keys(changes).length === 0) return row
    return familyMember.update({ where: { id: row.id }, data: changes })
  }

  return {
    async byId(id) {
      const row = await familyMember.findUnique({ where: { id } })
      return row ? toMember(row) : undefined
    },

    async byOpenId(openId) {
      const row = await byOpenId(openId)
      return row ? toMember(row) : undefined
    },

    async enter(arrival) {
      const known = await find(arrival)
      const claimed = known ? null : await claim(arrival)
      const isNew = !known && !claimed && (await insert(arrival))
      const row = known ?? claimed ?? (await find(arrival))
      if (!row) throw new Error('a member was removed while logging in for the first time')

      const member = await refresh(row, arrival)
      if (known?.phone !== member.phone) await notePhone(queries, member.id, member.phone)
      return { member: toMember(member), isNew }
    },
  }
}

const GENDERS = ['male', 'female'] as const

/** A row as the rest of the service sees it. */
export function toMember(row: Omit<FamilyMember, 'createBy' | 'updateBy' | 'remark'>): StoredMember {
  const {
    id,
    openId,
    unionId,
    phone,
    avatar,
    country,
    province,
    city,
    status,
    deletedAt,
    createTime,
    updateTime,
  } = row
  return {
    id,
    openId,
    unionId,
    phone,
    name: row.name ?? '',
    avatar,
    gender: row.gender === null ? null : (GENDERS[row.gender] ?? null),
    country,
    province,
    city,
    status,
    deletedAt,
    createTime,
    updateTime,
  }
}
