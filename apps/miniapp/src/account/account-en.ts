import { months } from '../i18n/en.ts'
import { formatTime } from '../lib/part-of-day.ts'
import type { AccountMessages } from './account-messages.ts'
import type { LastUse } from './last-used.ts'

export const accountEn: AccountMessages = {
  devices: {
    title: 'My devices',
    intro: 'You are logged in here. If one of them is not yours, log it out.',
    loading: 'Looking where you are logged in…',
    currentDevice: 'This device',
    unnamedDevice: 'A device',
    lastUsed: formatLastUse,
    onlyDevice: { title: 'Only this one', body: 'You are not logged in anywhere else.' },
    guest: { title: 'You are not logged in', body: 'Once you are, your devices stand here.' },
    logOut: 'Log it out',
    logOutLabel: (name) => `Log out ${name}`,
    confirmLogOut: (name) => ({
      title: 'Log it out?',
      body: `To use Kinpass on ${name} again, you log in once more.`,
    }),
    logOutEverywhere: 'Log out everywhere',
    confirmLogOutEverywhere: {
      title: 'Log out everywhere?',
      body: 'This device too. You can log in again at any time.',
    },
    yes: 'Yes',
    no: 'No',
    loggedOut: 'Logged out',
  },
  about: {
    title: 'About',
    name: 'Kinpass',
    description: [
      'What Grandma ate today, how far she walked, who came to see her: Kinpass lets the family know.',
      'You can look around without logging in.',
    ],
    storedDataTitle: 'What we keep once you log in',
    storedData: [
      { title: 'Your phone number', body: 'To know that it is you. On screens its middle is hidden.' },
      {
        title: 'A number that WeChat gives you',
        body: 'So that you need not log in next time. It is not your WeChat ID.',
      },
      { title: 'Your name', body: 'At first one that we chose, with a fruit.' },
      {
        title: 'Devices and times of your logins',
        body: 'For you to look at, and to notice a login that is not yours. Of the network address we keep a mark that cannot be turned back.',
      },
    ],
    notStored: {
      title: 'What we do not want',
      body: 'Your chats, contacts, photos and whereabouts: we do not see them, and do not ask.',
    },
    privacyGuideNote: 'In full, as filed with WeChat',
    version: (version) => `Version ${version}`,
    credits: 'Made with React, Taro and tRPC (MIT licence)',
  },
}

function formatLastUse(use: LastUse): string {
  switch (use.type) {
    case 'now':
      return 'Used just now'
    case 'today':
      return `Used today at ${formatTime(use.date)}`
    case 'yesterday':
      return `Used yesterday at ${formatTime(use.date)}`
    case 'days':
      return `Used ${use.days} days ago`
    case 'earlier':
      return `Used on ${use.date.getDate()} ${months[use.date.getMonth()]} ${use.date.getFullYear()}`
  }
}
