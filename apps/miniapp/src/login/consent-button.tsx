import { Button } from '@tarojs/components'
import { CONSENT_BUTTON_ID } from '../platform/privacy-consent.ts'
import { useServices, useMessages } from '../services-context.ts'

/** WeChat's own consent button, where the phone button cannot ask for consent by itself. */
export function ConsentButton() {
  const { login } = useServices()
  const { agree } = useMessages().login
  return (
    <Button
      id={CONSENT_BUTTON_ID}
      className="tap button button-main"
      hoverClass="tap-pressed"
      openType="agreePrivacyAuthorization"
      ariaRole="button"
      ariaLabel={agree}
      onAgreePrivacyAuthorization={login.grantConsent}
    >
      {agree}
    </Button>
  )
}
