import '@tarojs/components/types/common'

// What `config/components.ts` teaches WeChat's templates; a browser maps the same names to its own.
declare module '@tarojs/components/types/common' {
  interface StandardProps {
    ariaRole?: string
    ariaLabel?: string
    ariaHidden?: boolean
  }
}
