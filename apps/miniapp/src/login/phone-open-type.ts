/**
 * Returns the phone button's `open-type`.
 *
 * A coupled button asks for consent to the privacy guide in the same tap.
 *
 * @param sdkVersion version of the base library, `3.6.4`; empty when unknown
 */
export function getPhoneOpenType(sdkVersion: string) {
  return supportsCoupledConsent(sdkVersion) ? 'getPhoneNumber|agreePrivacyAuthorization' : 'getPhoneNumber'
}

/** The coupled button is documented from base library 2.32.3 and works from 2.33.0. */
export function supportsCoupledConsent(sdkVersion: string): boolean {
  return isAtLeast(sdkVersion, [2, 33])
}

function isAtLeast(version: string, [minMajor, minMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > minMajor || (major === minMajor && minor >= minMinor)
}
