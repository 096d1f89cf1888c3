/**
 * The phone button's `open-type`: with the consent to the privacy guide in the same tap, where WeChat can.
 *
 * @param sdkVersion version of the base library, `3.6.4`
 */
export function getPhoneOpenType(sdkVersion: string) {
  return supportsCoupledConsent(sdkVersion) ? 'getPhoneNumber|agreePrivacyAuthorization' : 'getPhoneNumber'
}

/** The coupled button is documented from base library 2.32.3 and works from 2.33.0. */
export function supportsCoupledConsent(sdkVersion: string): boolean {
  return isAtLeast(sdkVersion, [2, 33])
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [hasMajor = 0, hasMinor = 0] = version.split('.').map(Number)
  return hasMajor > major || (hasMajor === major && hasMinor >= minor)
}
