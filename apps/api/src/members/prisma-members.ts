import type { PrismaQueries } from '../database/prisma-client.ts'
import type { FamilyMember } from '../generated/prisma/client.ts'
import type { Arrival, Members, StoredMember } from './members.ts'

/**
 * Members in PostgreSQL, through the client or inside one of its transactions (READ COMMITTED, PostgreSQL's default:
 * a stricter one would not see the row that a parallel login has made).
 */
export function createPrismaMembers({ familyMember }: Pick<PrismaQueries, 'familyMember'>): Members {
  const byOpenId = (openId: string) => familyMember.findUnique({ where: { openId } })
  const byUnionId = (unionId: string | null) =>
    unionId === null ? null : familyMember.findUnique({ where: { unionId } })
  const find = async (arrival: Arrival) =>
    (await byOpenId(arrival.openId)) ?? (await byUnionId(arrival.unionId))

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
      if (known) return { member: toMember(await refresh(known, arrival)), isNew: false }

      // INSERT … ON CONFLICT DO NOTHING RETURNING: waits for a parallel insert of the same account, then yields no row.
      const [made] = await familyMember.createManyAndReturn({ data: pickRow(arrival), skipDuplicates: true })
      if (made) return { member: toMember(made), isNew: true }

      const raced = await find(arrival)
      if (!raced) throw new Error('a member was removed while logging in for the first time')
      return { member: toMember(await refresh(raced, arrival)), isNew: false }
    },
  }
}

function pickRow({ openId, unionId, phone, name }: Arrival) {
  return { openId, unionId, phone, name }
}

const GENDERS = ['male', 'female'] as const

/** A row as the rest of the service sees it. */
export function toMember(row: FamilyMember): StoredMember {
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
