import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'
import type { FamilyMember } from '../generated/prisma/client.ts'
import type { MemberStore, StoredMember, VerifiedIdentity } from './member-store.ts'

/**
 * Members in PostgreSQL, through the client or in a transaction.
 *
 * `findOrCreate` needs a transaction at READ COMMITTED, PostgreSQL's default: a stricter level would not see the row that
 * a parallel login inserted.
 */
export function createPrismaMemberStore(client: PrismaClientOrTransaction): MemberStore {
  const { familyMember } = client
  const byOpenId = (openId: string) => familyMember.findUnique({ where: { openId } })
  const byUnionId = (unionId: string | null) =>
    unionId === null ? null : familyMember.findUnique({ where: { unionId } })
  const find = async ({ openId, unionId }: VerifiedIdentity) =>
    (await byOpenId(openId)) ?? (await byUnionId(unionId))

  /** Claims a row that was pre-registered for the phone. Of several parallel logins, one claims it. */
  async function claim({
    openId,
    unionId,
    phone,
    phoneIsBound,
  }: VerifiedIdentity): Promise<FamilyMember | null> {
    if (!phoneIsBound) return null // The phone code may belong to another account.
    const unclaimed = { openId: null, unionId: null, deletedAt: null }
    const row = await familyMember.findFirst({ where: { phone, ...unclaimed }, orderBy: { id: 'asc' } })
    if (!row) return null
    const { count } = await familyMember.updateMany({
      where: { id: row.id, ...unclaimed },
      data: { openId, unionId },
    })
    return count === 1 ? byOpenId(openId) : null
  }

  /** Returns whether a row was inserted. Waits for a parallel insert of the same account, and then inserts nothing. */
  async function insert({ openId, unionId, phone, name }: VerifiedIdentity): Promise<boolean> {
    const count = await client.$executeRaw`
      INSERT INTO family_member (open_id, union_id, phone, name) VALUES (${openId}, ${unionId}, ${phone}, ${name})
      ON CONFLICT DO NOTHING`
    return count === 1
  }

  /** Writes changed columns only: a login without changes keeps `update_time`. */
  async function update(row: FamilyMember, identity: VerifiedIdentity): Promise<FamilyMember> {
    // Another row may hold the unionid: one person's two accounts from before it was known. They are not merged.
    const addsUnionId =
      row.unionId === null && identity.unionId !== null && (await byUnionId(identity.unionId)) === null
    const changes = {
      ...(row.openId !== identity.openId && { openId: identity.openId }),
      ...(addsUnionId && { unionId: identity.unionId }),
      ...(row.phone !== identity.phone && { phone: identity.phone }),
      ...(!row.name && { name: identity.name }),
    }
    if (Object.keys(changes).length === 0) return row
    return familyMember.update({ where: { id: row.id }, data: changes })
  }

  return {
    async byId(id) {
      const row = await familyMember.findUnique({ where: { id } })
      return row ? toStoredMember(row) : undefined
    },

    async byOpenId(openId) {
      const row = await byOpenId(openId)
      return row ? toStoredMember(row) : undefined
    },

    async findOrCreate(identity) {
      const known = await find(identity)
      const claimed = known ? null : await claim(identity)
      const isNew = !known && !claimed && (await insert(identity))
      const row = known ?? claimed ?? (await find(identity))
      if (!row) throw new Error('a member was removed during its first login')

      const member = await update(row, identity)
      if (known?.phone !== member.phone) await recordPhoneChange(client, member.id, member.phone)
      return { member: toStoredMember(member), isNew }
    },
  }
}

const GENDERS = ['male', 'female'] as const

/** Converts a row: `name` is never null, `gender` is a word. */
export function toStoredMember(row: Omit<FamilyMember, 'createBy' | 'updateBy' | 'remark'>): StoredMember {
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

/**
 * Records a member's phone in `member_phone` and closes the previous entry.
 *
 * Must run in the transaction that writes the member: the lock on that row prevents double entries.
 */
async function recordPhoneChange(
  queries: PrismaClientOrTransaction,
  memberId: bigint,
  phone: string,
): Promise<void> {
  await queries.$executeRaw`
    WITH ended AS (
      UPDATE member_phone SET until = CURRENT_TIMESTAMP
      WHERE member_id = ${memberId} AND until IS NULL AND phone <> ${phone}
    )
    INSERT INTO member_phone (member_id, phone, since)
    SELECT ${memberId}, ${phone}, CURRENT_TIMESTAMP
    WHERE NOT EXISTS (
      SELECT FROM member_phone WHERE member_id = ${memberId} AND until IS NULL AND phone = ${phone}
    )`
}
