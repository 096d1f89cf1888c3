import type { PrismaClientOrTransaction } from '../database/prisma-client.ts'

/**
 * Records a member's phone in `member_phone` and closes the previous entry.
 *
 * Must run in the transaction that writes the member: the lock on that row prevents double entries.
 */
export async function recordPhoneChange(
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
