/**
 * Where the API is. In a browser it shares the page's origin.
 *
 * The build replaces both names by their values: WeChat has no `process`.
 */
export const apiUrl = process.env.TARO_ENV === 'h5' ? '' : process.env.TARO_APP_API_URL

/** Whether this is the browser build. */
export const isBrowser = process.env.TARO_ENV === 'h5'
