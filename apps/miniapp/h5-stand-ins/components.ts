// Re-exports only: Taro empties this module's own code in a production build.
export * from '@tarojs/components-react'
export { Button } from './button.tsx'
export { Image } from './image.tsx'
export { PageContainer } from './page-container.tsx'
export { RootPortal } from './root-portal.tsx'
export { View } from './view.tsx'
