import { Image } from '@tarojs/components'
import { getDefaultAvatar } from './default-avatar.ts'

export interface AvatarProps {
  readonly nickName: string
  /** The https URL of the person's own picture; null shows the default avatar. */
  readonly picture: string | null
  readonly className: string
}

/** A person's picture. The name is always beside it, so screen readers skip it. */
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
