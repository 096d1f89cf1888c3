import { expect, test } from 'vitest'
import { WeappHost } from '../src/index.ts'
import { textAt } from './_launch.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** A mini-program that no framework wrote: one page of these two files, and a component. */
async function launchPage(script: string, template: string) {
  await using dist = await writeDist({
    ...onePage,
    'pages/home/index.json': { usingComponents: { card: '/card/index' } },
    'pages/home/index.js': script,
    'pages/home/index.wxml': template,
    'card/index.json': { component: true },
    'card/index.wxml': '<text class="title">{{title}}</text><view class="press" bindtap="press" /><slot />',
    'card/index.js': `Component({
      properties: { title: String },
      methods: { press() { this.triggerEvent('pressed', { title: this.data.title }) } },
    })`,
  })
  // Not without `await`: the folder goes when this ends.
  return await WeappHost.launch({ dist: dist.folder })
}

test('a handler is given the plain object that WeChat gives', async () => {
  await using host = await launchPage(
    `Page({
      data: { seen: '' },
      tapped(event) {
        const isPlain = Object.getPrototypeOf(event) === Object.prototype
        const copy = JSON.parse(JSON.stringify(event))
        this.setData({ seen: [isPlain, copy.type, copy.target.dataset.fruit, copy.currentTarget.id, copy.mark.kind, copy.mut].join(' ') })
      },
    })`,
    '<view id="outer" bindtap="tapped"><view class="inner" data-fruit="coconut" mark:kind="sweet" /></view><text class="seen">{{seen}}</text>',
  )
  await host.tap('.inner')
  expect(textAt(host, '.seen')).toBe('true tap coconut outer sweet false')
})

test('setData takes a copy through JSON', async () => {
  await using host = await launchPage(
    `Page({
      data: { seen: '' },
      keep() {
        const list = [1]
        this.setData({ list, lost: undefined, day: new Date(0) })
        list.push(2)
        this.setData({ seen: [this.data.list.length, 'lost' in this.data, typeof this.data.day].join(' ') })
      },
    })`,
    '<view class="keep" bindtap="keep" /><text class="seen">{{seen}}</text>',
  )
  await host.tap('.keep')
  expect(textAt(host, '.seen')).toBe('1 false string')
})

test('a component is given properties and children, and triggers events', async () => {
  await using host = await launchPage(
    `Page({ data: { heard: '' }, pressed({ detail }) { this.setData({ heard: detail.title }) } })`,
    '<card title="persimmon" bind:pressed="pressed"><text class="inside">a child</text></card><text class="heard">{{heard}}</text>',
  )
  expect(textAt(host, 'card .title')).toBe('persimmon')
  expect(textAt(host, 'card .inside')).toBe('a child')
  await host.tap('card .press')
  expect(textAt(host, '.heard')).toBe('persimmon')
  expect(host.errors).toEqual([])
})

test('blocks of a template are no nodes', async () => {
  await using host = await launchPage(
    'Page({ data: { fruits: ["persimmon", "coconut"] } })',
    '<view class="list"><block wx:if="{{fruits}}"><text wx:for="{{fruits}}" wx:key="*this">{{item}}</text></block></view>',
  )
  expect(host.queryAll('.list > text').map(({ text }) => text)).toEqual(['persimmon', 'coconut'])
  expect(host.query('text')?.parent?.classes).toEqual(['list'])
})

test('a page that registers nothing is an error of the launch', async () => {
  await expect(launchPage('const nothing = 1', '<view />')).rejects.toThrow(
    'calls neither Page nor Component',
  )
})

test('a script that throws is an error of the launch', async () => {
  await expect(launchPage('throw new Error("a broken page")', '<view />')).rejects.toThrow('a broken page')
})

test('setData of a page that is gone changes nothing and is no error', async () => {
  await using dist = await writeDist({
    ...onePage,
    'app.json': { ...onePage['app.json'], pages: ['pages/home/index', 'pages/list/index'] },
    'pages/home/index.js': `Page({ go() { wx.navigateTo({ url: '/pages/list/index' }) } })`,
    'pages/home/index.wxml': '<view class="go" bindtap="go">home</view>',
    'pages/list/index.json': {},
    'pages/list/index.js': `Page({
      data: { fruits: ['persimmon'] },
      leave() {
        wx.navigateBack({ success: () => this.setData({ fruits: ['coconut', 'lychee'] }) })
      },
    })`,
    'pages/list/index.wxml':
      '<view class="leave" bindtap="leave" /><view wx:for="{{fruits}}" wx:key="*this" data-fruit="{{item}}">{{item}}</view>',
  })
  await using host = await WeappHost.launch({ dist: dist.folder })
  await host.tap('.go')
  await host.tap(await host.waitFor(() => host.query('.leave')))
  await host.waitFor(() => host.query('.go'))
  expect(host.errors).toEqual([])
})
