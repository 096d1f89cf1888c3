import api from '@tarojs/plugin-platform-h5/dist/runtime/apis'
import { getDeviceInfo } from './get-device-info.ts'
import { login } from './login.ts'
import { nameWayBack } from './name-way-back.ts'
import { openPrivacyContract } from './open-privacy-contract.ts'
import { showStrip } from './strip.ts'

export * from '@tarojs/plugin-platform-h5/dist/runtime/apis'
export { getDeviceInfo, login, openPrivacyContract }
export default Object.assign(api, { getDeviceInfo, login, openPrivacyContract })

showStrip()
nameWayBack()
