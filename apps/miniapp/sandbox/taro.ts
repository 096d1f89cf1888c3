import api from '@tarojs/plugin-platform-h5/dist/runtime/apis'
import { login } from './login.ts'
import { openPrivacyContract } from './open-privacy-contract.ts'
import { showStrip } from './strip.ts'

export * from '@tarojs/plugin-platform-h5/dist/runtime/apis'
export { login, openPrivacyContract }
export default Object.assign(api, { login, openPrivacyContract })

showStrip()
