import api from '@tarojs/plugin-platform-h5/dist/runtime/apis'
import { showDebugBar } from './debug-bar.ts'
import { getDeviceInfo } from './get-device-info.ts'
import { labelBackButton } from './label-back-button.ts'
import { login } from './login.ts'
import { openPrivacyContract } from './open-privacy-contract.ts'

export * from '@tarojs/plugin-platform-h5/dist/runtime/apis'
export { getDeviceInfo, login, openPrivacyContract }
export default Object.assign(api, { getDeviceInfo, login, openPrivacyContract })

// The browser build has no entry of its own: the alias of `@tarojs/taro` starts its tools.
showDebugBar()
labelBackButton()
