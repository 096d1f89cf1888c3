import { takeLoginCode, whoTaps } from './current-person.ts'

interface LoginOption {
  success?(answer: { code: string; errMsg: string }): void
  fail?(answer: { errMsg: string }): void
  complete?(answer: { errMsg: string }): void
}

/** `Taro.login` with the local WeChat behind it. */
export async function login(option: LoginOption = {}) {
  try {
    const answer = await takeLoginCode(whoTaps())
    option.success?.(answer)
    option.complete?.(answer)
    return answer
  } catch (cause) {
    const failure = { errMsg: 'login:fail the local WeChat does not answer' }
    option.fail?.(failure)
    option.complete?.(failure)
    throw Object.assign(new Error(failure.errMsg, { cause }), failure)
  }
}
