#!/usr/bin/env node
import { runGate } from '../dist/gate/cli.js'

process.exitCode = runGate(process.argv.slice(2), { print: console.log, complain: console.error })
