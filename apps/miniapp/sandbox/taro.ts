import api from '@tarojs/plugin-platform-h5/dist/runtime/apis'

export * from '@tarojs/plugin-platform-h5/dist/runtime/apis'
export default api
