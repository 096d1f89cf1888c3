import type { PropsWithChildren } from 'react'

// biome-ignore lint/style/noDefaultExport: Taro loads the app by its default export.
export default function App({ children }: PropsWithChildren) {
  return children
}
