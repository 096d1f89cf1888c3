import { Button } from '@tarojs/components'
import { consentButtonId } from '../platform/privacy-consent.ts'
import { useParts, useWords } from '../services-context.ts'

/** WeChat's own consent button, where the phone button cannot ask for consent by itself. */
export function ConsentButton() {
  const { login } = useParts()
  const { agree } = useWords().login
  return (
    <Button
      id={consentButtonId}
      className="tap button button-main"
      hoverClass="tap-pressed"
      openType="agreePrivacyAuthorization"
      ariaRole="button"
      ariaLabel={agree}
      onAgreePrivacyAuthorization={login.agreed}
    >
      {agree}
    </Button>
  )
}
