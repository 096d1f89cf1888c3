import { formatTime } from '../lib/part-of-day.ts'
import type { AccountMessages } from './account-messages.ts'
import type { LastUse } from './last-used.ts'

export const accountZh: AccountMessages = {
  devices: {
    title: '我的设备',
    intro: '您在这些设备上登录着。看到不认识的，就让它退出。',
    loading: '正在看您在哪里登录着…',
    currentDevice: '正在用的这台',
    unnamedDevice: '一台设备',
    lastUsed: formatLastUse,
    onlyDevice: { title: '只有这一台', body: '除了这里，没有别的设备登录着您的账号。' },
    guest: { title: '还没有登录', body: '登录以后，这里会列出您的设备。' },
    logOut: '让它退出',
    logOutLabel: (name) => `让“${name}”退出`,
    confirmLogOut: (name) => ({ title: '让它退出登录？', body: `“${name}”上要再用，得重新登录一次。` }),
    logOutEverywhere: '全部退出',
    confirmLogOutEverywhere: {
      title: '在所有设备上退出？',
      body: '这一台也会退出。想用的时候，再登录一次就好。',
    },
    yes: '退出',
    no: '先不用',
    loggedOut: '已经退出了',
  },
  about: {
    title: '关于与隐私',
    name: '家属通',
    description: [
      '家里的老人今天吃了什么、走了几步、谁来看过，家属通让一家人都知道。',
      '不登录，也可以随便看。',
    ],
    storedDataTitle: '登录以后，我们记下什么',
    storedData: [
      { title: '您的手机号', body: '确认是您本人。别人看到的，中间几位是星号。' },
      { title: '微信给您的编号', body: '下次打开就认得您，不用再登录。它不是您的微信号。' },
      { title: '您的名字', body: '一开始是我们取的，带一个水果。' },
      {
        title: '登录的设备和时间',
        body: '给您自己看，也好发现不是您的登录。网络地址只留一个还原不了的记号。',
      },
    ],
    notStored: {
      title: '这些我们不要',
      body: '您的聊天、通讯录、照片和位置，我们看不到，也不会问您要。',
    },
    privacyGuideNote: '微信备案的全文',
    version: (version) => `版本 ${version}`,
    credits: '用 React、Taro 和 tRPC 做成（MIT 许可）',
  },
}

function formatLastUse(use: LastUse): string {
  switch (use.type) {
    case 'now':
      return '刚刚用过'
    case 'today':
      return `今天 ${formatTime(use.date)} 用过`
    case 'yesterday':
      return `昨天 ${formatTime(use.date)} 用过`
    case 'days':
      return `${use.days} 天前用过`
    case 'earlier':
      return `${use.date.getFullYear()}年${use.date.getMonth() + 1}月${use.date.getDate()}日用过`
  }
}
