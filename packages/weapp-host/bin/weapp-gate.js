#!/usr/bin/env node
import { runGateCli } from '../dist/gate/cli.js'

process.exitCode = runGateCli(process.argv.slice(2), { print: console.log, printError: console.error })
