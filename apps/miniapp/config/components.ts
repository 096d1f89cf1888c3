const label = { 'aria-role': '', 'aria-label': '' }
const hidden = { 'aria-hidden': '' }

// Taro does not compile this file, so it contains no types.

/** WeChat's components that the app uses, with the ARIA attributes that Taro's own table lacks. */
export const components = {
  View: { ...label, ...hidden },
  Text: {},
  Image: hidden,
  Button: label,
  RootPortal: {},
  PageContainer: {},
}
