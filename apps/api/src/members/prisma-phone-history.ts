import type { PrismaQueries } from '../database/prisma-client.ts'

/**
 * Notes a member's number in `member_phone`, and the end of the one before. Made for the transaction that writes the
 * member: its lock on that row keeps two logins from noting the same.
 */
export async function notePhone(queries: PrismaQueries, memberId: bigint, phone: string): Promise<void> {
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
