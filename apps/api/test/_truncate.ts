import type { TestService } from './_service.ts'

/** Deletes every member, session and event of a service. */
export async function truncate({ database, wechat }: TestService): Promise<void> {
  await database.prisma.$transaction([
    database.prisma.loginEvent.deleteMany(),
    database.prisma.familyMember.deleteMany(),
  ])
  wechat.clock.advance(60_000) // WeChat limits calls per person and minute.
}
