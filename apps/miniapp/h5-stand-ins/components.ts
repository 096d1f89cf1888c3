// Re-exports only: in a production build Taro removes any other code of this module.
export * from '@tarojs/components-react'
export { Button } from './button.tsx'
export { Image } from './image.tsx'
export { PageContainer } from './page-container.tsx'
export { RootPortal } from './root-portal.tsx'
export { View } from './view.tsx'
