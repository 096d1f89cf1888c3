import type { Copy, Messages } from './messages.ts'

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

// Messages that several failure codes share.
const outOfDate: Copy = { title: '小程序要更新了', body: '请关掉小程序，再打开一次。' }
const internalError: Copy = {
  title: '登录没有成功',
  body: '这不是您的问题。小程序出了差错，我们会尽快修好。',
}
const longAgo: Copy = { title: '请再登录一次', body: '上次登录过去很久了。' }

/** Simplified Chinese for older readers: short, polite, no jargon. */
export const zh: Messages = {
  appName: '家属通',
  greeting: { night: '夜深了', morning: '早上好', noon: '中午好', afternoon: '下午好', evening: '晚上好' },
  date: (date) => `${date.getMonth() + 1}月${date.getDate()}日 星期${weekdays[date.getDay()]}`,
  day: {
    sample: '示例',
    sampleNote: '这一天是编出来的，给您看个样子。',
    title: '奶奶的今天',
    subtitle: '一切都好，下午有人来看她',
    done: '已完成',
    later: '稍后',
    steps: { title: '步数', body: '3,240 步' },
    medicine: { title: '吃药', body: '1 / 2 次' },
    picture: { title: '窗台上的柿子红了', body: '奶奶说：等你们回来一起吃。' },
    events: {
      breakfast: { title: '早餐', body: '小米粥、蒸南瓜，一个鸡蛋' },
      morningPill: { title: '降压药 一片', body: '饭后服下，温水送服' },
      walk: { title: '院子里散步', body: '走了 28 分钟，太阳很好' },
      lunch: { title: '午餐', body: '清蒸鲈鱼、炒青菜，米饭小半碗' },
      visitor: { title: '小雨来看奶奶', body: '带了柿子，还有一条围巾' },
      eveningPill: { title: '钙片 一粒', body: '到时间会提醒' },
      yourVisit: { title: '您来探望', body: '刚刚记下' },
      yourGreeting: { title: '您问候了奶奶', body: '“天凉了，多穿一件。”' },
    },
    visit: '记一次探望',
    greet: '问候奶奶',
    noted: '记下了（示例，只在这一页）',
  },
  me: {
    title: '我的',
    entrance: '我的',
    guest: { title: '还没有登录', body: '不登录也可以随便看看。登录以后，探望和问候会记在您名下。' },
    restoring: '正在认出您…',
    retry: '再试一次',
    login: '登录',
    phone: '手机号',
    since: '加入时间',
    sinceDate: (date) => `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`,
    language: '语言 Language',
    privacy: '隐私保护指引',
    privacyUnavailable: '打不开隐私保护指引，请更新微信后再看',
    devices: '我的设备',
    about: '关于与隐私',
    logout: '退出登录',
    loggedOut: '已退出登录',
  },
  login: {
    title: '登录家属通',
    reasons: {
      visit: '登录后，就能记下这次探望。',
      greet: '登录后，就能问候奶奶。',
      account: '用微信里的手机号，一点就好，不用密码。',
    },
    button: '用微信手机号登录',
    prompting: '请在微信里选择…',
    submitting: '正在登录…',
    recovery: { tap: '再点一次登录', retry: '再试一次', wait: '请稍等…', dismiss: '先随便看看' },
    notNow: '暂不登录',
    agreement: ['点按钮即同意', '《隐私保护指引》', '手机号只用来确认是您本人。'],
    agree: '同意并继续',
    welcome: (nickName) => `欢迎，${nickName}`,
    welcomeNew: '给您取了个好听的名字',
    welcomeBack: '又见面了',
  },
  errors: {
    phone: {
      refused: { title: '没有登录，没关系', body: '您可以接着看。想登录时，再点一次绿色按钮。' },
      'no-quota': {
        title: '手机号登录暂时用不了',
        body: '这不是您的问题。请过些时候再来，这会儿先随便看看。',
      },
      'no-permission': {
        title: '手机号登录还没有开通',
        body: '这不是您的问题。开通之前，您可以先随便看看。',
      },
      'privacy-refused': {
        title: '需要您先同意隐私指引',
        body: '我们只用手机号确认是您本人。可以先读一读，再点一次按钮。',
      },
      'privacy-undeclared': {
        title: '登录还在准备中',
        body: '小程序的隐私说明还没有写好手机号这一项，请过几天再来。',
      },
      'no-phone': {
        title: '微信还没有绑定手机号',
        body: '请在微信“我 → 设置 → 账号与安全”里绑定手机号，再回来登录。',
      },
      'old-wechat': { title: '微信版本有些旧', body: '请先把微信更新到最新版，再回来登录。' },
      unknown: { title: '微信没有给出手机号', body: '请再点一次。如果还是不行，把微信关掉再打开试试。' },
    },
    wechat: {
      'no-login-code': { title: '没有连上微信', body: '请看看手机有没有网络，再试一次。' },
    },
    network: {
      offline: { title: '网络断开了', body: '请看看手机有没有网络，再试一次。' },
      timeout: { title: '网络有些慢', body: '等了一会儿没有回音。请再试一次。' },
      interrupted: { title: '连接中断了', body: '请不要切换到别的应用，再试一次。' },
      'domain-not-allowed': {
        title: '小程序还在准备中',
        body: '这不是您的问题，是我们还没有连好。请过些时候再来。',
      },
      certificate: {
        title: '这个网络不安全',
        body: '为了保护您，登录停下了。请看看手机的日期对不对，或者换个网络。',
      },
      gateway: { title: '服务器有些忙', body: '请过一会儿再试一次。' },
      unreadable: {
        title: '这个网络好像要先登录',
        body: '常见于酒店、商场的无线网。请换成手机流量，再试一次。',
      },
      aborted: { title: '登录停下了', body: '请再试一次。' },
      unknown: { title: '没有连上服务器', body: '请看看手机有没有网络，再试一次。' },
    },
    server: {
      INPUT_INVALID: outOfDate,
      BODY_UNREADABLE: outOfDate,
      BODY_TOO_LARGE: outOfDate,
      BODY_NOT_JSON: outOfDate,
      METHOD_WRONG: outOfDate,
      PROCEDURE_UNKNOWN: outOfDate,
      LOGIN_CODE_INVALID: { title: '这次登录过期了', body: '请再试一次。' },
      LOGIN_CODE_SPENT: { title: '这次登录用过了', body: '请再试一次。' },
      LOGIN_CODE_IS_PHONE_CODE: internalError,
      LOGIN_CODE_IS_MOCK: { title: '这里是开发者工具', body: '请先在开发者工具里填上小程序的 AppID。' },
      PHONE_CODE_INVALID: { title: '手机号的授权过期了', body: '请再点一次绿色按钮。' },
      PHONE_CODE_IS_LOGIN_CODE: internalError,
      PHONE_CODE_OF_ANOTHER: {
        title: '手机号和微信不是同一个人',
        body: '请用您自己的微信，再点一次绿色按钮。',
      },
      PHONE_NUMBER_MISSING: { title: '没有收到手机号', body: '请再点一次绿色按钮，选一个手机号。' },
      WECHAT_RISK_BLOCKED: {
        title: '微信拦下了这次登录',
        body: '微信想先确认账号安全。请到微信“安全中心”看看，再回来登录。',
      },
      WECHAT_BUSY: { title: '微信那边有些忙', body: '请等一会儿，再试一次。' },
      WECHAT_UNAVAILABLE: { title: '微信那边没有回音', body: '请等几秒钟，再试一次。' },
      WECHAT_MISCONFIGURED: { title: '小程序还没有配置好', body: '这不是您的问题，我们会尽快弄好。' },
      TOKEN_MISSING: { title: '请再登录一次', body: '登录的记录不见了。' },
      TOKEN_INVALID: { title: '请再登录一次', body: '登录的记录对不上了。' },
      TOKEN_EXPIRED: longAgo,
      REFRESH_TOKEN_INVALID: longAgo,
      SESSION_ENDED: longAgo,
      SESSION_REVOKED: { title: '请再登录一次', body: '这次登录已经在别处退出了。' },
      MEMBER_UNKNOWN: { title: '没有找到您的账号', body: '请再点一次绿色按钮，重新登录。' },
      MEMBER_BANNED: { title: '这个账号停用了', body: '如果您觉得不对，请联系我们，我们会帮您查。' },
      RATE_LIMITED: { title: '先歇一小会儿', body: '过一会儿再试一次就好。' },
      SERVICE_UNAVAILABLE: { title: '服务器在休息', body: '请等几秒钟，再试一次。' },
      INTERNAL: { title: '我们这边出了差错', body: '这不是您的问题。请过一会儿再来。' },
      UNKNOWN: { title: '登录没有成功', body: '这不是您的问题。请关掉小程序，过一会儿再打开。' },
    },
  },
}
