import type { Copy, Messages } from './messages.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

// Messages that several failure codes share.
const outOfDate: Copy = {
  title: 'Time for an update',
  body: 'Please close the mini-program and open it again.',
}
const internalError: Copy = { title: 'Login did not work', body: 'It is our fault. We will fix it soon.' }
const longAgo: Copy = { title: 'Please log in again', body: 'Your last login was long ago.' }

/** Plain, friendly English. */
export const en: Messages = {
  appName: 'Kinpass',
  greeting: {
    night: 'Hello',
    morning: 'Good morning',
    noon: 'Good day',
    afternoon: 'Good afternoon',
    evening: 'Good evening',
  },
  date: (date) => `${weekdays[date.getDay()]}, ${date.getDate()} ${months[date.getMonth()]}`,
  day: {
    sample: 'Sample',
    sampleNote: 'A made-up day, to show you what Kinpass is like.',
    title: "Grandma's day",
    subtitle: 'All is well, and a visit this afternoon',
    done: 'Done',
    later: 'Later',
    steps: { title: 'Steps', body: '3,240' },
    medicine: { title: 'Medicine', body: '1 of 2' },
    picture: { title: 'The persimmons are ripe', body: 'Grandma says: come home and share them.' },
    events: {
      breakfast: { title: 'Breakfast', body: 'Millet porridge, pumpkin, an egg' },
      morningPill: { title: 'Blood pressure, 1 tablet', body: 'After breakfast, with warm water' },
      walk: { title: 'A walk in the yard', body: '28 minutes in the sun' },
      lunch: { title: 'Lunch', body: 'Steamed bass, greens, a little rice' },
      visitor: { title: 'Xiaoyu comes to visit', body: 'With persimmons and a scarf' },
      eveningPill: { title: 'Calcium, 1 tablet', body: 'We will remind her' },
      yourVisit: { title: 'Your visit', body: 'Noted just now' },
      yourGreeting: { title: 'Your greeting', body: "It's getting cold, dress warm." },
    },
    visit: 'Note a visit',
    greet: 'Say hello',
    noted: 'Noted (sample, on this page only)',
  },
  me: {
    title: 'Me',
    entrance: 'Me',
    guest: {
      title: 'You are not logged in',
      body: 'Look around as you like. Once you log in, visits and greetings are kept under your name.',
    },
    restoring: 'One moment…',
    retry: 'Try again',
    login: 'Log in',
    phone: 'Phone',
    since: 'Member since',
    sinceDate: (date) => `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`,
    language: 'Language 语言',
    privacy: 'Privacy guide',
    privacyUnavailable: 'The privacy guide does not open. Please update WeChat.',
    devices: 'My devices',
    about: 'About and privacy',
    logout: 'Log out',
    loggedOut: 'You are logged out',
  },
  login: {
    title: 'Log in to Kinpass',
    reasons: {
      visit: 'Log in, and this visit is noted.',
      greet: 'Log in to say hello to Grandma.',
      account: 'With the phone number of your WeChat. One tap, no password.',
    },
    button: 'Log in with WeChat phone',
    prompting: 'Please choose in WeChat…',
    submitting: 'Logging in…',
    recovery: {
      tap: 'Tap to log in again',
      retry: 'Try again',
      wait: 'One moment…',
      dismiss: 'Look around first',
    },
    notNow: 'Not now',
    agreement: ['By tapping you agree to the ', 'Privacy guide', 'Your number just shows it is you.'],
    agree: 'Agree and continue',
    welcome: (nickName) => `Welcome, ${nickName}`,
    welcomeNew: 'A lucky name, made for you',
    welcomeBack: 'Good to see you again',
  },
  errors: {
    phone: {
      refused: {
        title: "Not logged in, and that's fine",
        body: 'Look around. Tap the green button when you like.',
      },
      'no-quota': {
        title: 'Phone login is down for now',
        body: 'It is not your fault. Please come back later, and look around until then.',
      },
      'no-permission': {
        title: 'Phone login is not open yet',
        body: 'It is not your fault. Please look around first.',
      },
      'privacy-refused': {
        title: 'Please agree to the privacy guide',
        body: 'Your number is only used to confirm that it is you. Read the guide, then tap again.',
      },
      'privacy-undeclared': {
        title: 'Login is being prepared',
        body: 'Our privacy notes do not cover phone numbers yet. Please come back in a few days.',
      },
      'no-phone': {
        title: 'WeChat has no phone number of yours',
        body: 'Add one in WeChat: Me → Settings → Account Security. Then come back.',
      },
      'old-wechat': { title: 'Your WeChat is a bit old', body: 'Please update WeChat, then log in.' },
      unknown: {
        title: 'WeChat gave no phone number',
        body: 'Please tap again. If that fails, close WeChat and open it again.',
      },
    },
    wechat: {
      'no-login-code': { title: 'WeChat did not answer', body: 'Please check your network and try again.' },
    },
    network: {
      offline: { title: 'No network', body: 'Please check your network and try again.' },
      timeout: { title: 'The network is slow', body: 'No answer came. Please try again.' },
      interrupted: { title: 'The connection broke', body: 'Please stay in the app and try again.' },
      'domain-not-allowed': {
        title: 'We are still getting ready',
        body: 'It is not your fault: our server is not connected yet. Please come back later.',
      },
      certificate: {
        title: 'This network is not safe',
        body: 'We stopped to protect you. Check the date of your phone, or use another network.',
      },
      gateway: { title: 'Our server is busy', body: 'Please try again in a moment.' },
      unreadable: {
        title: 'This network wants a login of its own',
        body: 'Hotels and shops do that. Please use mobile data and try again.',
      },
      aborted: { title: 'Login stopped', body: 'Please try again.' },
      unknown: { title: 'Our server is out of reach', body: 'Please check your network and try again.' },
    },
    server: {
      INPUT_INVALID: outOfDate,
      BODY_UNREADABLE: outOfDate,
      BODY_TOO_LARGE: outOfDate,
      BODY_NOT_JSON: outOfDate,
      METHOD_WRONG: outOfDate,
      PROCEDURE_UNKNOWN: outOfDate,
      LOGIN_CODE_INVALID: { title: 'This login is too old', body: 'Please try again.' },
      LOGIN_CODE_SPENT: { title: 'This login was used before', body: 'Please try again.' },
      LOGIN_CODE_IS_PHONE_CODE: internalError,
      LOGIN_CODE_IS_MOCK: { title: 'This is DevTools', body: 'Please set the AppID in DevTools first.' },
      PHONE_CODE_INVALID: { title: 'That took a little long', body: 'Please tap the green button again.' },
      PHONE_CODE_IS_LOGIN_CODE: internalError,
      PHONE_CODE_OF_ANOTHER: {
        title: 'Phone and WeChat differ',
        body: 'Please use your own WeChat, and tap the green button again.',
      },
      PHONE_NUMBER_MISSING: {
        title: 'No phone number came',
        body: 'Please tap the green button again and choose a number.',
      },
      WECHAT_RISK_BLOCKED: {
        title: 'WeChat stopped this login',
        body: "WeChat wants to be sure of your account. Please check WeChat's Security Center, then come back.",
      },
      WECHAT_BUSY: { title: 'WeChat is busy', body: 'Please wait a little, then try again.' },
      WECHAT_UNAVAILABLE: {
        title: 'WeChat does not answer',
        body: 'Please wait a few seconds, then try again.',
      },
      WECHAT_MISCONFIGURED: {
        title: 'We are not set up yet',
        body: 'It is not your fault. We will fix it soon.',
      },
      TOKEN_MISSING: { title: 'Please log in again', body: 'Your login is gone.' },
      TOKEN_INVALID: { title: 'Please log in again', body: 'Your login is no longer valid.' },
      TOKEN_EXPIRED: longAgo,
      REFRESH_TOKEN_INVALID: longAgo,
      SESSION_ENDED: longAgo,
      SESSION_REVOKED: { title: 'Please log in again', body: 'This login was ended elsewhere.' },
      MEMBER_UNKNOWN: {
        title: 'We did not find your account',
        body: 'Please tap the green button and log in again.',
      },
      MEMBER_BANNED: { title: 'This account is suspended', body: 'If that seems wrong, please write to us.' },
      RATE_LIMITED: { title: 'Just a moment', body: 'Please wait a little, then try again.' },
      SERVICE_UNAVAILABLE: {
        title: 'Our server is resting',
        body: 'Please wait a few seconds, then try again.',
      },
      INTERNAL: {
        title: 'Something went wrong on our side',
        body: 'It is not your fault. Please come back later.',
      },
      UNKNOWN: {
        title: 'Login did not work',
        body: 'It is not your fault. Please close the mini-program and open it again later.',
      },
    },
  },
}
