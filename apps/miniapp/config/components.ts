const spoken = { 'aria-role': '', 'aria-label': '' }
const silent = { 'aria-hidden': '' }

// Taro reads this file as it stands: no types.

/** The components of WeChat that the screens are made of, and what a screen reader says of each, which Taro leaves out. */
export const components = {
  View: { ...spoken, ...silent },
  Text: {},
  Image: silent,
  Button: spoken,
  RootPortal: {},
  PageContainer: {},
}
