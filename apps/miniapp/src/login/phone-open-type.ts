/**
 * The phone button's `open-type`. It asks for privacy consent in the same tap where WeChat can: the coupled
 * form is documented from base library 2.32.3 and works from 2.33.0. Older ones show WeChat's own consent sheet.
 *
 * @param sdkVersion version of the base library, `3.6.4`
 */
export function phoneOpenType(sdkVersion: string) {
  return isAtLeast(sdkVersion, [2, 33]) ? 'getPhoneNumber|agreePrivacyAuthorization' : 'getPhoneNumber'
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [hasMajor = 0, hasMinor = 0] = version.split('.').map(Number)
  return hasMajor > major || (hasMajor === major && hasMinor >= minor)
}
