import '@tarojs/components/types/common'

// The ARIA attributes of `config/components.ts`; in a browser, `h5-stand-ins/to-dom-props.ts` translates them.
declare module '@tarojs/components/types/common' {
  interface StandardProps {
    ariaRole?: string
    ariaLabel?: string
    ariaHidden?: boolean
  }
}
