import t from 'tap'
import { workersOn } from './behaviour.ts'

// a file for each database: together they would take longer than one file may
workersOn('postgres', t)
