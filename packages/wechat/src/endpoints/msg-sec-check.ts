// https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck
import { z } from 'zod'
import type { Send } from '../transport/send.ts'

const Suggestion = z.enum(['risky', 'pass', 'review'])

const Success = z.object({
  trace_id: z.string().optional(),
  result: z.object({ suggest: Suggestion, label: z.coerce.number().int() }),
})

const scenes = { profile: 1, comment: 2, forum: 3, 'social-log': 4 } as const

export interface TextToCheck {
  /** The user must have opened the mini-program within two hours; otherwise WeChat returns 61010. */
  readonly openId: string
  /** At most 2,500 characters. */
  readonly text: string
  readonly scene: keyof typeof scenes
  readonly nickName?: string | undefined
}

export interface TextVerdict {
  readonly suggestion: z.infer<typeof Suggestion>
  /** 100 normal, 10001 advertisement, 20001 politics, 20002 pornography, 20003 abuse, 20006 crime, 20008 fraud, 20012 vulgar, 20013 copyright, 21000 other. */
  readonly label: number
  /** WeChat's id of the check, required by its support. */
  readonly traceId: string | undefined
}

/** Checks whether a text may be shown to other users. */
export async function msgSecCheck(
  { send }: { send: Send },
  { openId, text, scene, nickName }: TextToCheck,
): Promise<TextVerdict> {
  const { result, trace_id } = await send({
    endpoint: 'msg_sec_check',
    path: '/wxa/msg_sec_check',
    method: 'POST',
    body: {
      version: 2,
      openid: openId,
      scene: scenes[scene],
      content: text,
      ...(nickName !== undefined && { nickname: nickName }),
    },
    success: Success,
  })
  return { suggestion: result.suggest, label: result.label, traceId: trace_id }
}
