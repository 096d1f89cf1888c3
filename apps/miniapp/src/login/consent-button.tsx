import { Button } from '@tarojs/components'
import { CONSENT_BUTTON_ID } from '../platform/privacy-consent.ts'
import { useMessages, useServices } from '../services-context.ts'

/** WeChat's consent button, for versions whose phone button does not include the consent. */
export function ConsentButton() {
  const { login } = useServices()
  const { agree } = useMessages().login
  return (
    <Button
      id={CONSENT_BUTTON_ID}
      className="pressable button button-main"
      hoverClass="pressed"
      openType="agreePrivacyAuthorization"
      ariaRole="button"
      ariaLabel={agree}
      onAgreePrivacyAuthorization={login.grantConsent}
    >
      {agree}
    </Button>
  )
}
