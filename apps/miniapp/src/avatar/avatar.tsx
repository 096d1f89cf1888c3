import { Image } from '@tarojs/components'
import { getDefaultAvatar } from './default-avatar.ts'

export interface AvatarProps {
  readonly nickName: string
  /** https address of the person's own picture, if there is one. */
  readonly picture: string | null
  readonly className: string
}

/** A person's picture: their own, or the fruit of their name. Decoration beside the name, so it is silent. */
export function Avatar({ nickName, picture, className }: AvatarProps) {
  return (
    <Image
      className={`avatar ${className}`}
      mode="aspectFill"
      src={picture ?? getDefaultAvatar(nickName)}
      ariaHidden
    />
  )
}
