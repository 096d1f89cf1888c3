import { mergeInternalComponents } from '@tarojs/shared'
import { ariaComponents } from './aria-components.ts'

// The other half of `config/aria-plugin.ts`; the build puts this file before the app.
mergeInternalComponents(ariaComponents)
