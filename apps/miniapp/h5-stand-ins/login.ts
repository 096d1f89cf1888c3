import { issueLoginCode } from './control-plane.ts'
import { currentPerson } from './current-person.ts'

interface LoginOption {
  success?(result: { code: string; errMsg: string }): void
  fail?(result: { errMsg: string }): void
  complete?(result: { errMsg: string }): void
}

/** `Taro.login`: the sandbox issues the code for the current person. */
export async function login(option: LoginOption = {}) {
  try {
    const result = await issueLoginCode(currentPerson())
    option.success?.(result)
    option.complete?.(result)
    return result
  } catch (cause) {
    const failure = { errMsg: 'login:fail the WeChat sandbox does not respond' }
    option.fail?.(failure)
    option.complete?.(failure)
    throw Object.assign(new Error(failure.errMsg, { cause }), failure)
  }
}
